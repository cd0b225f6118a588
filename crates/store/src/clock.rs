//! Clocks that run on an agency's part of a report. Which there are is data of the agency.

use crate::{
    Error, Result, Time, Tx, from_row,
    journal::house,
    named_value,
    queue::{Ours, Statement},
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

/// Rows the board of a supervisor shows.
pub const MOST_BROKEN: i64 = 200;

named_value! {
    pub enum SeenBy {
        Resident = "resident",
        Staff = "staff",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    /// The id of the agency's rule it began by.
    pub rule: String,
    pub seen_by: SeenBy,
    /// The rule's public words and source as they were then (P-77).
    pub words: String,
    pub source: String,
    pub started_at: Time,
    /// Never moves.
    pub due_at: Time,
    /// A later date that was given with a reason (P-80).
    pub promised_at: Option<Time>,
    /// Steps still to come before the limit ends: `[[instant, role], …]`, in the order of time.
    pub steps: Json,
    /// When something is next to be done about it: a step, or the end of the limit.
    pub next_at: Option<Time>,
    pub broken_at: Option<Time>,
    pub stopped_at: Option<Time>,
}

from_row!(Clock {
    id,
    report,
    agency,
    rule,
    seen_by,
    words,
    source,
    started_at,
    due_at,
    promised_at,
    steps,
    next_at,
    broken_at,
    stopped_at,
});

pub fn insert(tx: &mut Tx, clock: &Clock) -> Result<()> {
    tx.run(
        "INSERT INTO clock (id, report, agency, rule, seen_by, words, source, started_at, due_at, promised_at, steps, \
         next_at, broken_at, stopped_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[
            &clock.id,
            &clock.report,
            &clock.agency,
            &clock.rule,
            &clock.seen_by,
            &clock.words,
            &clock.source,
            &clock.started_at,
            &clock.due_at,
            &clock.promised_at,
            &clock.steps,
            &clock.next_at,
            &clock.broken_at,
            &clock.stopped_at,
        ],
    )?;
    Ok(())
}

/// Every clock of an agency's part, running or not, the soonest due first.
pub fn of_report(tx: &mut Tx, report: Uuid, agency: &str) -> Result<Vec<Clock>> {
    tx.all(
        "SELECT id, report, agency, rule, seen_by, words, source, started_at, due_at, promised_at, steps, next_at, \
         broken_at, stopped_at FROM clock WHERE report = $1 AND agency = $2 ORDER BY due_at, id",
        &[&report, &agency],
    )
}

/// Rule and end of those that run on an agency's part, the soonest due first.
pub fn limits(tx: &mut Tx, report: Uuid, agency: &str) -> Result<Vec<(String, Time)>> {
    tx.all(
        "SELECT rule, due_at FROM clock WHERE report = $1 AND agency = $2 AND stopped_at IS NULL ORDER BY due_at, id",
        &[&report, &agency],
    )
}

/// Clocks with something to be done about them, the longest waiting first. In a write no other gets them until the end: of
/// two servers the second sees what the first has done.
pub fn waiting(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Clock>> {
    house(actor)?;
    tx.lock("clocks")?;
    tx.all(
        "SELECT id, report, agency, rule, seen_by, words, source, started_at, due_at, promised_at, steps, next_at, \
         broken_at, stopped_at FROM clock WHERE next_at IS NOT NULL AND next_at <= $1 AND stopped_at IS NULL \
         ORDER BY next_at, id LIMIT $2",
        &[&now, &most],
    )
}

/// Writes what may change of a clock that has not stopped. One that has is [`Error::Stale`].
pub fn update(tx: &mut Tx, clock: &Clock) -> Result<()> {
    let n = tx.run(
        "UPDATE clock SET promised_at = $1, steps = $2, next_at = $3, broken_at = $4, stopped_at = $5 \
         WHERE id = $6 AND stopped_at IS NULL",
        &[&clock.promised_at, &clock.steps, &clock.next_at, &clock.broken_at, &clock.stopped_at, &clock.id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A limit of the agency that has passed and is still not met. No personal data but the report's reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    pub reference: String,
    pub service: String,
    pub team: String,
    pub assignee: Option<String>,
    pub rule: String,
    pub words: String,
    pub due_at: Time,
    pub promised_at: Option<Time>,
}

from_row!(Broken { reference, service, team, assignee, rule, words, due_at, promised_at });

/// Limits of the actor's agency that have passed, the oldest first.
pub fn broken(actor: &Actor, tx: &mut Tx) -> Result<Vec<Broken>> {
    rights::hold(actor, Right::SeeMeasures)?;
    let ours = Ours::of(actor)?;
    let mut statement = Statement {
        sql: "SELECT r.reference, s.service, s.team, p.name, c.rule, c.words, c.due_at, c.promised_at FROM clock AS c \
              JOIN report AS r ON r.id = c.report \
              JOIN sub_case AS s ON s.report = c.report AND s.agency = c.agency \
              LEFT JOIN staff AS p ON p.id = s.assignee"
            .to_owned(),
        params: Vec::new(),
    };
    statement.add(" WHERE c.agency = ", &ours.agency);
    statement.sql.push_str(" AND c.broken_at IS NOT NULL AND c.stopped_at IS NULL");
    statement.limit(&ours);
    statement.add(" ORDER BY c.due_at, c.id LIMIT ", &MOST_BROKEN);
    tx.all(&statement.sql, &statement.params)
}

/// How the limits of one rule that ended in a span were kept. Totals alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub met: i64,
    pub late: i64,
    /// Passed and still not met.
    pub open: i64,
}

from_row!(Kept { met, late, open });

/// Limits of a rule that ended from one instant up to another.
pub fn kept(tx: &mut Tx, agency: &str, rule: &str, from: Time, to: Time) -> Result<Kept> {
    tx.one(
        "SELECT CAST(COALESCE(SUM(CASE WHEN stopped_at <= due_at THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN stopped_at > due_at THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN stopped_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM clock WHERE agency = $1 AND rule = $2 AND due_at >= $3 AND due_at < $4",
        &[&agency, &rule, &from, &to],
    )
}
