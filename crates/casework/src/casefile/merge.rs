//! Staff merge cases that are of one matter, and take them apart again (C-21). Both are entries of both cases. Only a case that
//! was not merged is merged, into the one in which the other is worked: so there is no ring.

use super::{On, acts::changed, enter, held, root};
use crate::{Draw, Refusal, Result, codes};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx,
    casefile::{self, Casefile},
};

pub fn merge(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, into: &str) -> Result<()> {
    rights::hold(actor, Right::Close)?;
    casefile::take_turn(tx, actor.agency().unwrap_or_default())?;
    let mut case = held(actor, tx, Right::Close, on)?;
    if case.merged_into.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    let into = codes::read_reference(into).ok_or(Refusal::NoSuchCase)?;
    let named = casefile::by_reference(actor, tx, &into)?.ok_or(Refusal::NoSuchCase)?;
    let mut other = root(tx, named)?;
    if other.id == case.id {
        return Err(Refusal::SameCase.into());
    }
    if other.closed_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    (case.merged_into, case.merged_at) = (Some(other.id), Some(draw.now()));
    for case in [&mut case, &mut other] {
        case.merged_ever = true;
        case.next_at = None;
    }
    let facts = json!({ "into": other.reference, "from": case.reference });
    enter(actor, tx, draw, &[&case, &other], ("case.merged", facts), None)?;
    both(actor, tx, draw, case, other)
}

pub fn unmerge(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On) -> Result<()> {
    rights::hold(actor, Right::Close)?;
    casefile::take_turn(tx, actor.agency().unwrap_or_default())?;
    let mut case = held(actor, tx, Right::Close, on)?;
    let above = case.merged_into.ok_or(Refusal::AlreadyDone)?;
    let other = casefile::by_id(tx, above)?;
    (case.merged_into, case.merged_at) = (None, None);
    let facts = json!({ "into": other.reference, "from": case.reference });
    enter(actor, tx, draw, &[&case, &other], ("case.unmerged", facts), None)?;
    both(actor, tx, draw, case, other)
}

fn both(actor: &Actor, tx: &mut Tx, draw: &mut Draw, mut case: Casefile, mut other: Casefile) -> Result<()> {
    changed(actor, tx, draw, &mut case)?;
    changed(actor, tx, draw, &mut other)
}
