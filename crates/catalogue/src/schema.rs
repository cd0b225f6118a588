//! A JSON Schema for `service.toml`, for editors: what may stand where, while it is being written.
//!
//! It is made of the closed lists the reader uses. What it cannot say (an option that does not exist, words that are
//! missing, a question no one reaches) [`crate::load`] says.

mod condition;
mod kind;
mod question;

use crate::{Anonymous, Regime, Retention, StopKind, Tracking};
use serde_json::{Value, json};

/// The schema, draft 2020-12. `services/service.schema.json` holds it.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A service of Moothall",
        "description": "What people can ask for: its questions, in order, and where they lead. Words stand in en.toml.",
        "type": "object",
        "required": ["service"],
        "properties": {
            "service": { "$ref": "#/$defs/service" },
            "question": { "type": "array", "items": { "$ref": "#/$defs/question" } },
            "stop": { "type": "array", "items": { "$ref": "#/$defs/stop" } },
            "lead": { "type": "array", "items": { "$ref": "#/$defs/lead" } },
            "collections": { "$ref": "#/$defs/collections" },
            "booking": { "$ref": "#/$defs/booking" },
            "order": { "$ref": "#/$defs/order" },
            "asset": asset(),
            "case": case(),
        },
        "additionalProperties": false,
        "$defs": {
            "service": service(),
            "question": question::schema(),
            "inner": question::inner(),
            "tags": question::tags(),
            "when": condition::when(),
            "condition": condition::schema(),
            "stop": stop(),
            "lead": lead(),
            "collections": collections(),
            "booking": booking(),
            "order": order(),
            "link": link(),
        },
    })
}

fn service() -> Value {
    json!({
        "description": "The service as a whole.",
        "type": "object",
        "required": ["id", "version", "group", "regime", "tracking", "anonymous", "retention"],
        "properties": {
            "id": service_id("The folder's name."),
            "version": { "type": "integer", "minimum": 1, "description": "One more with every published change." },
            "group": text("The heading it stands under in the list."),
            "regime": one_of(Regime::NAMES, "p2: general (UK GDPR). p3: law enforcement. both: both."),
            "tracking": one_of(Tracking::NAMES, "What opens a report again."),
            "anonymous": one_of(Anonymous::NAMES, "Reporting without a name."),
            "retention": one_of(Retention::NAMES, "How long a report is kept."),
            "public": flag("Its reports may have a public page."),
            "sensitive": flag("Every report of it is sensitive."),
            "neutral_mail": flag("Mail names neither the service nor the agency in its subject."),
            "exit": flag("Pages carry the button that leaves them at once."),
            "priority": priority(),
            "opening": text("A stop shown before the first question."),
        },
        "additionalProperties": false,
    })
}

fn stop() -> Value {
    let kinds: Vec<&str> = StopKind::NAMES.iter().copied().filter(|name| *name != StopKind::Elsewhere.name()).collect();
    json!({
        "description": "A page that stops the journey. Its words stand under stop.<id>.",
        "type": "object",
        "required": ["id", "kind"],
        "properties": {
            "id": word("Its name."),
            "kind": one_of(&kinds, "Why the journey stops."),
            "carry_on": flag("The person may read it and go on."),
            "links": { "type": "array", "items": { "$ref": "#/$defs/link" } },
            "go": service_id("Another service to go on with."),
        },
        "additionalProperties": false,
    })
}

fn lead() -> Value {
    json!({
        "description": "Who leads, where several agencies answer: the first row that holds. Its words: lead.<id>.",
        "type": "object",
        "required": ["id", "lead"],
        "properties": {
            "id": word("Its name."),
            "when": { "$ref": "#/$defs/condition" },
            "lead": text("The kind of agency that leads."),
            "assist": { "type": "array", "items": text("A kind of agency that helps.") },
        },
        "additionalProperties": false,
    })
}

