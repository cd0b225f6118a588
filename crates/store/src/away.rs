//! Who is away from work, and when they are back. Days are local ones, as they were said: `2026-12-07`.

use crate::{Result, Time, Tx, from_row, journal};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Away {
    pub staff: Uuid,
    pub from_on: String,
    /// The first day they are at work again.
    pub back_on: String,
    pub set_at: Time,
}

from_row!(Away { staff, from_on, back_on, set_at });

/// One's own, or anybody's for those who manage staff.
fn may(actor: &Actor, staff: Uuid) -> Result<()> {
    let own = actor.staff().is_some_and(|me| me.id == staff);
    Ok(rights::hold(actor, if own { Right::SeeQueue } else { Right::ManageStaff })?)
}

/// Puts it in the place of the one before. Somebody of another agency is not found.
pub fn keep(actor: &Actor, tx: &mut Tx, away: &Away) -> Result<()> {
    may(actor, away.staff)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let n = tx.run(
        "INSERT INTO away (staff, from_on, back_on, set_at) \
         SELECT id, $1, $2, CAST($3 AS BIGINT) FROM staff WHERE id = $4 AND agency = $5 AND active \
         ON CONFLICT (staff) DO UPDATE SET from_on = excluded.from_on, back_on = excluded.back_on, \
         set_at = excluded.set_at",
        &[&away.from_on, &away.back_on, &away.set_at, &away.staff, &agency],
    )?;
    if n == 1 { Ok(()) } else { Err(NotFound.into()) }
}

/// They are at work. Whether there was anything to end.
pub fn end(actor: &Actor, tx: &mut Tx, staff: Uuid) -> Result<bool> {
    may(actor, staff)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let n = tx.run(
        "DELETE FROM away WHERE staff = $1 AND staff IN (SELECT id FROM staff WHERE id = $1 AND agency = $2)",
        &[&staff, &agency],
    )?;
    Ok(n == 1)
}

/// What somebody of the actor's agency has said, past or to come.
pub fn of_colleague(actor: &Actor, tx: &mut Tx, staff: Uuid) -> Result<Option<Away>> {
    may(actor, staff)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.maybe(
        "SELECT a.staff, a.from_on, a.back_on, a.set_at FROM away AS a JOIN staff AS s ON s.id = a.staff \
         WHERE a.staff = $1 AND s.agency = $2",
        &[&staff, &agency],
    )
}

/// The day from which somebody is back, where they are away on this one: for the house, which finds another reader.
pub fn back_on(actor: &Actor, tx: &mut Tx, staff: Uuid, day: &str) -> Result<Option<String>> {
    journal::house(actor)?;
    let row: Option<(String,)> =
        tx.maybe("SELECT back_on FROM away WHERE staff = $1 AND from_on <= $2 AND back_on > $2", &[&staff, &day])?;
    Ok(row.map(|row| row.0))
}
