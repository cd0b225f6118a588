//! Layers of land on the map (C-4): which of them hold a point, and what follows for who answers there.

use super::Geography;
use catalogue::{Land, LandStop, Service};
use places::{Area, Point};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::data_set::DataSet;

/// How the kind of a layer's data set, and of its areas, begins.
const LAYER: &str = "layer.";

/// The data set of an agency's layer.
pub fn set(agency: &str, layer: &str) -> String {
    format!("{LAYER}{agency}.{layer}")
}

/// A layer that holds a place, as a report keeps it: whose, which, and by which edition of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    pub agency: String,
    pub layer: String,
    /// Name and date of the data.
    pub map: String,
    /// The number of its load: no other edition ever has it.
    pub load: i64,
}

pub(super) fn is_layer(area: &Area) -> bool {
    area.kind.starts_with(LAYER)
}

fn label(set: &DataSet) -> String {
    format!("{}, {}", set.name, set.dated)
}

impl Geography {
    fn set_of(&self, kind: &str) -> Option<&DataSet> {
        self.sets.iter().find(|set| set.kind == kind)
    }

    fn layers(&self, lat: f64, lon: f64) -> BTreeSet<&str> {
        let held = Point::new(lat, lon).map(|point| self.layers.at(point)).unwrap_or_default();
        held.into_iter().map(|area| area.kind.as_str()).collect()
    }

    /// The layers of these agencies that hold the point.
    pub fn stood(&self, point: Option<(f64, f64)>, agencies: &[String]) -> Vec<Stood> {
        let (Some(catalogue), Some((lat, lon))) = (&self.catalogue, point) else { return Vec::new() };
        let within = self.layers(lat, lon);
        let named = agencies.iter().filter_map(|id| catalogue.agency(id));
        let all = named.flat_map(|agency| agency.layers.iter().map(move |layer| (&agency.id, &layer.id)));
        let held = all.filter_map(|(agency, layer)| {
            let set = self.set_of(&set(agency, layer)).filter(|set| within.contains(set.kind.as_str()))?;
            Some(Stood { agency: agency.clone(), layer: layer.clone(), map: label(set), load: set.load })
        });
        held.collect()
    }

    /// Who of these agencies answers for the service at the point, by their layers.
    pub(super) fn land_at(&self, service: &Service, (lat, lon): (f64, f64), here: Vec<String>) -> Land {
        let Some(catalogue) = &self.catalogue else { return Land::default() };
        let within = self.layers(lat, lon);
        let holds = |agency: &str, layer: &str| {
            let kind = set(agency, layer);
            self.set_of(&kind).map(|_| within.contains(kind.as_str()))
        };
        let mut land = catalogue.land(&service.id, here, &holds);
        for stop in land.stop.iter_mut().chain(&mut land.ask) {
            self.name_maps(stop);
        }
        land
    }

    /// `{maps}` in the words: what was looked at, with its date (UI-7).
    fn name_maps(&self, stop: &mut LandStop) {
        let maps: Vec<String> =
            stop.layers.iter().filter_map(|layer| self.set_of(&set(&stop.agency, layer))).map(label).collect();
        for text in &mut stop.words.body {
            *text = text.replace("{maps}", &maps.join("; "));
        }
    }
}
