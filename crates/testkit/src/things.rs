//! Things that stand on the map, for tests of what can be picked.

use crate::{House, data};
use casework::asset as things;
use places::asset::read_assets;
use serde_json::json;
use std::fs;
use store::{asset, data_set};

impl House {
    /// Puts the made-up lamp posts of the demonstration in force, and whatever else an agency names and it has.
    pub async fn with_things(self) -> House {
        let folder = data::repository().join("geography/demo/assets");
        let named = self.setting.catalogue.agencies().iter();
        let named = named.flat_map(|agency| agency.layers.iter().map(|layer| (agency.id.clone(), layer.id.clone())));
        let mut sets = Vec::new();
        for (agency, layer) in named {
            let Ok(bytes) = fs::read(folder.join(format!("{layer}.geojson"))) else { continue };
            let rows: Vec<_> = read_assets(&bytes).unwrap().into_iter().map(Result::unwrap).collect();
            sets.push((things::set(&agency, &layer), rows));
        }
        assert!(!sets.is_empty());
        let put = self.db.write(move |tx| -> store::Result<()> {
            for (set, rows) in &sets {
                let load = data_set::next_load(tx)?;
                for row in rows {
                    let about = json!(row.about.iter().cloned().collect::<std::collections::BTreeMap<_, _>>());
                    let row = asset::Asset {
                        code: row.code.clone(),
                        number: row.number.clone(),
                        kind: row.kind.clone(),
                        about,
                        lat: row.point.lat,
                        lon: row.point.lon,
                    };
                    asset::insert(tx, load, &row)?;
                }
                data_set::put_in_force(tx, &data::demonstration(set, load, rows.len()))?;
            }
            Ok(())
        });
        put.await.unwrap();
        self
    }
}
