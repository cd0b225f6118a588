//! `/alerts/yours/{token}`: somebody's alerts: how often, pause, remove, stop, begin again, be forgotten.

use super::plain;
use crate::{
    App,
    govuk::{Button, Select, SelectItem},
    page::{Caching, Failure, Frame, Posted, gone_to, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use casework::alerts::{
    own::{self, Own},
    said,
};
use store::{
    subscriber::Why,
    subscription::{Cadence, Hears, Kind},
};
use uuid::Uuid;

pub struct Row {
    pub id: Uuid,
    pub n: usize,
    pub about: String,
    pub paused: bool,
    pub cadence: Select,
    /// A report that is followed has no other.
    pub hears: Option<Select>,
    pub save: Button,
    pub remove: Button,
}

/// A home whose bin days are told.
pub struct BinRow {
    pub id: Uuid,
    pub about: String,
    pub paused: bool,
    pub remove: Button,
}

#[derive(Template)]
#[template(path = "alerts/yours.html")]
pub struct YoursPage {
    pub frame: Frame,
    pub token: String,
    pub done: &'static str,
    pub address: String,
    pub stopped: Option<Why>,
    pub rows: Vec<Row>,
    pub bins: Vec<BinRow>,
    pub start: Button,
    pub stop: Button,
    pub forget: Button,
}

impl YoursPage {
    fn bounced(&self) -> bool {
        self.stopped == Some(Why::Bounced)
    }
}

pub async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (setting, asked) = (app.setting.clone(), token.clone());
    let own = app.db.read(move |tx| own::page(tx, &setting, &asked)).await?;
    let done = match pairs.iter().find(|(name, _)| name == "done").map(|(_, value)| value.as_str()) {
        Some("started") => "Your alerts have started.",
        Some("saved") => "Saved.",
        Some("removed") => "Removed.",
        _ => "",
    };
    html(&page(&app, &token, own, done), Caching::Never)
}

fn page(app: &App, token: &str, own: Own, done: &'static str) -> YoursPage {
    let row = |(n, row): (usize, store::subscription::Subscription)| {
        let all = [Cadence::AtOnce, Cadence::Daily, Cadence::Weekly, Cadence::Off];
        let cadences = all.map(|one| SelectItem::new(one.name(), said::cadence(one)));
        let hears = [Hears::New, Hears::All].map(|one| SelectItem::new(one.name(), said::hears(one)));
        let id = |what: &str| format!("{what}-{n}");
        Row {
            id: row.id,
            n,
            about: said::about(&app.setting, &row),
            paused: row.cadence == Cadence::Off,
            cadence: Select::new(id("cadence"), "cadence", "How often", cadences).value(row.cadence.name()),
            hears: (row.kind != Kind::Report)
                .then(|| Select::new(id("hears"), "hears", "What", hears).value(row.hears.name())),
            save: Button::text(format!("Save alert {n}")).sends("do", "set"),
            remove: Button::text(format!("Remove alert {n}")).sends("do", "remove").secondary(),
        }
    };
    YoursPage {
        frame: Frame::citizen(app, "Your alerts"),
        token: plain(token),
        done,
        address: own.person.address,
        stopped: own.person.stopped_why,
        bins: (own.subscriptions.len() + 1..)
            .zip(own.reminders)
            .map(|(n, one)| BinRow {
                id: one.id,
                about: one.about,
                paused: one.paused,
                remove: Button::text(format!("Remove alert {n}")).sends("do", "remove").secondary(),
            })
            .collect(),
        rows: (1..).zip(own.subscriptions).map(row).collect(),
        start: Button::text("Start again").sends("do", "start"),
        stop: Button::text("Stop all alerts").sends("do", "stop").secondary(),
        forget: Button::text("Forget my address").sends("do", "forget").warning(),
    }
}

pub async fn post(State(app): State<App>, Path(token): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let (setting, draw, asked) = (app.setting.clone(), app.draw(), token.clone());
    let what = posted.get("do").to_owned();
    let id = Uuid::parse_str(posted.get("alert")).unwrap_or_default();
    let cadence = Cadence::from_name(posted.get("cadence"));
    let hears = Hears::from_name(posted.get("hears")).unwrap_or(Hears::All);
    let done = app
        .db
        .write(move |tx| {
            let draw = &mut draw.clone();
            match (what.as_str(), cadence) {
                ("set", Some(cadence)) => own::set(tx, draw, &asked, id, (cadence, hears)).map(|()| "saved"),
                ("remove", _) => own::remove(tx, draw, &asked, id).map(|()| "removed"),
                ("stop", _) => own::stop(tx, draw, &asked).map(|()| "saved"),
                ("start", _) => own::start(tx, &setting, draw, &asked).map(|()| "started"),
                ("forget", _) => own::forget(tx, draw, &asked).map(|()| "forgotten"),
                _ => Err(rights::NotFound.into()),
            }
        })
        .await?;
    Ok(match done {
        // The page is gone with the person.
        "forgotten" => gone_to("/alerts?done=forgotten"),
        done => gone_to(&format!("/alerts/yours/{}?done={done}", plain(&token))),
    })
}
