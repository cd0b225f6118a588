use super::{day, flag, number, priority, service_id, text, word};
use crate::definition::{EFFECTS, TESTS};
use serde_json::{Map, Value, json};

/// What may stand beside a test's name. One for each of [`TESTS`].
fn tests() -> Map<String, Value> {
    let texts =
        |about: &str| json!({ "type": "array", "minItems": 1, "items": { "type": "string" }, "description": about });
    let only_true = |about: &str| json!({ "const": true, "description": about });
    let tests = TESTS.iter().map(|test| {
        let value = match *test {
            "is" => {
                json!({ "type": ["string", "boolean"], "description": "This option; true or false for yes or no." })
            }
            "in" => texts("One of these options."),
            "includes" => text("This option is ticked, or this kind is among the things."),
            "ticked" => number(0, None, "At least so many are ticked."),
            "at_least" => json!({ "type": "integer", "description": "The number is this or more." }),
            "answered" => only_true("There is an answer."),
            "empty" => only_true("There is no answer."),
            "within_days" => json!({ "type": "integer", "description": "At most so many days ago." }),
            "older_than_days" => json!({ "type": "integer", "description": "More than so many days ago." }),
            "age_under" => json!({ "type": "integer", "description": "The person is younger than this." }),
            "before" => day("The day of the answer lies before this one, like 2026-05-22."),
            "mentions" => texts("The text holds one of these words or phrases, whole, in any case."),
            _ => json!(true),
        };
        ((*test).to_owned(), value)
    });
    tests.collect()
}

fn exactly_one(keys: &[&str]) -> Value {
    keys.iter().map(|key| json!({ "required": [key] })).collect()
}

/// `{ question = "seen", is = "saw_it" }`, or `all`, `any`, `not` of such.
pub(super) fn schema() -> Value {
    let list = json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/condition" } });
    let mut of = tests();
    of.insert("question".to_owned(), text("An earlier question."));
    let mut all = of.clone();
    all.insert("all".to_owned(), list.clone());
    all.insert("any".to_owned(), list);
    all.insert("not".to_owned(), json!({ "$ref": "#/$defs/condition" }));
    let alone = |key: &str| json!({ "required": [key], "maxProperties": 1 });
    let test = json!({
        "required": ["question"], "propertyNames": { "enum": of.keys().collect::<Vec<_>>() }, "oneOf": exactly_one(TESTS),
    });
    json!({
        "description": "A condition on earlier answers.",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
        "oneOf": [test, alone("all"), alone("any"), alone("not")],
    })
}

/// One test of the answer, perhaps a condition on others, and what it sets off.
pub(super) fn when() -> Value {
    let mut keys = tests();
    keys.insert("and".to_owned(), json!({ "$ref": "#/$defs/condition" }));
    for effect in EFFECTS {
        let value = match effect {
            "stop" => word("A stop of this file."),
            "flag" => word("Shown to staff; words under flag.<flag>."),
            "priority" => priority(),
            "notice" => word("Shown to the person; words under notice.<notice>."),
            "timer" => word("A clock of the agency."),
            "recipient" => word("Another desk that gets it; agencies map it to a team."),
            "type" => service_id("The type of report; title under type.<type>."),
            "sensitive" => flag("The report becomes sensitive."),
            "anonymous" => flag("The report is made without a name."),
            "share_contact" => flag("Agencies that help the one that leads see who reported."),
            "short_view" => flag("Who reports is a witness or a third party, and follows by the shorter view."),
            "preset" => json!({
                "type": "object",
                "additionalProperties": { "type": "string" },
                "description": "Options proposed for later choice questions.",
            }),
            _ => json!(true),
        };
        keys.insert(effect.to_owned(), value);
    }
    json!({
        "description": "What an answer sets off: one test, perhaps `and` a condition, and at least one effect.",
        "type": "object",
        "properties": keys,
        "additionalProperties": false,
        "oneOf": exactly_one(TESTS),
        "anyOf": exactly_one(&EFFECTS),
    })
}
