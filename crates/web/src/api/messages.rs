//! `POST /api/v1/reports/{reference}/messages`: words from the reporter: an answer where something was asked.

use super::{body::Body, follow::Bearer, reply};
use crate::{
    App,
    page::{Caching, Problem, problem::Wrong},
};
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{Error, Refusal, report::follow};
use serde_json::json;

pub async fn post(State(app): State<App>, bearer: Bearer, body: Body) -> Result<Response, Problem> {
    let mut errors = body.strangers(&["words"]);
    let words = body.text("words", &mut errors);
    if !errors.is_empty() {
        return Err(Problem::wrong(errors));
    }
    let (setting, draw, actor) = (app.setting.clone(), app.draw(), bearer.actor);
    let at = draw.now();
    let done = app.db.write(move |tx| follow::add_words(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    match done {
        Ok(()) => Ok(reply::json(StatusCode::CREATED, &json!({ "received": reply::instant(at) }), Caching::Never)),
        Err(Error::Refused(refusal)) => Err(refused(refusal)),
        Err(other) => Err(other.into()),
    }
}

fn refused(refusal: Refusal) -> Problem {
    let wrong = |code: &str, words: &str| Problem::wrong(vec![Wrong::field("words", code, words)]);
    match refusal {
        Refusal::WordsNeeded => wrong("words.missing", "Write something first"),
        Refusal::WordsTooLong => wrong("words.long", "Use no more than 5,000 characters"),
        Refusal::WordsUnreadable => wrong("words.hidden", "There are hidden characters in the text"),
        Refusal::Ended => {
            let detail = "It was withdrawn. Nothing was kept.";
            Problem::new(StatusCode::CONFLICT, "ended", "This report has ended", detail)
        }
        other => Error::Refused(other).into(),
    }
}
