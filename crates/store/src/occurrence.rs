//! Times that a resident tells of later, one by one, from the page of their own report. What was said and signed stands in the
//! content of the entry.

use crate::{Error, Look, Result, Time, Tx, from_row, journal};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    pub id: Uuid,
    pub report: Uuid,
    /// Where the day alone is known, its midnight.
    pub started_at: Time,
    pub ended_at: Option<Time>,
    pub by_day: bool,
    /// It goes on.
    pub live: bool,
    pub written_at: Time,
    pub arrived_at: Time,
    /// None: not signed yet.
    pub entry: Option<Uuid>,
}

/// With what was said, where it was signed and is still there.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub of: Occurrence,
    pub content: Option<Json>,
}

from_row!(Occurrence { id, report, started_at, ended_at, by_day, live, written_at, arrived_at, entry });

impl crate::FromRow for Told {
    fn from_row(row: &crate::Row) -> Result<Told> {
        Ok(Told { of: Occurrence::from_row(row)?, content: row.get(9)? })
    }
}

const OF_REPORT: &str = "SELECT o.id, o.report, o.started_at, o.ended_at, o.by_day, o.live, o.written_at, o.arrived_at, \
     o.entry, c.body FROM occurrence AS o LEFT JOIN content AS c ON c.entry = o.entry \
     WHERE o.report = $1 ORDER BY o.started_at, o.id";

/// Keeps one of one's own. Another one that goes on is [`Error::Stale`].
pub fn insert(actor: &Actor, tx: &mut Tx, row: &Occurrence) -> Result<()> {
    rights::hold(actor, Right::AddWords)?;
    journal::own(actor, row.report)?;
    let n = tx.run(
        "INSERT INTO occurrence (id, report, started_at, ended_at, by_day, live, written_at, arrived_at, entry) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (report) WHERE live DO NOTHING",
        &[
            &row.id,
            &row.report,
            &row.started_at,
            &row.ended_at,
            &row.by_day,
            &row.live,
            &row.written_at,
            &row.arrived_at,
            &row.entry,
        ],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// It has ended, at a time that is known or not. One that does not go on is [`Error::Stale`].
pub fn stop(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid, ended_at: Option<Time>) -> Result<()> {
    rights::hold(actor, Right::AddWords)?;
    journal::own(actor, report)?;
    let n = tx.run(
        "UPDATE occurrence SET ended_at = $1, live = FALSE WHERE id = $2 AND report = $3 AND live",
        &[&ended_at, &id, &report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What was said of it and signed; once.
pub fn sign(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid, entry: Uuid) -> Result<()> {
    rights::hold(actor, Right::AddWords)?;
    journal::own(actor, report)?;
    let n = tx.run(
        "UPDATE occurrence SET entry = $1 WHERE id = $2 AND report = $3 AND entry IS NULL",
        &[&entry, &id, &report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// It was a slip: one that is not signed goes.
pub fn undo(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid) -> Result<()> {
    rights::hold(actor, Right::AddWords)?;
    journal::own(actor, report)?;
    let n = tx.run("DELETE FROM occurrence WHERE id = $1 AND report = $2 AND entry IS NULL", &[&id, &report])?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// One's own, oldest first.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Told>> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    tx.all(OF_REPORT, &[&report])
}

/// Those of a report, for staff, oldest first.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Told>> {
    rights::hold(actor, Right::SeeReport)?;
    look.tx.all(OF_REPORT, &[&report])
}
