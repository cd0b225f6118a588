//! `/track/{reference}/booking/…`: another day for what was booked, or none. Each is asked once more before it is done.

use super::{own, visit, visit::Visiting};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, RadioItem, Radios},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{
    Error, Refusal, codes,
    report::booking::{self, Shown},
};
use jiff::civil::Date;
use store::payment::{Payment, State as Stands};

/// The days to choose from.
#[derive(Template)]
#[template(path = "track/booking-day.html")]
pub struct DayPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub action: String,
    pub now: String,
    pub days: Option<Radios>,
    pub button: Button,
}

/// Is this right?
#[derive(Template)]
#[template(path = "track/booking-sure.html")]
pub struct SurePage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub action: String,
    pub heading: &'static str,
    /// What it is now, and what it comes to.
    pub rows: Vec<(&'static str, String)>,
    pub words: String,
    pub day: Option<String>,
    pub button: Button,
}

struct Known {
    shown: Shown,
    free: Vec<Date>,
    paid: Option<Payment>,
}

async fn known(app: &App, visiting: &Visiting) -> Result<Known, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let service = visiting.head.service.clone();
    let found = app
        .db
        .read(move |tx| {
            let Some(shown) = booking::own(&actor, tx, &setting, now)? else { return Ok(None) };
            let free = booking::free(tx, &setting, &shown.agency, &service, now)?.unwrap_or_default();
            let paid = casework::report::payment::own(&actor, tx)?;
            Ok::<_, Error>(Some(Known { shown, free, paid }))
        })
        .await?;
    found.filter(|known| known.shown.state.is_live()).ok_or(Failure::NotFound)
}

fn path(visiting: &Visiting, page: &str) -> String {
    format!("{}/booking/{page}", visit::path(&visiting.head.reference))
}

fn day_page(app: &App, visiting: &Visiting, known: &Known, problem: Option<&str>) -> Result<DayPage, Failure> {
    known.shown.change_until.ok_or(Failure::NotFound)?;
    let days: Vec<_> = known.free.iter().filter(|day| **day != known.shown.day).collect();
    let items = days.iter().map(|day| RadioItem::new(day.to_string(), when::weekday(**day)));
    Ok(DayPage {
        frame: own::frame(app, visiting, "Choose another day").wrong(problem.is_some()),
        back: BackLink::to(visit::path(&visiting.head.reference)),
        errors: ErrorSummary::new(problem.map(|words| ("day", words))),
        reference: codes::show_reference(&visiting.head.reference),
        action: path(visiting, "day"),
        now: when::weekday(known.shown.day),
        days: (!days.is_empty()).then(|| Radios::new("day", "Which day would you like?", items).error(problem)),
        button: Button::text("Continue"),
    })
}

pub async fn day(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let known = known(&app, &visiting).await?;
    html(&day_page(&app, &visiting, &known, None)?, Caching::Never)
}

pub async fn change(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let known = known(&app, &visiting).await?;
    let again = |problem: &str| {
        let page = day_page(&app, &visiting, &known, Some(problem))?;
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
    };
    let chosen: Option<Date> = posted.get("day").parse().ok();
    let Some(day) = chosen.filter(|day| known.free.contains(day) && *day != known.shown.day) else {
        return again(if posted.get("day").is_empty() { "Choose a day" } else { NOT_FREE });
    };
    if posted.get("sure") != "yes" {
        let page = SurePage {
            frame: own::frame(&app, &visiting, "Change the day"),
            back: BackLink::to(path(&visiting, "day")),
            errors: ErrorSummary::new(None::<(&str, &str)>),
            reference: codes::show_reference(&visiting.head.reference),
            action: path(&visiting, "day"),
            heading: "Change the day?",
            rows: vec![("Now", when::weekday(known.shown.day)), ("New day", when::weekday(day))],
            words: "Somebody else can take your old day as soon as you change it.".to_owned(),
            day: Some(day.to_string()),
            button: Button::text("Change the day"),
        };
        return html(&page, Caching::Never);
    }
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| booking::change_day(&actor, tx, &setting, &mut draw.clone(), day)).await;
    match done {
        Ok(()) => {
            app.bell.notify_one();
            Ok(gone_to(&format!("{}?done=moved", visit::path(&visiting.head.reference))))
        }
        // Another page of theirs did it.
        Err(Error::Refused(Refusal::AlreadyDone) | Error::Stale) => Ok(gone_to(&visit::path(&visiting.head.reference))),
        Err(Error::Refused(Refusal::NoSuchSlot)) => again(NOT_FREE),
        Err(Error::Refused(Refusal::TooLateToChange)) => Err(Failure::NotFound),
        Err(other) => Err(other.into()),
    }
}

const NOT_FREE: &str = "That day is not free any more. Choose another day";

fn cancel_page(app: &App, visiting: &Visiting, known: &Known, problem: Option<&str>) -> Result<SurePage, Failure> {
    known.shown.cancel_until.ok_or(Failure::NotFound)?;
    let money = match &known.paid {
        Some(paid) if paid.state == Stands::Paid && known.shown.refund_until.is_some() => {
            format!("We give you {} back.", when::pounds(paid.amount))
        }
        Some(paid) if paid.state == Stands::Paid => {
            format!("It is too late to get your {} back.", when::pounds(paid.amount))
        }
        _ => "You do not have to pay anything.".to_owned(),
    };
    Ok(SurePage {
        frame: own::frame(app, visiting, "Cancel your booking").wrong(problem.is_some()),
        back: BackLink::to(visit::path(&visiting.head.reference)),
        errors: ErrorSummary::new(problem.map(|words| ("cancel", words))),
        reference: codes::show_reference(&visiting.head.reference),
        action: path(visiting, "cancel"),
        heading: "Cancel your booking?",
        rows: vec![("Day", when::weekday(known.shown.day))],
        words: format!("Nobody will come, and somebody else can have your place. {money}"),
        day: None,
        button: Button::text("Cancel the booking").warning(),
    })
}

pub async fn sure(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let known = known(&app, &visiting).await?;
    html(&cancel_page(&app, &visiting, &known, None)?, Caching::Never)
}

pub async fn cancel(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| booking::cancel(&actor, tx, &setting, &mut draw.clone())).await;
    let own_page = visit::path(&visiting.head.reference);
    match done {
        Ok(()) => {
            app.bell.notify_one();
            Ok(gone_to(&format!("{own_page}?done=cancelled")))
        }
        Err(Error::Refused(Refusal::Ended | Refusal::TooLateToChange) | Error::Stale) => Ok(gone_to(&own_page)),
        Err(Error::Refused(Refusal::PaysNow)) => {
            let known = known(&app, &visiting).await?;
            let words = "You are paying for it now. Finish at the card page first, or wait until it has ended";
            let page = cancel_page(&app, &visiting, &known, Some(words))?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}
