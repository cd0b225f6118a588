//! Who asked by mail to hear of public reports. The address stands here, and in the mails that are on their way to it.

use crate::{Result, Time, Tx, from_row, journal::house, named_value};
use rights::Actor;
use uuid::Uuid;

named_value! {
    /// Why nothing goes to an address any more.
    pub enum Why {
        /// Somebody who holds the link said so.
        Asked = "asked",
        /// The mail server of the address refuses it.
        Bounced = "bounced",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    pub id: Uuid,
    /// Made of the address with a key that is not in the database.
    pub mark: Vec<u8>,
    pub address: String,
    /// SHA-256 of the token of the page.
    pub token: Vec<u8>,
    pub created_at: Time,
    pub confirmed_at: Option<Time>,
    pub stopped_at: Option<Time>,
    pub stopped_why: Option<Why>,
}

from_row!(Subscriber { id, mark, address, token, created_at, confirmed_at, stopped_at, stopped_why });

const ROW: &str =
    "SELECT id, mark, address, token, created_at, confirmed_at, stopped_at, stopped_why FROM subscriber WHERE";

/// Keeps somebody who is not known yet. Who is known stays as they are.
pub fn insert(tx: &mut Tx, row: &Subscriber) -> Result<()> {
    tx.run(
        "INSERT INTO subscriber (id, mark, address, token, created_at, confirmed_at, stopped_at, stopped_why) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mark) DO NOTHING",
        &[
            &row.id,
            &row.mark,
            &row.address,
            &row.token,
            &row.created_at,
            &row.confirmed_at,
            &row.stopped_at,
            &row.stopped_why,
        ],
    )?;
    Ok(())
}

pub fn by_mark(actor: &Actor, tx: &mut Tx, mark: &[u8]) -> Result<Option<Subscriber>> {
    house(actor)?;
    tx.maybe(&format!("{ROW} mark = $1"), &[&mark])
}

pub fn by_id(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Option<Subscriber>> {
    house(actor)?;
    tx.maybe(&format!("{ROW} id = $1"), &[&id])
}

/// Whose page the token opens: it is the proof.
pub fn by_token(tx: &mut Tx, token: &[u8]) -> Result<Option<Subscriber>> {
    tx.maybe(&format!("{ROW} token = $1"), &[&token])
}

/// The address is theirs: mail that was sent there was read. What had stopped it is over.
pub fn confirm(actor: &Actor, tx: &mut Tx, id: Uuid, at: Time) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE subscriber SET confirmed_at = COALESCE(confirmed_at, $1), stopped_at = NULL, stopped_why = NULL \
         WHERE id = $2",
        &[&at, &id],
    )?;
    Ok(())
}

/// Nothing goes there any more: whether that is new.
pub fn stop(actor: &Actor, tx: &mut Tx, id: Uuid, why: Why, at: Time) -> Result<bool> {
    house(actor)?;
    let n = tx.run(
        "UPDATE subscriber SET stopped_at = $1, stopped_why = $2 WHERE id = $3 AND stopped_at IS NULL",
        &[&at, &why, &id],
    )?;
    Ok(n == 1)
}

/// Forgets the person: address, subscriptions, what they were told, and the mails that hold the address.
pub fn forget(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("DELETE FROM delivery WHERE id IN (SELECT delivery FROM alert_mail WHERE subscriber = $1)", &[&id])?;
    tx.run("DELETE FROM subscriber WHERE id = $1", &[&id])?;
    Ok(())
}

/// Those who began before this instant and never confirmed; at most so many.
pub fn unconfirmed(actor: &Actor, tx: &mut Tx, before: Time, most: i64) -> Result<Vec<Uuid>> {
    house(actor)?;
    let rows: Vec<(Uuid,)> = tx.all(
        "SELECT id FROM subscriber WHERE confirmed_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2",
        &[&before, &most],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
