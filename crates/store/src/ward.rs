//! The wards reports lie in, by their codes: kept beside them, and worked out anew when boundaries change.

use crate::{Result, Tx, from_row, journal::house};
use rights::Actor;
use uuid::Uuid;

/// Where a report lies, and where everybody reads that it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    pub report: Uuid,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub public_lat: Option<f64>,
    pub public_lon: Option<f64>,
}

from_row!(Located { report, lat, lon, public_lat, public_lon });

/// Reports in the order of their ids, at most so many behind the given one. For the house alone.
pub fn located(actor: &Actor, tx: &mut Tx, behind: Uuid, most: i64) -> Result<Vec<Located>> {
    house(actor)?;
    tx.all(
        "SELECT r.id, r.lat, r.lon, p.lat, p.lon FROM report AS r LEFT JOIN publication AS p ON p.report = r.id \
         WHERE r.id > $1 ORDER BY r.id LIMIT $2",
        &[&behind, &most],
    )
}

/// The code of the ward a report lies in; none where that is not known.
pub fn of(tx: &mut Tx, report: Uuid) -> Result<Option<String>> {
    let found = tx.maybe::<(String,)>("SELECT ward FROM report WHERE id = $1", &[&report])?;
    Ok(found.map(|(ward,)| ward).filter(|ward| !ward.is_empty()))
}

/// Keeps the ward of a report and of each agency's part of it. What is so already is not written again.
pub fn put(tx: &mut Tx, report: Uuid, ward: &str) -> Result<()> {
    tx.run("UPDATE report SET ward = $1 WHERE id = $2 AND ward <> $1", &[&ward, &report])?;
    tx.run("UPDATE sub_case SET ward = $1 WHERE report = $2 AND ward <> $1", &[&ward, &report])?;
    Ok(())
}

/// Keeps the ward that everybody reads of.
pub fn publish(tx: &mut Tx, report: Uuid, ward: &str) -> Result<()> {
    tx.run("UPDATE publication SET ward = $1 WHERE report = $2 AND ward <> $1", &[&ward, &report])?;
    Ok(())
}

/// The generation of the data that all wards were last worked out from.
pub fn renewed(tx: &mut Tx) -> Result<i64> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = 'wards'", &[])?.map_or(0, |(n,)| n))
}

pub fn set_renewed(tx: &mut Tx, generation: i64) -> Result<()> {
    tx.run(
        "INSERT INTO generation (name, n) VALUES ('wards', $1) ON CONFLICT (name) DO UPDATE SET n = excluded.n",
        &[&generation],
    )?;
    Ok(())
}
