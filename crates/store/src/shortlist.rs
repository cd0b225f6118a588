//! What a person goes to see on a day, in their order (C-69). A report is on one list of its agency.

use crate::{Result, Time, Tx};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

fn own(actor: &Actor) -> Result<&rights::Staff> {
    rights::hold(actor, Right::KeepShortlist)?;
    Ok(actor.staff().ok_or(NotFound)?)
}

/// Puts a report at the end of the actor's list, from whichever colleague's it was on. Whose that was; nobody's where it was on
/// none, and the actor's own where it stays where it is.
pub fn put(actor: &Actor, tx: &mut Tx, report: Uuid, at: Time) -> Result<Option<Uuid>> {
    let me = own(actor)?;
    let before = holder(actor, tx, report)?;
    if before == Some(me.id) {
        return Ok(before);
    }
    let last: Option<(i64,)> =
        tx.maybe("SELECT ordinal FROM shortlist WHERE staff = $1 ORDER BY ordinal DESC LIMIT 1", &[&me.id])?;
    let next = last.map_or(1, |last| last.0 + 1);
    tx.run(
        "INSERT INTO shortlist (report, agency, staff, ordinal, added_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (report, agency) DO UPDATE SET staff = excluded.staff, ordinal = excluded.ordinal, \
         added_at = excluded.added_at",
        &[&report, &me.agency, &me.id, &next, &at],
    )?;
    Ok(before)
}

/// On whose list of the actor's agency it is.
pub fn holder(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Uuid>> {
    let me = own(actor)?;
    let row: Option<(Uuid,)> =
        tx.maybe("SELECT staff FROM shortlist WHERE report = $1 AND agency = $2", &[&report, &me.agency])?;
    Ok(row.map(|row| row.0))
}

/// Takes it off the actor's own list. Whether it was there.
pub fn remove(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<bool> {
    let me = own(actor)?;
    let n = tx.run(
        "DELETE FROM shortlist WHERE report = $1 AND agency = $2 AND staff = $3",
        &[&report, &me.agency, &me.id],
    )?;
    Ok(n == 1)
}

/// The open reports of the actor's list in their order, each by its id and by the number of its part.
pub fn list(actor: &Actor, tx: &mut Tx) -> Result<Vec<(Uuid, i64)>> {
    let me = own(actor)?;
    tx.all(
        "SELECT l.report, s.number FROM shortlist AS l JOIN sub_case AS s ON s.report = l.report AND s.agency = l.agency \
         WHERE l.staff = $1 AND s.closed_at IS NULL ORDER BY l.ordinal, l.report LIMIT 100",
        &[&me.id],
    )
}

/// Writes the order of the actor's list.
pub fn order(actor: &Actor, tx: &mut Tx, reports: &[Uuid]) -> Result<()> {
    let me = own(actor)?;
    for (ordinal, report) in (1i64..).zip(reports) {
        tx.run(
            "UPDATE shortlist SET ordinal = $1 WHERE report = $2 AND agency = $3 AND staff = $4",
            &[&ordinal, report, &me.agency, &me.id],
        )?;
    }
    Ok(())
}
