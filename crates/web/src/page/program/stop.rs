//! A stop on the way, told to a program: the same words and ways on as its page has (P-13, P-14).

use crate::page::{Problem, call, tongue::ENGLISH};
use axum::http::StatusCode;
use catalogue::{LinkView, StopView};
use serde_json::{Value as Json, json};

pub fn problem(view: &StopView) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "stop", &view.title, view.body.join(" ")).with("stop", json(view))
}

/// The stop as it is shown.
pub fn json(view: &StopView) -> Json {
    let calls = call::of(view.kind, &ENGLISH);
    let called = calls.iter().map(|(href, words)| LinkView { words: words.clone(), href: (*href).to_owned() });
    let others = view.links.iter().filter(|link| !calls.iter().any(|(href, _)| *href == link.href)).cloned();
    let link = |link: LinkView| json!({ "words": link.words, "href": link.href });
    json!({
        "id": view.id,
        "kind": view.kind.name(),
        "question": view.question.map(|question| &question.id),
        "title": view.title,
        "body": view.body,
        "help": view.help,
        "links": called.chain(others).map(link).collect::<Vec<_>>(),
        "service": view.go,
        "who": view.elsewhere.as_ref().map(|body| json!({ "name": body.name, "url": body.url, "phone": body.phone })),
        "carry_on": view.carry_on,
    })
}
