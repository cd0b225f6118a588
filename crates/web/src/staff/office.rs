//! The agency's own back office, as staff see it: what it was not told, what it says that is nobody's, and how the line stands.

use super::session::SignedIn;
use crate::{
    App,
    page::{Failure, gone_to, when},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::work;
use rights::Actor;
use store::{
    Look, Time,
    fetched::{self, Fetched, Poll},
    outside,
    sending::{self, Kind, Sending, State as Sent},
};
use uuid::Uuid;

/// One try to tell something.
pub struct Try {
    pub at: String,
    pub said: String,
}

/// What the back office refuses.
pub struct Untold {
    pub id: Uuid,
    pub reference: String,
    pub what: &'static str,
    pub made: String,
    pub problem: String,
}

/// What it says of something that is no report here.
pub struct Nobodys {
    pub number: String,
    pub said: String,
    pub got: String,
    pub problem: String,
}

#[derive(Default)]
pub struct Office {
    pub untold: Vec<Untold>,
    /// How many wait to be told, and since when.
    pub waiting: Option<(i64, String)>,
    pub nobodys: Vec<Nobodys>,
    /// What it could not be asked for, and why.
    pub trouble: Vec<(&'static str, String)>,
    /// Services it no longer lists, and since when.
    pub gone: Vec<(String, String)>,
}

impl Office {
    pub fn read(actor: &Actor, look: &mut Look) -> Result<Office, store::Error> {
        let untold = sending::stuck(actor, look)?.into_iter().map(untold).collect();
        let (count, oldest) = sending::waiting(actor, look.tx)?;
        let nobodys = fetched::unmatched(actor, look)?.into_iter().map(nobodys).collect();
        let trouble = fetched::polls(actor, look.tx)?.into_iter().filter_map(trouble).collect();
        let gone = outside::gone(actor, look.tx)?;
        let gone = gone.into_iter().map(|one| {
            let since = one.gone_at.map(when::moment).unwrap_or_default();
            (format!("{} ({})", one.name, one.code), since)
        });
        let waiting = oldest.map(|oldest| (count, when::moment(oldest)));
        Ok(Office { untold, waiting, nobodys, trouble, gone: gone.collect() })
    }

    pub fn is_quiet(&self) -> bool {
        self.untold.is_empty()
            && self.waiting.is_none()
            && self.nobodys.is_empty()
            && self.trouble.is_empty()
            && self.gone.is_empty()
    }
}

pub fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "The report",
        Kind::Update => "An update",
    }
}

pub fn state(row: &Sending) -> &'static str {
    match row.state {
        Sent::Waiting if row.token.is_some() => "Sent. Its number comes later",
        Sent::Waiting if row.tries > 0 => "Not sent yet. It is tried again",
        Sent::Waiting | Sent::Sending => "On its way",
        Sent::Sent => "Sent",
        Sent::Dead => "Not sent",
        Sent::Void => "Not sent: there was nothing to tell any more",
    }
}

/// Each try, the newest last.
pub fn tries(row: &Sending) -> Vec<Try> {
    let all = row.tried.as_array().map(Vec::as_slice).unwrap_or_default();
    let read = |one: &serde_json::Value| {
        let (at, said) = (Time(one["at"].as_i64()?), one["said"].as_str()?);
        Some(Try { at: when::moment(at), said: said.to_owned() })
    };
    all.iter().filter_map(read).collect()
}

fn untold((row, reference): (Sending, String)) -> Untold {
    Untold {
        id: row.id,
        reference,
        what: what(row.kind),
        made: when::moment(row.created_at),
        problem: row.problem.unwrap_or_default(),
    }
}

fn nobodys(row: Fetched) -> Nobodys {
    let said = |name: &str| {
        let body = row.body.as_ref().and_then(|body| body[name].as_str());
        body.unwrap_or_default().chars().take(200).collect::<String>()
    };
    Nobodys {
        said: format!("{} {}", said("status"), said("description")).trim().to_owned(),
        number: row.outside_id,
        got: when::moment(row.got_at),
        problem: row.problem.unwrap_or_default(),
    }
}

fn trouble(poll: Poll) -> Option<(&'static str, String)> {
    let what = match poll.what.as_str() {
        "services" => "Its services",
        _ => "What it says of reports",
    };
    Some((what, poll.problem?))
}

pub async fn retry(State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&id).map_err(|_| Failure::NotFound)?;
    let (actor, draw) = (signed_in.actor, app.draw());
    app.db.write(move |tx| work::retry_sending(&actor, tx, &mut draw.clone(), id)).await?;
    app.bell.notify_one();
    Ok(gone_to("/staff/deliveries"))
}
