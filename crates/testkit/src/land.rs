//! Land on the map, for tests of what it decides.

use crate::{House, data};
use casework::{Geography, geography::layer};
use places::boundary::{Area, Naming, read_geojson};
use std::fs;
use store::{area, data_set};

impl House {
    /// Puts every layer in force that an agency names and the demonstration has outlines of.
    pub async fn with_land(self) -> House {
        let folder = data::repository().join("geography/demo/layers");
        let named = self.setting.catalogue.agencies().iter();
        let named = named.flat_map(|agency| agency.layers.iter().map(|layer| (agency.id.clone(), layer.clone())));
        let mut sets = Vec::new();
        for (agency, layer) in named {
            if let Ok(bytes) = fs::read(folder.join(format!("{}.geojson", layer.id))) {
                let kind = layer::set(&agency, &layer.id);
                sets.push((read(&bytes, &kind), kind, layer.name));
            }
        }
        assert!(!sets.is_empty());
        self.lay(sets).await
    }

    /// Puts one layer in force: a square of so many degrees on either side of a point.
    pub async fn with_square(self, agency: &str, layer: &str, (lat, lon): (f64, f64), half: f64) -> House {
        let corner = |x: f64, y: f64| [lon + x * half, lat + y * half];
        let ring = [corner(-1., -1.), corner(1., -1.), corner(1., 1.), corner(-1., 1.), corner(-1., -1.)];
        let square = serde_json::json!({
            "type": "Feature", "properties": { "code": "square", "name": "A square" },
            "geometry": { "type": "Polygon", "coordinates": [ring] },
        });
        let kind = layer::set(agency, layer);
        let areas = read(square.to_string().as_bytes(), &kind);
        self.lay(vec![(areas, kind, layer.to_owned())]).await
    }

    /// Two wards: `E05000001` holds all of the area, `E05000002` nothing of it.
    pub async fn with_wards(self) -> House {
        let ward = |code: &str, name: &str, west: f64| {
            let east = west + 1.0;
            let ring = [[west, 51.0], [east, 51.0], [east, 52.0], [west, 52.0], [west, 51.0]];
            serde_json::json!({
                "type": "Feature", "properties": { "code": code, "name": name },
                "geometry": { "type": "Polygon", "coordinates": [ring] },
            })
        };
        let wards = [ward("E05000001", "Here", -3.2), ward("E05000002", "Far", 1.0)];
        let all = serde_json::json!({ "type": "FeatureCollection", "features": wards });
        let areas = read(all.to_string().as_bytes(), "ward");
        self.lay(vec![(areas, "ward".to_owned(), "Wards".to_owned())]).await
    }

    async fn lay(self, sets: Vec<(Vec<Area>, String, String)>) -> House {
        let put = self.db.write(move |tx| -> store::Result<()> {
            for (areas, kind, name) in &sets {
                let load = data_set::next_load(tx)?;
                for found in areas {
                    let row = area::Area {
                        kind: kind.clone(),
                        code: found.code.clone(),
                        name: found.name.clone(),
                        dated: found.set.clone(),
                        geometry: found.geometry(),
                    };
                    area::insert(tx, load, &row)?;
                }
                let set = data_set::DataSet { name: name.clone(), ..data::demonstration(kind, load, areas.len()) };
                data_set::put_in_force(tx, &set)?;
            }
            Ok(())
        });
        put.await.unwrap();
        let geography = self.db.read(Geography::load).await.unwrap();
        self.setting.set_geography(geography);
        self
    }
}

fn read(bytes: &[u8], kind: &str) -> Vec<Area> {
    let naming = Naming { kind: kind.into(), set: "made up".into(), uncrossed: true, ..Naming::default() };
    let read = read_geojson(bytes, &naming).unwrap();
    assert!(read.refused.is_empty(), "{kind}: {:?}", read.refused);
    read.areas
}
