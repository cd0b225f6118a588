//! `/staff/reports/{reference}/retention`: how long a report is kept, what holds it, and what a review comes to (J-43).
//! `/staff/retention`: what of that waits for somebody.

use super::{
    acts::{STALE, said, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{BackLink, Button, DateInput, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, retention as words, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::acts::On,
    retention::{self, Choice, Kept, Waiting},
};
use catalogue::RetentionRule;
use rights::Right;
use store::{Time, retention_review::Decision};

/// Rows of each list.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "staff/retention.html")]
pub struct RetentionPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub kept: Kept,
    pub until: DateInput,
    pub why: Textarea,
    pub button: Button,
}

impl RetentionPage {
    fn day(&self, at: &Time) -> String {
        when::day(*at)
    }

    fn does(&self, rule: &RetentionRule) -> &'static str {
        words::does(rule.action)
    }

    fn later(&self, rule: &RetentionRule) -> String {
        words::later(rule)
    }

    /// A review waits for somebody.
    fn waits(&self) -> bool {
        self.kept.review.as_ref().is_some_and(|review| review.decision.is_none())
    }

    fn decided(&self) -> Option<String> {
        let review = self.kept.review.as_ref()?;
        Some(match (review.decision?, &review.keep_until) {
            (Decision::Keep, Some(day)) => format!("Somebody looked at it: it is kept until {}.", said_day(day)),
            (Decision::Keep, None) => "Somebody looked at it: it is kept.".to_owned(),
            (Decision::Delete, _) => {
                "Somebody looked at it: it is not needed any more, and goes with the next run.".to_owned()
            }
        })
    }

    fn said_day(&self, day: &str) -> String {
        said_day(day)
    }
}

/// A day as it is kept, in words; as it is where it is none.
fn said_day(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), when::date)
}

#[derive(Template)]
#[template(path = "staff/retention-list.html")]
pub struct RetentionListPage {
    pub frame: Frame,
    pub waiting: Waiting,
    /// The name of a service by its id.
    pub names: std::collections::BTreeMap<String, String>,
}

impl RetentionListPage {
    fn day(&self, at: &Time) -> String {
        when::day(*at)
    }

    fn said_day(&self, day: &str) -> String {
        said_day(day)
    }

    fn named<'s>(&'s self, service: &'s str) -> &'s str {
        self.names.get(service).map_or(service, String::as_str)
    }
}

pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    rights::hold(&who.actor, Right::Retain)?;
    let actor = who.actor.clone();
    let job = move |look: &mut store::Look| retention::waiting(&actor, look, MOST);
    let waiting = app.db.look(&who.actor, app.draw().glance("work"), job).await?;
    let services = waiting.reviews.iter().map(|row| &row.service).chain(waiting.holds.iter().map(|row| &row.service));
    let names = services.map(|id| (id.clone(), app.setting.service_name(id))).collect();
    let frame = Frame::staff(&app, "How long reports are kept", Some(who.desk(&app, "retention")));
    html(&RetentionListPage { frame, waiting, names }, Caching::Never)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    page(&app, &who, &read(&reference)?, &Posted::default(), None).await
}

async fn page(
    app: &App,
    who: &SignedIn,
    reference: &str,
    typed: &Posted,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let (actor, setting, at) = (who.actor.clone(), app.setting.clone(), reference.to_owned());
    let job = move |look: &mut store::Look| retention::kept(&actor, look, &setting, &at);
    let kept = app.db.look(&who.actor, app.draw().glance("work"), job).await?;
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let waits = kept.review.as_ref().is_some_and(|review| review.decision.is_none());
    let (day, button) = match (waits, kept.hold.is_some()) {
        (true, _) => ("Keep it until which day", "Keep it"),
        (false, true) => ("", "Let go of it"),
        (false, false) => ("When should somebody look at this again", "Hold it for the law"),
    };
    let page = RetentionPage {
        frame: Frame::staff(app, "How long it is kept", Some(who.desk(app, "queue"))).wrong(problem.is_some()),
        back: BackLink::to(format!("/staff/reports/{reference}")),
        errors: ErrorSummary::new(problem),
        until: DateInput::new("until", day)
            .hint("For example, 7 12 2027")
            .values(typed.get("until-day"), typed.get("until-month"), typed.get("until-year"))
            .error(wrong("until-day")),
        why: Textarea::new("why", "why", "Why")
            .hint("Only your agency sees this.")
            .rows(3)
            .value(typed.get("why"))
            .error(wrong("why")),
        button: Button::text(button),
        kept,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let (actor, draw, at) = (who.actor.clone(), app.draw(), reference.clone());
    let (version, until, why) = (version(&posted), posted.date("until"), posted.get("why").to_owned());
    let act = posted.get("do").to_owned();
    let done = app
        .db
        .write(move |tx| {
            let on = On { reference: &at, version };
            let mut draw = draw.clone();
            match act.as_str() {
                "hold" => retention::place(&actor, tx, &mut draw, on, until, &why),
                "release" => retention::release(&actor, tx, &mut draw, on, &why),
                "keep" => retention::choose(&actor, tx, &mut draw, on, Choice::Keep(until), &why),
                "delete" => retention::choose(&actor, tx, &mut draw, on, Choice::Delete, &why),
                _ => Err(Error::NotFound(rights::NotFound)),
            }
        })
        .await;
    let problem = match done {
        Ok(()) => return Ok(gone_to(&format!("/staff/reports/{reference}/retention"))),
        Err(Error::Stale) => ("why", STALE),
        Err(Error::Refused(Refusal::NoSuchDay)) => ("until-day", "Give a day that is still to come"),
        Err(Error::Refused(Refusal::WordsNeeded)) => ("why", "Say why"),
        Err(Error::Refused(refusal)) => ("why", said(refusal)),
        Err(other) => return Err(other.into()),
    };
    page(&app, &who, &reference, &posted, Some(problem)).await
}
