//! Options whose fixtures hold numbers, booleans or nothing where we hold text.

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    maybe_text(from).map(Option::unwrap_or_default)
}

pub(super) fn maybe_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(from)? {
        Value::Null => Ok(None),
        Value::String(words) => Ok(Some(words)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(truth) => Ok(Some(truth.to_string())),
        other => Err(de::Error::custom(format!("expected text, found {other}"))),
    }
}
