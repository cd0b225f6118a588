//! Filters of the list that a person, or a team of the agency, keeps under a name (C-63).

use crate::{Result, Time, Tx, from_row};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct SavedView {
    pub id: Uuid,
    pub agency: String,
    /// Who keeps it.
    pub staff: Uuid,
    /// Empty: for that person alone.
    pub team: String,
    pub name: String,
    pub filter: Json,
    pub created_at: Time,
}

from_row!(SavedView { id, agency, staff, team, name, filter, created_at });

/// Views that are listed of a person, and of each team.
pub const MOST: i64 = 20;

/// Keeps one; staff do so for themselves and for a team they are of.
pub fn keep(actor: &Actor, tx: &mut Tx, view: &SavedView) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    let me = actor.staff().ok_or(NotFound)?;
    let is_own = view.staff == me.id && view.agency == me.agency;
    if !is_own || !(view.team.is_empty() || me.teams.contains(&view.team)) {
        return Err(NotFound.into());
    }
    tx.run(
        "INSERT INTO saved_view (id, agency, staff, team, name, filter, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&view.id, &view.agency, &view.staff, &view.team, &view.name, &view.filter, &view.created_at],
    )?;
    Ok(())
}

/// The actor's own, then those of their teams.
pub fn seen(actor: &Actor, tx: &mut Tx) -> Result<Vec<SavedView>> {
    rights::hold(actor, Right::SeeQueue)?;
    let me = actor.staff().ok_or(NotFound)?;
    let mut all: Vec<SavedView> = tx.all(
        "SELECT id, agency, staff, team, name, filter, created_at FROM saved_view \
         WHERE staff = $1 AND team = '' ORDER BY name, id LIMIT $2",
        &[&me.id, &MOST],
    )?;
    for team in &me.teams {
        all.extend(tx.all::<SavedView>(
            "SELECT id, agency, staff, team, name, filter, created_at FROM saved_view \
             WHERE agency = $1 AND team = $2 AND team <> '' ORDER BY name, id LIMIT $3",
            &[&me.agency, team, &MOST],
        )?);
    }
    Ok(all)
}

/// Takes away one that the actor sees.
pub fn remove(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    if !seen(actor, tx)?.iter().any(|view| view.id == id) {
        return Err(NotFound.into());
    }
    tx.run("DELETE FROM saved_view WHERE id = $1", &[&id])?;
    Ok(())
}
