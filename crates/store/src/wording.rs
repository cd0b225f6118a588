//! The public words of a report, by version: who changes them says which they saw (C-50, C-53). What they were before stands in the
//! report's answers and in the entries of each change.

use crate::{Error, Result, Tx, journal};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

fn may(actor: &Actor, report: Uuid) -> Result<()> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::Moderate)?,
        _ => journal::own(actor, report)?,
    }
    Ok(())
}

/// Which version they are of; none where the report has no publication.
pub fn version(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<i64>> {
    may(actor, report)?;
    let row = tx.maybe::<(i64,)>("SELECT version FROM publication WHERE report = $1", &[&report])?;
    Ok(row.map(|(version,)| version))
}

/// What everybody reads from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    pub body: Json,
    pub photos: Json,
    pub doubtful: bool,
}

/// Changes them; [`Error::Stale`] where somebody else did so since `version`.
pub fn change(actor: &Actor, tx: &mut Tx, report: Uuid, version: i64, to: &Wording) -> Result<()> {
    may(actor, report)?;
    let n = tx.run(
        "UPDATE publication SET body = $1, photos = $2, doubtful = $3, version = version + 1 \
         WHERE report = $4 AND version = $5",
        &[&to.body, &to.photos, &to.doubtful, &report, &version],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
