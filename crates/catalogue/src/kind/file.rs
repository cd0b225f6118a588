//! Photos and other files. The answer names files that custody holds; what they are and whose stands with them.

use super::at::At;
use super::{Filled, Line};
use crate::{Answer, Face, FilesFace, Form, Kind, Problem, Words};
use serde_json::{Value, json};

/// The most characters of a file's name here: of a UUID.
const ID: usize = 36;

/// Most files, and whether they are photos.
fn limit(at: &At) -> (usize, bool) {
    match at.question.kind {
        Kind::Photo { most, .. } => (most, true),
        Kind::File { most, .. } => (most, false),
        _ => (0, false),
    }
}

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let ids: Vec<&str> = form.all(&at.name).map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.is_empty() { Ok(None) } else { check(at, &ids).map(Some) }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let ids: Option<Vec<&str>> = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    match ids {
        Some(ids) => check(at, &ids),
        None => Err(vec![at.problem("", "json.shape", &[("shape", "a list of texts")])]),
    }
}

/// Each file once, in the order given.
fn check(at: &At, ids: &[&str]) -> Result<Answer, Vec<Problem>> {
    let mut kept: Vec<String> = Vec::new();
    for id in ids {
        if !is_id(id) {
            return Err(vec![at.problem("", "file.gone", &[])]);
        }
        if !kept.iter().any(|known| known == id) {
            kept.push((*id).to_owned());
        }
    }
    let (most, _) = limit(at);
    if kept.len() > most {
        return Err(vec![at.problem("", "file.many", &[("max", &most.to_string())])]);
    }
    Ok(Answer::Files(kept))
}

/// Small hexadecimal figures and hyphens, as custody names what it holds.
fn is_id(id: &str) -> bool {
    id.len() == ID && id.bytes().all(|b| b == b'-' || b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let given: Vec<String> = match (filled.form(), filled.answer()) {
        (Some(form), _) => form.all(&at.name).map(str::to_owned).collect(),
        (None, Some(Answer::Files(ids))) => ids.clone(),
        _ => Vec::new(),
    };
    let (most, photos) = limit(at);
    let (megabytes, accept) = match &at.question.kind {
        Kind::Photo { megabytes, .. } => (*megabytes, vec![crate::Accept::Picture]),
        Kind::File { megabytes, accept, .. } => (*megabytes, accept.clone()),
        _ => (0, Vec::new()),
    };
    Face::Files(FilesFace { frame: at.frame(words), given, photos, most, megabytes, accept })
}

pub(super) fn show(kind: &Kind, words: &Words, ids: &[String]) -> Vec<Line> {
    let what = if matches!(kind, Kind::Photo { .. }) { "photo" } else { "file" };
    let text = match ids.len() {
        1 => words.say(&format!("{what}.show.one")).to_owned(),
        n => crate::words::fill(words.say(&format!("{what}.show.many")), &[("n", &n.to_string())]),
    };
    vec![Line::plain(text)]
}

pub(super) fn schema(most: usize) -> Value {
    json!({
        "type": "array",
        "items": { "type": "string", "description": "The `id` that an upload was given." },
        "uniqueItems": true,
        "maxItems": most,
    })
}
