//! Views of the list that a person, or a team, keeps under a name (C-63).

use super::entry::write_without_report;
use crate::{Draw, Refusal, Result, words};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Tx,
    saved_view::{self, SavedView},
};
use uuid::Uuid;

/// Most letters of a name: it is a link among others.
const NAME: usize = 40;

/// Keeps a filter under a name, for the actor alone or for a team they are of.
pub fn keep(actor: &Actor, tx: &mut Tx, draw: &mut Draw, (name, team): (&str, &str), filter: Json) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    let me = actor.staff().ok_or(NotFound)?;
    let name = words::read(name)?;
    if name.chars().count() > NAME || name.contains('\n') {
        return Err(Refusal::NameTooLong.into());
    }
    let of = |view: &SavedView| view.team == team && (!team.is_empty() || view.staff == me.id);
    if saved_view::seen(actor, tx)?.iter().filter(|view| of(view)).count() as i64 >= saved_view::MOST {
        return Err(Refusal::TooManyViews.into());
    }
    let view = SavedView {
        id: draw.id(),
        agency: me.agency.clone(),
        staff: me.id,
        team: team.to_owned(),
        name,
        filter,
        created_at: draw.now(),
    };
    saved_view::keep(actor, tx, &view)?;
    write_without_report(actor, tx, draw, "view.kept", json!({ "view": view.id, "team": view.team }))
}

/// Takes one away that the actor sees.
pub fn remove(actor: &Actor, tx: &mut Tx, draw: &mut Draw, id: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    saved_view::remove(actor, tx, id)?;
    write_without_report(actor, tx, draw, "view.removed", json!({ "view": id }))
}

/// Those that the actor sees: their own, then those of their teams.
pub fn seen(actor: &Actor, tx: &mut Tx) -> Result<Vec<SavedView>> {
    rights::hold(actor, Right::SeeQueue)?;
    Ok(saved_view::seen(actor, tx)?)
}