fn collections() -> Value {
    json!({
        "description": "What ties its reports to the collections of a home, by the rounds of its agency.",
        "type": "object",
        "required": ["what"],
        "properties": {
            "what": id("The choices whose options are kinds of collection."),
            "told": {
                "description": "The answer given where the crew recorded why it took nothing.",
                "type": "object",
                "required": ["question", "option"],
                "properties": { "question": id("A choice."), "option": word("One of its options.") },
                "additionalProperties": false,
            },
            "disputed": word("The flag of who does not agree with the crew's record."),
            "assisted": word("The flag of a home whose bins are fetched from the door."),
            "street": word("The flag of others in the street."),
            "stale": word("The flag given where the days are old or not known."),
        },
        "additionalProperties": false,
    })
}

fn booking() -> Value {
    json!({
        "description": "Its reports book a day, by the rules of its agency.",
        "type": "object",
        "required": ["date", "rows", "kind"],
        "properties": {
            "date": id("The question that asks for the day."),
            "rows": id("The group whose rows are what is to be taken."),
            "kind": id("The choice in it that says what it is."),
            "times": id("The number in it that says how many."),
        },
        "additionalProperties": false,
    })
}

fn order() -> Value {
    json!({
        "description": "Its reports order things for a home, by the rules of its agency.",
        "type": "object",
        "required": ["rows", "kind"],
        "properties": {
            "rows": id("The group whose rows are what is ordered."),
            "kind": id("The choice in it that says what it is."),
            "times": id("The number in it that says how many."),
        },
        "additionalProperties": false,
    })
}

fn asset() -> Value {
    json!({
        "description": "One of its questions is the number of something that stands on the map of its agency.",
        "type": "object",
        "required": ["question", "layer", "within", "most"],
        "properties": {
            "question": id("The text that is its number."),
            "layer": word("The agency's layer of them."),
            "within": number(1, Some(1000), "Metres around the place."),
            "most": number(1, Some(20), "As many as are listed."),
        },
        "additionalProperties": false,
    })
}

fn case() -> Value {
    json!({
        "description": "Its reports are kept as cases of one or more complaints, and people go on with their diary.",
        "type": "object",
        "required": ["diary", "truth", "now_lasts_hours"],
        "properties": {
            "diary": text("The question with the diary."),
            "truth": text("The declaration that is signed with each entry."),
            "now_lasts_hours": number(1, Some(168), "What was told as it happened is over after so many hours."),
        },
        "additionalProperties": false,
    })
}

fn link() -> Value {
    json!({
        "description": "A way on: an address or a telephone number. Its words stand under stop.<id>.links.<key>.",
        "type": "object",
        "required": ["key"],
        "properties": {
            "key": text("Its name."),
            "url": { "type": "string", "pattern": "^(https://|/([^/]|$))" },
            "phone": text("As people write it; spaces are fine."),
        },
        "oneOf": [{ "required": ["url"] }, { "required": ["phone"] }],
        "additionalProperties": false,
    })
}

fn text(about: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "description": about })
}

fn flag(about: &str) -> Value {
    json!({ "type": "boolean", "description": about })
}

fn one_of(names: &[&str], about: &str) -> Value {
    json!({ "enum": names, "description": about })
}

fn list_of(names: &[&str], least: usize, about: &str) -> Value {
    json!({ "type": "array", "minItems": least, "items": { "enum": names }, "description": about })
}

fn number(least: i64, most: Option<i64>, about: &str) -> Value {
    let mut number = json!({ "type": "integer", "minimum": least, "description": about });
    if let Some(most) = most {
        number["maximum"] = json!(most);
    }
    number
}

fn day(about: &str) -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": about })
}

/// The grammars of `check::is_word`, `is_id` and `is_service_id`.
fn word(about: &str) -> Value {
    json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": about })
}

fn id(about: &str) -> Value {
    let pattern = r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$";
    json!({ "type": "string", "pattern": pattern, "maxLength": 60, "description": about })
}

fn service_id(about: &str) -> Value {
    let pattern = r"^[a-z][a-z0-9_]{0,39}([.-][a-z][a-z0-9_]{0,39})*$";
    json!({ "type": "string", "pattern": pattern, "maxLength": 60, "description": about })
}

fn priority() -> Value {
    number(1, Some(4), "1 is the most urgent.")
}
