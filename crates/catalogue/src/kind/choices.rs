use super::at::At;
use super::{Filled, Line};
use crate::{Answer, ChoicesFace, Face, Form, Kind, Problem, Words};
use serde_json::Value;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let ticked: Vec<&str> = form.all(&at.name).map(str::trim).filter(|option| !option.is_empty()).collect();
    if ticked.is_empty() { Ok(None) } else { check(at, &ticked).map(Some) }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let ticked: Option<Vec<&str>> = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    match ticked {
        Some(ticked) => check(at, &ticked),
        None => Err(vec![at.problem("", "json.shape", &[("shape", "a list of texts")])]),
    }
}

/// Each option once, in the order of the definition.
fn check(at: &At, ticked: &[&str]) -> Result<Answer, Vec<Problem>> {
    let Kind::Choices { options, alone, most } = &at.question.kind else {
        return Err(vec![at.problem("", "choice.unknown", &[])]);
    };
    if ticked.iter().any(|option| !options.iter().any(|known| known == option)) {
        return Err(vec![at.problem("", "choice.unknown", &[])]);
    }
    let kept: Vec<String> = options.iter().filter(|option| ticked.contains(&option.as_str())).cloned().collect();
    if kept.len() > *most {
        return Err(vec![at.problem("", "choices.many", &[("max", &most.to_string())])]);
    }
    if let Some(alone) = alone
        && kept.len() > 1
        && kept.contains(alone)
    {
        return Err(vec![at.problem("", "choices.alone", &[])]);
    }
    Ok(Answer::Choices(kept))
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let Kind::Choices { options, alone, .. } = &at.question.kind else {
        return Face::Choices(ChoicesFace { frame: at.frame(words), options: Vec::new() });
    };
    let answered = filled.answer().map(Answer::options).unwrap_or_default();
    let id = at.words_id();
    let labelled = options.iter().map(|option| (option.as_str(), words.option(&id, option)));
    let mut faces = at.choices(filled, "", labelled, &answered);
    for face in &mut faces {
        face.hint = words.option_hint(&id, &face.value).map(str::to_owned);
        face.alone = alone.as_ref() == Some(&face.value);
    }
    Face::Choices(ChoicesFace { frame: at.frame(words), options: faces })
}

pub(super) fn show(path: &str, words: &Words, options: &[String]) -> Vec<Line> {
    options.iter().map(|option| Line::plain(words.option(path, option))).collect()
}
