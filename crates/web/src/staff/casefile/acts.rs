//! Posts on one case. Each is one write job; a refusal comes back with words that say what to do.

use super::moment;
use crate::{
    App,
    page::{Failure, Posted, gone_to},
    staff::{
        acts::{refused, said, version},
        session::SignedIn,
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    Draw, Error, Refusal, Result as Done, Setting,
    casefile::{On, acts, ending, merge as merging, people},
    codes,
};
use rights::Actor;
use std::{collections::HashMap, sync::Arc};
use store::Tx;
use uuid::Uuid;

type Of = Path<HashMap<String, String>>;

/// What an act is on, as the address and the page say.
pub(super) struct Case {
    pub reference: String,
    pub version: i64,
    /// The last part of the address, where it is an id.
    pub part: Option<Uuid>,
}

impl Case {
    pub fn of(asked: &HashMap<String, String>, posted: &Posted) -> Result<Case, Failure> {
        let reference = asked.get("reference").and_then(|typed| codes::read_reference(typed));
        let part = asked.get("action").or(asked.get("person")).and_then(|id| Uuid::parse_str(id).ok());
        Ok(Case { reference: reference.ok_or(Failure::NotFound)?, version: version(posted), part })
    }

    pub fn on(&self) -> On<'_> {
        On { reference: &self.reference, version: self.version }
    }
}

/// Runs one act on a case and goes back to it, with the banner the act names.
pub(super) async fn run<F>(app: App, who: SignedIn, case: Case, typed: String, act: F) -> Result<Response, Failure>
where
    F: Fn(&Actor, &mut Tx, &Arc<Setting>, &mut Draw, &Case) -> Done<&'static str> + Send + 'static,
{
    let back = format!("/staff/cases/{}", case.reference);
    let (actor, setting, draw) = (who.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| act(&actor, tx, &setting, &mut draw.clone(), &case)).await;
    match done {
        Ok(banner) => {
            app.bell.notify_one();
            Ok(gone_to(&format!("{back}?done={banner}")))
        }
        Err(Error::Refused(refusal)) => refused(&app, &who, said(refusal), typed, back),
        Err(Error::Stale) => {
            let why = "Somebody changed this case just before you. Nothing of yours was saved. Open it again to see what is new.";
            refused(&app, &who, why, typed, back)
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn action(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, typed, kind) = (Case::of(&of, &posted)?, posted.get("words").to_owned(), posted.get("type").to_owned());
    let when = moment(&posted, "when");
    run(app, who, case, typed.clone(), move |actor, tx, setting, draw, case| {
        let when = when.ok_or(Refusal::NoSuchTime)?;
        acts::act(actor, tx, setting, draw, case.on(), (&kind, when), &typed)?;
        Ok("saved")
    })
    .await
}

pub async fn reword(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, typed) = (Case::of(&of, &posted)?, posted.get("words").to_owned());
    let id = case.part.ok_or(Failure::NotFound)?;
    run(app, who, case, typed.clone(), move |actor, tx, setting, draw, case| {
        acts::reword(actor, tx, setting, draw, case.on(), id, &typed)?;
        Ok("saved")
    })
    .await
}

pub async fn edit(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let case = Case::of(&of, &posted)?;
    let assignee = match posted.get("to") {
        "" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| Failure::NotFound)?),
    };
    let ward = Some(posted.get("ward").to_owned()).filter(|ward| !ward.is_empty());
    let to = acts::Held { urgent: posted.get("urgent") == "yes", review_on: posted.day("review"), ward, assignee };
    run(app, who, case, String::new(), move |actor, tx, setting, draw, case| {
        acts::edit(actor, tx, setting, draw, case.on(), &to)?;
        Ok("saved")
    })
    .await
}

pub async fn follow(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, follows) = (Case::of(&of, &posted)?, posted.get("follow") == "yes");
    run(app, who, case, String::new(), move |actor, tx, _, draw, case| {
        acts::follow(actor, tx, draw, &case.reference, follows)?;
        Ok("saved")
    })
    .await
}

pub async fn merge(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, into) = (Case::of(&of, &posted)?, posted.get("into").to_owned());
    run(app, who, case, into.clone(), move |actor, tx, _, draw, case| {
        merging::merge(actor, tx, draw, case.on(), &into)?;
        Ok("merged")
    })
    .await
}

pub async fn unmerge(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    run(app, who, Case::of(&of, &posted)?, String::new(), move |actor, tx, _, draw, case| {
        merging::unmerge(actor, tx, draw, case.on())?;
        Ok("unmerged")
    })
    .await
}

pub async fn close(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, typed) = (Case::of(&of, &posted)?, posted.get("words").to_owned());
    let outcome = posted.get("outcome").to_owned();
    run(app, who, case, typed.clone(), move |actor, tx, setting, draw, case| {
        ending::close(actor, tx, setting, draw, case.on(), &outcome, &typed)?;
        Ok("closed")
    })
    .await
}

pub async fn reopen(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, typed) = (Case::of(&of, &posted)?, posted.get("words").to_owned());
    run(app, who, case, typed.clone(), move |actor, tx, setting, draw, case| {
        ending::reopen(actor, tx, setting, draw, case.on(), &typed)?;
        Ok("saved")
    })
    .await
}

pub async fn person(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let (case, typed) = (Case::of(&of, &posted)?, posted.get("words").to_owned());
    run(app, who, case, typed.clone(), move |actor, tx, _, draw, case| {
        people::add(actor, tx, draw, case.on(), &typed)?;
        Ok("saved")
    })
    .await
}

pub async fn remove(State(app): State<App>, who: SignedIn, Path(of): Of, posted: Posted) -> Result<Response, Failure> {
    let case = Case::of(&of, &posted)?;
    let id = case.part.ok_or(Failure::NotFound)?;
    run(app, who, case, String::new(), move |actor, tx, _, draw, case| {
        people::remove(actor, tx, draw, case.on(), id)?;
        Ok("saved")
    })
    .await
}
