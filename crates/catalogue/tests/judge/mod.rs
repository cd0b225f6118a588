//! Judges a value by a JSON Schema, as far as ours goes: a keyword it does not know is a panic, never a pass.

use serde_json::Value;

/// Where the value does not keep to the schema, and by which keyword.
pub fn faults_of(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    judge(schema, schema, value, "", &mut found);
    found
}

fn keeps(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    judge(root, schema, value, "", &mut found);
    found.is_empty()
}

fn judge(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Value::Object(keywords) = schema else {
        if *schema != Value::Bool(true) {
            found.push(format!("{at} is refused"));
        }
        return;
    };
    for (keyword, rule) in keywords {
        if !keyword_holds(root, schema, keyword, rule, value, at, found) {
            found.push(format!("{at} {keyword} {rule}"));
        }
    }
}

fn keyword_holds(
    root: &Value,
    schema: &Value,
    keyword: &str,
    rule: &Value,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) -> bool {
    let list = || rule.as_array().unwrap();
    let limit = || rule.as_u64().unwrap() as usize;
    let named = |name: &Value| value.get(name.as_str().unwrap()).is_some();
    match keyword {
        "$schema" | "$defs" | "title" | "description" | "then" => true,
        "$ref" => {
            let target = root.pointer(rule.as_str().unwrap().trim_start_matches('#')).expect("a definition");
            judge(root, target, value, at, found);
            true
        }
        "type" => match rule {
            Value::Array(kinds) => kinds.iter().any(|kind| is_kind(value, kind)),
            kind => is_kind(value, kind),
        },
        "enum" => list().contains(value),
        "const" => rule == value,
        "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= limit()),
        "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= limit()),
        "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
        "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().unwrap()),
        "minItems" => value.as_array().is_none_or(|items| items.len() >= limit()),
        "maxProperties" => value.as_object().is_none_or(|keys| keys.len() <= limit()),
        "uniqueItems" => value.as_array().is_none_or(|items| (1..items.len()).all(|n| !items[..n].contains(&items[n]))),
        "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
        "required" => !value.is_object() || list().iter().all(named),
        "items" => {
            for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                judge(root, rule, item, &format!("{at}/{n}"), found);
            }
            true
        }
        "properties" => {
            for (key, rule) in rule.as_object().unwrap() {
                if let Some(value) = value.get(key) {
                    judge(root, rule, value, &format!("{at}/{key}"), found);
                }
            }
            true
        }
        "additionalProperties" => {
            let known = schema.get("properties").and_then(Value::as_object);
            let others = value.as_object().into_iter().flatten();
            for (key, value) in others.filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key))) {
                judge(root, rule, value, &format!("{at}/{key}"), found);
            }
            true
        }
        "propertyNames" => {
            let names = value.as_object().into_iter().flatten().map(|(key, _)| Value::from(key.as_str()));
            names.into_iter().all(|name| keeps(root, rule, &name))
        }
        "allOf" => {
            for one in list() {
                judge(root, one, value, at, found);
            }
            true
        }
        "anyOf" => list().iter().any(|one| keeps(root, one, value)),
        "oneOf" => list().iter().filter(|one| keeps(root, one, value)).count() == 1,
        "not" => !keeps(root, rule, value),
        "if" => {
            if keeps(root, rule, value) {
                judge(root, &schema["then"], value, at, found);
            }
            true
        }
        other => panic!("the judge does not know {other}"),
    }
}

fn is_kind(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        other => panic!("the judge does not know the type {other}"),
    }
}

/// The patterns of the schema, each told by hand.
fn matches(pattern: &str, text: &str) -> bool {
    let word = |text: &str| {
        let fits = text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        fits && text.starts_with(|letter: char| letter.is_ascii_lowercase()) && text.len() <= 40
    };
    match pattern {
        "^(https://|/([^/]|$))" => text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//")),
        "^[a-z][a-z0-9_]{0,39}$" => word(text),
        r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*$" => text.split('.').all(word),
        r"^[a-z][a-z0-9_]{0,39}([.-][a-z][a-z0-9_]{0,39})*$" => text.split(['.', '-']).all(word),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            let parts: Vec<&str> = text.split('-').collect();
            let figures = |part: &&str, long| part.len() == long && part.chars().all(|one| one.is_ascii_digit());
            matches!(&parts[..], [y, m, d] if figures(y, 4) && figures(m, 2) && figures(d, 2))
        }
        other => panic!("the judge does not know the pattern {other}"),
    }
}
