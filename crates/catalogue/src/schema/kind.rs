//! The keys that only some kinds of question have.

use super::{day, flag, list_of, number, one_of, text, word};
use crate::definition::{MOST_MEGABYTES, ROWS};
use crate::{Accept, Format, MomentMode, PersonPart};
use serde_json::{Value, json};

/// A key of a kind: its name, whether it must be there, and what may stand in it.
pub(super) type Key = (&'static str, bool, Value);

pub(super) fn keys(kind: &str) -> Vec<Key> {
    let rows = || ("most", false, number(1, i64::try_from(ROWS).ok(), "Most rows."));
    let files = || ("most", false, number(1, i64::try_from(ROWS).ok(), "Most files."));
    let megabytes = || ("megabytes", false, number(1, Some(MOST_MEGABYTES), "The largest one may be, in megabytes."));
    match kind {
        "text" => vec![
            ("format", false, one_of(Format::NAMES, "What the text must look like.")),
            ("min", false, number(0, None, "Fewest characters.")),
            ("max", false, number(1, None, "Most characters.")),
        ],
        "long_text" => vec![
            ("min", false, number(0, None, "Fewest characters.")),
            ("max", false, number(1, Some(10_000), "Most characters.")),
        ],
        "choice" => vec![
            ("options", true, options(2, "What may be chosen; words under question.<id>.options.")),
            ("among", false, text("An earlier choices question: only what was ticked there may be chosen.")),
        ],
        "choices" => vec![
            ("options", true, options(2, "What may be ticked; words under question.<id>.options.")),
            ("alone", false, word("An option that stands by itself, like “none of these”.")),
            ("most", false, number(1, None, "Most options that may be ticked.")),
        ],
        "number" => vec![
            ("least", false, json!({ "type": "integer", "description": "The smallest number." })),
            ("most", false, json!({ "type": "integer", "description": "The largest number." })),
        ],
        "money" => vec![("most", false, number(1, None, "The largest amount, in pence."))],
        "date" => vec![
            ("past", false, flag("Never after today.")),
            ("least", false, day("Never before this day, like 2026-05-22.")),
        ],
        "moment" => vec![("modes", true, list_of(MomentMode::NAMES, 1, "The ways it may be given."))],
        "place" => vec![
            ("decides", false, flag("The point decides which agencies answer.")),
            ("home", false, flag("It is somebody's home: one of the homes of its postcode is picked.")),
        ],
        "person" => vec![
            ("parts", true, list_of(PersonPart::NAMES, 1, "What is asked about the person.")),
            ("needs", false, list_of(PersonPart::NAMES, 0, "At least one of these must be given.")),
            ("needs_all", false, list_of(PersonPart::NAMES, 0, "Each of these, while the question must be answered.")),
        ],
        "photo" => vec![
            files(),
            megabytes(),
            (
                "proposes",
                false,
                json!({
                    "type": "array",
                    "items": { "type": "string" },
                    "description": "Questions of place or moment that are offered where and when the first photo was taken.",
                }),
            ),
        ],
        "file" => vec![
            files(),
            megabytes(),
            ("accept", true, list_of(Accept::NAMES, 1, "What the files may be, by their content.")),
        ],
        "items" => vec![
            ("kinds", true, options(0, "The kinds of thing; words under question.<id>.options.")),
            ("states", true, options(0, "What became of it; words under question.<id>.options.")),
            rows(),
        ],
        "diary" => vec![rows()],
        "group" => {
            let inner = json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/inner" } });
            vec![("question", true, inner), rows()]
        }
        "declaration" => vec![("signed", false, flag("The person types their name."))],
        _ => Vec::new(),
    }
}

fn options(least: usize, about: &str) -> Value {
    json!({
        "type": "array", "minItems": least, "uniqueItems": true, "items": word("Its name."), "description": about,
    })
}
