//! Containers that are ordered: one order of a kind is open for a home.

use crate::{Result, Time, Tx, from_row, journal::house};
use rights::Actor;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Ordered {
    pub report: Uuid,
    pub kind: String,
    pub agency: String,
    /// Made with a key that is not in the database.
    pub home: Vec<u8>,
    pub at: Time,
    pub is_open: bool,
    /// When it has waited too long; None: never, or staff were told.
    pub escalate_at: Option<Time>,
}

from_row!(Ordered { report, kind, agency, home, at, is_open, escalate_at });

/// Keeps one. A second that is open for the same home and kind is [`crate::Error::Taken`].
pub fn insert(tx: &mut Tx, row: &Ordered) -> Result<()> {
    tx.run(
        "INSERT INTO ordered (report, kind, agency, home, at, is_open, escalate_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&row.report, &row.kind, &row.agency, &row.home, &row.at, &row.is_open, &row.escalate_at],
    )?;
    Ok(())
}

/// What is open for a home, the oldest first. Who ordered it is not among it.
pub fn open(tx: &mut Tx, agency: &str, home: &[u8]) -> Result<Vec<Ordered>> {
    tx.all(
        "SELECT report, kind, agency, home, at, is_open, escalate_at FROM ordered \
         WHERE home = $1 AND agency = $2 AND is_open ORDER BY at, report, kind",
        &[&home, &agency],
    )
}

/// The work on a report has ended.
pub fn close(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE ordered SET is_open = false WHERE report = $1 AND is_open", &[&report])?;
    Ok(())
}

/// Work on a report has begun again. Where another is open for the same, that one is enough.
pub fn reopen(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE ordered SET is_open = true WHERE report = $1 AND NOT is_open AND NOT EXISTS \
         (SELECT 1 FROM ordered AS o WHERE o.home = ordered.home AND o.agency = ordered.agency \
         AND o.kind = ordered.kind AND o.is_open)",
        &[&report],
    )?;
    Ok(())
}

/// Reports of which something is open and has waited too long, the longest first.
pub fn waiting(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<(Uuid, String)>> {
    house(actor)?;
    tx.all(
        "SELECT report, agency FROM ordered WHERE is_open AND escalate_at IS NOT NULL AND escalate_at <= $1 \
         GROUP BY report, agency ORDER BY MIN(escalate_at), report LIMIT $2",
        &[&now, &most],
    )
}

/// Staff are told of it, once.
pub fn raised(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE ordered SET escalate_at = NULL WHERE report = $1 AND escalate_at IS NOT NULL", &[&report])?;
    Ok(())
}
