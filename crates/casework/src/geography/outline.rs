//! What can be drawn of the places in memory, where no base map was imported.

use super::Geography;
use places::{
    Area, Point,
    boundary::{Simple, simplified},
    gazetteer::Named,
};
use store::data_set::DataSet;

/// Corners of all outlines together: about 45 kB as text.
pub const MOST_CORNERS: usize = 2_400;
/// Corners of the land around.
pub const MOST_LAND: usize = 400;
/// Names written on the map.
pub const MOST_NAMES: usize = 250;
/// Kinds of area that are drawn: the first of them that was loaded.
const DRAWN: [&str; 2] = ["district", "police-force"];

/// Simplified outlines and names, to be looked at and not to be decided by.
pub struct Outline<'a> {
    /// Coast and country around the areas; empty where none was loaded.
    pub land: Vec<Area>,
    pub areas: Vec<Area>,
    /// No line of an area lies farther than this from where it is.
    pub metres: f64,
    /// The most important first.
    pub names: Vec<&'a Named>,
    /// Where all of it comes from, for the words beside the map (UI-7).
    pub sets: Vec<&'a DataSet>,
}

impl Geography {
    /// The outlines of the areas in force. None where none was loaded, or more than can be drawn.
    pub fn outline(&self) -> Option<Outline<'_>> {
        let (kind, areas) = self.drawn()?;
        let Simple { areas, metres } = simplified(areas, MOST_CORNERS)?;
        let land = simplified(&self.land, MOST_LAND).map(|land| land.areas).unwrap_or_default();
        let names = self.gazetteer.labels(around(&areas)?, MOST_NAMES);
        let used = |set: &&DataSet| match set.kind.as_str() {
            "places" => !names.is_empty(),
            "land" => !land.is_empty(),
            other => other.strip_prefix("boundaries-") == Some(kind),
        };
        let sets = self.sets.iter().filter(used).collect();
        Some(Outline { land, areas, metres, names, sets })
    }

    /// South-west and north-east corner of where a map of these areas begins: around all that are drawn where none of
    /// the codes is among them. None where nothing can be drawn.
    pub fn extent(&self, codes: &[&str]) -> Option<(Point, Point)> {
        let (_, areas) = self.drawn()?;
        around(areas.iter().filter(|area| codes.contains(&area.code.as_str()))).or_else(|| around(areas))
    }

    fn drawn(&self) -> Option<(&'static str, &[Area])> {
        let mut loaded = DRAWN.into_iter().map(|kind| (kind, self.boundaries.of_kind(kind)));
        loaded.find(|(_, areas)| !areas.is_empty())
    }
}

fn around<'a>(areas: impl IntoIterator<Item = &'a Area>) -> Option<(Point, Point)> {
    areas.into_iter().map(Area::bounds).reduce(|(low, high), (other_low, other_high)| {
        (
            Point { lat: low.lat.min(other_low.lat), lon: low.lon.min(other_low.lon) },
            Point { lat: high.lat.max(other_high.lat), lon: high.lon.max(other_high.lon) },
        )
    })
}
