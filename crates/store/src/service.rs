//! The service of a report, changed by staff (C-65). The definition that its answers were given to stays: they are read by that.

use crate::{Error, Result, Time, Tx};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

/// What it is now: the report, and the part of the agency that changed it. Agencies that handed it over keep what they had.
pub fn put(actor: &Actor, tx: &mut Tx, (report, part): (Uuid, Uuid), service: &str) -> Result<()> {
    rights::hold(actor, Right::ChangeService)?;
    tx.run("UPDATE report SET service = $1, type_code = $1 WHERE id = $2", &[&service, &report])?;
    tx.run("UPDATE sub_case SET service = $1 WHERE id = $2", &[&service, &part])?;
    Ok(())
}

/// What everybody reads it as: the new definition, and the answers to its questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Public {
    pub service: String,
    pub definition: String,
    pub body: Json,
    /// Ids of pictures that may be shown.
    pub photos: Json,
}

/// [`Error::Stale`] where it has no publication. Who changes its words meanwhile did so on an older version.
pub fn publish(actor: &Actor, tx: &mut Tx, report: Uuid, to: &Public, at: Time) -> Result<()> {
    rights::hold(actor, Right::ChangeService)?;
    let n = tx.run(
        "UPDATE publication SET service = $1, definition = $2, body = $3, photos = $4, changed_at = $5, \
         version = version + 1 WHERE report = $6",
        &[&to.service, &to.definition, &to.body, &to.photos, &at, &report],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
