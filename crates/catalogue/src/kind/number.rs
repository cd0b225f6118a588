use super::Filled;
use super::at::At;
use crate::{Answer, Face, Form, Kind, NumberFace, Problem, Words};
use serde_json::Value;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let typed: String = form.trimmed(&at.name).chars().filter(|letter| *letter != ',' && *letter != ' ').collect();
    if typed.is_empty() {
        return Ok(None);
    }
    match typed.parse::<i64>() {
        Ok(number) => check(at, number).map(Some),
        Err(_) => Err(vec![at.problem("", "number.form", &[])]),
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    match value.as_i64() {
        Some(number) => check(at, number),
        None => Err(vec![at.problem("", "json.shape", &[("shape", "a whole number")])]),
    }
}

fn check(at: &At, number: i64) -> Result<Answer, Vec<Problem>> {
    match at.question.kind {
        Kind::Number { least, .. } if number < least => {
            Err(vec![at.problem("", "number.small", &[("min", &least.to_string())])])
        }
        Kind::Number { most, .. } if number > most => {
            Err(vec![at.problem("", "number.large", &[("max", &most.to_string())])])
        }
        _ => Ok(Answer::Number(number)),
    }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let answered = match filled.answer() {
        Some(Answer::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let mut field = at.input(words, filled, "", answered.as_deref());
    field.inputmode = Some("numeric");
    field.width = Some(5);
    Face::Number(NumberFace { frame: at.frame(words), field })
}
