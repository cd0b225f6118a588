//! `/staff/senders`: addresses and numbers whose reports are shown only by a decision (C-54).

use super::{acts::said, session::SignedIn};
use crate::{
    App,
    govuk::{Button, DateInput, ErrorSummary, Input, RadioItem, Radios, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html_with, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal,
    report::ban::{self, Listed},
};
use store::{Time, ban::Kind};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "staff/senders.html")]
pub struct SendersPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub listed: Vec<Listed>,
    pub kind: Radios,
    pub value: Input,
    pub until: DateInput,
    pub why: Textarea,
    pub button: Button,
}

const KINDS: [(Kind, &str); 3] = [
    (Kind::Email, "An e-mail address"),
    (Kind::Domain, "All addresses that end alike, such as example.org"),
    (Kind::Phone, "A phone number"),
];

impl SendersPage {
    fn day(&self, at: &Time) -> String {
        when::day(*at)
    }
}

async fn page(
    app: &App,
    who: &SignedIn,
    typed: &Posted,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let (actor, now) = (who.actor.clone(), app.now());
    let listed = app.db.look(&who.actor, app.draw().glance("work"), move |look| ban::list(&actor, look, now)).await?;
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let kinds = KINDS.map(|(kind, words)| RadioItem::new(kind.name(), words));
    let until = DateInput::new("until", "Until which day")
        .hint("For example, 7 12 2026")
        .values(typed.get("until-day"), typed.get("until-month"), typed.get("until-year"))
        .error(wrong("until-day"));
    let page = SendersPage {
        frame: Frame::staff(app, "Senders on the list", Some(who.desk(app, "queue"))).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem),
        listed,
        kind: Radios::new("kind", "What is it?", kinds).value(typed.get("kind")).error(wrong("kind")),
        value: Input::new("value", "value", "The address or number").value(typed.get("value")).error(wrong("value")),
        until,
        why: Textarea::new("why", "why", "Why").rows(3).value(typed.get("why")).error(wrong("why")),
        button: Button::text("Put on the list"),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

pub async fn get(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    page(&app, &who, &Posted::default(), None).await
}

pub async fn post(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let (actor, draw, until) = (who.actor.clone(), app.draw(), posted.date("until"));
    let (value, why) = (posted.get("value").to_owned(), posted.get("why").to_owned());
    let Some(kind) = Kind::from_name(posted.get("kind")) else {
        return page(&app, &who, &posted, Some(("kind", "Choose what it is"))).await;
    };
    let done = app.db.write(move |tx| ban::add(&actor, tx, &mut draw.clone(), (kind, &value), until, &why)).await;
    let problem = match done {
        Ok(()) => return Ok(gone_to("/staff/senders")),
        Err(Error::Refused(Refusal::NoSuchAddress)) => {
            ("value", "Give a whole e-mail address, its ending, or a number")
        }
        Err(Error::Refused(Refusal::NoSuchDay)) => ("until-day", "Give a day that is still to come"),
        Err(Error::Refused(Refusal::WordsNeeded)) => ("why", "Say why"),
        Err(Error::Refused(refusal)) => ("why", said(refusal)),
        Err(other) => return Err(other.into()),
    };
    page(&app, &who, &posted, Some(problem)).await
}

pub async fn end(State(app): State<App>, who: SignedIn, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (actor, draw) = (who.actor.clone(), app.draw());
    match app.db.write(move |tx| ban::end(&actor, tx, &mut draw.clone(), id)).await {
        // Ended meanwhile, or never there: the list says so.
        Ok(()) | Err(Error::Stale) => Ok(gone_to("/staff/senders")),
        Err(other) => Err(other.into()),
    }
}
