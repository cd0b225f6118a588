//! Collections that reports say were missed: which home, which round, which day.

use crate::{Result, Time, Tx, from_row, journal::house};
use rights::Actor;
use uuid::Uuid;

/// One kind of collection in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    pub report: Uuid,
    pub kind: String,
    pub agency: String,
    /// Made with a key that is not in the database.
    pub home: Vec<u8>,
    /// The round; empty where none is known.
    pub code: String,
    /// The day it was planned for, "2026-05-22".
    pub planned: String,
    pub at: Time,
    /// The crew fetches the bins of this home from the door. It is shown to nobody (C-34).
    pub assisted: bool,
    pub is_open: bool,
    /// When it has waited too long; None: never, or staff were told.
    pub escalate_at: Option<Time>,
}

from_row!(Missed { report, kind, agency, home, code, planned, at, assisted, is_open, escalate_at });

/// Keeps one. A second that is open for the same home, kind and day is [`crate::Error::Taken`].
pub fn insert(tx: &mut Tx, row: &Missed) -> Result<()> {
    tx.run(
        "INSERT INTO missed (report, kind, agency, home, code, planned, at, assisted, is_open, escalate_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &row.report,
            &row.kind,
            &row.agency,
            &row.home,
            &row.code,
            &row.planned,
            &row.at,
            &row.assisted,
            &row.is_open,
            &row.escalate_at,
        ],
    )?;
    Ok(())
}

/// What is open for a home, the oldest first. Who reported it is not among it.
pub fn open(tx: &mut Tx, agency: &str, home: &[u8]) -> Result<Vec<Missed>> {
    tx.all(
        "SELECT report, kind, agency, home, code, planned, at, assisted, is_open, escalate_at FROM missed \
         WHERE home = $1 AND agency = $2 AND is_open ORDER BY at, report, kind",
        &[&home, &agency],
    )
}

/// Homes that reported a round of a day, whatever became of it.
pub fn homes(tx: &mut Tx, agency: &str, code: &str, planned: &str) -> Result<i64> {
    let (homes,) = tx.one(
        "SELECT COUNT(DISTINCT home) FROM missed WHERE agency = $1 AND code = $2 AND planned = $3",
        &[&agency, &code, &planned],
    )?;
    Ok(homes)
}

/// Staff are told of the round as a whole: false where that was done before.
pub fn raise(tx: &mut Tx, agency: &str, code: &str, planned: &str, at: Time) -> Result<bool> {
    let n = tx.run(
        "INSERT INTO missed_round (agency, code, planned, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (agency, code, planned) DO NOTHING",
        &[&agency, &code, &planned, &at],
    )?;
    Ok(n == 1)
}

/// The work on a report has ended.
pub fn close(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE missed SET is_open = false WHERE report = $1 AND is_open", &[&report])?;
    Ok(())
}

/// Work on a report has begun again. Where another is open for the same collection, that one is enough.
pub fn reopen(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE missed SET is_open = true WHERE report = $1 AND NOT is_open AND NOT EXISTS \
         (SELECT 1 FROM missed AS o WHERE o.home = missed.home AND o.agency = missed.agency AND o.kind = missed.kind \
         AND o.planned = missed.planned AND o.is_open)",
        &[&report],
    )?;
    Ok(())
}

/// Reports of which something is open and has waited too long, the longest first.
pub fn waiting(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<(Uuid, String)>> {
    house(actor)?;
    tx.all(
        "SELECT report, agency FROM missed WHERE is_open AND escalate_at IS NOT NULL AND escalate_at <= $1 \
         GROUP BY report, agency ORDER BY MIN(escalate_at), report LIMIT $2",
        &[&now, &most],
    )
}

/// Staff are told of it, once.
pub fn raised(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE missed SET escalate_at = NULL WHERE report = $1 AND escalate_at IS NOT NULL", &[&report])?;
    Ok(())
}
