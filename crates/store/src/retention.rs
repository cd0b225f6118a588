//! Reports whose time may be over (council C-76, J-43): which there are, and what still holds them.

use crate::{Result, Time, Tx, from_row, journal::house};
use rights::Actor;
use uuid::Uuid;

/// An agency's part of a report, as the rules of its retention look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aged {
    pub id: Uuid,
    pub report: Uuid,
    pub reference: String,
    pub agency: String,
    pub service: String,
    pub received_at: Time,
    pub changed_at: Time,
    /// When the agency was done with it; empty: it works on.
    pub closed_at: Option<Time>,
    pub anonymised_at: Option<Time>,
}

from_row!(Aged { id, report, reference, agency, service, received_at, changed_at, closed_at, anonymised_at });

/// Parts that were closed by then, the longest ago first, after the last one of the page before.
pub fn closed(actor: &Actor, tx: &mut Tx, agency: &str, by: Time, after: (Time, Uuid), most: i64) -> Result<Vec<Aged>> {
    house(actor)?;
    let (at, id) = after;
    tx.all(
        "SELECT s.id, s.report, r.reference, s.agency, s.service, r.first_received_at, s.changed_at, s.closed_at, \
         r.anonymised_at FROM sub_case AS s JOIN report AS r ON r.id = s.report \
         WHERE s.agency = $1 AND s.closed_at IS NOT NULL AND s.closed_at <= $2 AND (s.closed_at, s.id) > ($3, $4) \
         ORDER BY s.closed_at, s.id LIMIT $5",
        &[&agency, &by, &at, &id, &most],
    )
}

/// Open parts of a service that nobody has touched since, after the last one of the page before by its due date.
pub fn untouched(
    actor: &Actor,
    tx: &mut Tx,
    (agency, service): (&str, &str),
    since: Time,
    after: (Time, Uuid),
    most: i64,
) -> Result<Vec<(Aged, Time)>> {
    house(actor)?;
    let (due, id) = after;
    let found: Vec<Open> = tx.all(
        "SELECT s.id, s.report, r.reference, s.agency, s.service, r.first_received_at, s.changed_at, s.due_at \
         FROM sub_case AS s JOIN report AS r ON r.id = s.report \
         WHERE s.agency = $1 AND s.service = $2 AND s.closed_at IS NULL AND s.changed_at <= $3 \
         AND (s.due_at, s.id) > ($4, $5) ORDER BY s.due_at, s.id LIMIT $6",
        &[&agency, &service, &since, &due, &id, &most],
    )?;
    Ok(found.into_iter().map(Open::aged).collect())
}

struct Open {
    id: Uuid,
    report: Uuid,
    reference: String,
    agency: String,
    service: String,
    received_at: Time,
    changed_at: Time,
    due_at: Time,
}

from_row!(Open { id, report, reference, agency, service, received_at, changed_at, due_at });

impl Open {
    fn aged(self) -> (Aged, Time) {
        let Open { id, report, reference, agency, service, received_at, changed_at, due_at } = self;
        let (closed_at, anonymised_at) = (None, None);
        (Aged { id, report, reference, agency, service, received_at, changed_at, closed_at, anonymised_at }, due_at)
    }
}

/// Every agency's part of one report.
pub fn parts(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Aged>> {
    house(actor)?;
    tx.all(
        "SELECT s.id, s.report, r.reference, s.agency, s.service, r.first_received_at, s.changed_at, s.closed_at, \
         r.anonymised_at FROM sub_case AS s JOIN report AS r ON r.id = s.report WHERE s.report = $1 ORDER BY s.agency",
        &[&report],
    )
}

/// What still holds a report, whatever its age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Law,
    /// Something is still to go out, or the other side has not said that it has it (J-44).
    Underway,
    Money,
    /// A crime is recorded of it.
    Crime,
    /// It is part of a case that somebody works.
    Case,
}

const HOLDS: [(Holds, &str); 7] = [
    (Holds::Law, "SELECT report FROM legal_hold WHERE report = $1 AND released_at IS NULL LIMIT 1"),
    (Holds::Underway, "SELECT report FROM delivery WHERE report = $1 AND state IN ('waiting', 'sending') LIMIT 1"),
    (Holds::Underway, "SELECT report FROM hook WHERE report = $1 AND state <> 'sent' LIMIT 1"),
    (Holds::Underway, "SELECT report FROM sending WHERE report = $1 AND state NOT IN ('sent', 'void') LIMIT 1"),
    (Holds::Money, "SELECT report FROM payment WHERE report = $1 AND state IN ('asking', 'away', 'refunding') LIMIT 1"),
    (Holds::Crime, "SELECT report FROM crime_report WHERE report = $1 LIMIT 1"),
    (
        Holds::Case,
        "SELECT k.report FROM complaint AS k JOIN casefile AS c ON c.id = k.casefile WHERE k.report = $1 AND c.closed_at IS NULL LIMIT 1",
    ),
];

/// The first thing that holds it; none where nothing does.
pub fn holds(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Holds>> {
    house(actor)?;
    for (what, sql) in HOLDS {
        if tx.maybe::<(Uuid,)>(sql, &[&report])?.is_some() {
            return Ok(Some(what));
        }
    }
    Ok(None)
}
