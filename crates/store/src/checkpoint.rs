//! What was signed and published of the ledger.

use crate::{Result, Time, Tx, from_row, journal::house};
use rights::Actor;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub size: i64,
    /// The size of the one before it.
    pub before: Option<i64>,
    pub root: Vec<u8>,
    pub at: Time,
    /// The signed note, byte for byte.
    pub note: String,
}

from_row!(Checkpoint { size, before, root, at, note });

/// Keeps one, unless one of its size or a larger one is there: sizes only grow. Answers with the largest there is then.
pub fn keep(actor: &Actor, tx: &mut Tx, new: &Checkpoint) -> Result<Checkpoint> {
    house(actor)?;
    tx.lock("checkpoint")?;
    let last = latest(tx)?;
    if let Some(last) = last.as_ref().filter(|last| last.size >= new.size) {
        return Ok(last.clone());
    }
    let new = Checkpoint { before: last.map(|last| last.size), ..new.clone() };
    tx.run(
        "INSERT INTO checkpoint (size, before, root, at, note) VALUES ($1, $2, $3, $4, $5)",
        &[&new.size, &new.before, &new.root, &new.at, &new.note],
    )?;
    Ok(new)
}

pub fn latest(tx: &mut Tx) -> Result<Option<Checkpoint>> {
    tx.maybe("SELECT size, before, root, at, note FROM checkpoint ORDER BY size DESC LIMIT 1", &[])
}

pub fn of_size(tx: &mut Tx, size: i64) -> Result<Option<Checkpoint>> {
    tx.maybe("SELECT size, before, root, at, note FROM checkpoint WHERE size = $1", &[&size])
}

/// In the order of their sizes, at most so many after the given one: for the check of the whole ledger.
pub fn after(actor: &Actor, tx: &mut Tx, size: i64, most: i64) -> Result<Vec<Checkpoint>> {
    house(actor)?;
    tx.all(
        "SELECT size, before, root, at, note FROM checkpoint WHERE size > $1 ORDER BY size LIMIT $2",
        &[&size, &most],
    )
}
