//! Things that stand on the map, of the data sets in force: general data, read by everybody.

use crate::{Result, Tx, from_row};
use serde_json::Value as Json;

#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// Unique in its data set.
    pub code: String,
    /// What is written on it; its code where nothing is.
    pub number: String,
    /// In words: "lamp post".
    pub kind: String,
    /// A few more properties, as an object of texts.
    pub about: Json,
    pub lat: f64,
    pub lon: f64,
}

from_row!(Asset { code, number, kind, about, lat, lon });

/// Degrees of latitude and longitude in which things are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    pub south: f64,
    pub north: f64,
    pub west: f64,
    pub east: f64,
}

/// Things of one look-up; a dense street has about a hundred in its largest circle.
pub const MOST: i64 = 2_000;

/// The later of two rows with one code wins.
pub fn insert(tx: &mut Tx, load: i64, asset: &Asset) -> Result<()> {
    tx.run(
        "INSERT INTO asset (load, code, number, kind, about, lat, lon) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (load, code) DO UPDATE SET number = excluded.number, kind = excluded.kind, \
         about = excluded.about, lat = excluded.lat, lon = excluded.lon",
        &[&load, &asset.code, &asset.number, &asset.kind, &asset.about, &asset.lat, &asset.lon],
    )?;
    Ok(())
}

/// Those of a data set that stand there, in the order of their codes.
pub fn around(tx: &mut Tx, set: &str, around: Around) -> Result<Vec<Asset>> {
    let Around { south, north, west, east } = around;
    tx.all(
        "SELECT a.code, a.number, a.kind, a.about, a.lat, a.lon FROM data_set AS d JOIN asset AS a ON a.load = d.load \
         WHERE d.kind = $1 AND a.lat >= $2 AND a.lat <= $3 AND a.lon >= $4 AND a.lon <= $5 ORDER BY a.code LIMIT $6",
        &[&set, &south, &north, &west, &east, &MOST],
    )
}

/// Removes the rows of loads that are not in force.
pub fn sweep(tx: &mut Tx) -> Result<u64> {
    tx.run("DELETE FROM asset WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = asset.load)", &[])
}
