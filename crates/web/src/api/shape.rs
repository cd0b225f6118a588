//! The shapes that are sent and taken, as JSON Schema (2020-12) for the OpenAPI description.

use super::send::KEY_LENGTH;
use serde_json::{Map, Value as Json, json};

/// An object with these members, all of which are there. More may come with time; none goes.
fn object(members: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> =
        members.iter().map(|(name, shape)| ((*name).to_owned(), shape.clone())).collect();
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn text() -> Json {
    json!({ "type": "string" })
}

fn about(mut shape: Json, words: &str) -> Json {
    shape["description"] = json!(words);
    shape
}

fn maybe(name: &str) -> Json {
    json!({ "type": [name, "null"] })
}

fn yes_no() -> Json {
    json!({ "type": "boolean" })
}

fn instant() -> Json {
    json!({ "type": "string", "format": "date-time" })
}

fn maybe_instant() -> Json {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

fn list(of: Json) -> Json {
    json!({ "type": "array", "items": of })
}

fn named(shape: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{shape}") })
}

fn any_object(words: &str) -> Json {
    json!({ "type": "object", "description": words })
}

pub fn reference() -> Json {
    json!({ "type": "string", "pattern": "^[0-9]{9}$", "description": "Nine digits. Not secret." })
}

pub fn service_id() -> Json {
    json!({ "type": "string", "pattern": "^[a-z][a-z0-9_.-]*$", "maxLength": 60 })
}

pub fn idempotency_key() -> Json {
    json!({
        "type": "string", "pattern": "^[A-Za-z0-9_-]+$",
        "minLength": KEY_LENGTH.start(), "maxLength": KEY_LENGTH.end(),
    })
}

pub fn pin() -> Json {
    json!({ "type": "string", "pattern": "^[0-9]{6}$", "description": "Six digits, no run and not all the same." })
}

/// Every shape by its name. `services` are those that may be asked for.
pub fn all(services: &[&str]) -> Map<String, Json> {
    let shapes = [
        ("Services", object(&[("services", list(named("ServiceSummary")))])),
        ("ServiceSummary", object(&summary())),
        ("Service", service()),
        ("Question", question()),
        ("Upload", upload()),
        ("NewReport", new_report(services)),
        ("Receipt", receipt()),
        ("Report", report()),
        ("NewMessage", new_message()),
        ("Message", object(&[("received", instant())])),
        ("Crime", crime()),
        ("CrimeChange", crime_change()),
        ("Error", error()),
        ("Stop", stop()),
        ("Problem", problem()),
    ];
    shapes.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}

fn summary() -> Vec<(&'static str, Json)> {
    vec![
        ("id", service_id()),
        ("version", json!({ "type": "integer", "minimum": 1 })),
        ("title", text()),
        ("summary", text()),
        ("group", about(text(), "The heading it stands under.")),
        ("hints", about(list(text()), "What its agencies say under its name.")),
        ("taken", about(yes_no(), "Reports of it are taken now. A place may have its own answer.")),
        ("why_not", about(list(text()), "Where they are not: what people read instead, a heading first.")),
    ]
}

fn service() -> Json {
    let stop = object(&[("id", text()), ("kind", text()), ("title", text()), ("carry_on", yes_no())]);
    let mut members = summary();
    members.extend([
        ("before", about(list(text()), "What people read before the first question.")),
        (
            "tracking",
            json!({
                "enum": ["link", "link_and_pin", "nothing"],
                "description": "link_and_pin: the report needs a PIN. nothing: it cannot be followed.",
            }),
        ),
        ("anonymous", about(text(), "Whether it can be reported without a name.")),
        ("contact", about(maybe("string"), "The question that contact answers, if one does.")),
        ("questions", list(named("Question"))),
        ("stops", list(stop)),
        ("schema", any_object("JSON Schema of the answers by question id.")),
    ]);
    object(&members)
}

fn question() -> Json {
    let option = || list(object(&[("id", text()), ("label", text()), ("hint", maybe("string"))]));
    let condition = || about(maybe("object"), "all, any, not, or question with one test.");
    let mut shape = object(&[
        ("id", text()),
        ("kind", json!({ "enum": catalogue::Kind::NAMES })),
        ("label", text()),
        ("short", text()),
        ("hint", maybe("string")),
        ("ask", json!({ "enum": catalogue::Ask::NAMES })),
        ("gate", about(yes_no(), "Asks for an emergency. Its answer is kept nowhere.")),
        ("show_when", condition()),
        ("required_when", condition()),
        ("stops", list(any_object("A test of the answer, perhaps a condition, and the stop it leads to."))),
        ("schema", any_object("JSON Schema of the answer.")),
    ]);
    shape["properties"]["options"] = option();
    shape["properties"]["states"] = option();
    shape["properties"]["questions"] = list(named("Question"));
    shape
}

fn new_report(services: &[&str]) -> Json {
    json!({
        "type": "object",
        "properties": {
            "service": { "type": "string", "enum": services },
            "answers": any_object("By question id, as the schema of the service says."),
            "contact": any_object("The answer to the service's person question, if you like to give it apart."),
            "pin": about(pin(), "Where the service has link_and_pin, and the person gives a name."),
            "files": about(list(text()), "Ids of uploads; each answers the first question that takes it."),
            "carried_on": about(list(text()), "Ids of stops the person has read and goes on after."),
        },
        "required": ["service", "answers"],
        "additionalProperties": false,
    })
}

fn upload() -> Json {
    object(&[
        ("id", about(text(), "Secret: whoever has it may name the file in a report, once.")),
        ("media", about(text(), "The media type, by its content.")),
        ("size", json!({ "type": "integer", "minimum": 1, "description": "Bytes." })),
        (
            "sha256",
            json!({ "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the bytes as they lie here." }),
        ),
        ("expires", about(instant(), "When it is forgotten if no report names it.")),
    ])
}

fn receipt() -> Json {
    let agency = object(&[
        ("id", text()),
        ("name", text()),
        ("what_next", text()),
        ("first_answer_due", maybe_instant()),
        ("due", instant()),
    ]);
    object(&[
        ("reference", reference()),
        (
            "receipt_code",
            about(
                text(),
                "Secret. With the reference it opens the report on the page for following. Empty where it cannot be followed.",
            ),
        ),
        ("tracking_url", json!({ "type": "string", "format": "uri", "description": "For the person. Secret." })),
        ("tracking", json!({ "enum": ["code", "link", "link_and_pin", "nothing"] })),
        ("token", about(text(), "For the program. Secret. Empty where the report cannot be followed.")),
        ("token_expires", instant()),
        ("received", instant()),
        ("service", service_id()),
        ("what_next", about(text(), "From the agency that has the lead.")),
        ("due", about(maybe_instant(), "By when the agency that has the lead answers first.")),
        ("agencies", about(list(agency), "The one that has the lead first.")),
        ("booked_day", about(maybe("string"), "The day that is booked, where one was asked for.")),
        ("to_pay", about(maybe("integer"), "Pence that are to be paid for it, on the page for following.")),
        ("reason", about(text(), "Why that one leads; empty where there is nothing to tell.")),
        ("emailed", about(yes_no(), "A mail with the private link is on its way.")),
    ])
}

fn report() -> Json {
    let agency = object(&[
        ("id", text()),
        ("name", text()),
        ("stage", text()),
        ("what_next", text()),
        ("ended", yes_no()),
        ("due", maybe_instant()),
        ("overdue", yes_no()),
    ]);
    let event = object(&[("at", instant()), ("title", text()), ("words", maybe("string")), ("by", text())]);
    let line = object(&[("name", maybe("string")), ("text", text())]);
    let answer = object(&[("question", text()), ("label", text()), ("lines", list(line))]);
    let mut shape = object(&[
        ("reference", reference()),
        (
            "sight",
            json!({
                "enum": ["stage", "short", "whole"],
                "description": "A report without a name shows its stage alone: then nothing below agencies is there. To a witness or a third party it is short: without service, title, place and answers.",
            }),
        ),
        ("agencies", list(agency)),
    ]);
    for (name, of) in [
        ("service", service_id()),
        ("title", text()),
        ("received", instant()),
        ("place", text()),
        ("answer_wanted", about(yes_no(), "A question waits for an answer: send it as a message.")),
        ("ended", yes_no()),
        ("events", about(list(event), "Newest first.")),
        ("answers", list(answer)),
    ] {
        shape["properties"][name] = of;
    }
    shape
}

fn new_message() -> Json {
    let most = casework::words::MOST;
    json!({
        "type": "object",
        "properties": { "words": { "type": "string", "minLength": 1, "maxLength": most } },
        "required": ["words"],
        "additionalProperties": false,
    })
}

pub fn crime_id() -> Json {
    json!({ "type": "string", "format": "uuid" })
}

fn crime() -> Json {
    object(&[
        ("agency", service_id()),
        ("crime", crime_id()),
        ("references", about(list(reference()), "The reports it was recorded from, the first one first.")),
        ("number", about(maybe("string"), "As the agency writes its crime numbers; null until there is one.")),
        ("offence", about(text(), "An offence class of the agency.")),
        ("officer", about(maybe("string"), "The sign-in name of the officer in the case.")),
        ("recorded_at", about(instant(), "Never changes.")),
        ("outcome", about(maybe("string"), "An outcome of the agency.")),
        ("decided_at", maybe_instant()),
        ("cancelled_at", maybe_instant()),
        ("version", json!({ "type": "integer", "minimum": 1, "description": "Grows with each change." })),
    ])
}

fn crime_change() -> Json {
    json!({
        "type": "object",
        "properties": {
            "number": about(text(), "The crime number, written as people write it."),
            "offence": about(text(), "An offence class of the agency."),
            "officer": about(maybe("string"), "The sign-in name of somebody of the agency; null for nobody."),
            "outcome": about(text(), "An outcome of the agency. A person tells the victim of it."),
            "version": about(json!({ "type": "integer" }), "If the crime has another by now, nothing is changed."),
        },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

fn error() -> Json {
    let mut shape = object(&[
        ("field", about(text(), "What is wrong in what was sent: where.lat, pin.")),
        ("code", about(text(), "Stays the same when words change.")),
        ("words", about(text(), "For the person.")),
    ]);
    shape["properties"]["question"] = about(text(), "The question's id, where one is meant.");
    shape
}

fn stop() -> Json {
    let who = json!({
        "type": ["object", "null"],
        "properties": { "name": text(), "url": text(), "phone": maybe("string") },
        "required": ["name", "url", "phone"],
        "description": "Who answers there, where the place is outside the area.",
    });
    object(&[
        ("id", text()),
        ("kind", json!({ "enum": catalogue::StopKind::NAMES })),
        ("question", about(maybe("string"), "The question whose answer led here.")),
        ("title", text()),
        ("body", list(text())),
        ("help", list(text())),
        ("links", list(object(&[("words", text()), ("href", json!({ "type": "string", "format": "uri" }))]))),
        ("service", about(maybe("string"), "Another service to go on with.")),
        ("who", who),
        ("carry_on", about(yes_no(), "The person may read it and go on: send its id in carried_on.")),
    ])
}

/// RFC 9457, with what is ours.
fn problem() -> Json {
    let mut shape = object(&[
        ("type", json!({ "type": "string", "format": "uri", "description": "Stays the same when words change." })),
        ("title", text()),
        ("status", json!({ "type": "integer", "minimum": 400, "maximum": 599 })),
        ("detail", text()),
    ]);
    shape["properties"]["errors"] = list(named("Error"));
    shape["properties"]["stop"] = named("Stop");
    shape
}
