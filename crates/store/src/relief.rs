//! Parts that a duty team reads, since the person who deals with them is away.

use crate::{Result, Time, Tx};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

/// Rows the list of a duty team shows.
pub const MOST: i64 = 50;

#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    pub sub_case: Uuid,
    pub agency: String,
    pub team: String,
    pub since: Time,
}

/// Puts a part before the team; one that is there already keeps its time.
pub fn raise(tx: &mut Tx, relief: &Relief) -> Result<()> {
    tx.run(
        "INSERT INTO relief (sub_case, agency, team, since) VALUES ($1, $2, $3, $4) ON CONFLICT (sub_case) DO NOTHING",
        &[&relief.sub_case, &relief.agency, &relief.team, &relief.since],
    )?;
    Ok(())
}

/// Somebody has acted on the part.
pub fn end(tx: &mut Tx, sub_case: Uuid) -> Result<()> {
    tx.run("DELETE FROM relief WHERE sub_case = $1", &[&sub_case])?;
    Ok(())
}

/// Numbers of the parts that wait for a team of the actor's agency, the longest waiting first.
pub fn waiting(actor: &Actor, tx: &mut Tx, team: &str) -> Result<Vec<i64>> {
    rights::hold(actor, Right::SeeQueue)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let rows: Vec<(i64,)> = tx.all(
        "SELECT s.number FROM relief AS f JOIN sub_case AS s ON s.id = f.sub_case \
         WHERE f.agency = $1 AND f.team = $2 ORDER BY f.since, f.sub_case LIMIT $3",
        &[&agency, &team, &MOST],
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
