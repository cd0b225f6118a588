use super::question;
use crate::source::Faults;
use crate::tree::Reader;
use crate::{Accept, Format, Kind, MomentMode, PersonPart, Words};

/// Text limits where a definition states none, in characters.
const TEXT: usize = 200;
const LONG_TEXT: usize = 2000;
/// Files where a definition states no number, and the largest one may be in megabytes (C-7).
const FILES: usize = 10;
const MEGABYTES: usize = 20;
/// What a definition may ask for at most: a file is taken in whole.
pub(crate) const MOST_MEGABYTES: i64 = 20;
/// Rows where a definition states no number; never more than this (P-30).
pub(crate) const ROWS: usize = 20;

fn parts(reader: &mut Reader, name: &'static str, faults: &mut Faults) -> Vec<PersonPart> {
    if !reader.has(name) {
        return Vec::new();
    }
    closed(reader, name, PersonPart::from_name, PersonPart::NAMES, faults)
}

pub(super) fn read(reader: &mut Reader, path: &str, words: &Words, faults: &mut Faults) -> Option<Kind> {
    if !reader.has("kind") {
        reader.missing("kind", faults);
        return None;
    }
    let line = reader.line_of("kind");
    let kind = reader.text("kind", faults)?;
    let kind = match kind.as_str() {
        "text" => Kind::Text {
            format: reader.word("format", Format::from_name, Format::NAMES, faults).unwrap_or(Format::Plain),
            min: reader.number("min", faults).unwrap_or(0),
            max: reader.number("max", faults).unwrap_or(TEXT),
        },
        "long_text" => Kind::LongText {
            min: reader.number("min", faults).unwrap_or(0),
            max: reader.number("max", faults).unwrap_or(LONG_TEXT),
        },
        "yes_no" => Kind::YesNo,
        "choice" => Kind::Choice { options: options(reader, "options", faults), among: reader.text("among", faults) },
        "choices" => {
            let options = options(reader, "options", faults);
            let alone = reader.text("alone", faults);
            let most = reader.number("most", faults).unwrap_or(options.len());
            Kind::Choices { options, alone, most }
        }
        "number" => Kind::Number {
            least: reader.number("least", faults).unwrap_or(0),
            most: reader.number("most", faults).unwrap_or(1_000_000),
        },
        "money" => Kind::Money { most: reader.number("most", faults).unwrap_or(1_000_000_000) },
        "date" => {
            let least_line = reader.line_of("least");
            let least = reader.text("least", faults).and_then(|text| {
                let date = text.parse().ok();
                if date.is_none() {
                    faults.add(least_line, format_args!("`{text}` is not a date like 2026-05-22"));
                }
                date
            });
            Kind::Date { past: reader.flag("past", faults), least }
        }
        "moment" => Kind::Moment { modes: closed(reader, "modes", MomentMode::from_name, MomentMode::NAMES, faults) },
        "place" => Kind::Place { decides: reader.flag("decides", faults), home: reader.flag("home", faults) },
        "person" => Kind::Person {
            parts: closed(reader, "parts", PersonPart::from_name, PersonPart::NAMES, faults),
            needs: parts(reader, "needs", faults),
            needs_all: parts(reader, "needs_all", faults),
        },
        "vehicle" => Kind::Vehicle,
        "items" => Kind::Items {
            kinds: options(reader, "kinds", faults),
            states: options(reader, "states", faults),
            most: reader.number("most", faults).unwrap_or(ROWS),
        },
        "diary" => Kind::Diary { most: reader.number("most", faults).unwrap_or(ROWS) },
        "group" => {
            let prefix = format!("{path}.");
            let nodes = reader.tables("question", faults);
            Kind::Group {
                questions: nodes.into_iter().filter_map(|node| question::one(node, &prefix, words, faults)).collect(),
                most: reader.number("most", faults).unwrap_or(ROWS),
            }
        }
        "declaration" => Kind::Declaration { signed: reader.flag("signed", faults) },
        "photo" => Kind::Photo {
            most: reader.number("most", faults).unwrap_or(FILES),
            megabytes: reader.number("megabytes", faults).unwrap_or(MEGABYTES),
            proposes: reader.texts("proposes", faults),
        },
        "file" => Kind::File {
            most: reader.number("most", faults).unwrap_or(FILES),
            megabytes: reader.number("megabytes", faults).unwrap_or(MEGABYTES),
            accept: closed(reader, "accept", Accept::from_name, Accept::NAMES, faults),
        },
        _ => {
            let names = Kind::NAMES.join(", ");
            faults.add(line, format_args!("there is no kind `{kind}`; it can be {names}"));
            return None;
        }
    };
    Some(kind)
}

fn options(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Vec<String> {
    if !reader.has(key) {
        reader.missing(key, faults);
        return Vec::new();
    }
    let mut options = Vec::new();
    for (line, option) in reader.texts_at(key, faults) {
        if !crate::check::is_word(&option) {
            faults.add(line, format_args!("`{option}` is not an option: small letters, figures and `_`"));
        } else if options.contains(&option) {
            faults.add(line, format_args!("option `{option}` stands twice in {}", reader.what));
        }
        options.push(option);
    }
    options
}

fn closed<T>(
    reader: &mut Reader,
    key: &'static str,
    from_name: impl Fn(&str) -> Option<T>,
    names: &[&str],
    faults: &mut Faults,
) -> Vec<T> {
    if !reader.has(key) {
        reader.missing(key, faults);
    }
    let mut words = Vec::new();
    for (line, text) in reader.texts_at(key, faults) {
        match from_name(&text) {
            Some(word) => words.push(word),
            None => faults.add(line, format_args!("`{text}` is no word of `{key}`; it can be {}", names.join(", "))),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Node;
    use serde_json::Value;
    use std::collections::BTreeSet;

    /// The keys that the schema gives to one kind alone.
    fn in_schema(kind: &str) -> BTreeSet<String> {
        let schema = crate::schema();
        let branches = schema["$defs"]["question"]["allOf"].as_array().unwrap();
        let branch = branches.iter().find(|branch| branch["if"]["properties"]["kind"]["const"] == kind).unwrap();
        branch["then"]["properties"].as_object().map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
    }

    #[test]
    fn the_schema_gives_each_kind_the_keys_that_the_reader_asks_for() {
        let all: BTreeSet<String> = Kind::NAMES.iter().flat_map(|kind| in_schema(kind)).collect();
        for kind in Kind::NAMES {
            let keys: String = all.iter().map(|key| format!("{key} = true\n")).collect();
            let mut faults = Faults::of("service.toml");
            let node = Node::parse(&format!("kind = \"{kind}\"\n{keys}"), &mut faults);
            let mut reader = Reader::of(&node, "a question", &mut faults).unwrap();
            read(&mut reader, "q", &Words::default(), &mut faults);
            let asked: BTreeSet<String> =
                reader.asked().iter().filter(|key| **key != "kind").map(|key| (*key).to_owned()).collect();
            assert_eq!(in_schema(kind), asked, "{kind}");
        }
    }

    #[test]
    fn the_schema_says_something_of_every_key() {
        let silent = |value: &Value| *value == Value::Bool(true);
        let schema = crate::schema();
        for name in ["service", "stop", "link", "tags", "when", "condition"] {
            let keys = schema["$defs"][name]["properties"].as_object().unwrap();
            let silent: Vec<_> = keys.iter().filter(|(_, value)| silent(value)).map(|(key, _)| key).collect();
            assert!(silent.is_empty(), "{name}: {silent:?}");
        }
    }
}
