use super::at::At;
use super::clean::{clean, length};
use super::object::{Object, SHORT};
use super::text::formed;
use super::{Filled, Line, date, phone, safe};
use crate::answer::Person;
use crate::{
    Answer, Answers, Context, Face, Field, Form, Format, Kind, PersonFace, PersonPart, Problem, Theirs, Words,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

const ADDRESS: usize = 500;

fn asks<'q>(at: &At<'q>) -> (&'q [PersonPart], &'q [PersonPart]) {
    match &at.question.kind {
        Kind::Person { parts, needs, .. } => (parts, needs),
        _ => (&[], &[]),
    }
}

pub(super) fn read(at: &At, form: &Form, _ctx: &Context) -> Result<Option<Answer>, Vec<Problem>> {
    let (parts, _) = asks(at);
    let mut person = Person::default();
    let mut problems = Vec::new();
    for part in parts {
        let read = match part {
            PersonPart::Name => line(at, form, *part, Format::Plain).map(|name| person.name = name),
            PersonPart::Phone => line(at, form, *part, Format::Phone).map(|phone| person.phone = phone),
            PersonPart::Email => line(at, form, *part, Format::Email).map(|email| person.email = email),
            PersonPart::Address => line(at, form, *part, Format::Plain).map(|address| person.address = address),
            PersonPart::Born => date::read_part(at, form, "born").map(|born| person.born = born),
            PersonPart::Safe => safe::read(at, form).map(|safe| person.safe = safe),
        };
        problems.extend(read.err().unwrap_or_default());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((!person.is_empty()).then_some(Answer::Person(person)))
}

fn line(at: &At, form: &Form, part: PersonPart, format: Format) -> Result<Option<String>, Vec<Problem>> {
    let raw = form.get(&at.field(part.name())).unwrap_or("");
    written(raw, part, format).map_err(|(key, most)| vec![at.problem(part.name(), key, &[("max", &most.to_string())])])
}

fn written(raw: &str, part: PersonPart, format: Format) -> Result<Option<String>, (&'static str, usize)> {
    let most = if part == PersonPart::Address { ADDRESS } else { SHORT };
    let text = clean(raw, part == PersonPart::Address).map_err(|key| (key, most))?;
    if text.is_empty() {
        return Ok(None);
    }
    // An e-mail address has its own limit (P-26).
    if format != Format::Email && length(&text) > most {
        return Err(("text.long", most));
    }
    formed(format, text).map(Some).map_err(|key| (key, most))
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let (parts, _) = asks(at);
    let mut object = Object::of(at, "", value)?;
    let mut person = Person::default();
    for part in parts {
        let name = part.name();
        match part {
            PersonPart::Born => {
                if let Some(value) = object.value("born") {
                    match date::take_part(at, "born", value) {
                        Ok(born) => person.born = Some(born),
                        Err(mut problems) => object.problems.append(&mut problems),
                    }
                }
                continue;
            }
            PersonPart::Safe => {
                if let Some(value) = object.value("safe") {
                    match safe::take(at, value) {
                        Ok(safe) => person.safe = Some(safe),
                        Err(mut problems) => object.problems.append(&mut problems),
                    }
                }
                continue;
            }
            _ => {}
        }
        let (slot, format) = match part {
            PersonPart::Phone => (&mut person.phone, Format::Phone),
            PersonPart::Email => (&mut person.email, Format::Email),
            PersonPart::Address => (&mut person.address, Format::Plain),
            _ => (&mut person.name, Format::Plain),
        };
        match object.value(name) {
            None => {}
            Some(Value::String(raw)) => match written(raw, *part, format) {
                Ok(text) => *slot = text,
                Err((key, most)) => {
                    let problem = at.problem(name, key, &[("max", &most.to_string())]);
                    object.problems.push(problem);
                }
            },
            Some(_) => object.wrong(name, "a text"),
        }
    }
    object.done(Answer::Person(person))
}

/// Born between 1900 and today (P-27), what the question needs is there, and no way to reach them is also that of somebody
/// they report (P-57).
pub(super) fn stands(at: &At, person: &Person, answers: &Answers, ctx: &Context) -> Vec<Problem> {
    let mut problems = Vec::new();
    let theirs = Theirs::of(at.question, answers);
    if person.phone.as_deref().is_some_and(|phone| theirs.phone(phone)) {
        problems.push(at.problem("phone", "person.theirs_phone", &[]));
    }
    if person.email.as_deref().is_some_and(|email| theirs.email(email)) {
        problems.push(at.problem("email", "person.theirs_email", &[]));
    }
    if let Some(born) = person.born {
        if born > ctx.now.date() {
            problems.push(at.problem("born.day", "date.future", &[]));
        } else if born < Date::constant(1900, 1, 1) {
            problems.push(at.problem("born.day", "date.early", &[("min", "1 January 1900")]));
        }
    }
    let (_, needs) = asks(at);
    let has = |part: &PersonPart| match part {
        PersonPart::Name => person.name.is_some(),
        PersonPart::Born => person.born.is_some(),
        PersonPart::Address => person.address.is_some(),
        PersonPart::Phone => person.phone.is_some(),
        PersonPart::Email => person.email.is_some(),
        PersonPart::Safe => person.safe.is_some(),
    };
    if let Some(first) = needs.first()
        && !needs.iter().any(has)
    {
        problems.push(at.problem(first.name(), "person.needs", &[]));
    }
    // Who may leave all of it empty may leave a part of it empty.
    if let Kind::Person { needs_all, .. } = &at.question.kind
        && super::is_required_now(at.question, answers, ctx)
    {
        let missing = needs_all.iter().filter(|part| !has(part));
        problems.extend(missing.map(|part| at.problem(part.name(), "person.needs_all", &[])));
    }
    problems
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let (parts, _) = asks(at);
    let person = match filled.answer() {
        Some(Answer::Person(person)) => person.clone(),
        _ => Person::default(),
    };
    let has = |part| parts.contains(&part);
    let input = |part: PersonPart, answered: &Option<String>, autocomplete, input, inputmode| {
        has(part).then(|| Field {
            autocomplete: Some(autocomplete),
            input,
            inputmode,
            rows: if part == PersonPart::Address { 3 } else { 0 },
            ..at.input(words, filled, part.name(), answered.as_deref())
        })
    };
    let phone = person.phone.as_deref().map(phone::in_words);
    Face::Person(PersonFace {
        frame: at.frame(words),
        name: input(PersonPart::Name, &person.name, "name", "text", None),
        born: has(PersonPart::Born).then(|| at.date_fields(words, filled, "born", person.born)),
        address: input(PersonPart::Address, &person.address, "street-address", "text", None),
        phone: input(PersonPart::Phone, &phone, "tel", "tel", Some("tel")),
        email: input(PersonPart::Email, &person.email, "email", "email", Some("email")),
        safe: has(PersonPart::Safe).then(|| safe::face(at, words, filled, person.safe.as_ref())),
    })
}

pub(super) fn show(words: &Words, person: &Person) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |part: &str, text: Option<String>| {
        lines.extend(text.map(|text| Line::named(words.say(&format!("person.parts.{part}")), text)));
    };
    say("name", person.name.clone());
    say("born", person.born.map(|born| date::in_words(words, born)));
    say("address", person.address.as_ref().map(|address| address.lines().collect::<Vec<_>>().join(", ")));
    say("phone", person.phone.as_deref().map(phone::in_words));
    say("email", person.email.clone());
    lines.extend(person.safe.iter().flat_map(|safe| safe::show(words, safe)));
    lines
}

pub(super) fn schema(parts: &[PersonPart]) -> Value {
    let mut properties = Map::new();
    for part in parts {
        let schema = match part {
            PersonPart::Born => json!({ "type": "string", "format": "date" }),
            PersonPart::Email => json!({ "type": "string", "format": "email", "maxLength": 254 }),
            PersonPart::Address => json!({ "type": "string", "maxLength": ADDRESS }),
            PersonPart::Safe => safe::schema(),
            PersonPart::Name | PersonPart::Phone => json!({ "type": "string", "maxLength": SHORT }),
        };
        properties.insert(part.name().to_owned(), schema);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
