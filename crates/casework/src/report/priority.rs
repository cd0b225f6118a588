//! How soon a report is worked, by the agency's own list (C-68). The target stays: it was promised.

use super::acts::{On, held, open};
use crate::{Draw, Refusal, Result, Setting};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx,
    journal::{Audience, Verb},
    sub_case,
};

pub fn set(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, to: &str) -> Result<()> {
    let mut held = held(actor, tx, Right::SetPriority, on)?;
    open(&held)?;
    let all = setting.priorities(&held.case.agency);
    let chosen = all.iter().find(|known| known.id == to).ok_or(Refusal::NoSuchPriority)?;
    to_number(actor, tx, draw, &mut held, (chosen.priority, &chosen.name))
}

/// Sets it by its number: as it was before, where an act on many is taken back.
pub(super) fn to_number(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    held: &mut super::acts::Held,
    (priority, name): (i64, &str),
) -> Result<()> {
    if held.case.priority == priority {
        return Err(Refusal::AlreadyDone.into());
    }
    let facts = json!({ "from": held.case.priority, "to": priority, "name": name });
    held.case.priority = priority;
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    held.enter(actor, tx, draw, ("priority.set", Verb::Alteration, Audience::Agency), facts, None)?;
    Ok(())
}
