//! Addresses and numbers whose reports an agency shows only by a decision of staff (C-54).

use crate::{Error, Look, Result, Time, Tx, from_row, named_value};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Kind {
        Email = "email",
        /// All that comes after the @ of an address.
        Domain = "domain",
        Phone = "phone",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Ban {
    /// Of its entry, whose content says why.
    pub id: Uuid,
    pub agency: String,
    pub kind: Kind,
    /// Small letters; a number as digits alone.
    pub value: String,
    pub until: Time,
}

/// One as staff read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub id: Uuid,
    pub kind: Kind,
    pub value: String,
    pub until: Time,
    /// `{"words": …}`: why.
    pub content: Option<Json>,
}

from_row!(Read { id, kind, value, until, content });

fn own(actor: &Actor) -> Result<&str> {
    rights::hold(actor, Right::Moderate)?;
    Ok(actor.agency().ok_or(NotFound)?)
}

/// Keeps it; its entry is there already. One that is in force is there once.
pub fn insert(actor: &Actor, tx: &mut Tx, ban: &Ban) -> Result<()> {
    if own(actor)? != ban.agency {
        return Err(NotFound.into());
    }
    tx.run(
        "UPDATE ban SET ended_at = $1 WHERE agency = $2 AND kind = $3 AND value = $4 AND ended_at IS NULL",
        &[&ban.until, &ban.agency, &ban.kind, &ban.value],
    )?;
    tx.run(
        "INSERT INTO ban (id, agency, kind, value, until) VALUES ($1, $2, $3, $4, $5)",
        &[&ban.id, &ban.agency, &ban.kind, &ban.value, &ban.until],
    )?;
    Ok(())
}

/// Those of one's own agency that nobody ended.
pub fn in_force(actor: &Actor, look: &mut Look, now: Time) -> Result<Vec<Read>> {
    let agency = own(actor)?.to_owned();
    look.tx.all(
        "SELECT b.id, b.kind, b.value, b.until, c.body FROM ban AS b LEFT JOIN content AS c ON c.entry = b.id \
         WHERE b.agency = $1 AND b.ended_at IS NULL AND b.until > $2 ORDER BY b.kind, b.value",
        &[&agency, &now],
    )
}

/// Is this in force at an agency?
pub fn holds(tx: &mut Tx, agency: &str, kind: Kind, value: &str, now: Time) -> Result<bool> {
    let sql = "SELECT id FROM ban WHERE agency = $1 AND kind = $2 AND value = $3 AND ended_at IS NULL AND until > $4";
    Ok(tx.maybe::<(Uuid,)>(sql, &[&agency, &kind, &value, &now])?.is_some())
}

/// Ends one of one's own agency; [`Error::Stale`] where it has ended.
pub fn end(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<()> {
    let agency = own(actor)?.to_owned();
    let sql = "UPDATE ban SET ended_at = $1 WHERE id = $2 AND agency = $3 AND ended_at IS NULL";
    if tx.run(sql, &[&now, &id, &agency])? == 1 { Ok(()) } else { Err(Error::Stale) }
}
