//! An agency's reports as rows of a table to take away (C-73): by the filters of its list, a piece at a time by key.

use crate::{
    Look, Result, Time, from_row,
    queue::{Filter, Statement, ours},
    report::{Device, FiledAs},
    sub_case::Core,
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

/// Rows of one piece, and of one entry in the journal.
pub const PIECE: i64 = 100;

/// What the agency has of a report. The place is given where it was shared with the agency, and is empty otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: Uuid,
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub type_code: String,
    pub anonymous: bool,
    pub channel: String,
    pub device: Device,
    /// For whom staff filed it, and the agency of those staff.
    pub filed_as: Option<FiledAs>,
    pub filed_at: Option<String>,
    pub stage: String,
    pub core: Core,
    pub team: String,
    pub priority: i64,
    pub shared: Json,
    pub place: String,
    pub area: String,
    pub ward: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub received_at: Time,
    pub acknowledged_at: Option<Time>,
    pub due_at: Time,
    pub closed_at: Option<Time>,
    pub outcome: Option<String>,
}

from_row!(Row {
    id,
    report,
    reference,
    service,
    definition,
    type_code,
    anonymous,
    channel,
    device,
    filed_as,
    filed_at,
    stage,
    core,
    team,
    priority,
    shared,
    place,
    area,
    ward,
    lat,
    lon,
    received_at,
    acknowledged_at,
    due_at,
    closed_at,
    outcome,
});

/// Where the next piece begins: when the last row came, or ended where those that ended are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    pub at: Time,
    pub id: Uuid,
}

/// What stands behind this row.
pub fn after(row: &Row, closed: bool) -> After {
    let at = if closed { row.closed_at.unwrap_or(row.received_at) } else { row.received_at };
    After { at, id: row.id }
}

/// The next piece, oldest first. The look is of all its reports.
pub fn piece(actor: &Actor, look: &mut Look, filter: &Filter, after: Option<&After>) -> Result<Vec<Row>> {
    rights::hold(actor, Right::SeeReport)?;
    let ours = ours(actor)?;
    look.reads_many();
    let mut statement = Statement {
        sql: "SELECT s.id, s.report, r.reference, s.service, r.definition, r.type_code, r.anonymous, r.channel, \
              r.device, r.filed_as, f.agency, s.stage, s.core, s.team, s.priority, s.shared, CASE WHEN s.cell IS NULL THEN '' ELSE r.place END, r.area, s.ward, \
              s.lat, s.lon, s.received_at, s.acknowledged_at, s.due_at, s.closed_at, s.outcome \
              FROM sub_case AS s JOIN report AS r ON r.id = s.report LEFT JOIN staff AS f ON f.id = r.filed_by"
            .to_owned(),
        params: Vec::new(),
    };
    statement.filter(&ours, filter);
    if let Some(after) = after {
        let behind = if filter.closed { " AND (s.closed_at, s.id) > (" } else { " AND (s.received_at, s.id) > (" };
        statement.add(behind, &after.at);
        statement.add(", ", &after.id);
        statement.sql.push(')');
    }
    let sorted =
        if filter.closed { " ORDER BY s.closed_at, s.id LIMIT " } else { " ORDER BY s.received_at, s.id LIMIT " };
    statement.add(sorted, &PIECE);
    let rows: Vec<Row> = look.tx.all(&statement.sql, &statement.params)?;
    look.lists(rows.iter().map(|row| row.reference.clone()));
    Ok(rows)
}
