use super::at::At;
use super::clean::{clean, length};
use super::object::{Object, SHORT};
use super::{Filled, Line};
use crate::answer::Declaration;
use crate::{Answer, Context, DeclarationFace, Face, Form, Kind, Problem, Words};
use serde_json::{Value, json};

fn is_signed(at: &At) -> bool {
    matches!(at.question.kind, Kind::Declaration { signed: true })
}

/// The label is the text that is agreed to; it is kept as it was read.
pub(super) fn read(at: &At, form: &Form, ctx: &Context) -> Result<Option<Answer>, Vec<Problem>> {
    let name = clean(form.get(&at.field("name")).unwrap_or(""), false);
    let name = name.map_err(|key| vec![at.problem("name", key, &[])])?;
    if length(&name) > SHORT {
        return Err(vec![at.problem("name", "text.long", &[("max", &SHORT.to_string())])]);
    }
    match form.trimmed(&at.field("agree")) {
        "" if name.is_empty() => return Ok(None),
        "" => return Err(vec![at.missing()]),
        "yes" => {}
        _ => return Err(vec![at.problem("agree", "choice.unknown", &[])]),
    }
    if is_signed(at) && name.is_empty() {
        return Err(vec![at.problem("name", "declaration.name", &[])]);
    }
    Ok(Some(Answer::Declaration(Declaration {
        text: at.question.label.clone(),
        name: Some(name).filter(|name| is_signed(at) && !name.is_empty()),
        at: ctx.now.timestamp(),
    })))
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let mut object = Object::of(at, "", value)?;
    let text = object.long("text", 5000, true);
    let name = object.text("name");
    let when = object.word("at", |text| text.parse().ok());
    if is_signed(at) && name.is_none() {
        object.problems.push(at.problem("name", "declaration.name", &[]));
    }
    match (text, when) {
        (Some(text), Some(when)) => object.done(Answer::Declaration(Declaration { text, name, at: when })),
        _ => {
            object.problems.push(at.missing());
            Err(object.problems)
        }
    }
}

/// Who goes on in another language, or after the words have changed, reads them and agrees anew. What was sent stays as it was
/// read, in whatever language that was.
pub(super) fn stands(at: &At, given: &Declaration) -> Vec<Problem> {
    let same = given.text == at.question.label;
    if same { Vec::new() } else { vec![at.problem("agree", "declaration.text", &[])] }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let known = match filled.answer() {
        Some(Answer::Declaration(declaration)) => Some(declaration),
        _ => None,
    };
    let name = known.and_then(|known| known.name.as_deref());
    Face::Declaration(DeclarationFace {
        frame: at.frame(words),
        text: words.label(&at.words_id()).to_owned(),
        agree: at.tick(words, filled, "agree", known.is_some()),
        name: is_signed(at).then(|| at.input(words, filled, "name", name)),
    })
}

pub(super) fn show(words: &Words, declaration: &Declaration) -> Vec<Line> {
    let mut lines = vec![Line::plain(declaration.text.clone())];
    lines.extend(declaration.name.as_ref().map(|name| Line::named(words.say("declaration.parts.name"), name.clone())));
    lines
}

/// Whoever receives the answer sets the moment before it is read.
pub(super) fn schema(signed: bool) -> Value {
    let required = if signed { json!(["text", "name"]) } else { json!(["text"]) };
    json!({
        "type": "object",
        "properties": {
            "text": { "type": "string", "description": "The words that are agreed to, as they are shown." },
            "name": { "type": "string", "maxLength": SHORT },
            "at": { "type": "string", "format": "date-time", "description": "Set by us, when it is received." },
        },
        "required": required,
        "additionalProperties": false,
    })
}
