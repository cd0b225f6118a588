//! Whether JSON has the shape that a JSON Schema of ours says: as much of 2020-12 as we write.

use serde_json::Value as Json;

/// What does not fit, by place; nothing where all fits. References lead into `document`.
pub fn misfits(document: &Json, schema: &Json, value: &Json) -> Vec<String> {
    let mut found = Vec::new();
    look(document, schema, value, "", &mut found);
    found
}

fn look(document: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    if let Some(to) = schema["$ref"].as_str() {
        let to = document.pointer(&to[1..]).unwrap_or_else(|| panic!("{to} is not there"));
        return look(document, to, value, at, found);
    }
    for (key, all) in [("anyOf", false), ("oneOf", false), ("allOf", true)] {
        let Some(list) = schema[key].as_array() else { continue };
        let fits = list.iter().filter(|one| misfits(document, one, value).is_empty()).count();
        if if all { fits < list.len() } else { fits == 0 } {
            found.push(format!("{at}: fits {fits} of {key}: {value}"));
        }
    }
    let types: Vec<&str> = match &schema["type"] {
        Json::String(one) => vec![one],
        Json::Array(list) => list.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is(name, value)) {
        found.push(format!("{at}: {value} is not {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|list| !list.contains(value)) {
        found.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    let length = value.as_str().map(|text| text.chars().count() as u64).or(value.as_array().map(|l| l.len() as u64));
    for (least, most) in [("minLength", "maxLength"), ("minItems", "maxItems")] {
        let (least, most) = (schema[least].as_u64(), schema[most].as_u64());
        if length.is_some_and(|n| least.is_some_and(|least| n < least) || most.is_some_and(|most| n > most)) {
            found.push(format!("{at}: {length:?} is not within {least:?} and {most:?}"));
        }
    }
    match value {
        Json::Object(map) => {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
                if !map.contains_key(name) {
                    found.push(format!("{at}: {name} is missing"));
                }
            }
            for (name, value) in map {
                match &schema["properties"][name] {
                    Json::Null if schema["additionalProperties"] == false => found.push(format!("{at}: {name} is new")),
                    Json::Null => {}
                    inner => look(document, inner, value, &format!("{at}/{name}"), found),
                }
            }
        }
        Json::Array(list) if schema["items"].is_object() => {
            list.iter()
                .enumerate()
                .for_each(|(n, one)| look(document, &schema["items"], one, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

fn is(name: &str, value: &Json) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_is_named() {
        let schema = json!({
            "type": "object", "required": ["a"], "additionalProperties": false,
            "properties": { "a": { "$ref": "#/b" }, "c": { "anyOf": [{ "type": "null" }, { "enum": ["x"] }] } },
        });
        let document = json!({ "b": { "type": "array", "maxItems": 1, "items": { "type": ["string", "null"] } } });
        for (value, count) in [
            (json!({ "a": ["b"], "c": "x" }), 0),
            (json!({ "a": [null], "c": null }), 0),
            (json!({}), 1),
            (json!({ "a": [1] }), 1),
            (json!({ "a": ["b", "b"] }), 1),
            (json!({ "a": [], "c": "y" }), 1),
            (json!({ "a": [], "d": 1 }), 1),
            (json!([]), 1),
        ] {
            assert_eq!(misfits(&document, &schema, &value).len(), count, "{value}");
        }
    }
}
