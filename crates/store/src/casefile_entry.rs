//! What happened to a case, beside its complaints: entries of the journal that are no report's own.

use crate::{Look, Result, Tx, journal::Entry};
use rights::{Actor, Right};
use uuid::Uuid;

/// The entry is of the case. One of a merge is of both.
pub fn of(tx: &mut Tx, casefile: Uuid, entry: Uuid) -> Result<()> {
    tx.run("INSERT INTO casefile_entry (casefile, entry) VALUES ($1, $2)", &[&casefile, &entry])?;
    Ok(())
}

/// All of them with their words, for staff, oldest first.
pub fn of_casefile(actor: &Actor, look: &mut Look, casefile: Uuid) -> Result<Vec<Entry>> {
    rights::hold(actor, Right::SeeReport)?;
    look.tx.all(
        "SELECT j.id, j.at, j.verb, j.kind, j.agency, j.actor, j.actor_name, j.audience, j.facts, c.body \
         FROM casefile_entry AS f JOIN journal AS j ON j.id = f.entry LEFT JOIN content AS c ON c.entry = j.id \
         WHERE f.casefile = $1 ORDER BY j.id",
        &[&casefile],
    )
}
