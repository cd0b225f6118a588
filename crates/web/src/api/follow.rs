//! `GET /api/v1/reports/{reference}`: what the reporter may see, to whoever bears the token of the receipt.

use super::reply::{self, instant};
use crate::{
    App,
    page::{Caching, Failure, Problem, when},
};
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use casework::{
    Error,
    access::{self, Bearing},
    codes,
    report::{
        follow::{self, Following, PartShown},
        short::{self, Short},
        timeline::Event,
    },
};
use catalogue::ShownAnswer;
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{Time, access::Step, report::Head};

/// The PIN of a report that has one; sent with every call.
pub const PIN: &str = "report-pin";

/// A program that has shown the token of the report in the address.
pub struct Bearer {
    pub actor: Actor,
    step: Step,
    /// The reporter is a witness or a third party.
    short: bool,
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Bearer, Problem> {
        let Path(reference) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| Failure::Unreadable)?;
        let header = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let token = header("authorization").and_then(reply::bearer).ok_or_else(no_token)?;
        let pin = header(PIN).map(str::to_owned);
        let bearing = match pin {
            None => {
                let (keys, draw) = (app.setting.keys.clone(), app.draw());
                app.db.read(move |tx| access::bearer(tx, &keys, &mut draw.clone(), &token, None)).await
            }
            // A wrong one is remembered.
            Some(pin) => {
                let (keys, draw) = (app.setting.keys.clone(), app.draw());
                app.db.write(move |tx| access::bearer(tx, &keys, &mut draw.clone(), &token, Some(&pin))).await
            }
        };
        match bearing {
            Ok(Bearing::In(actor, head, step)) => match codes::read_reference(&reference) {
                Some(reference) if reference == head.reference => Ok(Bearer { actor, step, short: head.short_view }),
                // The token of another report opens nothing here, whether there is such a report or not.
                _ => Err(Failure::NotFound.into()),
            },
            Ok(Bearing::PinNeeded) => Err(unknown(
                "pin-needed",
                "This report has a PIN",
                "Send it in the header Report-Pin: the six digits that were chosen when it was sent.",
            )),
            Ok(Bearing::PinWrong) => {
                Err(unknown("pin-wrong", "That PIN is not right", "After five wrong tries it closes for 24 hours."))
            }
            Ok(Bearing::NotYet) => Err(unknown(
                "not-yet",
                "This report cannot be followed online yet",
                "A person talks to the reporter first, to be sure that it is safe.",
            )),
            Ok(Bearing::Closed(until)) => Err(closed(app.now(), until)),
            Err(Error::NotFound(_)) => Err(no_token()),
            Err(other) => Err(other.into()),
        }
    }
}

fn unknown(kind: &'static str, title: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, kind, title, detail)
        .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

fn no_token() -> Problem {
    unknown(
        "token",
        "The token is missing or opens nothing",
        "Send Authorization: Bearer with the token of the receipt. It lives 30 days.",
    )
}

fn closed(now: Time, until: Time) -> Problem {
    let seconds = (until.micros() - now.micros()).max(0) / 1_000_000;
    let detail = format!("For the reporter's safety this is closed until {}.", when::moment(until));
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "pin-closed", "The PIN was wrong too often", detail);
    match HeaderValue::from_str(&seconds.to_string()) {
        Ok(wait) => problem.header(header::RETRY_AFTER, wait),
        Err(_) => problem,
    }
}

pub async fn get(State(app): State<App>, bearer: Bearer) -> Result<Response, Problem> {
    let Bearer { actor, step, short } = bearer;
    let (setting, now) = (app.setting.clone(), app.now());
    let shown = if step == Step::Stage {
        let (head, parts) = app.db.read(move |tx| follow::stage_only(&actor, tx, &setting, now)).await?;
        stage(&head, &parts)
    } else if short {
        witness(&app.db.read(move |tx| short::short(&actor, tx, &setting, now)).await?)
    } else {
        whole(&app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?)
    };
    Ok(reply::json(StatusCode::OK, &shown, Caching::Never))
}

/// An anonymous report: the stage and nothing else (P-59).
fn stage(head: &Head, parts: &[PartShown]) -> Json {
    json!({ "reference": head.reference, "sight": "stage", "agencies": parts.iter().map(part).collect::<Vec<_>>() })
}

/// What a witness or a third party sees (P-88).
fn witness(shown: &Short) -> Json {
    json!({
        "reference": shown.head.reference,
        "sight": "short",
        "agencies": shown.parts.iter().map(part).collect::<Vec<_>>(),
        "received": instant(shown.head.first_received_at),
        "answer_wanted": shown.asked,
        "ended": shown.ended,
        "events": shown.timeline.iter().map(event).collect::<Vec<_>>(),
    })
}

fn whole(shown: &Following) -> Json {
    json!({
        "reference": shown.head.reference,
        "sight": "whole",
        "agencies": shown.parts.iter().map(part).collect::<Vec<_>>(),
        "service": shown.head.service,
        "title": shown.service_title,
        "received": instant(shown.head.first_received_at),
        "place": shown.spot.place,
        "answer_wanted": shown.asked,
        "ended": shown.ended,
        "events": shown.timeline.iter().map(event).collect::<Vec<_>>(),
        "answers": shown.answers.iter().map(answer).collect::<Vec<_>>(),
    })
}

fn part(part: &PartShown) -> Json {
    json!({
        "id": part.agency,
        "name": part.agency_name,
        "stage": part.stage_name,
        "what_next": part.next,
        "ended": part.core.ended(),
        "due": part.by.map(instant),
        "overdue": part.overdue,
    })
}

fn event(event: &Event) -> Json {
    json!({ "at": instant(event.at), "title": event.title, "words": event.words, "by": event.by })
}

fn answer(answer: &ShownAnswer) -> Json {
    let line = |line: &catalogue::Line| json!({ "name": line.name, "text": line.text });
    json!({
        "question": answer.question,
        "label": answer.label,
        "lines": answer.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
