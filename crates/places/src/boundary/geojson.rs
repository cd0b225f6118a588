use super::ring::Ring;
use super::{Area, BadFile, MOST_BYTES, Naming, Polygon, Read};
use crate::Point;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a FeatureCollection, a Feature, or a bare Polygon or MultiPolygon (RFC 7946). A third coordinate is ignored.
/// A feature that cannot be used is refused and the others are kept.
pub fn read_geojson(bytes: &[u8], naming: &Naming) -> Result<Read, BadFile> {
    if bytes.len() > MOST_BYTES {
        return Err(BadFile::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // The parser itself stops at 128 levels.
    let top: Top = serde_json::from_slice(bytes).map_err(BadFile::NotGeoJson)?;
    if let Some(system) = top.crs.as_ref().and_then(other_system) {
        return Err(BadFile::OtherSystem(system));
    }
    let features = match (top.kind.as_str(), top.features) {
        ("FeatureCollection", Some(features)) => features,
        ("Feature", _) => vec![Feature { properties: top.properties, id: top.id, geometry: top.geometry }],
        (_, _) => {
            let geometry = Geometry { kind: top.kind, coordinates: top.coordinates };
            vec![Feature { properties: None, id: None, geometry: Some(geometry) }]
        }
    };
    let mut read = Read::default();
    for (n, feature) in features.into_iter().enumerate() {
        read.take(n as u64 + 1, area(feature, naming))?;
    }
    if read.areas.is_empty() && read.refused.is_empty() { Err(BadFile::NoArea) } else { Ok(read) }
}

fn area(feature: Feature, naming: &Naming) -> Result<Area, String> {
    let mut properties: Vec<(String, String)> = Vec::new();
    for (key, value) in feature.properties.into_iter().flatten().chain(feature.id.map(|id| ("id".to_owned(), id))) {
        match value {
            Value::String(text) => properties.push((key, text)),
            Value::Number(number) => properties.push((key, number.to_string())),
            _ => {}
        }
    }
    let (code, name) = naming.of(&properties)?;
    let named = |reason: String| format!("{name} ({code}): {reason}");
    let geometry = feature.geometry.ok_or_else(|| named("it has no geometry".into()))?;
    let polygons = polygons_of(geometry).map_err(named)?;
    let area = Area { kind: naming.kind.clone(), code, name, set: naming.set.clone(), polygons };
    match area.crossed().filter(|_| naming.uncrossed) {
        None => Ok(area),
        Some(at) => {
            Err(format!("{} ({}): its outline crosses itself near {:.5}, {:.5}", area.name, area.code, at.lat, at.lon))
        }
    }
}

/// The name of a coordinate system that is not WGS84 in longitude and latitude.
fn other_system(crs: &Value) -> Option<String> {
    let name = crs.pointer("/properties/name")?.as_str()?;
    (!name.contains("CRS84") && !name.ends_with(":4326") && !name.ends_with(":4258")).then(|| name.to_owned())
}

#[derive(serde::Deserialize)]
struct Top {
    #[serde(rename = "type")]
    kind: String,
    crs: Option<Value>,
    features: Option<Vec<Feature>>,
    properties: Option<Map<String, Value>>,
    id: Option<Value>,
    geometry: Option<Geometry>,
    coordinates: Option<Coordinates>,
}

#[derive(serde::Deserialize)]
struct Feature {
    properties: Option<Map<String, Value>>,
    id: Option<Value>,
    geometry: Option<Geometry>,
}

#[derive(serde::Deserialize)]
pub(super) struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Option<Coordinates>,
}

/// A position, or a list of any depth of them.
enum Coordinates {
    Position(f64, f64),
    List(Vec<Coordinates>),
}

/// Polygons of a Polygon or MultiPolygon, or the reason why there are none.
pub(super) fn polygons_of(geometry: Geometry) -> Result<Vec<Polygon>, String> {
    let list = match geometry.coordinates {
        Some(Coordinates::List(list)) => list,
        _ => return Err(format!("its {} has no coordinates", geometry.kind)),
    };
    let polygons = match geometry.kind.as_str() {
        "Polygon" => vec![polygon(list)?],
        "MultiPolygon" => list.into_iter().map(|part| polygon(into_list(part)?)).collect::<Result<_, _>>()?,
        other => return Err(format!("a {other} is no area")),
    };
    if polygons.is_empty() { Err("it has no polygon".into()) } else { Ok(polygons) }
}

fn into_list(part: Coordinates) -> Result<Vec<Coordinates>, String> {
    match part {
        Coordinates::List(list) => Ok(list),
        Coordinates::Position(..) => Err("a coordinate stands where a ring should be".into()),
    }
}

fn polygon(rings: Vec<Coordinates>) -> Result<Polygon, String> {
    let mut rings = rings.into_iter().map(|part| ring(into_list(part)?));
    let outer = rings.next().ok_or("a polygon has no ring")??;
    Ok(Polygon { outer, holes: rings.collect::<Result<_, _>>()? })
}

fn ring(positions: Vec<Coordinates>) -> Result<Ring, String> {
    let points = positions.into_iter().map(|position| match position {
        Coordinates::Position(lon, lat) => checked(lon, lat),
        Coordinates::List(_) => Err("a list stands where a coordinate should be".into()),
    });
    closed(points.collect::<Result<Vec<_>, _>>()?)
}

pub(super) fn checked(lon: f64, lat: f64) -> Result<Point, String> {
    Point::new(lat, lon).ok_or_else(|| {
        format!("{lon}, {lat} is no longitude and latitude (are these metres? export the file in WGS84)")
    })
}

pub(super) fn closed(points: Vec<Point>) -> Result<Ring, String> {
    Ring::new(points).ok_or_else(|| "a ring has fewer than three different corners".into())
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // A number is one cell of a position; the list around it makes the two.
        match from.deserialize_any(Part)? {
            Cell::Whole(coordinates) => Ok(coordinates),
            Cell::Number(_) => Err(D::Error::custom("a bare number is no coordinate")),
        }
    }
}

enum Cell {
    Number(f64),
    Whole(Coordinates),
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Part)
    }
}

struct Part;

impl<'de> Visitor<'de> for Part {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a coordinate or a list of coordinates")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Cell, A::Error> {
        let mut list = Vec::new();
        match seq.next_element()? {
            None => return Ok(Cell::Whole(Coordinates::List(list))),
            Some(Cell::Number(lon)) => {
                let lat: f64 = seq.next_element()?.ok_or_else(|| A::Error::custom("a coordinate has one number"))?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Cell::Whole(Coordinates::Position(lon, lat)));
            }
            Some(Cell::Whole(first)) => list.push(first),
        }
        while let Some(next) = seq.next_element()? {
            list.push(next);
        }
        Ok(Cell::Whole(Coordinates::List(list)))
    }
}
