//! Postcodes and named places of the data sets in force.

use crate::{Result, Tx, from_row};

#[derive(Clone, Debug, PartialEq)]
pub struct Postcode {
    pub postcode: String,
    pub lat: f64,
    pub lon: f64,
}

from_row!(Postcode { postcode, lat, lon });

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    pub kind: String,
    pub within: String,
    pub lat: f64,
    pub lon: f64,
}

from_row!(Place { name, kind, within, lat, lon });

/// The later of two rows with one postcode wins.
pub fn insert_postcode(tx: &mut Tx, load: i64, postcode: &Postcode) -> Result<()> {
    tx.run(
        "INSERT INTO postcode (load, postcode, lat, lon) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (load, postcode) DO UPDATE SET lat = excluded.lat, lon = excluded.lon",
        &[&load, &postcode.postcode, &postcode.lat, &postcode.lon],
    )?;
    Ok(())
}

pub fn insert(tx: &mut Tx, load: i64, n: i64, place: &Place) -> Result<()> {
    tx.run(
        "INSERT INTO place (load, n, name, kind, within, lat, lon) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&load, &n, &place.name, &place.kind, &place.within, &place.lat, &place.lon],
    )?;
    Ok(())
}

pub fn postcodes(tx: &mut Tx, mut take: impl FnMut(Postcode)) -> Result<()> {
    tx.each(
        "SELECT p.postcode, p.lat, p.lon FROM data_set AS d JOIN postcode AS p ON p.load = d.load ORDER BY p.postcode",
        &[],
        |row| {
            take(crate::FromRow::from_row(row)?);
            Ok(())
        },
    )
}

pub fn places(tx: &mut Tx) -> Result<Vec<Place>> {
    tx.all(
        "SELECT p.name, p.kind, p.within, p.lat, p.lon FROM data_set AS d JOIN place AS p ON p.load = d.load \
         ORDER BY d.kind, p.n",
        &[],
    )
}

/// Removes the rows of loads that are not in force.
pub fn sweep(tx: &mut Tx) -> Result<u64> {
    Ok(tx
        .run("DELETE FROM postcode WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = postcode.load)", &[])?
        + tx.run("DELETE FROM place WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = place.load)", &[])?)
}
