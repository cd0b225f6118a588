//! What a person goes to see on a day (C-69): put there by themselves, in their order.

use super::{
    acts::{On, held, open},
    entry::write_without_report,
    queue::{Row, numbered},
};
use crate::{Draw, Refusal, Result, Setting};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Look, Time, Tx,
    journal::{Audience, Verb},
    report, shortlist,
};

/// Puts it at the end of the actor's list. From a colleague's list it comes over: one person goes.
pub fn put(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On) -> Result<()> {
    let held = held(actor, tx, Right::KeepShortlist, on)?;
    open(&held)?;
    let before = shortlist::put(actor, tx, held.head.id, draw.now())?;
    if before.is_some() && before == actor.staff().map(|me| me.id) {
        return Err(Refusal::AlreadyDone.into());
    }
    let facts = json!({ "from": before });
    held.enter(actor, tx, draw, ("shortlist.put", Verb::Alteration, Audience::Agency), facts, None)?;
    Ok(())
}

/// Takes it off the actor's list.
pub fn remove(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On) -> Result<()> {
    let held = held(actor, tx, Right::KeepShortlist, on)?;
    if !shortlist::remove(actor, tx, held.head.id)? {
        return Err(Refusal::AlreadyDone.into());
    }
    held.enter(actor, tx, draw, ("shortlist.removed", Verb::Alteration, Audience::Agency), json!({}), None)?;
    Ok(())
}

/// Whether it is on the actor's own list.
pub fn is_mine(actor: &Actor, tx: &mut Tx, report: uuid::Uuid) -> Result<bool> {
    rights::hold(actor, Right::KeepShortlist)?;
    let holder = shortlist::holder(actor, tx, report)?;
    Ok(holder.is_some() && holder == actor.staff().map(|me| me.id))
}

/// Moves one a place up or down.
pub fn shift(actor: &Actor, tx: &mut Tx, draw: &mut Draw, (reference, up): (&str, bool)) -> Result<()> {
    rights::hold(actor, Right::KeepShortlist)?;
    let head = report::by_reference(tx, reference)?.ok_or(NotFound)?;
    let mut order: Vec<_> = shortlist::list(actor, tx)?.into_iter().map(|row| row.0).collect();
    let at = order.iter().position(|report| *report == head.id).ok_or(NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
    let Some(to) = to else { return Ok(()) };
    order.swap(at, to);
    shortlist::order(actor, tx, &order)?;
    write_without_report(actor, tx, draw, "shortlist.ordered", json!({ "count": order.len() }))
}

/// The actor's list, as the list of reports shows them.
pub fn list(actor: &Actor, look: &mut Look, setting: &Setting, now: Time) -> Result<Vec<Row>> {
    rights::hold(actor, Right::KeepShortlist)?;
    let numbers: Vec<i64> = shortlist::list(actor, look.tx)?.into_iter().map(|row| row.1).collect();
    numbered(actor, look, setting, &numbers, now)
}
