//! What kind of incident an agency's part of a report is held to be (P-75): a category when it opened, one when it was over.

use crate::{Result, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// By the agency's list.
    pub opening: String,
    pub closing: Option<String>,
}

from_row!(Incident { opening, closing });

pub fn of_report(tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<Incident>> {
    tx.maybe("SELECT opening, closing FROM incident WHERE report = $1 AND agency = $2", &[&report, &agency])
}

/// What it is held to be from now on; what it was held to be before stands in the journal.
pub fn hold(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str, incident: &Incident) -> Result<()> {
    rights::hold(actor, Right::Assess)?;
    tx.run(
        "INSERT INTO incident (report, agency, opening, closing) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (report, agency) DO UPDATE SET opening = excluded.opening, closing = excluded.closing",
        &[&report, &agency, &incident.opening, &incident.closing],
    )?;
    Ok(())
}
