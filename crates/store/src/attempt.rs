//! Answers in progress, sealed with a key that only the visitor's cookie holds. Not journaled.

use crate::{Error, Result, Time, Tx, from_row};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// SHA-256 of the cookie's token.
    pub token: Vec<u8>,
    pub service: String,
    pub sealed: Vec<u8>,
    pub created_at: Time,
    pub expires_at: Time,
    /// The report it became: a second sending finds it and makes no other.
    pub report: Option<Uuid>,
    /// Counts saves; an older page does not overwrite a newer answer unseen.
    pub version: i64,
}

from_row!(Attempt { token, service, sealed, created_at, expires_at, report, version });

pub fn insert(tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    tx.run(
        "INSERT INTO attempt (token, service, sealed, created_at, expires_at, report, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &attempt.token,
            &attempt.service,
            &attempt.sealed,
            &attempt.created_at,
            &attempt.expires_at,
            &attempt.report,
            &attempt.version,
        ],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Attempt>> {
    tx.maybe(
        "SELECT token, service, sealed, created_at, expires_at, report, version FROM attempt \
         WHERE token = $1 AND expires_at > $2",
        &[&token, &now],
    )
}

/// Saves the sealed answers over the version that was read.
pub fn save(tx: &mut Tx, token: &[u8], sealed: &[u8], expires_at: Time, version: i64) -> Result<()> {
    let n = tx.run(
        "UPDATE attempt SET sealed = $1, expires_at = $2, version = version + 1 \
         WHERE token = $3 AND version = $4 AND report IS NULL",
        &[&sealed, &expires_at, &token, &version],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Binds the attempt to the report it became; an attempt that was sent before is [`Error::Stale`].
pub fn sent(tx: &mut Tx, token: &[u8], report: Uuid, sealed: &[u8]) -> Result<()> {
    let n = tx.run(
        "UPDATE attempt SET report = $1, sealed = $2, version = version + 1 WHERE token = $3 AND report IS NULL",
        &[&report, &sealed, &token],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Exit, or begin again.
pub fn drop(tx: &mut Tx, token: &[u8]) -> Result<()> {
    tx.run("DELETE FROM attempt WHERE token = $1", &[&token])?;
    Ok(())
}
