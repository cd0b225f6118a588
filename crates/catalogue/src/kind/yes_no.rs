use super::at::At;
use super::{Filled, Line};
use crate::{Answer, Face, Form, Problem, Words, YesNoFace};
use serde_json::Value;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    match form.trimmed(&at.name) {
        "" => Ok(None),
        "yes" => Ok(Some(Answer::YesNo(true))),
        "no" => Ok(Some(Answer::YesNo(false))),
        _ => Err(vec![at.problem("", "choice.unknown", &[])]),
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    match value {
        Value::Bool(yes) => Ok(Answer::YesNo(*yes)),
        _ => Err(vec![at.problem("", "json.shape", &[("shape", "true or false")])]),
    }
}

/// A question may say more than "Yes" and "No": `question.<id>.options.yes`.
fn word<'w>(path: &str, words: &'w Words, option: &str) -> &'w str {
    let own = words.option(path, option);
    if own.is_empty() { words.say(&format!("yes_no.options.{option}")) } else { own }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let answered: Vec<&str> = filled.answer().and_then(Answer::option).into_iter().collect();
    let id = at.words_id();
    let options = ["yes", "no"].map(|option| (option, word(&id, words, option)));
    Face::YesNo(YesNoFace { frame: at.frame(words), options: at.choices(filled, "", options, &answered) })
}

pub(super) fn show(path: &str, words: &Words, yes: bool) -> Vec<Line> {
    vec![Line::plain(word(path, words, if yes { "yes" } else { "no" }))]
}
