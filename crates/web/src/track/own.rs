//! `/track/{reference}`: what the reporter sees and does.

use super::{
    short,
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{Button, ErrorSummary, Input, RadioItem, Radios, SummaryList, SummaryRow, Textarea},
    page::{Caching, Failure, Frame, Posted, agreed, gone_to, html, html_with, said, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal,
    access::{self, Entry},
    codes,
    report::{
        agreement,
        away::AwayShown,
        booking::Shown,
        fixed,
        follow::{self, Following, PartShown, Promise},
        reopening::Reopening,
    },
};
use serde::Deserialize;
use store::{
    Time,
    access::Step,
    agreement::Agreement,
    payment::{Payment, State as Stands},
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

/// The PIN, before anything is shown.
#[derive(Template)]
#[template(path = "track/pin.html")]
pub struct PinPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub reference: String,
    pub pin: Input,
    pub button: Button,
}

/// An anonymous report: the stage and nothing else.
#[derive(Template)]
#[template(path = "track/stage.html")]
pub struct StagePage {
    pub frame: Frame,
    pub reference: String,
    pub parts: Vec<PartShown>,
}

#[derive(Template)]
#[template(path = "track/own.html")]
pub struct OwnPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub done: &'static str,
    pub shown: Following,
    pub title: String,
    pub answers: SummaryList,
    pub words: Textarea,
    pub reference: String,
}

impl StagePage {
    fn by(&self, part: &PartShown) -> String {
        by(part)
    }
}

impl OwnPage {
    fn by(&self, part: &PartShown) -> String {
        by(part)
    }

    fn pounds(&self, payment: &Payment) -> String {
        when::pounds(payment.amount)
    }

    fn to_pay(&self, payment: &Payment) -> &'static str {
        let is_over = self.shown.booking.as_ref().is_some_and(|booked| !booked.state.is_live());
        if payment.state == Stands::Due && !is_over { "Pay for it" } else { "See your payment" }
    }

    /// What is booked is cancelled, and not withdrawn.
    fn is_booked(&self) -> bool {
        self.shown.booking.is_some()
    }

    fn booked_day(&self, booked: &Shown) -> String {
        when::weekday(booked.day)
    }

    fn booked_hour(&self, booked: &Shown) -> String {
        when::clock(booked.by)
    }

    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    /// Until when it can be opened again.
    fn reopens_until(&self) -> Option<String> {
        match self.shown.reopening {
            Reopening::Until(until) => Some(when::by(until)),
            _ => None,
        }
    }

    fn reopens_no_more(&self) -> bool {
        self.shown.reopening == Reopening::Over
    }

    fn day(&self, at: &Time) -> String {
        when::day(*at)
    }

    fn date(&self, day: &jiff::civil::Date) -> String {
        when::date(*day)
    }

    fn until(&self, at: &Time) -> String {
        when::by(*at)
    }

    /// The date as it was first given, also when it has passed, and a later one beside it (P-80).
    fn promised(&self, promise: &Promise) -> String {
        let first = when::by(promise.by);
        match (promise.overdue, promise.later) {
            (false, None) => format!("by {first}"),
            (false, Some(later)) => format!("by {first}. New date: {}", when::by(later)),
            (true, None) => format!("was due by {first}. It is late. We are sorry."),
            (true, Some(later)) => format!("was due by {first}. It is late. New date: {}", when::by(later)),
        }
    }

    /// What was agreed about updates, without how often: the heading sentence says that.
    fn agreed(&self, agreed: &Agreement) -> SummaryList {
        SummaryList::new(agreed::rows(agreed).into_iter().skip(1).map(|(key, words)| SummaryRow::new(key, words)))
    }

    fn back(&self, away: &AwayShown) -> String {
        when::weekday(away.back_on)
    }

    fn rhythm(&self, agreed: &Agreement) -> String {
        agreement::rhythm(agreement::every(agreed))
    }

    fn wishes(&self, part: &PartShown) -> Radios {
        let items = part.rhythms.iter().map(|(name, words)| RadioItem::new(name, agreed::capital(words)));
        Radios::new("wish", "How often would you like to hear from us?", items).classes("govuk-radios--small")
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }
}

/// The date is shown as it was, also when it has passed (P-80).
pub(super) fn by(part: &PartShown) -> String {
    match (part.by, part.overdue) {
        (Some(by), false) => format!("By {}", when::by(by)),
        (Some(by), true) => format!("This was due by {}. It is late. We are sorry.", when::by(by)),
        (None, _) => String::new(),
    }
}

pub(super) fn frame(app: &App, visiting: &Visiting, title: &str) -> Frame {
    let leave = format!("{}/leave", visit::path(&visiting.head.reference));
    let discreet = visiting.head.sensitive;
    Frame::citizen(app, title).exit(leave, discreet)
}

fn pin_page(app: &App, visiting: &Visiting, problem: Option<String>) -> PinPage {
    let wrong = problem.is_some();
    let pin = Input::new("pin", "pin", "Your PIN")
        .hint("The six digits you chose when you sent the report")
        .digits()
        .autocomplete("off")
        .width(10)
        .error(problem.as_deref());
    PinPage {
        frame: frame(app, visiting, "Your PIN").wrong(wrong),
        errors: ErrorSummary::new(problem.map(|words| ("pin", words))),
        reference: visiting.head.reference.clone(),
        pin,
        button: Button::text("Go on"),
    }
}

pub async fn get(State(app): State<App>, visiting: Visiting, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    match visiting.step {
        Step::Link => html(&pin_page(&app, &visiting, None), Caching::Never),
        Step::Stage => {
            let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
            let (head, parts) = app.db.read(move |tx| follow::stage_only(&actor, tx, &setting, now)).await?;
            let frame = frame(&app, &visiting, "Your report");
            html(&StagePage { frame, reference: codes::show_reference(&head.reference), parts }, Caching::Never)
        }
        Step::Whole => shown(&app, &visiting, StatusCode::OK, done(&asked.done), "", None).await,
    }
}

