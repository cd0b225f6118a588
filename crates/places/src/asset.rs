//! Things that stand on the map: lamp posts, bins, trees, gullies, from GeoJSON points.

use crate::{Point, Refused};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Longest number, kind or other property, in letters.
const LONGEST: usize = 80;
/// Longest code: it is an answer.
const CODE: usize = 40;
/// Other properties that are kept.
const KEPT: usize = 8;
/// Properties that hold what tells it from all others, and what is written on it, in this order.
const CODES: [&str; 5] = ["code", "id", "asset_id", "ref", "reference"];
const NUMBERS: [&str; 4] = ["number", "no", "column_no", "unit_no"];
const KINDS: [&str; 2] = ["kind", "type"];

#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    pub code: String,
    /// Its code where it has no number.
    pub number: String,
    pub kind: String,
    /// The other properties, in their order.
    pub about: Vec<(String, String)>,
    pub point: Point,
}

/// Reads the Point features of a FeatureCollection in WGS84. The outer refusal is of the whole file; a feature's number stands
/// for its line. A code comes once.
pub fn read_assets(bytes: &[u8]) -> Result<Vec<Result<Asset, Refused>>, Refused> {
    let whole = |reason: String| Refused { line: 1, reason };
    if bytes.len() > crate::boundary::MOST_BYTES {
        return Err(whole("the file is too large".into()));
    }
    let mut file: Value = serde_json::from_slice(bytes).map_err(|e| whole(format!("the file is not GeoJSON: {e}")))?;
    let Some(Value::Array(features)) = file.get_mut("features").map(Value::take) else {
        return Err(whole("the file is not a FeatureCollection".into()));
    };
    let mut codes = BTreeSet::new();
    let each = features.iter().enumerate().map(|(n, one)| {
        let asset = asset(one).and_then(|asset| match codes.insert(asset.code.clone()) {
            true => Ok(asset),
            false => Err(format!("{}: the file has another one of that code", asset.code)),
        });
        asset.map_err(|reason| Refused { line: n as u64 + 1, reason })
    });
    Ok(each.collect())
}

fn asset(feature: &Value) -> Result<Asset, String> {
    let none = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let find = |names: &[&str]| {
        let found = names.iter().find_map(|name| properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)));
        found.map(|(key, value)| (key.as_str(), value))
    };
    let named = [find(&CODES), find(&NUMBERS), find(&KINDS)];
    let said = |n: usize| named[n].and_then(|(_, value)| text(value)).unwrap_or_default();
    let own = feature.get("id").and_then(text).unwrap_or_default();
    let code = if said(0).is_empty() { own } else { said(0) };
    if code.is_empty() {
        return Err("it has no code".into());
    }
    fits(&code, CODE)?;
    if feature.pointer("/geometry/type").and_then(Value::as_str) != Some("Point") {
        return Err(format!("{code}: it is not a point"));
    }
    let degrees = |n: usize| feature.pointer(&format!("/geometry/coordinates/{n}")).and_then(Value::as_f64);
    let point = degrees(1).zip(degrees(0)).and_then(|(lat, lon)| Point::new(lat, lon));
    let point = point.ok_or_else(|| format!("{code}: it has no longitude and latitude (export the file in WGS84)"))?;
    let taken: Vec<&str> = named.iter().flatten().map(|(key, _)| *key).collect();
    let others = properties.iter().filter(|(key, _)| !taken.contains(&key.as_str()));
    let about: Vec<_> = others.filter_map(|(key, value)| Some((key.clone(), text(value)?))).take(KEPT).collect();
    for one in about.iter().flat_map(|(key, value)| [key, value]).chain([&said(1), &said(2)]) {
        fits(one, LONGEST).map_err(|reason| format!("{code}: {reason}"))?;
    }
    let number = if said(1).is_empty() { code.clone() } else { said(1) };
    Ok(Asset { number, kind: said(2).to_lowercase(), about, point, code })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn fits(text: &str, most: usize) -> Result<(), String> {
    if text.chars().any(char::is_control) {
        return Err(format!("“{}” holds a control character", text.replace(char::is_control, "?")));
    }
    if text.chars().count() > most {
        let begins: String = text.chars().take(most).collect();
        return Err(format!("“{begins}…” is longer than {most} letters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(features: &str) -> Vec<Result<Asset, Refused>> {
        read_assets(format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#).as_bytes()).unwrap()
    }

    fn point(properties: &str) -> String {
        format!(r#"{{"geometry":{{"type":"Point","coordinates":[-2.8,51.4,7]}},"properties":{{{properties}}}}}"#)
    }

    #[test]
    fn a_thing_has_a_code_a_number_a_kind_and_a_few_more_words() {
        let all = read(
            &[point(r#""Code":7,"number":"NS 7","Kind":"Lamp post","height":6,"lit":true"#), point(r#""id":"b""#)]
                .join(","),
        );
        let one = all[0].as_ref().unwrap();
        assert_eq!((one.code.as_str(), one.number.as_str(), one.kind.as_str()), ("7", "NS 7", "lamp post"));
        assert_eq!(one.about, [("height".to_owned(), "6".to_owned())]);
        assert_eq!(one.point, Point { lat: 51.4, lon: -2.8 });
        let bare = all[1].as_ref().unwrap();
        assert_eq!((bare.number.as_str(), bare.kind.as_str()), ("b", ""));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_place_in_the_file() {
        let far = r#"{"geometry":{"type":"Point","coordinates":[350000,160000]},"properties":{"code":"m"}}"#;
        let line = r#"{"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{"code":"l"}}"#;
        let long = point(&format!(r#""code":"x","note":"{}""#, "a".repeat(81)));
        let twice = [point(r#""code":"a""#), point(r#""code":"a""#)].join(",");
        let all = read(&[point(""), far.into(), line.into(), long, "7".into(), twice].join(","));
        let told: Vec<_> = all.iter().filter_map(|one| one.as_ref().err()).map(ToString::to_string).collect();
        assert_eq!(told[0], "line 1: it has no code");
        assert!(told[1].contains("WGS84") && told[2].contains("not a point") && told[3].contains("longer than 80"));
        assert_eq!(told[4], "line 5: it has no code");
        assert_eq!(told[5], "line 7: a: the file has another one of that code");
        assert!(read_assets(b"{}").is_err() && read_assets(b"\xff").is_err());
    }
}
