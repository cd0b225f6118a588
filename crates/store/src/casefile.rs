//! A case of one or more complaints, as one agency works it. Cases merge into one another; none into itself or in a ring.

use crate::{
    Error, Look, Result, Time, Tx, from_row,
    journal::house,
    queue::{Ours, Statement},
};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

/// Rows that a list shows.
pub const MOST: i64 = 200;

#[derive(Clone, Debug, PartialEq)]
pub struct Casefile {
    pub id: Uuid,
    pub agency: String,
    pub service: String,
    /// Of the report it began with.
    pub reference: String,
    pub opened_at: Time,
    pub changed_at: Time,
    pub closed_at: Option<Time>,
    pub urgent: bool,
    /// A local day: `2026-12-07`.
    pub review_on: Option<String>,
    pub assignee: Option<Uuid>,
    pub ward: Option<String>,
    pub notice_at: Option<Time>,
    pub merged_into: Option<Uuid>,
    pub merged_at: Option<Time>,
    /// It was merged once, either way.
    pub merged_ever: bool,
    /// When the house looks whether it is to be closed by time.
    pub next_at: Option<Time>,
    pub warned_at: Option<Time>,
    /// Counts changes; a change made from an older one is [`Error::Stale`].
    pub version: i64,
}

from_row!(Casefile {
    id,
    agency,
    service,
    reference,
    opened_at,
    changed_at,
    closed_at,
    urgent,
    review_on,
    assignee,
    ward,
    notice_at,
    merged_into,
    merged_at,
    merged_ever,
    next_at,
    warned_at,
    version,
});

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.agency, c.service, c.reference, c.opened_at, c.changed_at, c.closed_at, c.urgent, c.review_on, \
             c.assignee, c.ward, c.notice_at, c.merged_into, c.merged_at, c.merged_ever, c.next_at, c.warned_at, c.version \
             FROM casefile AS c ",
            $rest
        )
    };
}

pub fn insert(tx: &mut Tx, case: &Casefile) -> Result<()> {
    tx.run(
        "INSERT INTO casefile (id, agency, service, reference, opened_at, changed_at, closed_at, urgent, review_on, \
         assignee, ward, notice_at, merged_into, merged_at, merged_ever, next_at, warned_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        &[
            &case.id,
            &case.agency,
            &case.service,
            &case.reference,
            &case.opened_at,
            &case.changed_at,
            &case.closed_at,
            &case.urgent,
            &case.review_on,
            &case.assignee,
            &case.ward,
            &case.notice_at,
            &case.merged_into,
            &case.merged_at,
            &case.merged_ever,
            &case.next_at,
            &case.warned_at,
            &case.version,
        ],
    )?;
    Ok(())
}

/// Writes what may change, if nobody else changed it since it was read.
pub fn update(actor: &Actor, tx: &mut Tx, case: &Casefile) -> Result<()> {
    if let Some(staff) = actor.staff() {
        rights::hold(actor, Right::SeeReport)?;
        if staff.agency != case.agency {
            return Err(NotFound.into());
        }
    }
    let n = tx.run(
        "UPDATE casefile SET changed_at = $1, closed_at = $2, urgent = $3, review_on = $4, assignee = $5, ward = $6, \
         notice_at = $7, merged_into = $8, merged_at = $9, merged_ever = $10, next_at = $11, warned_at = $12, \
         version = version + 1 WHERE id = $13 AND version = $14",
        &[
            &case.changed_at,
            &case.closed_at,
            &case.urgent,
            &case.review_on,
            &case.assignee,
            &case.ward,
            &case.notice_at,
            &case.merged_into,
            &case.merged_at,
            &case.merged_ever,
            &case.next_at,
            &case.warned_at,
            &case.id,
            &case.version,
        ],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Casefile> {
    tx.one(select!("WHERE c.id = $1"), &[&id])
}

/// A case of the actor's agency, by the reference of the report it began with, where their limits leave it to them.
pub fn by_reference(actor: &Actor, tx: &mut Tx, reference: &str) -> Result<Option<Casefile>> {
    let ours = Ours::of(actor)?;
    let mut statement = Statement { sql: select!("WHERE c.agency = ").to_owned(), params: Vec::new() };
    statement.add("", &ours.agency);
    statement.add(" AND c.reference = ", &reference);
    statement.limit_cases(&ours);
    tx.maybe(&statement.sql, &statement.params)
}

/// Cases in which a report stands, one for an agency, in the order they began.
pub fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<Casefile>> {
    tx.all(
        select!("WHERE c.id IN (SELECT m.casefile FROM complaint AS m WHERE m.report = $1) ORDER BY c.opened_at, c.id"),
        &[&report],
    )
}

/// Cases that were merged into this one itself, in the order of the merging.
pub fn under(tx: &mut Tx, id: Uuid) -> Result<Vec<Casefile>> {
    tx.all(select!("WHERE c.merged_into = $1 ORDER BY c.merged_at, c.id"), &[&id])
}

/// Cases that may be closed by time now, the longest waiting first. In a write no other gets them until the end.
pub fn due(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Casefile>> {
    house(actor)?;
    tx.lock("casefile")?;
    tx.all(select!("WHERE c.next_at <= $1 ORDER BY c.next_at, c.id LIMIT $2"), &[&now, &most])
}

/// Merging and unmerging take turns at an agency, so that two at once make no ring.
pub fn take_turn(tx: &mut Tx, agency: &str) -> Result<()> {
    tx.lock(&format!("casefile {agency}"))
}

/// The agency's list: what is open and not merged, urgent ones first, then the newest change.
pub fn open(actor: &Actor, look: &mut Look) -> Result<Vec<Casefile>> {
    list(actor, look, " AND c.closed_at IS NULL", " ORDER BY c.urgent DESC, c.changed_at DESC, c.id DESC LIMIT ")
}

/// Those that ended and were not merged, the newest first.
pub fn closed(actor: &Actor, look: &mut Look) -> Result<Vec<Casefile>> {
    list(actor, look, " AND c.closed_at IS NOT NULL", " ORDER BY c.closed_at DESC, c.id DESC LIMIT ")
}

fn list(actor: &Actor, look: &mut Look, which: &str, sorted: &str) -> Result<Vec<Casefile>> {
    rights::hold(actor, Right::SeeQueue)?;
    let ours = Ours::of(actor)?;
    let mut statement = Statement { sql: select!("WHERE c.agency = ").to_owned(), params: Vec::new() };
    statement.add("", &ours.agency);
    statement.sql.push_str(which);
    statement.sql.push_str(" AND c.merged_into IS NULL");
    statement.limit_cases(&ours);
    statement.add(sorted, &MOST);
    let all: Vec<Casefile> = look.tx.all(&statement.sql, &statement.params)?;
    look.lists(all.iter().map(|case| case.reference.clone()));
    Ok(all)
}
