use super::at::At;
use super::{Filled, Line};
use crate::{Answer, Answers, ChoiceFace, Face, Form, Kind, Problem, Question, Words};
use serde_json::Value;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    match form.trimmed(&at.name) {
        "" => Ok(None),
        option => check(at, option).map(Some),
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    match value {
        Value::String(option) => check(at, option),
        _ => Err(vec![at.problem("", "json.shape", &[("shape", "a text")])]),
    }
}

fn check(at: &At, option: &str) -> Result<Answer, Vec<Problem>> {
    match &at.question.kind {
        Kind::Choice { options, .. } if options.iter().any(|known| known == option) => {
            Ok(Answer::Choice(option.to_owned()))
        }
        _ => Err(vec![at.problem("", "choice.unknown", &[])]),
    }
}

/// "One of those ticked": the options are those of the earlier answer.
fn offered<'q>(options: &'q [String], among: Option<&str>, answers: &Answers) -> Vec<&'q str> {
    let ticked = among.and_then(|id| answers.get(id)).map(Answer::options);
    let all = options.iter().map(String::as_str);
    match ticked {
        Some(ticked) => all.filter(|option| ticked.contains(option)).collect(),
        None => all.collect(),
    }
}

pub(super) fn stands(
    at: &At,
    options: &[String],
    among: Option<&str>,
    option: &str,
    answers: &Answers,
) -> Vec<Problem> {
    match offered(options, among, answers).contains(&option) {
        true => Vec::new(),
        false => vec![at.problem("", "choice.among", &[])],
    }
}

/// An option's words. Where the options are those of another question, so are the words.
fn label<'w>(path: &str, question: &Question, words: &'w Words, option: &str) -> &'w str {
    match &question.kind {
        Kind::Choice { among: Some(other), .. } => words.option(other, option),
        _ => words.option(path, option),
    }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled, answers: &Answers) -> Face {
    let Kind::Choice { options, among } = &at.question.kind else {
        return Face::Choice(ChoiceFace { frame: at.frame(words), options: Vec::new() });
    };
    let answered: Vec<&str> = filled.answer().and_then(Answer::option).into_iter().collect();
    let id = at.words_id();
    let offered = offered(options, among.as_deref(), answers);
    let labelled = offered.into_iter().map(|option| (option, label(&id, at.question, words, option)));
    let mut options = at.choices(filled, "", labelled, &answered);
    for option in &mut options {
        option.hint = words.option_hint(&id, &option.value).map(str::to_owned);
    }
    Face::Choice(ChoiceFace { frame: at.frame(words), options })
}

pub(super) fn show(path: &str, question: &Question, words: &Words, option: &str) -> Vec<Line> {
    vec![Line::plain(label(path, question, words, option))]
}
