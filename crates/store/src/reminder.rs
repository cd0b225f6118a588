//! Who wants to hear of a home's bin days on the evening before (C-37).

use crate::{Result, Time, Tx, from_row, journal::house};
use rights::Actor;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub id: Uuid,
    pub subscriber: Uuid,
    /// SHA-256 of the token that confirms it.
    pub token: Vec<u8>,
    pub uprn: String,
    /// Kinds of collection, apart by a space; empty: all of them.
    pub kinds: String,
    pub created_at: Time,
    /// None where nobody confirmed it.
    pub since: Option<Time>,
    /// When the days of the home are looked at next; none where it is paused.
    pub next_at: Option<Time>,
    /// The day that was told last, "2026-12-25".
    pub told_day: Option<String>,
    /// The rounds that were said to come on it, apart by a space.
    pub told: Option<String>,
}

from_row!(Reminder { id, subscriber, token, uprn, kinds, created_at, since, next_at, told_day, told });

const ROW: &str = "SELECT id, subscriber, token, uprn, kinds, created_at, since, next_at, told_day, told FROM reminder";

pub fn insert(tx: &mut Tx, row: &Reminder) -> Result<()> {
    tx.run(
        "INSERT INTO reminder (id, subscriber, token, uprn, kinds, created_at, since, next_at, told_day, told) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &row.id,
            &row.subscriber,
            &row.token,
            &row.uprn,
            &row.kinds,
            &row.created_at,
            &row.since,
            &row.next_at,
            &row.told_day,
            &row.told,
        ],
    )?;
    Ok(())
}

/// All of a subscriber's, confirmed or not, in the order they were asked for.
pub fn of(actor: &Actor, tx: &mut Tx, subscriber: Uuid) -> Result<Vec<Reminder>> {
    house(actor)?;
    tx.all(&format!("{ROW} WHERE subscriber = $1 ORDER BY id"), &[&subscriber])
}

pub fn by_id(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Option<Reminder>> {
    house(actor)?;
    tx.maybe(&format!("{ROW} WHERE id = $1"), &[&id])
}

/// The one that the token confirms: it is the proof.
pub fn by_token(tx: &mut Tx, token: &[u8]) -> Result<Option<Reminder>> {
    tx.maybe(&format!("{ROW} WHERE token = $1"), &[&token])
}

/// From now on it is told. One that is confirmed already stays as it is: false.
pub fn confirm(actor: &Actor, tx: &mut Tx, id: Uuid, (since, next_at): (Time, Time)) -> Result<bool> {
    house(actor)?;
    let done = tx.run(
        "UPDATE reminder SET since = $1, next_at = $2 WHERE id = $3 AND since IS NULL",
        &[&since, &next_at, &id],
    )?;
    Ok(done == 1)
}

/// Those whose days are to be looked at now, the longest waiting first. In a write no other gets them until the end.
pub fn due(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Reminder>> {
    house(actor)?;
    tx.lock("reminder")?;
    tx.all(&format!("{ROW} WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $2"), &[&now, &most])
}

/// Looked at: when again, and what was told of which day.
pub fn looked(actor: &Actor, tx: &mut Tx, id: Uuid, next_at: Time, told: Option<(&str, &str)>) -> Result<()> {
    house(actor)?;
    let (day, rounds) = (told.map(|(day, _)| day), told.map(|(_, rounds)| rounds));
    tx.run(
        "UPDATE reminder SET next_at = $1, told_day = $2, told = $3 WHERE id = $4 AND next_at IS NOT NULL",
        &[&next_at, &day, &rounds, &id],
    )?;
    Ok(())
}

/// All of a subscriber's that are confirmed look again at that instant; without one they are paused. What was told before is
/// forgotten.
pub fn wake_all(actor: &Actor, tx: &mut Tx, subscriber: Uuid, next_at: Option<Time>) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE reminder SET next_at = $1, told_day = NULL, told = NULL WHERE subscriber = $2 AND since IS NOT NULL",
        &[&next_at, &subscriber],
    )?;
    Ok(())
}

pub fn remove(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("DELETE FROM reminder WHERE id = $1", &[&id])?;
    Ok(())
}

/// Removes those that nobody confirmed: how many.
pub fn sweep(actor: &Actor, tx: &mut Tx, before: Time) -> Result<u64> {
    house(actor)?;
    tx.run("DELETE FROM reminder WHERE since IS NULL AND created_at < $1", &[&before])
}
