//! Reading what a program says: answers by question id, the person apart if it likes, and what the house says itself.

use super::body::{Body, short};
use crate::page::problem::Wrong;
use catalogue::{Answer, Answers, Context, Form, How, Kind, LAND, Question, Read, Service, kind};
use serde_json::{Map, Value as Json, json};

/// What was read. Where something is wrong, the rest is here all the same: it may say that somebody is in danger.
pub struct Said {
    pub answers: Answers,
    pub errors: Vec<Wrong>,
}

pub fn read(service: &Service, body: &Body, ctx: &Context) -> Said {
    let mut errors = Vec::new();
    let mut given = match body.0.get("answers") {
        Some(Json::Object(map)) => map.clone(),
        Some(_) => wrong(&mut errors, "answers", "json.shape", "This must be an object"),
        None => wrong(&mut errors, "answers", "json.missing", "This must be there"),
    };
    // What a journey remembers besides is not a client's to say: the gate is answered, not passed over.
    if given.remove("journey").is_some() {
        errors.push(Wrong::field("journey", "json.unknown", "There is no question of this name"));
    }
    if let Some(contact) = body.0.get("contact") {
        put_contact(service, &mut given, contact, &mut errors);
    }
    let mut found = Vec::new();
    for question in &service.questions {
        let Some(value) = given.get_mut(&question.id) else { continue };
        match &question.kind {
            // Signed when it is received.
            Kind::Declaration { .. } => {
                if let Json::Object(map) = value {
                    map.insert("at".to_owned(), json!(ctx.now.timestamp().to_string()));
                }
            }
            Kind::Place { .. } => {
                if let Some(typed) = to_look_up(value) {
                    match look_up(question, &typed, ctx) {
                        Ok(answer) => found.push((question.id.clone(), answer)),
                        Err(mut wrong) => errors.append(&mut wrong),
                    }
                    given.remove(&question.id);
                }
            }
            _ => {}
        }
    }
    let mut answers = fitting(service, given, &mut errors);
    for (id, answer) in found {
        answers.give(&id, answer);
    }
    name_pins(service, &mut answers, ctx);
    carry_on(service, body, &mut answers, &mut errors);
    Said { answers, errors }
}

fn wrong(errors: &mut Vec<Wrong>, field: &str, code: &str, words: &str) -> Map<String, Json> {
    errors.push(Wrong::field(field, code, words));
    Map::new()
}

/// `contact` is the answer to the person question, whatever that is called here.
fn put_contact(service: &Service, given: &mut Map<String, Json>, contact: &Json, errors: &mut Vec<Wrong>) {
    let asked = service.questions.iter().find(|question| matches!(question.kind, Kind::Person { .. }));
    match asked {
        _ if !contact.is_object() => errors.push(Wrong::field("contact", "json.shape", "This must be an object")),
        None => errors.push(Wrong::field("contact", "contact.not_asked", "This service asks for no contact")),
        Some(question) if given.contains_key(&question.id) => {
            errors.push(Wrong::field("contact", "contact.twice", "Give the contact once"));
        }
        Some(question) => drop(given.insert(question.id.clone(), contact.clone())),
    }
}

/// The text of a place that says no more: it is looked up, as on the page.
fn to_look_up(value: &Json) -> Option<String> {
    let Json::Object(map) = value else { return None };
    let typed = map.get("typed")?.as_str()?.trim();
    (map.len() == 1 && !typed.is_empty()).then(|| typed.to_owned())
}

fn look_up(question: &Question, typed: &str, ctx: &Context) -> Result<Answer, Vec<Wrong>> {
    let form = Form::new().with(format!("{}.text", question.id), typed);
    match kind::read(question, &form, &Answers::new(), ctx) {
        Ok(Read::Answer(Some(answer))) => Ok(answer),
        Ok(Read::Answer(None)) => Err(vec![of(question, "place.unknown", "We cannot find this place")]),
        Ok(Read::Pick(found)) => {
            let names: Vec<String> = found.iter().map(catalogue::Found::full_label).collect();
            let words = format!("More than one place has this name: {}. Send lat and lon with it", names.join("; "));
            Err(vec![of(question, "place.several", &words)])
        }
        Err(problems) => Err(problems.into_iter().map(Wrong::from).collect()),
    }
}

fn of(question: &Question, code: &str, words: &str) -> Wrong {
    Wrong { question: Some(question.id.clone()), ..Wrong::field(&format!("{}.typed", question.id), code, words) }
}

/// The answers whose shape is right; the others are errors.
fn fitting(service: &Service, mut given: Map<String, Json>, errors: &mut Vec<Wrong>) -> Answers {
    let problems = match Answers::from_json(service, &Json::Object(given.clone())) {
        Ok(answers) => return answers,
        Err(problems) => problems,
    };
    given.retain(|id, _| service.question(id).is_some() && !problems.iter().any(|p| within(&p.field, id)));
    errors.extend(problems.into_iter().map(Wrong::from));
    Answers::from_json(service, &Json::Object(given)).unwrap_or_default()
}

/// A problem of a group names the question inside it, and the field from the outside.
fn within(field: &str, id: &str) -> bool {
    field.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The words for a point are the house's own, as on the page.
fn name_pins(service: &Service, answers: &mut Answers, ctx: &Context) {
    for question in &service.questions {
        let Some(Answer::Place(place)) = answers.get(&question.id) else { continue };
        if let (How::Pin | How::Device, Some((lat, lon))) = (place.how, place.point) {
            let label = ctx.finder.describe(lat, lon).unwrap_or_else(|| format!("{lat:.5}, {lon:.5}"));
            let place = catalogue::Place { label, ..place.clone() };
            answers.give(&question.id, Answer::Place(place));
        }
    }
}

/// The stops that were read, and after which the person goes on.
fn carry_on(service: &Service, body: &Body, answers: &mut Answers, errors: &mut Vec<Wrong>) {
    let stops = match body.0.get("carried_on") {
        None => return,
        Some(Json::Array(stops)) => stops,
        Some(_) => return errors.push(Wrong::field("carried_on", "json.shape", "This must be a list of texts")),
    };
    for (at, stop) in stops.iter().enumerate() {
        let known = stop.as_str().and_then(|id| service.stop(id)).filter(|stop| stop.carry_on);
        // What the land at a place says is no stop of the service: which there are, the place decides.
        if let Some(land) = stop.as_str().filter(|id| id.starts_with(LAND)) {
            answers.carry_on(land);
            continue;
        }
        match known {
            Some(stop) => answers.carry_on(&stop.id),
            None => {
                let name = short(stop.as_str().unwrap_or_default());
                let words = format!("There is no stop “{name}” after which one may go on");
                errors.push(Wrong::field(&format!("carried_on.{at}"), "stop.unknown", words));
            }
        }
    }
}
