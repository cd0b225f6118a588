use super::Named;
use crate::postcode::{Columns, cell, headed, is_outward, point, squeeze};
use crate::{Point, Refused};
use serde_json::Value;
use std::io::Read;

/// Names longer than this are refused; no place in Britain comes near.
const LONGEST_NAME: usize = 120;

/// Reads a CSV with a header that names `name`, `kind`, `lat`, `lon` and perhaps `within` ("Weston-super-Mare, North
/// Somerset": from small to large). Lines that begin with `#` are passed over.
pub fn read_places(from: impl Read) -> Result<impl Iterator<Item = Result<Named, Refused>>, Refused> {
    headed(from, |columns: &Columns| {
        let (name, kind) = (columns.needed(&["name"])?, columns.needed(&["kind", "type", "local_type"])?);
        let (lat, lon) = (columns.needed(&["lat", "latitude"])?, columns.needed(&["lon", "longitude", "lng", "long"])?);
        let within = columns.find(&["within"]);
        Ok(Box::new(move |row| {
            let within = within.map(|at| cell(row, at)).unwrap_or_default();
            named(cell(row, name), cell(row, kind), within, point(cell(row, lat), cell(row, lon))?)
        }))
    })
}

/// Reads a CSV with a header that names `outward`, `lat` and `lon`: the middle of the postcodes that begin so.
pub fn read_outwards(from: impl Read) -> Result<impl Iterator<Item = Result<(String, Point), Refused>>, Refused> {
    headed(from, |columns: &Columns| {
        let code = columns.needed(&["outward", "outcode", "postcode"])?;
        let (lat, lon) = (columns.needed(&["lat", "latitude"])?, columns.needed(&["lon", "longitude", "lng", "long"])?);
        Ok(Box::new(move |row| {
            let text = cell(row, code);
            let outward = squeeze(text).map(|(code, len)| code[..len].to_vec()).filter(|code| is_outward(code));
            let outward = outward.and_then(|code| String::from_utf8(code).ok());
            let outward = outward.ok_or_else(|| format!("“{text}” is not the first half of a postcode"))?;
            Ok((outward, point(cell(row, lat), cell(row, lon))?))
        }))
    })
}

/// Reads the Point features of a GeoJSON FeatureCollection; their properties are those of the CSV. The outer refusal
/// is of the whole file; a feature's number stands for its line.
pub fn read_places_geojson(bytes: &[u8]) -> Result<Vec<Result<Named, Refused>>, Refused> {
    let whole = |reason: String| Refused { line: 1, reason };
    if bytes.len() > crate::boundary::MOST_BYTES {
        return Err(whole("the file is too large".into()));
    }
    let mut file: Value = serde_json::from_slice(bytes).map_err(|e| whole(format!("the file is not GeoJSON: {e}")))?;
    let Some(Value::Array(features)) = file.get_mut("features").map(Value::take) else {
        return Err(whole("the file is not a FeatureCollection".into()));
    };
    let each = features.iter().enumerate();
    Ok(each.map(|(n, one)| feature(one).map_err(|reason| Refused { line: n as u64 + 1, reason })).collect())
}

fn feature(feature: &Value) -> Result<Named, String> {
    let text = |key: &str| feature.pointer(&format!("/properties/{key}")).and_then(Value::as_str).unwrap_or_default();
    let kind = if text("kind").is_empty() { text("type") } else { text("kind") };
    if feature.pointer("/geometry/type").and_then(Value::as_str) != Some("Point") {
        return Err(format!("“{}” is not a point", short(text("name"))));
    }
    let degrees = |n: usize| feature.pointer(&format!("/geometry/coordinates/{n}")).and_then(Value::as_f64);
    let point = degrees(1).zip(degrees(0)).and_then(|(lat, lon)| Point::new(lat, lon));
    let point = point.ok_or_else(|| format!("“{}” has no longitude and latitude", short(text("name"))))?;
    named(text("name").trim(), kind.trim(), text("within").trim(), point)
}

fn named(name: &str, kind: &str, within: &str, point: Point) -> Result<Named, String> {
    if name.is_empty() {
        return Err("the name is empty".into());
    }
    if name.chars().count() > LONGEST_NAME || within.chars().count() > LONGEST_NAME {
        return Err(format!("“{}…” is longer than {LONGEST_NAME} letters", short(name)));
    }
    if name.chars().chain(within.chars()).any(char::is_control) {
        return Err(format!("“{}” holds a control character", short(&name.replace(char::is_control, "?"))));
    }
    let within = Some(within.to_owned()).filter(|within| !within.is_empty());
    Ok(Named { name: name.to_owned(), kind: kind.to_lowercase(), within, point })
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_by_the_names_of_their_columns() {
        let text = "# coarse\nlat,lon,Name,Kind,within\n51.4,-2.8,Moor End,Village,North Somerset\n51.4,-2.8,,x,\n51.4,x,Fen,x,\n";
        let rows: Vec<_> = read_places(text.as_bytes()).unwrap().collect();
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.name.as_str(), first.kind.as_str()), ("Moor End", "village"));
        assert_eq!(first.within.as_deref(), Some("North Somerset"));
        assert_eq!(rows[1].as_ref().unwrap_err().to_string(), "line 4: the name is empty");
        assert_eq!(rows[2].as_ref().unwrap_err().to_string(), "line 5: “51.4, x” is no latitude and longitude");
        assert!(read_places("name,kind,lat\n".as_bytes()).err().unwrap().reason.contains("lon"));
    }

    #[test]
    fn outward_codes_are_read_and_others_refused() {
        let rows: Vec<_> = read_outwards("outward,lat,lon\nbs23,51.3,-2.9\nHIGH,1,1\n".as_bytes()).unwrap().collect();
        assert_eq!(rows[0], Ok(("BS23".into(), Point { lat: 51.3, lon: -2.9 })));
        assert_eq!(rows[1].as_ref().unwrap_err().reason, "“HIGH” is not the first half of a postcode");
    }

    #[test]
    fn points_of_a_collection_are_read_and_lines_refused() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"geometry":{"type":"Point","coordinates":[-2.8,51.4,7]},"properties":{"name":"Moor End","kind":"village"}},
            {"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{"name":"Long Lane"}},
            {"geometry":{"type":"Point","coordinates":[-2.8,"x"]},"properties":{"name":"Fen"}}, 7]}"#;
        let rows = read_places_geojson(text.as_bytes()).unwrap();
        assert_eq!(rows[0].as_ref().unwrap().point, Point { lat: 51.4, lon: -2.8 });
        let told: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(ToString::to_string).collect();
        assert_eq!(told[0], "line 2: “Long Lane” is not a point");
        assert_eq!(told[1], "line 3: “Fen” has no longitude and latitude");
        assert_eq!(told.len(), 3);
        assert!(read_places_geojson(b"{}").is_err() && read_places_geojson(b"\xff").is_err());
    }

    #[test]
    fn a_name_that_would_break_a_page_is_refused() {
        let long = "a".repeat(121);
        assert!(named(&long, "x", "", Point { lat: 0.0, lon: 0.0 }).unwrap_err().contains("longer than 120"));
        assert!(named("Moor\u{7}", "x", "", Point { lat: 0.0, lon: 0.0 }).is_err());
    }
}
