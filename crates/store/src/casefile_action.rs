//! What staff did in a case. Its note stands in the content of its entry.

use crate::{Error, Result, Time, Tx, from_row, named_value};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

named_value! {
    /// Who reads that it was done.
    pub enum Visibility {
        /// Complainants too; never its note.
        Public = "public",
        Staff = "staff",
        /// Staff who open the history.
        Internal = "internal",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub id: Uuid,
    pub casefile: Uuid,
    /// By the agency's list.
    pub kind: String,
    pub visibility: Visibility,
    pub happened_at: Time,
    pub written_at: Time,
    /// None: the house.
    pub staff: Option<Uuid>,
    /// That holds its note as it reads now.
    pub entry: Uuid,
}

from_row!(Action { id, casefile, kind, visibility, happened_at, written_at, staff, entry });

pub fn insert(tx: &mut Tx, action: &Action) -> Result<()> {
    tx.run(
        "INSERT INTO casefile_action (id, casefile, type, visibility, happened_at, written_at, staff, entry) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &action.id,
            &action.casefile,
            &action.kind,
            &action.visibility,
            &action.happened_at,
            &action.written_at,
            &action.staff,
            &action.entry,
        ],
    )?;
    Ok(())
}

/// Those of the case itself, oldest first, without their notes.
pub fn of_casefile(tx: &mut Tx, casefile: Uuid) -> Result<Vec<Action>> {
    tx.all(
        "SELECT id, casefile, type, visibility, happened_at, written_at, staff, entry FROM casefile_action \
         WHERE casefile = $1 ORDER BY happened_at, id",
        &[&casefile],
    )
}

/// Puts another note in the place of the one before, by who wrote it; the earlier one stays with its entry.
pub fn reword(actor: &Actor, tx: &mut Tx, id: Uuid, (before, entry): (Uuid, Uuid)) -> Result<()> {
    rights::hold(actor, Right::Note)?;
    let author = actor.staff().ok_or(NotFound)?.id;
    let n = tx.run(
        "UPDATE casefile_action SET entry = $1 WHERE id = $2 AND entry = $3 AND staff = $4",
        &[&entry, &id, &before, &author],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
