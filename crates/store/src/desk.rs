//! Teams that an agency's part of a report goes to beside its own (C-3, C-14).

use crate::{Look, Result, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub team: String,
    /// It was called in by what everybody who sees the part may read.
    pub open: bool,
}

from_row!(Desk { team, open });

/// Puts the part before a team too: once, however often it is said.
pub fn add(tx: &mut Tx, sub_case: Uuid, desk: &Desk) -> Result<()> {
    tx.run(
        "INSERT INTO desk (sub_case, team, open) VALUES ($1, $2, $3) ON CONFLICT (sub_case, team) DO NOTHING",
        &[&sub_case, &desk.team, &desk.open],
    )?;
    Ok(())
}

/// By the id of the team.
pub fn of(actor: &Actor, look: &mut Look, sub_case: Uuid) -> Result<Vec<Desk>> {
    rights::hold(actor, Right::SeeReport)?;
    look.tx.all("SELECT team, open FROM desk WHERE sub_case = $1 ORDER BY team", &[&sub_case])
}

/// Takes the part from all of them, as its report becomes one of another kind.
pub fn clear(tx: &mut Tx, sub_case: Uuid) -> Result<()> {
    tx.run("DELETE FROM desk WHERE sub_case = $1", &[&sub_case])?;
    Ok(())
}
