//! Who reported, and how they may safely be reached.

use crate::{Look, Result, Tx, from_row, journal};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// The safe-contact record (P-54), read by `casework::contact` alone.
    pub safe: Json,
}

from_row!(Contact { name, email, phone, safe });

pub fn insert(tx: &mut Tx, report: Uuid, contact: &Contact) -> Result<()> {
    tx.run(
        "INSERT INTO contact (report, name, email, phone, safe) VALUES ($1, $2, $3, $4, $5)",
        &[&report, &contact.name, &contact.email, &contact.phone, &contact.safe],
    )?;
    Ok(())
}

const CONTACT: &str = "SELECT name, email, phone, safe FROM contact WHERE report = $1";

/// For the reporter and for the house itself (the contact gate).
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Contact>> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    tx.maybe(CONTACT, &[&report])
}

/// For staff with the right to see it.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Option<Contact>> {
    rights::hold(actor, Right::SeeContact)?;
    look.shows(report, "contact");
    look.tx.maybe(CONTACT, &[&report])
}
