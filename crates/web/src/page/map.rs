//! What lies under pins: the base map that was imported, or the outlines of the boundaries in force.

use crate::App;

#[derive(Clone, Debug, PartialEq)]
pub enum Map {
    /// The base map that was imported.
    Tiles {
        /// Latitude, longitude: where the map starts.
        centre: (f64, f64),
        attribution: String,
    },
    /// The outlines of the boundaries in force. South-west and north-east corner of where the map starts.
    Outline { low: (f64, f64), high: (f64, f64) },
}

impl Map {
    /// The base map, where it begins and whose it is; without one the outlines, beginning around the areas with these
    /// codes. None where nothing can be drawn.
    pub fn of(app: &App, codes: &[&str]) -> Option<Map> {
        let geography = app.setting.geography();
        let Some(archive) = app.basemap() else {
            let (low, high) = geography.extent(codes)?;
            return Some(Map::Outline { low: (low.lat, low.lon), high: (high.lat, high.lon) });
        };
        let header = archive.get_header();
        let attribution = geography.sets().iter().find(|set| set.kind == "basemap").map(|set| set.attribution.clone());
        Some(Map::Tiles {
            centre: (header.center_latitude, header.center_longitude),
            attribution: attribution.unwrap_or_default(),
        })
    }
}
