//! One act on many reports (C-69), and what came of each.

use crate::{Look, Result, Time, Tx, from_row, named_value};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Act {
        Assign = "assign",
        Stage = "stage",
        Priority = "priority",
        Note = "note",
        Shortlist = "shortlist",
    }
}

named_value! {
    pub enum State {
        Waiting = "waiting",
        Done = "done",
        Left = "left",
        Undone = "undone",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    /// The form it came with.
    pub id: Uuid,
    pub agency: String,
    pub staff: Uuid,
    pub act: Act,
    pub created_at: Time,
    pub undone_at: Option<Time>,
}

from_row!(Bulk { id, agency, staff, act, created_at, undone_at });

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub bulk: Uuid,
    pub ordinal: i64,
    pub report: Uuid,
    pub state: State,
    /// Why it was left out: a word of the program.
    pub why: String,
    /// What it was before, where it can be put back.
    pub before: Json,
    /// The version of the agency's part: the one the act was asked on while it waits, then the one it led to.
    pub version: i64,
}

from_row!(Item { bulk, ordinal, report, state, why, before, version });

fn own(actor: &Actor) -> Result<&rights::Staff> {
    rights::hold(actor, Right::SeeQueue)?;
    Ok(actor.staff().ok_or(NotFound)?)
}

/// Begins it with all its items waiting. Whether it is new: the same form once more changes nothing.
pub fn begin(actor: &Actor, tx: &mut Tx, bulk: &Bulk, items: &[Item]) -> Result<bool> {
    let me = own(actor)?;
    if bulk.staff != me.id || bulk.agency != me.agency {
        return Err(NotFound.into());
    }
    let n = tx.run(
        "INSERT INTO bulk (id, agency, staff, act, created_at, undone_at) VALUES ($1, $2, $3, $4, $5, NULL) \
         ON CONFLICT (id) DO NOTHING",
        &[&bulk.id, &bulk.agency, &bulk.staff, &bulk.act, &bulk.created_at],
    )?;
    if n == 0 {
        one(actor, tx, bulk.id)?;
        return Ok(false);
    }
    for item in items {
        tx.run(
            "INSERT INTO bulk_item (bulk, ordinal, report, state, why, before, version) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[&bulk.id, &item.ordinal, &item.report, &item.state, &item.why, &item.before, &item.version],
        )?;
    }
    Ok(true)
}

/// One that the actor began.
pub fn one(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Bulk> {
    let me = own(actor)?;
    let found: Option<Bulk> = tx.maybe(
        "SELECT id, agency, staff, act, created_at, undone_at FROM bulk WHERE id = $1 AND staff = $2 AND agency = $3",
        &[&id, &me.id, &me.agency],
    )?;
    Ok(found.ok_or(NotFound)?)
}

/// Its items in their order.
pub fn items(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Vec<Item>> {
    one(actor, tx, id)?;
    tx.all(
        "SELECT bulk, ordinal, report, state, why, before, version FROM bulk_item WHERE bulk = $1 ORDER BY ordinal",
        &[&id],
    )
}

/// Its items with the references of their reports, as a page lists them.
pub fn listed(actor: &Actor, look: &mut Look, id: Uuid) -> Result<Vec<(String, State, String)>> {
    one(actor, look.tx, id)?;
    let rows: Vec<(String, State, String)> = look.tx.all(
        "SELECT r.reference, i.state, i.why FROM bulk_item AS i JOIN report AS r ON r.id = i.report \
         WHERE i.bulk = $1 ORDER BY i.ordinal",
        &[&id],
    )?;
    look.lists(rows.iter().map(|row| row.0.clone()));
    Ok(rows)
}

/// Writes what came of an item, if it still is in the state it was read in: whether it was. One that another run of the same form
/// took meanwhile is not done twice.
pub fn settle(actor: &Actor, tx: &mut Tx, item: &Item, from: State) -> Result<bool> {
    own(actor)?;
    let n = tx.run(
        "UPDATE bulk_item SET state = $1, why = $2, before = $3, version = $4 WHERE bulk = $5 AND ordinal = $6 AND state = $7",
        &[&item.state, &item.why, &item.before, &item.version, &item.bulk, &item.ordinal, &from],
    )?;
    Ok(n == 1)
}

/// It was taken back as a whole.
pub fn undone(actor: &Actor, tx: &mut Tx, id: Uuid, at: Time) -> Result<()> {
    one(actor, tx, id)?;
    tx.run("UPDATE bulk SET undone_at = $1 WHERE id = $2", &[&at, &id])?;
    Ok(())
}
