use super::{flag, id, kind, one_of};
use crate::{Ask, Kind, Publish, Regime, Retention, Sensitivity, Side};
use serde_json::{Map, Value, json};

/// Kinds that are lists or look things up: they cannot stand in a group.
const NOT_IN_A_GROUP: [&str; 6] = ["group", "items", "diary", "place", "photo", "file"];
/// What a question of a group cannot have.
const NOT_IN_A_GROUP_KEYS: [&str; 9] =
    ["show_when", "required_when", "when", "gate", "among", "part", "found_states", "apart_from", "codes"];

/// What every kind of question has.
fn every() -> Map<String, Value> {
    let every = [
        ("id", id("Its name: small letters, figures and _, parts joined by dots. Words under question.<id>.")),
        ("kind", one_of(Kind::NAMES, "What kind of answer it takes.")),
        ("tags", json!({ "$ref": "#/$defs/tags" })),
        (
            "ask",
            one_of(
                Ask::NAMES,
                "required: must be answered. optional: may be left empty. later: only on check-answers.",
            ),
        ),
        ("required_when", json!({ "$ref": "#/$defs/condition" })),
        ("show_when", json!({ "$ref": "#/$defs/condition" })),
        ("when", json!({ "type": "array", "items": { "$ref": "#/$defs/when" } })),
        ("evidence", flag("Evidence: its own right to see, never public.")),
        ("gate", flag("Part of the emergency gate: it comes first and nothing of it is kept.")),
        ("matches", one_of(Side::NAMES, "What tells a thing from all others: one that is lost, or one that is found.")),
        (
            "apart_from",
            json!({
                "type": "array",
                "items": { "type": "string" },
                "description": "Of a person: questions about somebody whose email and phone are refused here.",
            }),
        ),
        (
            "codes",
            json!({
                "type": "object",
                "additionalProperties": { "type": "string" },
                "description": "Of a choice: codes of a national return, by option.",
            }),
        ),
        (
            "found_states",
            json!({
                "type": "array",
                "items": { "type": "string" },
                "description": "Of lost items: the states in which a thing is there again.",
            }),
        ),
    ];
    every.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Every key of every kind, and for each kind which of them it has.
pub(super) fn schema() -> Value {
    let every = every();
    let mut all = every.clone();
    all.insert(
        "part".to_owned(),
        json!({ "type": "string", "description": "Questions of services/parts that stand here. Alone." }),
    );
    let is_part = json!({ "required": ["part"] });
    let mut kinds = vec![
        json!({ "if": is_part, "then": { "propertyNames": { "enum": ["part"] } } }),
        json!({ "if": { "not": is_part }, "then": { "required": ["id", "kind", "tags"] } }),
    ];
    for name in Kind::NAMES {
        let own = kind::keys(name);
        for (key, _, value) in &own {
            let known = all.entry(*key).or_insert_with(|| value.clone());
            if known != value {
                // Its kind decides: `least` of a number is a number, of a date a day.
                *known = json!(true);
            }
        }
        let names: Vec<&str> = every.keys().map(String::as_str).chain(own.iter().map(|(key, ..)| *key)).collect();
        let required: Vec<&str> = own.iter().filter(|(_, required, _)| *required).map(|(key, ..)| *key).collect();
        let mut then = json!({ "propertyNames": { "enum": names } });
        if !own.is_empty() {
            then["properties"] = own.iter().map(|(key, _, value)| ((*key).to_owned(), value.clone())).collect();
        }
        if !required.is_empty() {
            then["required"] = json!(required);
        }
        kinds
            .push(json!({ "if": { "required": ["kind"], "properties": { "kind": { "const": name } } }, "then": then }));
    }
    json!({
        "description": "One question. Questions are asked in the order of the file.",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
        "allOf": kinds,
    })
}

/// A question of a group.
pub(super) fn inner() -> Value {
    let kinds: Vec<&str> = Kind::NAMES.iter().copied().filter(|kind| !NOT_IN_A_GROUP.contains(kind)).collect();
    json!({
        "$ref": "#/$defs/question",
        "properties": {
            "id": super::word("One word; its words stand under question.<group>.<id>."),
            "kind": { "enum": kinds },
            "ask": { "enum": [Ask::Required.name(), Ask::Optional.name()] },
        },
        "propertyNames": { "not": { "enum": NOT_IN_A_GROUP_KEYS } },
    })
}

/// None may be left out (J-26).
pub(super) fn tags() -> Value {
    json!({
        "description": "The law it is held under, who may see it, whether it may be published, how long it is kept.",
        "type": "object",
        "required": ["regime", "sensitivity", "publish", "retention"],
        "properties": {
            "regime": one_of(Regime::NAMES, "p2: general (UK GDPR). p3: law enforcement. both: both."),
            "sensitivity": one_of(Sensitivity::NAMES, "Who may see it."),
            "publish": one_of(Publish::NAMES, "In what form the public may see it."),
            "retention": one_of(Retention::NAMES, "How long it is kept; nothing for the gate alone."),
        },
        "additionalProperties": false,
    })
}
