//! Open data in force, and the generation by which running servers see that it changed.

use crate::{Result, Time, Tx, from_row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSet {
    pub kind: String,
    /// Rows of the set carry this number.
    pub load: i64,
    pub name: String,
    /// The date of the data, as its publisher says it.
    pub dated: String,
    pub attribution: String,
    pub rows_kept: i64,
    pub rows_refused: i64,
    pub demonstration: bool,
    pub imported_at: Time,
}

from_row!(DataSet { kind, load, name, dated, attribution, rows_kept, rows_refused, demonstration, imported_at });

pub fn all(tx: &mut Tx) -> Result<Vec<DataSet>> {
    tx.all(
        "SELECT kind, load, name, dated, attribution, rows_kept, rows_refused, demonstration, imported_at \
         FROM data_set ORDER BY kind",
        &[],
    )
}

/// A number no load has had yet.
pub fn next_load(tx: &mut Tx) -> Result<i64> {
    let (n,): (i64,) = tx.one(
        "INSERT INTO generation (name, n) VALUES ('load', 1) \
         ON CONFLICT (name) DO UPDATE SET n = generation.n + 1 RETURNING n",
        &[],
    )?;
    Ok(n)
}

/// Puts a load in force in place of the one before, and tells running servers.
pub fn put_in_force(tx: &mut Tx, set: &DataSet) -> Result<()> {
    tx.run(
        "INSERT INTO data_set (kind, load, name, dated, attribution, rows_kept, rows_refused, demonstration, imported_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (kind) DO UPDATE SET load = excluded.load, \
         name = excluded.name, dated = excluded.dated, attribution = excluded.attribution, \
         rows_kept = excluded.rows_kept, rows_refused = excluded.rows_refused, \
         demonstration = excluded.demonstration, imported_at = excluded.imported_at",
        &[
            &set.kind,
            &set.load,
            &set.name,
            &set.dated,
            &set.attribution,
            &set.rows_kept,
            &set.rows_refused,
            &set.demonstration,
            &set.imported_at,
        ],
    )?;
    changed(tx)
}

/// Tells running servers that what they hold in memory is old.
pub fn changed(tx: &mut Tx) -> Result<()> {
    tx.run(
        "INSERT INTO generation (name, n) VALUES ('data', 1) ON CONFLICT (name) DO UPDATE SET n = generation.n + 1",
        &[],
    )?;
    Ok(())
}

/// Rises with every change of what servers hold in memory.
pub fn generation(tx: &mut Tx) -> Result<i64> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = 'data'", &[])?.map_or(0, |(n,)| n))
}
