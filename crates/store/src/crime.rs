//! A recorded crime. One report gives none or several, several reports may give one (P-73).

use crate::{Error, Look, Result, Time, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Crime {
    pub id: Uuid,
    pub agency: String,
    /// As the force numbers it; nothing until its records system says.
    pub number: Option<String>,
    /// The offence class, by the agency's list.
    pub offence: String,
    /// The officer in the case.
    pub officer: Option<Uuid>,
    /// A suspect was interviewed under caution.
    pub interviewed: bool,
    pub recorded_at: Time,
    pub outcome: Option<String>,
    pub decided_at: Option<Time>,
    pub cancelled_at: Option<Time>,
    /// Counts changes; a change made from an older one is [`Error::Stale`].
    pub version: i64,
}

from_row!(Crime {
    id,
    agency,
    number,
    offence,
    officer,
    interviewed,
    recorded_at,
    outcome,
    decided_at,
    cancelled_at,
    version,
});

/// A number that another crime of the agency has is [`Error::Taken`].
pub fn insert(actor: &Actor, tx: &mut Tx, crime: &Crime) -> Result<()> {
    rights::hold(actor, Right::RecordCrime)?;
    tx.run(
        "INSERT INTO crime (id, agency, number, offence, officer, interviewed, recorded_at, outcome, decided_at, \
         cancelled_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &crime.id,
            &crime.agency,
            &crime.number,
            &crime.offence,
            &crime.officer,
            &crime.interviewed,
            &crime.recorded_at,
            &crime.outcome,
            &crime.decided_at,
            &crime.cancelled_at,
            &crime.version,
        ],
    )?;
    Ok(())
}

/// Writes what may change, if nobody else changed it since it was read.
pub fn update(actor: &Actor, tx: &mut Tx, crime: &Crime) -> Result<()> {
    rights::hold(actor, Right::RecordCrime)?;
    let n = tx.run(
        "UPDATE crime SET number = $1, offence = $2, officer = $3, interviewed = $4, outcome = $5, decided_at = $6, \
         cancelled_at = $7, version = version + 1 WHERE id = $8 AND version = $9",
        &[
            &crime.number,
            &crime.offence,
            &crime.officer,
            &crime.interviewed,
            &crime.outcome,
            &crime.decided_at,
            &crime.cancelled_at,
            &crime.id,
            &crime.version,
        ],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Joins a crime and a report; joining them again changes nothing.
pub fn join(actor: &Actor, tx: &mut Tx, crime: Uuid, report: Uuid, at: Time) -> Result<()> {
    rights::hold(actor, Right::RecordCrime)?;
    tx.run(
        "INSERT INTO crime_report (crime, report, linked_at) VALUES ($1, $2, $3) ON CONFLICT (crime, report) DO NOTHING",
        &[&crime, &report, &at],
    )?;
    Ok(())
}

/// The crime of this id, if the agency recorded it.
pub fn by_id(tx: &mut Tx, agency: &str, id: Uuid) -> Result<Option<Crime>> {
    tx.maybe(
        "SELECT id, agency, number, offence, officer, interviewed, recorded_at, outcome, decided_at, cancelled_at, version \
         FROM crime WHERE id = $1 AND agency = $2",
        &[&id, &agency],
    )
}

pub fn by_number(tx: &mut Tx, agency: &str, number: &str) -> Result<Option<Crime>> {
    tx.maybe(
        "SELECT id, agency, number, offence, officer, interviewed, recorded_at, outcome, decided_at, cancelled_at, version \
         FROM crime WHERE agency = $1 AND number = $2 AND number IS NOT NULL",
        &[&agency, &number],
    )
}

/// Crimes an agency recorded from a report, in the order they were joined to it.
pub fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<Crime>> {
    tx.all(
        "SELECT c.id, c.agency, c.number, c.offence, c.officer, c.interviewed, c.recorded_at, c.outcome, c.decided_at, \
         c.cancelled_at, c.version FROM crime_report AS j JOIN crime AS c ON c.id = j.crime \
         WHERE j.report = $1 ORDER BY j.linked_at, j.crime",
        &[&report],
    )
}

/// References of the reports a crime was recorded from, in the order they were joined.
pub fn reports(actor: &Actor, look: &mut Look, crime: Uuid) -> Result<Vec<String>> {
    rights::hold(actor, Right::SeeReport)?;
    let rows: Vec<(String,)> = look.tx.all(
        "SELECT r.reference FROM crime_report AS j JOIN report AS r ON r.id = j.report \
         WHERE j.crime = $1 ORDER BY j.linked_at, j.report",
        &[&crime],
    )?;
    look.lists(rows.iter().map(|row| row.0.clone()));
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The reports a crime was recorded from, id and reference, in the order they were joined to it: for the house itself, which
/// tells the agency's records system.
pub fn joined(actor: &Actor, tx: &mut Tx, crime: Uuid) -> Result<Vec<(Uuid, String)>> {
    crate::journal::house(actor)?;
    tx.all(
        "SELECT r.id, r.reference FROM crime_report AS j JOIN report AS r ON r.id = j.report \
         WHERE j.crime = $1 ORDER BY j.linked_at, j.report",
        &[&crime],
    )
}
