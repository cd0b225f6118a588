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

/// Earlier reports are counted up to this.
pub const MOST_EARLIER: i64 = 100;

/// Keeps by what other reports of the same person are found: made with a key that is not in the database.
pub fn mark(tx: &mut Tx, report: Uuid, hash: &[u8]) -> Result<()> {
    tx.run(
        "INSERT INTO reporter_mark (report, hash) VALUES ($1, $2) ON CONFLICT (report, hash) DO NOTHING",
        &[&report, &hash],
    )?;
    Ok(())
}

/// How many reports of the agency came from the same person before this one, up to [`MOST_EARLIER`].
pub fn earlier(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<i64> {
    rights::hold(actor, Right::SeeContact)?;
    look.shows(report, "earlier");
    let (count,): (i64,) = look.tx.one(
        // SQLite keeps to the order of a cross join; else it walks all parts of the agency.
        "SELECT COUNT(*) FROM (SELECT DISTINCT o.report FROM reporter_mark AS m CROSS JOIN reporter_mark AS o \
         CROSS JOIN sub_case AS s JOIN report AS mine ON mine.id = m.report JOIN report AS other ON other.id = o.report \
         WHERE m.report = $1 AND o.hash = m.hash AND o.report <> m.report AND s.report = o.report AND s.agency = $2 AND other.first_received_at < mine.first_received_at LIMIT $3) AS few",
        &[&report, &agency, &MOST_EARLIER],
    )?;
    Ok(count)
}
