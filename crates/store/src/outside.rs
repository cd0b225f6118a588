//! What reports and services are called by an agency's own back office.

use crate::{Result, Time, Tx, from_row, journal};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    pub report: Uuid,
    pub agency: String,
    pub outside_id: String,
    pub customer_reference: Option<String>,
    pub known_at: Time,
}

from_row!(Outside { report, agency, outside_id, customer_reference, known_at });

/// Keeps what a report is called there; whether that is so now. The first name stays, and one that is another report's is
/// not kept.
pub fn keep(actor: &Actor, tx: &mut Tx, row: &Outside) -> Result<bool> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO outside (report, agency, outside_id, customer_reference, known_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
        &[&row.report, &row.agency, &row.outside_id, &row.customer_reference, &row.known_at],
    )?;
    Ok(of_report(actor, tx, row.report, &row.agency)?.is_some_and(|kept| kept.outside_id == row.outside_id))
}

pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<Outside>> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::SeeReport)?,
        _ => journal::house(actor)?,
    }
    tx.maybe(
        "SELECT report, agency, outside_id, customer_reference, known_at FROM outside WHERE report = $1 AND agency = $2",
        &[&report, &agency],
    )
}

/// Whether it has a name there.
pub fn is_named(tx: &mut Tx, report: Uuid, agency: &str) -> Result<bool> {
    let row: Option<(Uuid,)> =
        tx.maybe("SELECT report FROM outside WHERE report = $1 AND agency = $2", &[&report, &agency])?;
    Ok(row.is_some())
}

/// Since when the oldest report that the agency still works has its name there.
pub fn oldest_worked(actor: &Actor, tx: &mut Tx, agency: &str) -> Result<Option<Time>> {
    journal::house(actor)?;
    let (oldest,): (Option<Time>,) = tx.one(
        "SELECT MIN(o.known_at) FROM outside AS o JOIN sub_case AS s ON s.report = o.report AND s.agency = o.agency \
         WHERE o.agency = $1 AND s.core NOT IN ('with_other_agency', 'closed', 'withdrawn')",
        &[&agency],
    )?;
    Ok(oldest)
}

/// The report that is called so there, by its id or else by the reference that is shown.
pub fn named(actor: &Actor, tx: &mut Tx, agency: &str, name: &str) -> Result<Option<Uuid>> {
    journal::house(actor)?;
    let by_id: Option<(Uuid,)> =
        tx.maybe("SELECT report FROM outside WHERE agency = $1 AND outside_id = $2", &[&agency, &name])?;
    if let Some((report,)) = by_id {
        return Ok(Some(report));
    }
    // A reference that two reports were given names neither.
    let shown: Vec<(Uuid,)> =
        tx.all("SELECT report FROM outside WHERE agency = $1 AND customer_reference = $2 LIMIT 2", &[&agency, &name])?;
    Ok(match shown.as_slice() {
        [(report,)] => Some(*report),
        _ => None,
    })
}

/// Ids of reports that the agency still works, after this one; at most so many.
pub fn worked(actor: &Actor, tx: &mut Tx, agency: &str, after: &str, most: i64) -> Result<Vec<String>> {
    journal::house(actor)?;
    let rows: Vec<(String,)> = tx.all(
        "SELECT o.outside_id FROM outside AS o JOIN sub_case AS s ON s.report = o.report AND s.agency = o.agency \
         WHERE o.agency = $1 AND o.outside_id > $2 AND s.core NOT IN ('with_other_agency', 'closed', 'withdrawn') \
         ORDER BY o.outside_id LIMIT $3",
        &[&agency, &after, &most],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A service as the back office defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub code: String,
    pub version: i64,
    pub name: String,
    pub definition: Json,
    pub seen_at: Time,
    pub gone_at: Option<Time>,
}

from_row!(Service { code, version, name, definition, seen_at, gone_at });

/// The newest version of each of an agency's services. No personal data.
pub fn services(tx: &mut Tx, agency: &str) -> Result<Vec<Service>> {
    let mut all: Vec<Service> = tx.all(
        "SELECT code, version, name, definition, seen_at, gone_at FROM outside_service WHERE agency = $1 \
         ORDER BY code, version DESC",
        &[&agency],
    )?;
    all.dedup_by(|older, newer| older.code == newer.code);
    Ok(all)
}

/// Keeps a version as it is seen now.
pub fn keep_service(actor: &Actor, tx: &mut Tx, agency: &str, service: &Service) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO outside_service (agency, code, version, name, definition, seen_at, gone_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (agency, code, version) DO UPDATE SET \
         name = EXCLUDED.name, definition = EXCLUDED.definition, seen_at = EXCLUDED.seen_at, gone_at = EXCLUDED.gone_at",
        &[
            &agency,
            &service.code,
            &service.version,
            &service.name,
            &service.definition,
            &service.seen_at,
            &service.gone_at,
        ],
    )?;
    Ok(())
}

/// Services that the agency's back office had and no longer lists: code, name, since when.
pub fn gone(actor: &Actor, tx: &mut Tx) -> Result<Vec<Service>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let mut all = services(tx, agency)?;
    all.retain(|service| service.gone_at.is_some());
    Ok(all)
}
