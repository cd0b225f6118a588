//! A row as one line of JSON: an array with a value for each column. Bytes are base64, ids text; what the column is, the
//! manifest says.

use anyhow::{Result, bail};
use data_encoding::BASE64;
use serde_json::Value as Json;
use store::{Cell, Kind, backup::Cells};

const KINDS: [(Kind, &str); 7] = [
    (Kind::Bool, "bool"),
    (Kind::Int, "int"),
    (Kind::Float, "float"),
    (Kind::Text, "text"),
    (Kind::Bytes, "bytes"),
    (Kind::Uuid, "uuid"),
    (Kind::Json, "json"),
];

pub fn kind_name(kind: Kind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name)
}

pub fn kind_named(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// The line of a row, with its end.
pub fn write(cells: &[Cell]) -> Result<String> {
    let mut line = String::with_capacity(256);
    for cell in cells {
        line.push(if line.is_empty() { '[' } else { ',' });
        match cell {
            Cell::Null => line += "null",
            Cell::Bool(value) => line += &Json::from(*value).to_string(),
            Cell::Int(value) => line += &value.to_string(),
            Cell::Float(value) if value.is_finite() => line += &Json::from(*value).to_string(),
            Cell::Float(value) => bail!("{value} is no number that can be written down"),
            Cell::Text(text) => line += &Json::from(text.as_str()).to_string(),
            Cell::Bytes(bytes) => line += &format!("\"{}\"", BASE64.encode(bytes)),
            Cell::Uuid(id) => line += &format!("\"{id}\""),
            Cell::Json(json) => line += &json.to_string(),
        }
    }
    line += "]\n";
    Ok(line)
}

/// The cells of a line; nothing where it is not a row of such columns.
pub fn read(line: &str, kinds: &[Kind]) -> Option<Cells> {
    let values: Vec<Json> = serde_json::from_str(line).ok()?;
    (values.len() == kinds.len()).then_some(())?;
    values.into_iter().zip(kinds).map(|(value, kind)| cell(value, *kind)).collect()
}

fn cell(value: Json, kind: Kind) -> Option<Cell> {
    Some(match (kind, value) {
        (_, Json::Null) => Cell::Null,
        (Kind::Bool, Json::Bool(value)) => Cell::Bool(value),
        (Kind::Int, Json::Number(value)) => Cell::Int(value.as_i64()?),
        (Kind::Float, Json::Number(value)) => Cell::Float(value.as_f64()?),
        (Kind::Text, Json::String(text)) => Cell::Text(text),
        (Kind::Bytes, Json::String(text)) => Cell::Bytes(BASE64.decode(text.as_bytes()).ok()?),
        (Kind::Uuid, Json::String(text)) => Cell::Uuid(text.parse().ok()?),
        (Kind::Json, json @ (Json::Object(_) | Json::Array(_))) => Cell::Json(json),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    fn odd() -> Cells {
        vec![
            Cell::Bool(false),
            Cell::Int(i64::MIN),
            Cell::Int(i64::MAX),
            Cell::Float(0.1 + 0.2),
            Cell::Float(f64::MAX),
            Cell::Float(51.0),
            Cell::Text("\"\n\u{1}é😀\\".into()),
            Cell::Bytes((0..=255).collect()),
            Cell::Bytes(Vec::new()),
            Cell::Uuid(Uuid::from_u128(u128::MAX - 5)),
            Cell::Json(json!({ "z": [1, 2.5, null], "a": { "n": i64::MAX, "": "\n" } })),
            Cell::Null,
        ]
    }

    const ODD: [Kind; 12] = [
        Kind::Bool,
        Kind::Int,
        Kind::Int,
        Kind::Float,
        Kind::Float,
        Kind::Float,
        Kind::Text,
        Kind::Bytes,
        Kind::Bytes,
        Kind::Uuid,
        Kind::Json,
        Kind::Text,
    ];

    #[test]
    fn a_row_comes_back_as_it_was() {
        let line = write(&odd()).unwrap();
        assert_eq!(line.matches('\n').count(), 1);
        assert_eq!(read(&line, &ODD).unwrap(), odd());
    }

    #[test]
    fn a_line_that_is_cut_or_of_other_columns_is_no_row() {
        let line = write(&odd()).unwrap();
        for end in 0..line.len() - 1 {
            assert!(!line.is_char_boundary(end) || read(&line[..end], &ODD).is_none(), "{end}");
        }
        assert!(read(&line, &ODD[1..]).is_none());
        for (text, kind) in [
            ("[1]", Kind::Bool),
            ("[1.5]", Kind::Int),
            ("[9223372036854775808]", Kind::Int),
            ("[\"x\"]", Kind::Uuid),
            ("[\"=\"]", Kind::Bytes),
            ("[1]", Kind::Json),
        ] {
            assert!(read(text, &[kind]).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_written() {
        assert!(write(&[Cell::Float(f64::NAN)]).is_err() && write(&[Cell::Float(f64::INFINITY)]).is_err());
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        assert!(KINDS.iter().all(|(kind, name)| kind_named(name) == Some(*kind) && kind_name(*kind) == *name));
        assert_eq!(kind_named("other"), None);
    }
}
