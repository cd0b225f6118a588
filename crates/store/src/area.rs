//! Boundaries, as GeoJSON geometry text with their set and date.

use crate::{Result, Tx, from_row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub kind: String,
    pub code: String,
    pub name: String,
    pub dated: String,
    pub geometry: String,
}

from_row!(Area { kind, code, name, dated, geometry });

pub fn insert(tx: &mut Tx, load: i64, area: &Area) -> Result<()> {
    tx.run(
        "INSERT INTO area (load, kind, code, name, dated, geometry) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&load, &area.kind, &area.code, &area.name, &area.dated, &area.geometry],
    )?;
    Ok(())
}

/// Every area of the loads in force whose data set's kind begins with `boundaries`.
pub fn in_force(tx: &mut Tx) -> Result<Vec<Area>> {
    tx.all(
        "SELECT a.kind, a.code, a.name, a.dated, a.geometry FROM data_set AS d JOIN area AS a ON a.load = d.load \
         ORDER BY a.kind, a.code",
        &[],
    )
}

/// Removes the areas of loads that are not in force.
pub fn sweep(tx: &mut Tx) -> Result<u64> {
    tx.run("DELETE FROM area WHERE NOT EXISTS (SELECT 1 FROM data_set AS d WHERE d.load = area.load)", &[])
}
