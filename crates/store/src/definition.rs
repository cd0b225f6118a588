//! Definitions of services, kept by hash for ever.

use crate::{Result, Time, Tx, from_row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub hash: String,
    pub service: String,
    pub version: i64,
    pub body: String,
    pub words: String,
}

from_row!(Definition { hash, service, version, body, words });

/// Keeps a definition; one that is there stays as it is.
pub fn keep(tx: &mut Tx, definition: &Definition, now: Time) -> Result<()> {
    tx.run(
        "INSERT INTO definition (hash, service, version, body, words, stored) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (hash) DO NOTHING",
        &[&definition.hash, &definition.service, &definition.version, &definition.body, &definition.words, &now],
    )?;
    Ok(())
}

pub fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Definition>> {
    tx.maybe("SELECT hash, service, version, body, words FROM definition WHERE hash = $1", &[&hash])
}

/// Every definition ever published, for the services that old reports answered.
pub fn all(tx: &mut Tx) -> Result<Vec<Definition>> {
    tx.all("SELECT hash, service, version, body, words FROM definition ORDER BY service, version", &[])
}
