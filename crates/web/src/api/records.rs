//! `/api/v1/records/{agency}/crimes/{crime}`: what an agency's records system says of a crime, and asks of one. By a key of
//! its own; `docs/records.md` says it in words.

use super::{body::Body, reply, send};
use crate::{
    App,
    page::{Caching, Failure, Problem, problem::Wrong},
};
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use casework::{
    Error, Refusal,
    records::Door,
    report::records::{self, Answered, Of, RECORDS, Said},
};
use serde_json::Value as Json;
use uuid::Uuid;

/// Another change may have come between.
const TRIES: usize = 2;
const MEMBERS: &[&str] = &["number", "offence", "officer", "outcome", "version"];

/// The records system of the agency in the address, by its key, and the crime it means.
pub struct Shown(Of);

impl FromRequestParts<App> for Shown {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Shown, Problem> {
        let Path((agency, crime)) =
            Path::<(String, String)>::from_request_parts(parts, app).await.map_err(|_| Failure::Unreadable)?;
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = header.and_then(reply::bearer).ok_or_else(no_key)?;
        match app.setting.records.door(&agency, &key) {
            Door::Open => {}
            Door::Elsewhere => return Err(Failure::NotFound.into()),
            Door::Closed => return Err(no_key()),
        }
        let crime = Uuid::parse_str(&crime).map_err(|_| Failure::NotFound)?;
        Ok(Shown(Of { agency, crime }))
    }
}

fn no_key() -> Problem {
    let detail = "Send Authorization: Bearer with the key of this agency's records system.";
    Problem::new(StatusCode::UNAUTHORIZED, "token", "The key is missing or opens nothing", detail)
        .header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

pub async fn get(State(app): State<App>, Shown(of): Shown) -> Result<Response, Problem> {
    let draw = app.draw();
    let crime = app.db.write(move |tx| records::look(&RECORDS, tx, &mut draw.clone(), &of)).await?;
    Ok(reply::json(StatusCode::OK, &crime, Caching::Never))
}

pub async fn post(
    State(app): State<App>,
    Shown(of): Shown,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let key = send::key(&headers)?;
    let said = said(&body)?;
    let mut text = Json::Object(body.0);
    // The same words in another order are the same words.
    text.sort_all_objects();
    let key = records::key(&app.setting, &of, key, &text.to_string());
    for last in 1..=TRIES {
        let (setting, draw, of, said, key) = (app.setting.clone(), app.draw(), of.clone(), said.clone(), key.clone());
        let change =
            app.db.write(move |tx| records::change(&RECORDS, tx, &setting, &mut draw.clone(), &of, &said, &key));
        match change.await {
            Ok(Answered::New(crime) | Answered::Before(crime)) => {
                return Ok(reply::json(StatusCode::OK, &crime, Caching::Never));
            }
            Ok(Answered::Other) => return Err(send::used()),
            Err(Error::Stale) if last < TRIES => {}
            Err(Error::Store(store::Error::Taken(_))) => return Err(refused(Refusal::NumberTaken)),
            Err(Error::Refused(refusal)) => return Err(refused(refusal)),
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile.into())
}

fn said(body: &Body) -> Result<Said, Problem> {
    let mut errors = body.strangers(MEMBERS);
    let mut text = |key: &str| body.0.contains_key(key).then(|| body.text(key, &mut errors));
    let (number, offence, outcome) = (text("number"), text("offence"), text("outcome"));
    let officer = match body.0.get("officer") {
        Some(Json::Null) => Some(None),
        _ => text("officer").map(Some),
    };
    let version = match body.0.get("version") {
        None => None,
        Some(version) => {
            let whole = version.as_i64();
            if whole.is_none() {
                errors.push(Wrong::field("version", "json.shape", "This must be a whole number"));
            }
            whole
        }
    };
    if number.is_none() && offence.is_none() && outcome.is_none() && officer.is_none() && errors.is_empty() {
        errors.push(Wrong::field("", "json.missing", "Say at least one thing of the crime"));
    }
    if errors.is_empty() {
        Ok(Said { number, offence, officer, outcome, version })
    } else {
        Err(Problem::wrong(errors))
    }
}

fn refused(refusal: Refusal) -> Problem {
    let wrong = |field: &str, code: &str, words: &str| Problem::wrong(vec![Wrong::field(field, code, words)]);
    match refusal {
        Refusal::NoSuchNumber => wrong("number", "number.form", "The agency writes its crime numbers otherwise"),
        Refusal::NumberTaken => wrong("number", "number.taken", "Another crime of the agency has this number"),
        Refusal::NoSuchOffence => wrong("offence", "offence.unknown", "This is no offence class of the agency"),
        Refusal::NoSuchColleague => wrong("officer", "officer.unknown", "Nobody of the agency signs in by this name"),
        Refusal::NoSuchOutcome => wrong("outcome", "outcome.unknown", "This is no outcome of the agency"),
        Refusal::Ended => {
            let detail = "It was cancelled. Nothing was kept.";
            Problem::new(StatusCode::CONFLICT, "ended", "This crime has been cancelled", detail)
        }
        other => Error::Refused(other).into(),
    }
}
