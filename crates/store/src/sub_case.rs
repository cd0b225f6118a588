//! What one agency does with a report: its own state, targets and view.

use crate::{Error, Result, Time, Tx, from_row, journal::house, named_value};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    /// The core states; an agency's stages are data, each mapped to one of these.
    pub enum Core {
        Received = "received",
        Open = "open",
        WaitingResident = "waiting_resident",
        WithOtherAgency = "with_other_agency",
        Closed = "closed",
        Withdrawn = "withdrawn",
    }
}

impl Core {
    /// Nobody works it any more.
    pub const fn ended(self) -> bool {
        matches!(self, Core::WithOtherAgency | Core::Closed | Core::Withdrawn)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SubCase {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    pub service: String,
    pub stage: String,
    pub core: Core,
    pub team: String,
    pub assignee: Option<Uuid>,
    pub priority: i64,
    /// From [`next_number`]: the key of its words in the search, which gives the newest first.
    pub number: i64,
    pub flags: Json,
    pub shared: Json,
    pub received_at: Time,
    pub acknowledged_at: Option<Time>,
    pub first_due_at: Option<Time>,
    pub due_at: Time,
    pub changed_at: Time,
    pub closed_at: Option<Time>,
    pub outcome: Option<String>,
    /// The day its work is planned for, `YYYY-MM-DD`: of a stage that has one.
    pub planned_on: Option<String>,
    /// Counts changes; a change made from an older one is [`Error::Stale`].
    pub version: i64,
    /// The street cell and the degrees of the report's place, where the place was shared with the agency.
    pub cell: Option<i64>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

from_row!(SubCase {
    id,
    report,
    agency,
    service,
    stage,
    core,
    team,
    assignee,
    priority,
    number,
    flags,
    shared,
    received_at,
    acknowledged_at,
    first_due_at,
    due_at,
    changed_at,
    closed_at,
    outcome,
    planned_on,
    version,
    cell,
    lat,
    lon,
});

/// A number no part has; later parts have higher ones.
pub fn next_number(tx: &mut Tx) -> Result<i64> {
    tx.next_number()
}

/// A part begins before its work is planned for a day.
pub fn insert(tx: &mut Tx, case: &SubCase) -> Result<()> {
    tx.run(
        "INSERT INTO sub_case (id, report, agency, service, stage, core, team, assignee, priority, number, flags, shared, \
         received_at, acknowledged_at, first_due_at, due_at, changed_at, closed_at, outcome, version, \
         cell, lat, lon, ward, channel, device, filed_role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
         $21, $22, $23, (SELECT ward FROM report WHERE id = $2), (SELECT channel FROM report WHERE id = $2), \
         (SELECT device FROM report WHERE id = $2), (SELECT filed_role FROM report WHERE id = $2))",
        &[
            &case.id,
            &case.report,
            &case.agency,
            &case.service,
            &case.stage,
            &case.core,
            &case.team,
            &case.assignee,
            &case.priority,
            &case.number,
            &case.flags,
            &case.shared,
            &case.received_at,
            &case.acknowledged_at,
            &case.first_due_at,
            &case.due_at,
            &case.changed_at,
            &case.closed_at,
            &case.outcome,
            &case.version,
            &case.cell,
            &case.lat,
            &case.lon,
        ],
    )?;
    Ok(())
}

/// Every agency's part of a report, in the order they came.
pub fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<SubCase>> {
    tx.all(
        "SELECT id, report, agency, service, stage, core, team, assignee, priority, number, flags, shared, received_at, \
         acknowledged_at, first_due_at, due_at, changed_at, closed_at, outcome, planned_on, version, cell, \
         lat, lon FROM sub_case WHERE report = $1 ORDER BY received_at, id",
        &[&report],
    )
}

/// Parts of all reports in the order of their ids, at most so many behind the given one: for what is made of all of them.
pub fn behind(actor: &Actor, tx: &mut Tx, id: Uuid, most: i64) -> Result<Vec<SubCase>> {
    house(actor)?;
    tx.all(
        "SELECT id, report, agency, service, stage, core, team, assignee, priority, number, flags, shared, received_at, \
         acknowledged_at, first_due_at, due_at, changed_at, closed_at, outcome, planned_on, version, cell, \
         lat, lon FROM sub_case WHERE id > $1 ORDER BY id LIMIT $2",
        &[&id, &most],
    )
}

/// Gives what somebody still has back to their teams, as their account ends; how many there were.
pub fn release(actor: &Actor, tx: &mut Tx, agency: &str, staff: Uuid) -> Result<u64> {
    rights::hold(actor, Right::ManageStaff)?;
    tx.run(
        "UPDATE sub_case SET assignee = NULL, version = version + 1 WHERE agency = $1 AND assignee = $2 AND closed_at IS NULL",
        &[&agency, &staff],
    )
}

/// Writes marks and urgency that the house alone gives, if nobody changed the part since it was read. Pages that were drawn
/// before stay good: nothing they act on has changed.
pub fn mark(actor: &Actor, tx: &mut Tx, case: &SubCase) -> Result<()> {
    house(actor)?;
    let n = tx.run(
        "UPDATE sub_case SET flags = $1, priority = $2 WHERE id = $3 AND version = $4",
        &[&case.flags, &case.priority, &case.id, &case.version],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Writes what may change, if nobody else changed it since it was read.
pub fn update(actor: &Actor, tx: &mut Tx, case: &SubCase) -> Result<()> {
    if actor.staff().is_some() {
        rights::hold(actor, Right::SeeReport)?;
    }
    let n = tx.run(
        "UPDATE sub_case SET stage = $1, core = $2, team = $3, assignee = $4, priority = $5, flags = $6, shared = $7, \
         acknowledged_at = $8, first_due_at = $9, due_at = $10, changed_at = $11, closed_at = $12, outcome = $13, \
         cell = $14, lat = $15, lon = $16, planned_on = $17, version = version + 1 WHERE id = $18 AND version = $19",
        &[
            &case.stage,
            &case.core,
            &case.team,
            &case.assignee,
            &case.priority,
            &case.flags,
            &case.shared,
            &case.acknowledged_at,
            &case.first_due_at,
            &case.due_at,
            &case.changed_at,
            &case.closed_at,
            &case.outcome,
            &case.cell,
            &case.lat,
            &case.lon,
            &case.planned_on,
            &case.id,
            &case.version,
        ],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