fn done(word: &str) -> &'static str {
    match word {
        "added" => "Thank you. We have added your words.",
        "corrected" => "Saved. Others read it as you wrote it now.",
        "removal" => "Nobody else can read your report now. A person will answer you here.",
        "fixed" => "Thank you. Your report is closed as fixed.",
        "reopened" => "Your report is open again. Somebody looks at it.",
        "withdrawn" => "You have withdrawn the report.",
        "told" => "Thank you. We have counted your answer.",
        "thing" => "Thank you. We have added it to your report.",
        "news" => "We have asked. A person will answer you here.",
        "updates" => "We have asked. A person will answer you here.",
        "moved" => "We have changed your day.",
        "cancelled" => "Your booking is cancelled.",
        "wish" => "Choose how often first. Nothing was sent.",
        "review" => "We have your request. Somebody who did not make the decision will look at it.",
        "asked" => "We have your wish to withdraw. A person will read it and answer you.",
        _ => "",
    }
}

/// The page as its reader may see it: a witness or a third party the shorter one.
async fn shown(
    app: &App,
    visiting: &Visiting,
    status: StatusCode,
    done: &'static str,
    typed: &str,
    problem: Option<&'static str>,
) -> Result<Response, Failure> {
    if visiting.head.short_view {
        html_with(status, &short::page(app, visiting, done, typed, problem).await?, Caching::Never)
    } else {
        html_with(status, &own_page(app, visiting, done, typed, problem).await?, Caching::Never)
    }
}

async fn own_page(
    app: &App,
    visiting: &Visiting,
    done: &'static str,
    typed: &str,
    problem: Option<&'static str>,
) -> Result<OwnPage, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    let label = if shown.asked { "Your answer" } else { "Add something" };
    let title = if visiting.head.sensitive { "Your report".to_owned() } else { shown.service_title.clone() };
    Ok(OwnPage {
        frame: frame(app, visiting, &title).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("words", words))),
        done,
        answers: SummaryList::new(
            shown.answers.iter().map(|answer| SummaryRow::new(&answer.label, said(&answer.lines))),
        ),
        words: Textarea::new("words", "words", label).rows(4).value(typed).error(problem),
        reference: codes::show_reference(&visiting.head.reference),
        title,
        shown,
    })
}

pub async fn pin(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (keys, draw, token, typed) =
        (app.setting.keys.clone(), app.draw(), visiting.token.clone(), posted.get("pin").to_owned());
    let entry = app.db.write(move |tx| access::enter_pin(tx, &keys, &mut draw.clone(), &token, &typed)).await?;
    let problem = match entry {
        Entry::Open { token, reference, .. } => {
            let mut response = gone_to(&visit::path(&reference));
            visit::open(&app, response.headers_mut(), &reference, &token);
            return Ok(response);
        }
        Entry::Wrong => "That PIN is not right. After five wrong tries it closes for 24 hours.".to_owned(),
        Entry::NotYet => visit::NOT_YET.to_owned(),
        Entry::Closed(until) => {
            format!(
                "For your safety this is closed until {}. If you need us before then, call 101.",
                when::moment(until)
            )
        }
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &pin_page(&app, &visiting, Some(problem)), Caching::Never)
}

pub async fn add(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("words").to_owned();
    let (actor, setting, draw, words) = (visiting.actor.clone(), app.setting.clone(), app.draw(), typed.clone());
    let done = app.db.write(move |tx| follow::add_words(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    after(&app, &visiting, done, "added", &typed).await
}

/// The reporter says that it is fixed.
pub async fn fixed(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| fixed::say(&actor, tx, &setting, &mut draw.clone())).await;
    after(&app, &visiting, done, "fixed", "").await
}

pub async fn withdraw(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("words").to_owned();
    let (actor, setting, draw, words) = (visiting.actor.clone(), app.setting.clone(), app.draw(), typed.clone());
    let outright = app.setting.withdraws_outright(&visiting.head);
    let done = app.db.write(move |tx| follow::withdraw(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    after(&app, &visiting, done, if outright { "withdrawn" } else { "asked" }, &typed).await
}

/// What a refusal says to the reporter, where it is about what they typed.
pub(super) fn wrong(refusal: Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::WordsNeeded => "Write something first",
        Refusal::WordsTooLong => "Use no more than 5,000 characters",
        Refusal::WordsUnreadable => {
            "There are hidden characters in the text. Type it again, or paste it as plain text."
        }
        Refusal::AlreadyDone => "That was done already",
        Refusal::TooLateToChange => "It is on its way, so it is too late to cancel it here",
        _ => return None,
    })
}

async fn after(
    app: &App,
    visiting: &Visiting,
    done: casework::Result<()>,
    word: &str,
    typed: &str,
) -> Result<Response, Failure> {
    let problem = match done {
        Ok(()) => return Ok(gone_to(&format!("{}?done={word}", visit::path(&visiting.head.reference)))),
        Err(Error::Refused(refusal)) => wrong(refusal).ok_or(Error::Refused(refusal))?,
        Err(other) => return Err(other.into()),
    };
    shown(app, visiting, StatusCode::UNPROCESSABLE_ENTITY, "", typed, Some(problem)).await
}

/// Out: the visit ends here, and the cookie goes.
pub async fn sign_out(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let mut response = gone_to("/track");
    visit::close(&app, response.headers_mut(), &visiting.head.reference);
    let token = visiting.token;
    app.db.write(move |tx| access::leave(tx, &token)).await?;
    Ok(response)
}
