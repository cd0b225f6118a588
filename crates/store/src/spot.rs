//! Where a report is, put right by staff (C-65): the report, each part that sees the place, and what everybody reads. Where it was
//! before stands in the entry of the change, and what was answered stays as it was.

use crate::{Result, Time, Tx, report::Spot};
use rights::{Actor, Right};
use uuid::Uuid;

/// The map cells of a point, from a town's to a street's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub cell_6: Option<i64>,
    pub cell_8: Option<i64>,
    pub cell_10: Option<i64>,
}

/// Where it is now. Its ward is kept by [`crate::ward`].
pub fn put(actor: &Actor, tx: &mut Tx, report: Uuid, to: &Spot, cells: Cells, boundaries: &str) -> Result<()> {
    rights::hold(actor, Right::EditReport)?;
    tx.run(
        "UPDATE report SET place = $1, area = $2, lat = $3, lon = $4, cell_6 = $5, cell_8 = $6, cell_10 = $7, \
         boundaries = $8 WHERE id = $9",
        &[&to.place, &to.area, &to.lat, &to.lon, &cells.cell_6, &cells.cell_8, &cells.cell_10, &boundaries, &report],
    )?;
    Ok(())
}

/// The part of another agency that sees the place. Its version stays: nothing that its pages act on has changed.
pub fn follow(actor: &Actor, tx: &mut Tx, part: Uuid, to: &Spot, cells: Cells) -> Result<()> {
    rights::hold(actor, Right::EditReport)?;
    tx.run(
        "UPDATE sub_case SET cell = $1, lat = $2, lon = $3 WHERE id = $4",
        &[&cells.cell_10, &to.lat, &to.lon, &part],
    )?;
    Ok(())
}

/// What everybody reads: rounded, in the house's own words. Nothing where the report is not public.
pub fn publish(actor: &Actor, tx: &mut Tx, report: Uuid, to: &Spot, cell: Option<i64>, at: Time) -> Result<()> {
    rights::hold(actor, Right::EditReport)?;
    tx.run(
        "UPDATE publication SET place = $1, area = $2, lat = $3, lon = $4, cell = $5, changed_at = $6 WHERE report = $7",
        &[&to.place, &to.area, &to.lat, &to.lon, &cell, &at, &report],
    )?;
    Ok(())
}

/// No neighbourhood is known any more for where it was.
pub fn leave(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    rights::hold(actor, Right::EditReport)?;
    tx.run("DELETE FROM report_neighbourhood WHERE report = $1", &[&report])?;
    Ok(())
}
