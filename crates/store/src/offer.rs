//! What staff changed of a service that their agency offers (C-68): versioned rows over its file, each from a day on.

use crate::{Error, Result, Time, Tx, from_row};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub id: Uuid,
    pub agency: String,
    pub service: String,
    /// From 1.
    pub version: i64,
    /// What differs from the file: an object.
    pub changes: Json,
    /// What changed from the version before, in words: a list of what, before and after.
    pub said: Json,
    /// The local day it begins, `2026-12-03`: of those whose day has come, the newest version is in force.
    pub from_day: String,
    pub reason: String,
    pub made_at: Time,
    pub by_staff: Uuid,
}

from_row!(Offer { id, agency, service, version, changes, said, from_day, reason, made_at, by_staff });

/// Versions that are listed.
pub const MOST_VERSIONS: i64 = 50;

/// The newest version, whether its day has come or not.
pub fn newest(tx: &mut Tx, agency: &str, service: &str) -> Result<Option<Offer>> {
    tx.maybe(
        "SELECT id, agency, service, version, changes, said, from_day, reason, made_at, by_staff FROM offer \
         WHERE agency = $1 AND service = $2 ORDER BY version DESC LIMIT 1",
        &[&agency, &service],
    )
}

/// Every version that is or may yet be in force, the oldest first: none that a newer one overtook.
pub fn all(tx: &mut Tx) -> Result<Vec<Offer>> {
    tx.all(
        "SELECT o.id, o.agency, o.service, o.version, o.changes, o.said, o.from_day, o.reason, o.made_at, o.by_staff \
         FROM offer AS o WHERE NOT EXISTS (SELECT 1 FROM offer AS n WHERE n.agency = o.agency AND n.service = o.service \
         AND n.version > o.version AND n.from_day <= o.from_day) ORDER BY o.agency, o.service, o.version",
        &[],
    )
}

/// A version with the name of who wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub version: i64,
    pub changes: Json,
    pub said: Json,
    pub from_day: String,
    pub reason: String,
    pub made_at: Time,
    pub by_name: String,
}

from_row!(Past { version, changes, said, from_day, reason, made_at, by_name });

/// The newest versions of a service of the actor's agency, the newest first.
pub fn history(actor: &Actor, tx: &mut Tx, service: &str) -> Result<Vec<Past>> {
    rights::hold(actor, Right::EditServices)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all(
        "SELECT o.version, o.changes, o.said, o.from_day, o.reason, o.made_at, s.name AS by_name FROM offer AS o \
         JOIN staff AS s ON s.id = o.by_staff WHERE o.agency = $1 AND o.service = $2 ORDER BY o.version DESC LIMIT $3",
        &[&agency, &service, &MOST_VERSIONS],
    )
}

/// Writes a version; another that came in between is [`Error::Stale`]. Running servers see it by the generation.
pub fn put(actor: &Actor, tx: &mut Tx, row: &Offer) -> Result<()> {
    rights::hold(actor, Right::EditServices)?;
    if actor.agency() != Some(row.agency.as_str()) {
        return Err(NotFound.into());
    }
    tx.lock(&format!("offer {} {}", row.agency, row.service))?;
    if newest(tx, &row.agency, &row.service)?.map_or(0, |before| before.version) != row.version - 1 {
        return Err(Error::Stale);
    }
    tx.run(
        "INSERT INTO offer (id, agency, service, version, changes, said, from_day, reason, made_at, by_staff) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &row.id,
            &row.agency,
            &row.service,
            &row.version,
            &row.changes,
            &row.said,
            &row.from_day,
            &row.reason,
            &row.made_at,
            &row.by_staff,
        ],
    )?;
    tx.run(
        "INSERT INTO generation (name, n) VALUES ('offers', 1) ON CONFLICT (name) DO UPDATE SET n = generation.n + 1",
        &[],
    )?;
    Ok(())
}

/// Rises with every version.
pub fn generation(tx: &mut Tx) -> Result<i64> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = 'offers'", &[])?.map_or(0, |(n,)| n))
}
