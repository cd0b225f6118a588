//! People believed responsible for what a case is about. They have a right of their own: others do not know that there are any.

use crate::{Error, Look, Result, Time, Tx};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

/// Somebody new; who it is stands in the content of the entry.
pub fn add(actor: &Actor, tx: &mut Tx, id: Uuid, casefile: Uuid, entry: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeePeople)?;
    tx.run(
        "INSERT INTO believed (id, casefile, entry, removed_at) VALUES ($1, $2, $3, NULL)",
        &[&id, &casefile, &entry],
    )?;
    Ok(())
}

/// They are no longer believed responsible. One who was removed before is [`Error::Stale`].
pub fn remove(actor: &Actor, tx: &mut Tx, id: Uuid, casefile: Uuid, at: Time) -> Result<()> {
    rights::hold(actor, Right::SeePeople)?;
    let n = tx.run(
        "UPDATE believed SET removed_at = $1 WHERE id = $2 AND casefile = $3 AND removed_at IS NULL",
        &[&at, &id, &casefile],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Those of the case, in the order they were added; who they are, where it was not erased.
pub fn of_casefile(actor: &Actor, look: &mut Look, casefile: Uuid) -> Result<Vec<(Uuid, Option<Json>)>> {
    rights::hold(actor, Right::SeePeople)?;
    look.tx.all(
        "SELECT b.id, c.body FROM believed AS b LEFT JOIN content AS c ON c.entry = b.entry \
         WHERE b.casefile = $1 AND b.removed_at IS NULL ORDER BY b.id",
        &[&casefile],
    )
}
