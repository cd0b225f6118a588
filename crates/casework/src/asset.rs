//! Things that stand on the map near a place (C-4, C-6). General data: no function here knows who asks.

use crate::{Result, Setting};
use places::Point;
use store::{
    Tx,
    asset::{self, Around, Asset},
};

/// The data set of an agency's layer of things.
pub fn set(agency: &str, layer: &str) -> String {
    format!("asset.{agency}.{layer}")
}

/// One of them, and how far away it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub asset: Asset,
    pub metres: f64,
    /// In which direction from the place: "north-east".
    pub wind: &'static str,
}

/// Those of an agency's layer within so many metres, the nearest first.
pub fn near(
    tx: &mut Tx,
    setting: &Setting,
    (agency, layer): (&str, &str),
    (lat, lon): (f64, f64),
    (within, most): (f64, usize),
) -> Result<Vec<Near>> {
    let known = setting.catalogue.agency(agency).is_some_and(|agency| agency.layers.iter().any(|one| one.id == layer));
    let Some(here) = Point::new(lat, lon).filter(|_| known) else { return Ok(Vec::new()) };
    // A degree of latitude is 111,195 m on the sphere that metres are measured on; a little more than is needed.
    let north = within / 111_000.0;
    let east = north / lat.to_radians().cos().max(0.01);
    let around = Around { south: lat - north, north: lat + north, west: lon - east, east: lon + east };
    let found = asset::around(tx, &set(agency, layer), around)?.into_iter();
    let mut near: Vec<Near> = found
        .filter_map(|asset| {
            let metres = here.metres_to(Point::new(asset.lat, asset.lon)?);
            let wind = wind(asset.lat - lat, (asset.lon - lon) * lat.to_radians().cos());
            (metres <= within).then_some(Near { asset, metres, wind })
        })
        .collect();
    near.sort_by(|a, b| a.metres.total_cmp(&b.metres).then_with(|| a.asset.code.cmp(&b.asset.code)));
    near.truncate(most);
    Ok(near)
}

/// Clockwise from north, each an eighth of the whole turn.
const WINDS: [&str; 8] = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

fn wind(north: f64, east: f64) -> &'static str {
    let eighths = (east.atan2(north) / std::f64::consts::FRAC_PI_4).round().rem_euclid(8.0);
    WINDS.get(eighths as usize).copied().unwrap_or(WINDS[0])
}

#[test]
fn a_direction_is_one_of_eight() {
    let said: Vec<_> =
        [(1., 0.), (1., 1.), (0., 2.), (-1., 1.), (-3., 0.1), (-1., -1.), (0., -1.), (1., -1.), (1., -0.1)]
            .map(|(north, east)| wind(north, east))
            .into();
    assert_eq!(said, [WINDS.as_slice(), &["north"]].concat());
}
