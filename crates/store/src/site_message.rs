//! What agencies say on the pages of the site for a time (C-74).

use crate::{Result, Time, Tx, from_row, named_value};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

named_value! {
    /// Where it stands.
    pub enum Place {
        Front = "front",
        Reporting = "reporting",
        Waste = "waste",
    }
}

named_value! {
    /// By the hours of the agency's offices.
    pub enum Hours {
        Any = "any",
        Open = "open",
        Shut = "shut",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SiteMessage {
    pub id: Uuid,
    pub agency: String,
    pub place: Place,
    pub hours: Hours,
    /// The code of a ward; empty: everywhere.
    pub ward: String,
    pub heading: String,
    pub words: String,
    pub from_at: Time,
    pub until_at: Option<Time>,
    pub made_at: Time,
    pub by_staff: Uuid,
}

from_row!(SiteMessage { id, agency, place, hours, ward, heading, words, from_at, until_at, made_at, by_staff });

/// Messages that are held in memory; nobody shows as many.
pub const MOST: i64 = 500;
/// Messages that are listed.
pub const MOST_LISTED: i64 = 50;

/// Every message that is shown now or later, the oldest first.
pub fn shown(tx: &mut Tx, now: Time) -> Result<Vec<SiteMessage>> {
    tx.all(
        "SELECT id, agency, place, hours, ward, heading, words, from_at, until_at, made_at, by_staff FROM site_message \
         WHERE ended_at IS NULL AND (until_at IS NULL OR until_at > $1) ORDER BY made_at, id LIMIT $2",
        &[&now, &MOST],
    )
}

/// A message with who wrote it and who ended it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: Uuid,
    pub place: Place,
    pub hours: Hours,
    pub ward: String,
    pub heading: String,
    pub words: String,
    pub from_at: Time,
    pub until_at: Option<Time>,
    pub made_at: Time,
    pub ended_at: Option<Time>,
    pub by_name: String,
    pub ended_name: Option<String>,
}

from_row!(Listed { id, place, hours, ward, heading, words, from_at, until_at, made_at, ended_at, by_name, ended_name });

/// The newest messages of the actor's agency, the newest first.
pub fn own(actor: &Actor, tx: &mut Tx) -> Result<Vec<Listed>> {
    rights::hold(actor, Right::EditMessages)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all(
        "SELECT m.id, m.place, m.hours, m.ward, m.heading, m.words, m.from_at, m.until_at, m.made_at, m.ended_at, \
         s.name AS by_name, e.name AS ended_name FROM site_message AS m JOIN staff AS s ON s.id = m.by_staff \
         LEFT JOIN staff AS e ON e.id = m.ended_by WHERE m.agency = $1 ORDER BY m.made_at DESC, m.id DESC LIMIT $2",
        &[&agency, &MOST_LISTED],
    )
}

/// Shows a message. Running servers see it by the generation.
pub fn insert(actor: &Actor, tx: &mut Tx, row: &SiteMessage) -> Result<()> {
    rights::hold(actor, Right::EditMessages)?;
    if actor.agency() != Some(row.agency.as_str()) {
        return Err(NotFound.into());
    }
    tx.run(
        "INSERT INTO site_message (id, agency, place, hours, ward, heading, words, from_at, until_at, made_at, by_staff) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &row.id,
            &row.agency,
            &row.place,
            &row.hours,
            &row.ward,
            &row.heading,
            &row.words,
            &row.from_at,
            &row.until_at,
            &row.made_at,
            &row.by_staff,
        ],
    )?;
    raise(tx)
}

/// Ends one of the actor's agency. False: it had ended, by hand or by its time.
pub fn end(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<bool> {
    rights::hold(actor, Right::EditMessages)?;
    let me = actor.staff().ok_or(NotFound)?;
    let there = tx.maybe::<(Uuid,)>("SELECT id FROM site_message WHERE id = $1 AND agency = $2", &[&id, &me.agency])?;
    there.ok_or(NotFound)?;
    let ended = tx.run(
        "UPDATE site_message SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL \
         AND (until_at IS NULL OR until_at > $4)",
        &[&now, &me.id, &id, &now],
    )?;
    if ended > 0 {
        raise(tx)?;
    }
    Ok(ended > 0)
}

fn raise(tx: &mut Tx) -> Result<()> {
    tx.run(
        "INSERT INTO generation (name, n) VALUES ('site messages', 1) ON CONFLICT (name) DO UPDATE SET n = generation.n + 1",
        &[],
    )?;
    Ok(())
}

/// Rises with every message that is shown or ended.
pub fn generation(tx: &mut Tx) -> Result<i64> {
    Ok(tx.maybe::<(i64,)>("SELECT n FROM generation WHERE name = 'site messages'", &[])?.map_or(0, |(n,)| n))
}
