//! Reports as other programs ask for them (Open311: a service request), and what was told of them. Everybody reads what is
//! public; the house reads for an agency whose key was shown.

use crate::{
    Result, Time, Tx, from_row, journal,
    publication::{After, Shown, Stand},
    queue::Statement,
    sub_case::Core,
};
use rights::Actor;
use serde_json::Value as Json;
use uuid::Uuid;

/// A report with how its work stands: all that a list needs, in one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub agency: String,
    pub place: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Publishable answers, by question.
    pub body: Json,
    /// Ids of photos that may be shown.
    pub photos: Json,
    pub shown: Shown,
    pub stand: Stand,
    pub received_at: Time,
    pub changed_at: Time,
    pub stage: String,
    pub core: Core,
    pub outcome: Option<String>,
    pub due_at: Time,
}

from_row!(Request {
    report,
    reference,
    service,
    definition,
    agency,
    place,
    lat,
    lon,
    body,
    photos,
    shown,
    stand,
    received_at,
    changed_at,
    stage,
    core,
    outcome,
    due_at,
});

/// A circle on the map, flat: good for some tens of kilometres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub lat: f64,
    pub lon: f64,
    /// The square of the cosine of the latitude.
    pub narrowing: f64,
    /// The square of the radius, in degrees of latitude.
    pub square: f64,
}

/// Which of an agency's reports; every field given narrows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub references: Vec<String>,
    pub services: Vec<String>,
    pub stands: Vec<Stand>,
    /// Received from this instant on, and before that one.
    pub from: Option<Time>,
    pub to: Option<Time>,
    /// Changed from this instant on, and before that one.
    pub changed_from: Option<Time>,
    pub changed_to: Option<Time>,
    pub near: Option<Near>,
    /// Only those that may have a photo that everybody may see; which of them it is, `photos` and the files say.
    pub with_photo: bool,
}

/// Adds ` AND column IN (…)`; nothing where there is nothing to be in.
/// The newest of an agency's reports first, at most so many. The house sees those that are not public too. What has no point
/// is in no list: programs cannot place it.
pub fn newest(
    actor: &Actor,
    tx: &mut Tx,
    agency: &String,
    wanted: &Wanted,
    after: Option<&After>,
    most: i64,
) -> Result<Vec<Request>> {
    let mut statement = Statement {
        sql: "SELECT p.report, p.reference, p.service, p.definition, p.agency, p.place, p.lat, p.lon, p.body, p.photos, p.shown, p.stand, \
              p.received_at, p.changed_at, s.stage, s.core, s.outcome, s.due_at FROM publication AS p \
              JOIN sub_case AS s ON s.report = p.report AND s.agency = p.agency WHERE p.lat IS NOT NULL"
            .to_owned(),
        params: Vec::new(),
    };
    if !matches!(actor, Actor::House(_)) {
        statement.sql.push_str(" AND p.shown = 'public'");
    }
    if wanted.with_photo {
        statement.sql.push_str(
            " AND p.shown = 'public' AND EXISTS (SELECT 1 FROM held AS h WHERE h.report = p.report \
             AND h.giver = 'reporter' AND h.hidden_at IS NULL)",
        );
    }
    let first = After { key: i64::MAX, reference: String::new() };
    let After { key, reference } = after.unwrap_or(&first);
    statement.add(" AND p.agency = ", agency);
    statement.add(" AND (p.received_at, p.reference) < (", key);
    statement.add(", ", reference);
    statement.sql.push(')');
    statement.among(" AND p.reference IN (", &wanted.references);
    statement.among(" AND p.service IN (", &wanted.services);
    statement.among(" AND p.stand IN (", &wanted.stands);
    for (before, at) in [
        (" AND p.received_at >= ", &wanted.from),
        (" AND p.received_at < ", &wanted.to),
        (" AND p.changed_at >= ", &wanted.changed_from),
        (" AND p.changed_at < ", &wanted.changed_to),
    ] {
        if let Some(at) = at {
            statement.add(before, at);
        }
    }
    if let Some(near) = &wanted.near {
        statement.add(" AND (p.lat - ", &near.lat);
        statement.add(") * (p.lat - ", &near.lat);
        statement.add(") + (p.lon - ", &near.lon);
        statement.add(") * (p.lon - ", &near.lon);
        statement.add(") * ", &near.narrowing);
        statement.add(" <= ", &near.square);
    }
    statement.add(" ORDER BY p.received_at DESC, p.reference DESC LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}

/// Files that the reporters of these reports gave, those that staff hid left out: which report, and the file. What of them
/// everybody may see, each publication says.
pub fn photos(tx: &mut Tx, reports: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement {
        sql: "SELECT report, id FROM held WHERE giver = 'reporter' AND hidden_at IS NULL AND scan IN ('none', 'clean')"
            .to_owned(),
        params: Vec::new(),
    };
    statement.among(" AND report IN (", reports);
    statement.sql.push_str(" ORDER BY report, id");
    tx.all(&statement.sql, &statement.params)
}

/// Something that was told of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub id: Uuid,
    pub reference: String,
    pub service: String,
    /// Of the report, now.
    pub stand: Stand,
    pub at: Time,
    pub kind: String,
    /// Who wrote the entry, where that was the house.
    pub by: String,
    pub facts: Json,
    /// What people wrote; none where it was erased.
    pub words: Option<Json>,
}

from_row!(Told { id, reference, service, stand, at, kind, by, facts, words });

/// Where the next page of what was told begins: the key of the last row given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: Time,
    pub id: Uuid,
}

/// What the agency told of its reports, oldest first, after the row `past` and before an instant; at most so many. For the
/// house alone. No references: of all its reports.
pub fn told(
    actor: &Actor,
    tx: &mut Tx,
    agency: &String,
    references: &[String],
    (past, before): (&Past, Time),
    most: i64,
) -> Result<Vec<Told>> {
    journal::house(actor)?;
    let mut statement = Statement {
        sql: "SELECT j.id, p.reference, p.service, p.stand, j.at, j.kind, j.actor_name, j.facts, c.body FROM journal AS j \
              JOIN publication AS p ON p.report = j.report LEFT JOIN content AS c ON c.entry = j.id \
              WHERE j.audience = 'resident' AND j.kind IN ('report.acknowledged', 'stage.set', 'report.closed', \
              'report.reopened', 'update.told')"
            .to_owned(),
        params: Vec::new(),
    };
    statement.add(" AND j.agency = ", agency);
    statement.add(" AND (j.at, j.id) > (", &past.at);
    statement.add(", ", &past.id);
    statement.add(") AND j.at < ", &before);
    statement.among(" AND p.reference IN (", references);
    statement.add(" ORDER BY j.at, j.id LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}
