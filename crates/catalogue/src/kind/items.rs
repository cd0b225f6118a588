use super::at::At;
use super::clean::{clean, length};
use super::object::{self, Object, SHORT};
use super::text::{imei, is_imei};
use super::vehicle::registration;
use super::{Filled, Line, money, row};
use crate::answer::Item;
use crate::{Answer, Face, Form, ItemFace, ItemsFace, Kind, Problem, Words};
use serde_json::{Value, json};

/// The plain text parts; registration and IMEI are brought to their form.
const TEXTS: [&str; 7] = ["make", "model", "colour", "serial", "imei", "frame", "registration"];

fn asks<'q>(at: &At<'q>) -> (&'q [String], &'q [String], usize) {
    match &at.question.kind {
        Kind::Items { kinds, states, most } => (kinds, states, *most),
        _ => (&[], &[], 0),
    }
}

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let (_, _, most) = asks(at);
    let mut items = Vec::new();
    let mut problems = Vec::new();
    for row in 0..form.rows(&at.name, most) {
        match read_row(at, form, row) {
            Ok(item) if item.is_empty() => {}
            Ok(item) => items.push(item),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((!items.is_empty()).then_some(Answer::Items(items)))
}

fn read_row(at: &At, form: &Form, row: usize) -> Result<Item, Vec<Problem>> {
    let (kinds, states, _) = asks(at);
    let mut problems = Vec::new();
    let mut option = |part: &str, known: &[String]| match form.trimmed(&at.field(&format!("{row}.{part}"))) {
        "" => None,
        option if known.iter().any(|one| one == option) => Some(option.to_owned()),
        _ => {
            problems.push(at.problem(&format!("{row}.{part}"), "choice.unknown", &[]));
            None
        }
    };
    let (kind, state) = (option("kind", kinds), option("state", states));
    let texts = TEXTS.map(|part| {
        let raw = form.get(&at.field(&format!("{row}.{part}"))).unwrap_or("");
        let text = clean(raw, false).map_err(|key| (key, 0));
        match text {
            Ok(text) if length(&text) > SHORT => {
                problems.push(at.problem(&format!("{row}.{part}"), "text.long", &[("max", &SHORT.to_string())]));
                None
            }
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err((key, _)) => {
                problems.push(at.problem(&format!("{row}.{part}"), key, &[]));
                None
            }
        }
    });
    let value = match money::read_part(at, form, &format!("{row}.value")) {
        Ok(value) => value,
        Err(mut found) => {
            problems.append(&mut found);
            None
        }
    };
    if problems.is_empty() { Ok(Item { value, ..item(kind, state, texts) }) } else { Err(problems) }
}

fn item(kind: Option<String>, state: Option<String>, texts: [Option<String>; 7]) -> Item {
    let [make, model, colour, serial, number, frame, plate] = texts;
    Item {
        kind,
        make,
        model,
        colour,
        serial,
        imei: number.map(|text| imei(&text)),
        frame,
        // A mark that is none is kept as it was typed: it may still help to know the thing again.
        registration: plate.map(|text| registration(&text).unwrap_or(text)),
        value: None,
        state,
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let (kinds, states, most) = asks(at);
    let mut items = Vec::new();
    let mut problems = Vec::new();
    for (row, value) in object::rows(at, value, most)?.iter().enumerate() {
        let part = row.to_string();
        let mut object = match Object::of(at, &part, value) {
            Ok(object) => object,
            Err(mut found) => {
                problems.append(&mut found);
                continue;
            }
        };
        let known = |known: &[String], text: &str| known.iter().find(|one| *one == text).cloned();
        let kind = object.word("kind", |text| known(kinds, text));
        let state = object.word("state", |text| known(states, text));
        let texts = TEXTS.map(|part| object.text(part));
        let value = object.value("value").map(|value| money::take_part(at, &format!("{part}.value"), value));
        let value = match value.transpose() {
            Ok(value) => value,
            Err(mut found) => {
                object.problems.append(&mut found);
                None
            }
        };
        match object.done(Item { value, ..item(kind, state, texts) }) {
            Ok(item) if item.is_empty() => {}
            Ok(item) => items.push(item),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if problems.is_empty() { Ok(Answer::Items(items)) } else { Err(problems) }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let known: &[Item] = match filled.answer() {
        Some(Answer::Items(items)) => items,
        _ => &[],
    };
    let rows = row::count(at, filled, known.len());
    Face::Items(ItemsFace {
        frame: at.frame(words),
        rows: (0..rows).map(|row| row_face(at, words, filled, row, known.get(row))).collect(),
        buttons: row::buttons(at, words, rows),
    })
}

fn row_face(at: &At, words: &Words, filled: Filled, row: usize, known: Option<&Item>) -> ItemFace {
    let (kinds, states, _) = asks(at);
    let item = known.cloned().unwrap_or_default();
    let id = at.words_id();
    let options = |part: &str, known: &[String], answered: &Option<String>| {
        let labelled: Vec<(&str, &str)> =
            known.iter().map(|option| (option.as_str(), words.option(&id, option))).collect();
        at.choices(filled, &format!("{row}.{part}"), labelled, &answered.as_deref().into_iter().collect::<Vec<_>>())
    };
    let texts = item.texts();
    let input = |part: &str| {
        let known = texts.iter().find(|(name, _)| *name == part).and_then(|(_, text)| text.as_deref());
        at.input(words, filled, &format!("{row}.{part}"), known)
    };
    let mut value = at.input(words, filled, &format!("{row}.value"), item.value.map(money::typed).as_deref());
    value.inputmode = Some("decimal");
    value.prefix = Some("£");
    value.width = Some(10);
    ItemFace {
        legend: row::legend(at, words, row),
        kind_legend: words.part(&id, "items", "kind").to_owned(),
        kind: options("kind", kinds, &item.kind),
        fields: TEXTS.map(input).to_vec(),
        value,
        about: at.tick(words, filled, &format!("{row}.value.about"), item.value.is_some_and(|value| value.about)),
        state_legend: words.part(&id, "items", "state").to_owned(),
        state: options("state", states, &item.state),
    }
}

pub(super) fn show(path: &str, words: &Words, items: &[Item]) -> Vec<Line> {
    let mut lines = Vec::new();
    for item in items {
        let mut parts: Vec<String> = Vec::new();
        for (part, text) in item.texts() {
            let Some(text) = text else { continue };
            match part {
                "kind" => parts.push(words.option(path, text).to_owned()),
                "make" | "model" | "colour" => parts.push(text.clone()),
                _ => parts.push(format!("{} {text}", words.part(path, "items", part))),
            }
            if part == "imei" && !is_imei(text) {
                parts.push(words.say("items.show.imei").to_owned());
            }
        }
        parts.extend(item.value.map(|value| value.in_words()));
        parts.extend(item.state.as_ref().map(|state| words.option(path, state).to_owned()));
        lines.push(Line::plain(parts.join(", ")));
    }
    lines
}

pub(super) fn schema(kinds: &[String], states: &[String], most: usize) -> Value {
    let text = json!({ "type": "string", "maxLength": SHORT });
    let mut item = json!({
        "type": "object",
        "properties": { "kind": { "enum": kinds }, "state": { "enum": states }, "value": money::schema(money::MOST) },
        "additionalProperties": false,
    });
    for part in TEXTS {
        item["properties"][part] = text.clone();
    }
    json!({ "type": "array", "maxItems": most, "items": item })
}
