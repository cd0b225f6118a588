//! What crews recorded of their rounds.

use crate::{Result, Time, Tx, from_row};

#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    pub agency: String,
    /// The round.
    pub code: String,
    /// The day it was planned for, "2026-05-22".
    pub planned: String,
    /// Empty: the whole round.
    pub uprn: String,
    pub outcome: String,
    pub reason: Option<String>,
    pub at: Time,
}

from_row!(Collection { agency, code, planned, uprn, outcome, reason, at });

/// Keeps a record; one of the same round, day and property changes.
pub fn keep(tx: &mut Tx, row: &Collection) -> Result<()> {
    tx.run(
        "INSERT INTO collection (agency, code, planned, uprn, outcome, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (agency, code, planned, uprn) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, \
         at = excluded.at",
        &[&row.agency, &row.code, &row.planned, &row.uprn, &row.outcome, &row.reason, &row.at],
    )?;
    Ok(())
}

/// The record of a round on a day, of the property before that of the whole round.
pub fn of(tx: &mut Tx, agency: &str, code: &str, planned: &str, uprn: &str) -> Result<Option<Collection>> {
    tx.maybe(
        "SELECT agency, code, planned, uprn, outcome, reason, at FROM collection \
         WHERE agency = $1 AND code = $2 AND planned = $3 AND uprn IN ('', $4) ORDER BY uprn DESC LIMIT 1",
        &[&agency, &code, &planned, &uprn],
    )
}
