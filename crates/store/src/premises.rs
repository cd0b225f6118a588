//! Properties with an address, of the data sets in force: general data, read by everybody.

use crate::{Result, Tx, from_row};

#[derive(Clone, Debug, PartialEq)]
pub struct Premises {
    pub uprn: String,
    pub load: i64,
    pub agency: String,
    pub address: String,
    /// For the search: small letters, words apart by one space.
    pub folded: String,
    pub postcode: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

from_row!(Premises { uprn, load, agency, address, folded, postcode, lat, lon });

/// Homes of one postcode that are listed; the largest has about a hundred.
pub const MOST_AT_POSTCODE: i64 = 200;
/// Matches of an address that are listed.
pub const MOST_ALIKE: i64 = 20;

/// The later of two rows of one property wins; it is on the rounds of both.
pub fn insert(tx: &mut Tx, row: &Premises, rounds: &[String]) -> Result<()> {
    tx.run(
        "INSERT INTO premises (uprn, load, agency, address, folded, postcode, lat, lon) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (uprn, load) DO UPDATE SET address = excluded.address, \
         folded = excluded.folded, postcode = excluded.postcode, lat = excluded.lat, lon = excluded.lon",
        &[&row.uprn, &row.load, &row.agency, &row.address, &row.folded, &row.postcode, &row.lat, &row.lon],
    )?;
    for code in rounds {
        tx.run(
            "INSERT INTO premises_round (uprn, load, code) VALUES ($1, $2, $3) ON CONFLICT (uprn, load, code) DO NOTHING",
            &[&row.uprn, &row.load, code],
        )?;
    }
    Ok(())
}

pub fn by_uprn(tx: &mut Tx, uprn: &str) -> Result<Option<Premises>> {
    tx.maybe(
        "SELECT p.uprn, p.load, p.agency, p.address, p.folded, p.postcode, p.lat, p.lon FROM premises AS p \
         WHERE p.uprn = $1 AND EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = p.load) ORDER BY p.load DESC LIMIT 1",
        &[&uprn],
    )
}

pub fn at_postcode(tx: &mut Tx, postcode: &str) -> Result<Vec<Premises>> {
    tx.all(
        "SELECT p.uprn, p.load, p.agency, p.address, p.folded, p.postcode, p.lat, p.lon FROM premises AS p \
         WHERE p.postcode = $1 AND EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = p.load) \
         ORDER BY p.folded, p.uprn LIMIT $2",
        &[&postcode, &MOST_AT_POSTCODE],
    )
}

/// Those whose folded address begins like this.
pub fn beginning(tx: &mut Tx, folded: &str) -> Result<Vec<Premises>> {
    // Letters and spaces come before it in every order of bytes.
    let beyond = format!("{folded}\u{10fffd}");
    tx.all(
        "SELECT p.uprn, p.load, p.agency, p.address, p.folded, p.postcode, p.lat, p.lon FROM premises AS p \
         WHERE p.folded >= $1 AND p.folded < $2 AND EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = p.load) \
         ORDER BY p.folded, p.uprn LIMIT $3",
        &[&folded, &beyond, &MOST_ALIKE],
    )
}

/// Removes the rows of loads that are not in force.
pub fn sweep(tx: &mut Tx) -> Result<u64> {
    Ok(tx
        .run("DELETE FROM premises WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = premises.load)", &[])?
        + tx.run(
            "DELETE FROM premises_round WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = premises_round.load)",
            &[],
        )?)
}
