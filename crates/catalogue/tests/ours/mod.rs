//! The files of `services/` and `agencies/`, and a world for the journeys: shared by the tests.
#![allow(dead_code)]

use catalogue::{Body, Catalogue, Context, Finder, Found, How, Place, Service, Source, Territory, Who};
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file under a folder of the repository.
pub fn files(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            found.push(Source::new(relative, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

pub fn sources() -> Vec<Source> {
    [files("services"), files("agencies")].concat()
}

pub fn catalogue() -> Catalogue {
    catalogue::load(&sources()).expect("the definitions load")
}

pub fn now() -> jiff::ZonedDateTime {
    "2026-11-24T12:00:00+00:00[Europe/London]".parse().unwrap()
}

/// A gazetteer of a few words.
pub struct Map;

impl Finder for Map {
    fn find(&self, text: &str) -> Vec<Found> {
        let found = |label: &str, detail: &str, lat, lon, postcode: Option<&str>, how| Found {
            label: label.into(),
            detail: detail.into(),
            lat,
            lon,
            postcode: postcode.map(str::to_owned),
            how,
        };
        match text.to_lowercase().as_str() {
            "bs23 1aa" => vec![found("BS23 1AA", "", 51.3461, -2.9772, Some("BS23 1AA"), How::Postcode)],
            "high street" => vec![
                found("High Street", "Weston-super-Mare", 51.3471, -2.9781, None, How::Named),
                found("High Street", "Nailsea", 51.4326, -2.7580, None, How::Named),
            ],
            "bristol" => vec![found("Bristol", "", 51.4545, -2.5879, None, How::Named)],
            _ => Vec::new(),
        }
    }

    fn describe(&self, lat: f64, _: f64) -> Option<String> {
        (lat < 60.0).then(|| "near High Street, Weston-super-Mare".to_owned())
    }
}

/// A rough box of North Somerset; everything else is Bristol's. Agencies by what they offer.
pub struct Land(pub Catalogue);

impl Territory for Land {
    fn who(&self, service: &Service, place: &Place) -> Who {
        match place.point {
            None => Who::Unknown,
            Some((lat, lon)) if (51.2..51.5).contains(&lat) && (-3.1..-2.7).contains(&lon) => {
                Who::Answered(self.0.offering(&service.id).iter().map(|agency| agency.id.clone()).collect())
            }
            Some(_) => Who::Elsewhere(self.0.body_for("E06000023").cloned().unwrap_or(Body {
                id: "elsewhere".into(),
                name: "Elsewhere Council".into(),
                kind: "council".into(),
                areas: vec![],
                url: "https://example.org".into(),
                phone: None,
                verify: None,
            })),
        }
    }
}

pub struct World {
    pub now: jiff::ZonedDateTime,
    pub map: Map,
    pub land: Land,
}

impl World {
    pub fn new(catalogue: Catalogue) -> World {
        World { now: now(), map: Map, land: Land(catalogue) }
    }

    pub fn ctx(&self) -> Context<'_> {
        Context { now: &self.now, finder: &self.map, territory: &self.land }
    }
}
