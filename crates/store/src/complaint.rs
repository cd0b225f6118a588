//! Complaints of a case: a report, or a time that was told of later. Ids alone: what was said stands elsewhere.

use crate::{Result, Time, Tx, from_row};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    pub id: Uuid,
    pub casefile: Uuid,
    pub report: Uuid,
    /// The report by which the person complained first.
    pub complainant: Uuid,
    pub occurrence: Option<Uuid>,
    pub at: Time,
}

from_row!(Complaint { id, casefile, report, complainant, occurrence, at });

pub fn insert(tx: &mut Tx, row: &Complaint) -> Result<()> {
    tx.run(
        "INSERT INTO complaint (id, casefile, report, complainant, occurrence, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&row.id, &row.casefile, &row.report, &row.complainant, &row.occurrence, &row.at],
    )?;
    Ok(())
}

/// Those of the case itself, oldest first.
pub fn of_casefile(tx: &mut Tx, casefile: Uuid) -> Result<Vec<Complaint>> {
    tx.all(
        "SELECT id, casefile, report, complainant, occurrence, at FROM complaint WHERE casefile = $1 ORDER BY at, id",
        &[&casefile],
    )
}

/// Those of a report, oldest first.
pub fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<Complaint>> {
    tx.all(
        "SELECT id, casefile, report, complainant, occurrence, at FROM complaint WHERE report = $1 ORDER BY at, id",
        &[&report],
    )
}
