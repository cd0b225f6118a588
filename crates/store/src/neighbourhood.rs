//! Neighbourhood teams as people find them: versioned rows, one of each team in force. What is in force is published; what
//! was before, and by whom it was written, is for the agency's own staff who may write it.

use crate::{Error, Result, Time, Tx, clock::Kept, from_row};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Neighbourhood {
    pub id: Uuid,
    pub agency: String,
    /// The agency's own name for it in addresses.
    pub code: String,
    /// From 1.
    pub version: i64,
    pub name: String,
    pub body: Json,
    /// Where this version comes from.
    pub source: String,
    pub since: Time,
    /// None while it is in force.
    pub until: Option<Time>,
    /// Who wrote it by hand.
    pub by_staff: Option<Uuid>,
}

from_row!(Neighbourhood { id, agency, code, version, name, body, source, since, until, by_staff });

/// Every team in force, for the boundaries in memory.
pub fn in_force(tx: &mut Tx) -> Result<Vec<Neighbourhood>> {
    tx.all(
        "SELECT id, agency, code, version, name, body, source, since, until, by_staff FROM neighbourhood \
         WHERE until IS NULL ORDER BY agency, code",
        &[],
    )
}

/// The teams of an agency as they are in force, by name.
pub fn of_agency(tx: &mut Tx, agency: &str) -> Result<Vec<Neighbourhood>> {
    tx.all(
        "SELECT id, agency, code, version, name, body, source, since, until, by_staff FROM neighbourhood \
         WHERE agency = $1 AND until IS NULL ORDER BY name, code",
        &[&agency],
    )
}

pub fn one(tx: &mut Tx, agency: &str, code: &str) -> Result<Option<Neighbourhood>> {
    tx.maybe(
        "SELECT id, agency, code, version, name, body, source, since, until, by_staff FROM neighbourhood \
         WHERE agency = $1 AND code = $2 AND until IS NULL",
        &[&agency, &code],
    )
}

/// The neighbourhood of an agency in which a report lies; one of each agency.
pub fn lies_in(tx: &mut Tx, report: Uuid, agency: &str, code: &str) -> Result<()> {
    tx.run("INSERT INTO report_neighbourhood (report, agency, code) VALUES ($1, $2, $3)", &[&report, &agency, &code])?;
    Ok(())
}

/// How the limits of one rule that ended in a span were kept, by neighbourhood. Totals alone.
pub fn kept(tx: &mut Tx, agency: &str, rule: &str, from: Time, to: Time) -> Result<Vec<(String, Kept)>> {
    let rows = tx.all::<(String, i64, i64, i64)>(
        "SELECT n.code, CAST(SUM(CASE WHEN c.stopped_at <= c.due_at THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN c.stopped_at > c.due_at THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN c.stopped_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) FROM clock AS c \
         JOIN report_neighbourhood AS n ON n.report = c.report AND n.agency = c.agency \
         WHERE c.agency = $1 AND c.rule = $2 AND c.due_at >= $3 AND c.due_at < $4 GROUP BY n.code ORDER BY n.code",
        &[&agency, &rule, &from, &to],
    )?;
    Ok(rows.into_iter().map(|(code, met, late, open)| (code, Kept { met, late, open })).collect())
}

/// A version with the name of who wrote it, for the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub version: i64,
    pub name: String,
    pub body: Json,
    pub source: String,
    pub since: Time,
    pub until: Option<Time>,
    pub by_name: Option<String>,
}

from_row!(Version { version, name, body, source, since, until, by_name });

/// Versions that are listed.
pub const MOST_VERSIONS: i64 = 100;

/// The newest versions of a team of the actor's own agency, the newest first.
pub fn history(actor: &Actor, tx: &mut Tx, code: &str) -> Result<Vec<Version>> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all(
        "SELECT n.version, n.name, n.body, n.source, n.since, n.until, s.name AS by_name FROM neighbourhood AS n \
         LEFT JOIN staff AS s ON s.id = n.by_staff WHERE n.agency = $1 AND n.code = $2 ORDER BY n.version DESC LIMIT $3",
        &[&agency, &code, &MOST_VERSIONS],
    )
}

/// Puts a version in force in place of the one before it, which is told by its number. Another that came in between is
/// [`Error::Stale`]. Staff write for their own agency alone.
pub fn put(actor: &Actor, tx: &mut Tx, row: &Neighbourhood) -> Result<()> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    if actor.agency().is_some_and(|own| own != row.agency) {
        return Err(NotFound.into());
    }
    tx.lock(&format!("neighbourhood {} {}", row.agency, row.code))?;
    let before = one(tx, &row.agency, &row.code)?;
    if before.as_ref().map_or(0, |before| before.version) != row.version - 1 {
        return Err(Error::Stale);
    }
    if let Some(before) = before {
        tx.run("UPDATE neighbourhood SET until = $1 WHERE id = $2", &[&row.since.max(before.since), &before.id])?;
    }
    tx.run(
        "INSERT INTO neighbourhood (id, agency, code, version, name, body, source, since, until, by_staff) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9)",
        &[&row.id, &row.agency, &row.code, &row.version, &row.name, &row.body, &row.source, &row.since, &row.by_staff],
    )?;
    Ok(())
}
