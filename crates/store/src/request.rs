//! Reports as other programs ask for them (Open311: a service request), and what was told of them. Everybody reads what is
//! public; the house reads for an agency whose key was shown.

use crate::{
    Result, Time, Tx,
    answer::Part,
    from_row, journal,
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
    /// The day the work is planned for, `YYYY-MM-DD`, of a stage that has one.
    pub planned_on: Option<String>,
    /// Who reported it, where everybody may read it and they want to be named.
    pub shown_name: Option<String>,
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
    planned_on,
    shown_name,
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
    /// Services whose reports have no public page, for those who may read them all the same: see [`private`].
    pub private: Vec<String>,
}

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
              p.received_at, p.changed_at, s.stage, s.core, s.outcome, s.due_at, s.planned_on, n.name FROM publication AS p \
              JOIN sub_case AS s ON s.report = p.report AND s.agency = p.agency \
              LEFT JOIN shown_name AS n ON n.item = p.report AND p.shown = 'public' WHERE p.lat IS NOT NULL"
            .to_owned(),
        params: Vec::new(),
    };
    if !matches!(actor, Actor::House(_)) {
        statement.sql.push_str(" AND p.shown = 'public'");
    }
    if wanted.with_photo {
        statement.sql.push_str(
            " AND p.shown = 'public' AND EXISTS (SELECT 1 FROM held AS h WHERE h.report = p.report \
             AND p.looked AND h.giver = 'reporter' AND h.remark IS NULL AND h.hidden_at IS NULL)",
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
        circle(&mut statement, "p", near);
    }
    statement.add(" ORDER BY p.received_at DESC, p.reference DESC LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}

/// A report that has no public page, with how an agency's part of it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Private {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub place: String,
    /// Of the part: only where the place is the agency's to see.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Which groups of answers the part may see.
    pub shared: Json,
    pub received_at: Time,
    pub changed_at: Time,
    pub stage: String,
    pub core: Core,
    pub outcome: Option<String>,
    pub due_at: Time,
    /// The day the work is planned for, `YYYY-MM-DD`, of a stage that has one.
    pub planned_on: Option<String>,
}

from_row!(Private {
    report,
    reference,
    service,
    definition,
    place,
    lat,
    lon,
    shared,
    received_at,
    changed_at,
    stage,
    core,
    outcome,
    due_at,
    planned_on,
});

/// What an agency works of the services in [`Wanted::private`], the newest first, at most so many; for the house alone. No
/// report of a sensitive flow, and none that needs more than its link, is ever among it.
pub fn private(
    actor: &Actor,
    tx: &mut Tx,
    agency: &String,
    wanted: &Wanted,
    after: Option<&After>,
    most: i64,
) -> Result<Vec<Private>> {
    journal::house(actor)?;
    let services: Vec<&String> =
        wanted.private.iter().filter(|id| wanted.services.is_empty() || wanted.services.contains(id)).collect();
    if services.is_empty() || wanted.with_photo {
        return Ok(Vec::new());
    }
    let mut statement = Statement {
        sql: "SELECT s.report, r.reference, s.service, r.definition, r.place, s.lat, s.lon, s.shared, s.received_at, \
              s.changed_at, s.stage, s.core, s.outcome, s.due_at, s.planned_on FROM sub_case AS s \
              JOIN report AS r ON r.id = s.report WHERE s.lat IS NOT NULL AND r.sensitive = FALSE \
              AND r.tracking <> 'link_and_pin' AND s.core <> 'with_other_agency' \
              AND NOT EXISTS (SELECT 1 FROM publication AS p WHERE p.report = s.report)"
            .to_owned(),
        params: Vec::new(),
    };
    let first = After { key: i64::MAX, reference: String::new() };
    let After { key, reference } = after.unwrap_or(&first);
    statement.add(" AND s.agency = ", agency);
    statement.add(" AND s.received_at <= ", key);
    statement.add(" AND (s.received_at, r.reference) < (", key);
    statement.add(", ", reference);
    statement.sql.push(')');
    let mut before = " AND s.service IN (";
    for service in services {
        statement.add(before, service);
        before = ", ";
    }
    statement.sql.push(')');
    statement.among(" AND r.reference IN (", &wanted.references);
    if !wanted.stands.is_empty() {
        match (wanted.stands.contains(&Stand::Open), wanted.stands.iter().any(|stand| *stand != Stand::Open)) {
            (true, false) => statement.sql.push_str(" AND s.core NOT IN ('closed', 'withdrawn')"),
            (false, true) => statement.sql.push_str(" AND s.core IN ('closed', 'withdrawn')"),
            _ => {}
        }
    }
    for (before, at) in [
        (" AND s.received_at >= ", &wanted.from),
        (" AND s.received_at < ", &wanted.to),
        (" AND s.changed_at >= ", &wanted.changed_from),
        (" AND s.changed_at < ", &wanted.changed_to),
    ] {
        if let Some(at) = at {
            statement.add(before, at);
        }
    }
    if let Some(near) = &wanted.near {
        circle(&mut statement, "s", near);
    }
    statement.add(" ORDER BY s.received_at DESC, r.reference DESC LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}

/// Adds that the point of the row lies in the circle.
fn circle<'p>(statement: &mut Statement<'p>, of: &'static str, near: &'p Near) {
    let [first, second, third, fourth] = match of {
        "s" => [" AND (s.lat - ", ") * (s.lat - ", ") + (s.lon - ", ") * (s.lon - "],
        _ => [" AND (p.lat - ", ") * (p.lat - ", ") + (p.lon - ", ") * (p.lon - "],
    };
    statement.add(first, &near.lat);
    statement.add(second, &near.lat);
    statement.add(third, &near.lon);
    statement.add(fourth, &near.lon);
    statement.add(") * ", &near.narrowing);
    statement.add(" <= ", &near.square);
}

/// Answers of these reports as they lie here, of parts that are neither restricted nor evidence, in one statement: which
/// report, which part, and what was said. For the house alone.
pub fn answers(actor: &Actor, tx: &mut Tx, reports: &[Uuid]) -> Result<Vec<(Uuid, Part, Json)>> {
    journal::house(actor)?;
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement {
        sql: "SELECT report, part, body FROM answer WHERE part IN ('plain', 'personal', 'place')".to_owned(),
        params: Vec::new(),
    };
    statement.among(" AND report IN (", reports);
    statement.sql.push_str(" ORDER BY report, part");
    tx.all(&statement.sql, &statement.params)
}

/// Files that the reporters of these reports gave, those that staff hid left out: which report, and the file. What of them
/// everybody may see, each publication says.
pub fn photos(tx: &mut Tx, reports: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement {
        sql:
            "SELECT report, id FROM held WHERE giver = 'reporter' AND remark IS NULL AND hidden_at IS NULL AND scan IN ('none', 'clean') \
              AND EXISTS (SELECT 1 FROM publication AS p WHERE p.report = held.report AND p.looked)"
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
/// house alone. No references: of all its reports; `services` are those without public pages that may be read too.
pub fn told(
    actor: &Actor,
    tx: &mut Tx,
    agency: &String,
    (references, services): (&[String], &[String]),
    (past, before): (&Past, Time),
    most: i64,
) -> Result<Vec<Told>> {
    journal::house(actor)?;
    let mut statement = Statement {
        sql: "SELECT j.id, r.reference, r.service, COALESCE(p.stand, CASE WHEN s.closed_at IS NULL THEN 'open' ELSE 'closed' END), \
              j.at, j.kind, j.actor_name, j.facts, c.body FROM journal AS j JOIN report AS r ON r.id = j.report \
              LEFT JOIN sub_case AS s ON s.report = j.report AND s.agency = j.agency \
              LEFT JOIN publication AS p ON p.report = j.report LEFT JOIN content AS c ON c.entry = j.id \
              WHERE j.audience = 'resident' AND j.kind IN ('report.acknowledged', 'stage.set', 'report.closed', \
              'report.reopened', 'update.told')"
            .to_owned(),
        params: Vec::new(),
    };
    // With a public page, or of a service whose reports have none and may be read all the same.
    statement.sql.push_str(" AND (p.report IS NOT NULL");
    let mut before_services =
        " OR (s.lat IS NOT NULL AND r.sensitive = FALSE AND r.tracking <> 'link_and_pin' AND r.service IN (";
    for service in services {
        statement.add(before_services, service);
        before_services = ", ";
    }
    statement.sql.push_str(if services.is_empty() { ")" } else { ")))" });
    statement.add(" AND j.agency = ", agency);
    statement.add(" AND (j.at, j.id) > (", &past.at);
    statement.add(", ", &past.id);
    statement.add(") AND j.at < ", &before);
    statement.among(" AND r.reference IN (", references);
    statement.add(" ORDER BY j.at, j.id LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}
