//! The one row of the ledger: how far it goes, and its name.

use crate::{Error, Result, Tx, from_row, journal::house};
use rights::Actor;

/// The log as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Leaves; also the index of the next one.
    pub size: i64,
    /// The name in its checkpoints, once it has one.
    pub origin: Option<String>,
}

from_row!(Log { size, origin });

pub fn state(tx: &mut Tx) -> Result<Log> {
    tx.one("SELECT size, origin FROM log WHERE one = 1", &[])
}

/// Gives the log its name, once and for all: later names are not taken. Answers with the name it has.
pub fn name(actor: &Actor, tx: &mut Tx, origin: &str) -> Result<String> {
    house(actor)?;
    tx.run("UPDATE log SET origin = $1 WHERE one = 1 AND origin IS NULL", &[&origin])?;
    Ok(state(tx)?.origin.unwrap_or_default())
}

/// Moves the size on; [`Error::Stale`] where somebody else moved it since it was read.
pub fn grow(actor: &Actor, tx: &mut Tx, from: i64, to: i64) -> Result<()> {
    house(actor)?;
    match tx.run("UPDATE log SET size = $1 WHERE one = 1 AND size = $2", &[&to, &from])? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// The row of `generation` by which a ledger rests.
const RESTS: &str = "ledger rests";

/// Lets the ledger rest: nothing is sealed or signed on any node. For a house that was filled from a copy, of which nobody
/// has said yet what was published after it.
pub fn rest(actor: &Actor, tx: &mut Tx) -> Result<()> {
    house(actor)?;
    tx.run("INSERT INTO generation (name, n) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING", &[&RESTS])?;
    Ok(())
}

pub fn rests(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = $1", &[&RESTS])?.is_some())
}

/// Lets the ledger go on; under another name where one is given.
pub fn wake(actor: &Actor, tx: &mut Tx, name: Option<&str>) -> Result<()> {
    house(actor)?;
    if let Some(name) = name {
        tx.run("UPDATE log SET origin = $1 WHERE one = 1", &[&name])?;
    }
    tx.run("DELETE FROM generation WHERE name = $1", &[&RESTS])?;
    Ok(())
}
