use super::geojson::{checked, closed};
use super::ring::Ring;
use super::{Area, BadFile, MOST_BYTES, Naming, Polygon, Read};
use crate::Point;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements within elements; real files nest about a dozen.
const DEEPEST: usize = 64;

/// Reads the Placemarks of a KML file (OGC 07-147r2) that hold a Polygon or a MultiGeometry of them. Any prefix of the
/// namespace will do. Document types and entities other than XML's own five are refused.
pub fn read_kml(bytes: &[u8], naming: &Naming) -> Result<Read, BadFile> {
    if bytes.len() > MOST_BYTES {
        return Err(BadFile::TooLarge);
    }
    let mut reader = Reader::from_reader(bytes);
    let mut walk = Walk { naming, path: Vec::new(), text: String::new(), placemark: None, read: Read::default(), n: 0 };
    let broken = |e: &dyn std::fmt::Display| BadFile::NotKml(e.to_string());
    loop {
        match reader.read_event().map_err(|e| broken(&e))? {
            Event::Start(start) => walk.open(&start)?,
            Event::Empty(start) => {
                walk.open(&start)?;
                walk.close()?;
            }
            Event::End(_) => walk.close()?,
            Event::Text(text) => walk.text.push_str(&text.xml10_content()),
            Event::CData(text) => walk.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = match name.resolve_char_ref().map_err(|e| broken(&e))? {
                    Some(c) => Some(c.to_string()),
                    None => quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned),
                };
                walk.text.push_str(&known.ok_or(BadFile::Entities)?);
            }
            Event::DocType(_) => return Err(BadFile::Entities),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if !walk.path.is_empty() {
        return Err(BadFile::NotKml("it ends in the middle".into()));
    }
    if walk.n == 0 { Err(BadFile::NoArea) } else { Ok(walk.read) }
}

struct Walk<'a> {
    naming: &'a Naming,
    /// Local names of the open elements, and the `name` of a Data or SimpleData.
    path: Vec<(String, Option<String>)>,
    /// Text since the last tag.
    text: String,
    placemark: Option<Placemark>,
    read: Read,
    n: u64,
}

#[derive(Default)]
struct Placemark {
    properties: Vec<(String, String)>,
    polygons: Vec<Polygon>,
    outer: Option<Ring>,
    holes: Vec<Ring>,
    fault: Option<String>,
}

impl Walk<'_> {
    fn open(&mut self, start: &BytesStart) -> Result<(), BadFile> {
        let local = start.local_name().as_ref().to_owned();
        if self.path.len() >= DEEPEST {
            return Err(BadFile::TooDeep(DEEPEST));
        }
        if local == "Placemark" {
            self.placemark = Some(Placemark::default());
            self.n += 1;
        }
        let name = match local.as_str() {
            "Data" | "SimpleData" => start.try_get_attribute("name").ok().flatten(),
            _ => None,
        };
        let name =
            name.and_then(|name| name.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(String::from));
        self.path.push((local, name));
        self.text.clear();
        Ok(())
    }

    fn close(&mut self) -> Result<(), BadFile> {
        let Some((local, name)) = self.path.pop() else {
            return Err(BadFile::NotKml("an element ends that never began".into()));
        };
        let text = std::mem::take(&mut self.text);
        let parent = self.path.last().map(|(parent, _)| parent.as_str()).unwrap_or_default();
        let Some(placemark) = &mut self.placemark else { return Ok(()) };
        match local.as_str() {
            "name" if parent == "Placemark" => placemark.properties.push(("name".into(), text)),
            "SimpleData" => placemark.properties.extend(name.map(|name| (name, text))),
            "value" if parent == "Data" => {
                let name = self.path.last().and_then(|(_, name)| name.clone());
                placemark.properties.extend(name.map(|name| (name, text)));
            }
            "coordinates" if parent == "LinearRing" => {
                let inner = self.path.iter().rev().any(|(element, _)| element == "innerBoundaryIs");
                placemark.ring(&text, inner);
            }
            "Polygon" => placemark.polygon(),
            "Placemark" => {
                let placemark = std::mem::take(placemark);
                self.placemark = None;
                self.read.take(self.n, placemark.area(self.naming))?;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Placemark {
    fn ring(&mut self, text: &str, inner: bool) {
        let points = text.split_whitespace().map(position).collect::<Result<Vec<_>, _>>();
        match points.and_then(closed) {
            Ok(ring) if inner => self.holes.push(ring),
            Ok(ring) => self.outer = Some(ring),
            Err(reason) => self.fault = self.fault.take().or(Some(reason)),
        }
    }

    fn polygon(&mut self) {
        let holes = std::mem::take(&mut self.holes);
        match self.outer.take() {
            Some(outer) => self.polygons.push(Polygon { outer, holes }),
            None => self.fault = self.fault.take().or_else(|| Some("a polygon has no outer ring".into())),
        }
    }

    fn area(self, naming: &Naming) -> Result<Area, String> {
        let (code, name) = naming.of(&self.properties)?;
        let fault = self.fault.or_else(|| self.polygons.is_empty().then(|| "it has no polygon".into()));
        match fault {
            Some(reason) => Err(format!("{name} ({code}): {reason}")),
            None => {
                Ok(Area { kind: naming.kind.clone(), code, name, set: naming.set.clone(), polygons: self.polygons })
            }
        }
    }
}

/// "lon,lat" or "lon,lat,height".
fn position(text: &str) -> Result<Point, String> {
    let mut parts = text.split(',').map(|part| part.parse::<f64>().ok());
    match (parts.next().flatten(), parts.next().flatten()) {
        (Some(lon), Some(lat)) => checked(lon, lat),
        _ => Err(format!("“{}” is no longitude and latitude", text.chars().take(40).collect::<String>())),
    }
}
