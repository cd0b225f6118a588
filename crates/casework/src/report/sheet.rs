//! An agency's reports, and what was told of them, as tables to take away (C-73): by the filters of the list, with the rights of
//! the one who asks. Who reported, and how to reach them, is in neither.

use super::{answers, coded, files, timeline};
use crate::{Result, Setting};
use catalogue::{Kind, Question, Service, ShownAnswer};
use places::{Point, grid::Grid};
use rights::{Actor, Group, Groups, Relation, Right};
use serde_json::Value as Json;
use store::{
    Look, Time, answer, journal,
    journal::Audience,
    queue::Filter,
    report::FiledAs,
    sheet::{self, After, Row},
    sub_case::Core,
};

/// The columns before those of the answers, in the order of C-73. A name is shown where somebody chose to show it; nobody can yet.
pub const OF_REPORTS: [&str; 26] = [
    "id",
    "title",
    "detail",
    "shown_name",
    "service",
    "sub_service",
    "created",
    "confirmed",
    "acknowledged",
    "action_scheduled",
    "fixed",
    "closed",
    "state",
    "latitude",
    "longitude",
    "query",
    "ward",
    "easting",
    "northing",
    "url",
    "device",
    "site",
    "filed_as",
    "team",
    "priority",
    "due",
];

pub const OF_UPDATES: [&str; 8] =
    ["report_id", "update_id", "date", "status", "state_set", "text", "shown_name", "filed_as"];

/// How the column of a national return's code ends that stands behind its question (C-15).
const CODE: &str = ".code";

/// What the cells are written with: the house's address, and how it writes an instant.
#[derive(Clone)]
pub struct Form {
    pub house: String,
    pub moment: fn(Time) -> String,
}

/// Rows of cells, and where the next piece begins; none at the end.
pub struct Piece {
    pub rows: Vec<Vec<String>>,
    pub next: Option<After>,
}

/// A column of its own: neither the place, which has columns, nor the person.
fn has_column(actor: &Actor, question: &Question) -> bool {
    let may = rights::hold(actor, answers::part_of(question).right()).is_ok();
    may && !matches!(question.kind, Kind::Place { decides: true, .. } | Kind::Person { .. })
}

/// The questions that have columns: those of the services that are asked for, as they are asked today, each id once.
pub fn questions(actor: &Actor, setting: &Setting, filter: &Filter) -> Vec<String> {
    let asked = |service: &str| {
        filter.service.as_deref().is_none_or(|only| only == service)
            && (filter.services.is_empty() || filter.services.iter().any(|one| one == service))
    };
    let mut ids: Vec<String> = Vec::new();
    let services = setting.services_of(actor.agency().unwrap_or_default());
    for service in services.iter().filter(|(id, _)| asked(id)).filter_map(|(id, _)| setting.catalogue.service(id)) {
        for question in service.questions.iter().filter(|question| has_column(actor, question)) {
            if !ids.contains(&question.id) {
                ids.push(question.id.clone());
            }
            let code = format!("{}{CODE}", question.id);
            if !question.codes.is_empty() && !ids.contains(&code) {
                ids.push(code);
            }
        }
    }
    ids
}

/// The next piece of the table of reports. The last column holds answers to questions that are not asked any more.
pub fn reports(
    actor: &Actor,
    look: &mut Look,
    setting: &Setting,
    (filter, questions, form): (&Filter, &[String], &Form),
    after: Option<&After>,
) -> Result<Piece> {
    let (rows, next) = piece(actor, look, filter, after)?;
    let mut cells = Vec::with_capacity(rows.len());
    for row in &rows {
        let service = setting.definition(&row.definition);
        let bodies = bodies_of(actor, look, row)?;
        let shown = answers_of(actor, service.as_deref(), &bodies);
        let codes = codes_of(actor, look, service.as_deref(), (row, &bodies))?;
        let agency = actor.agency().unwrap_or_default();
        cells.push(report((setting, agency), row, (&shown, &codes, questions, form)));
    }
    Ok(Piece { rows: cells, next })
}

fn piece(actor: &Actor, look: &mut Look, filter: &Filter, after: Option<&After>) -> Result<(Vec<Row>, Option<After>)> {
    let rows = sheet::piece(actor, look, filter, after)?;
    let last = rows.last().filter(|_| rows.len() as i64 == sheet::PIECE);
    let next = last.map(|row| sheet::after(row, filter.closed));
    Ok((rows, next))
}

/// What the actor may see of the report, as on its page.
fn groups(actor: &Actor, row: &Row) -> Groups {
    let relation = if row.core == Core::WithOtherAgency { Relation::Former } else { Relation::Holder };
    let shared: Groups = serde_json::from_value(row.shared.clone()).unwrap_or_default();
    rights::groups_seen(actor, relation, &shared)
}

fn bodies_of(actor: &Actor, look: &mut Look, row: &Row) -> Result<Vec<Json>> {
    let mut bodies = Vec::new();
    for part in files::parts_of(&groups(actor, row)) {
        bodies.extend(answer::part(actor, look, row.report, part)?);
    }
    Ok(bodies)
}

/// Codes of a national return, as the agency has them now. Only where there are any are the entries read.
fn codes_of(
    actor: &Actor,
    look: &mut Look,
    service: Option<&Service>,
    (row, bodies): (&Row, &[Json]),
) -> Result<Vec<coded::Now>> {
    let Some(service) = service else { return Ok(Vec::new()) };
    if service.questions.iter().all(|question| question.codes.is_empty()) {
        return Ok(Vec::new());
    }
    let entries = journal::for_staff(actor, look, row.report)?;
    Ok(coded::now(service, bodies.iter(), &entries, actor.agency().unwrap_or_default()))
}

fn answers_of(actor: &Actor, service: Option<&Service>, bodies: &[Json]) -> Vec<ShownAnswer> {
    let Some(service) = service else { return Vec::new() };
    let mut shown = answers::shown(service, bodies.iter());
    shown.retain(|answer| {
        let question = service.questions.iter().find(|question| question.id == answer.question);
        question.is_some_and(|question| has_column(actor, question))
    });
    shown
}

fn text(answer: &ShownAnswer) -> String {
    answer.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("; ")
}

/// How it was filed: by whom it is of, or by staff.
fn filed_as(row: &Row) -> &'static str {
    match row.filed_as {
        Some(FiledAs::Another) => "another",
        Some(FiledAs::Anonymous) => "anonymous",
        Some(FiledAs::Agency) => "agency",
        None if row.anonymous => "anonymous",
        None => "resident",
    }
}

/// The name that everybody reads it under: none but an agency's.
fn said_by(setting: &Setting, row: &Row) -> String {
    let agency = row.filed_at.as_deref().filter(|_| row.filed_as == Some(FiledAs::Agency));
    agency.map(|id| setting.agency_name(id)).unwrap_or_default()
}

fn report(
    (setting, agency): (&Setting, &str),
    row: &Row,
    (shown, codes, questions, form): (&[ShownAnswer], &[coded::Now], &[String], &Form),
) -> Vec<String> {
    let moment = |at: Option<Time>| at.map(form.moment).unwrap_or_default();
    let now = setting.service_now(&row.service, &row.definition);
    let title = now.map_or_else(|| setting.service_name(&row.service), |service| service.title().to_owned());
    let kind = setting.type_title(&row.service, &row.type_code);
    let place: Groups = serde_json::from_value(row.shared.clone()).unwrap_or_default();
    let seen = place.contains(&Group::Place);
    let point = row.lat.zip(row.lon).filter(|_| seen).and_then(|(lat, lon)| Point::new(lat, lon));
    let grid = point.and_then(Grid::from_point);
    let of = |id: &str| shown.iter().find(|answer| answer.question == id).map(text).unwrap_or_default();
    let figure = |figure: Option<f64>, places: usize| figure.map(|f| format!("{f:.places$}")).unwrap_or_default();
    let outcome = row.outcome.as_deref().and_then(|id| setting.outcome(agency, id));
    let fixed = row.closed_at.filter(|_| outcome.is_some_and(|outcome| outcome.fixed));
    let stage = || setting.stage(agency, &row.stage).map_or_else(|| row.stage.clone(), |stage| stage.name);
    let mut cells = vec![
        row.reference.clone(),
        title.clone(),
        of("details"),
        said_by(setting, row),
        title,
        if kind == setting.service_name(&row.service) { String::new() } else { kind },
        (form.moment)(row.received_at),
        String::new(),
        moment(row.acknowledged_at),
        String::new(),
        moment(fixed),
        moment(row.closed_at),
        outcome.map_or_else(stage, |outcome| outcome.name.clone()),
        figure(point.map(|point| point.lat), 6),
        figure(point.map(|point| point.lon), 6),
        if seen { row.place.clone() } else { String::new() },
        if row.ward.is_empty() { row.area.clone() } else { row.ward.clone() },
        figure(grid.map(|grid| grid.easting), 0),
        figure(grid.map(|grid| grid.northing), 0),
        format!("{}/staff/reports/{}", form.house, row.reference),
        row.device.name().to_owned(),
        row.channel.clone(),
        filed_as(row).to_owned(),
        setting.team_name(agency, &row.team).unwrap_or_else(|| row.team.clone()),
        row.priority.to_string(),
        (form.moment)(row.due_at),
    ];
    let code = |id: &str| {
        let now = codes.iter().find(|now| now.coded.question == id)?;
        now.coded.code().map(str::to_owned)
    };
    cells.extend(questions.iter().map(|id| match id.strip_suffix(CODE) {
        Some(id) => code(id).unwrap_or_default(),
        None => of(id),
    }));
    let others = shown.iter().filter(|answer| !questions.contains(&answer.question));
    cells.push(others.map(|answer| format!("{}: {}", answer.question, text(answer))).collect::<Vec<_>>().join(" | "));
    cells
}

/// The next piece of the table of what was told of these reports, or by those who reported.
pub fn updates(
    actor: &Actor,
    look: &mut Look,
    setting: &Setting,
    (filter, form): (&Filter, &Form),
    after: Option<&After>,
) -> Result<Piece> {
    let (rows, next) = piece(actor, look, filter, after)?;
    let mut cells = Vec::new();
    for row in rows.iter().filter(|row| row.core != Core::WithOtherAgency) {
        let entries = journal::for_staff(actor, look, row.report)?;
        let told: Vec<_> = entries.into_iter().filter(|entry| entry.audience == Audience::Resident).collect();
        for event in timeline::for_staff(setting, &told).into_iter().rev() {
            let set = told.iter().find(|entry| entry.id == event.entry);
            let set = set.and_then(|entry| match entry.kind.as_str() {
                "stage.set" => entry.facts["to"].as_str().map(str::to_owned),
                "report.closed" => entry.facts["outcome"].as_str().map(str::to_owned),
                _ => None,
            });
            cells.push(vec![
                row.reference.clone(),
                event.entry.to_string(),
                (form.moment)(event.at),
                event.title,
                set.unwrap_or_default(),
                event.words.unwrap_or_default(),
                String::new(),
                event.by,
            ]);
        }
    }
    Ok(Piece { rows: cells, next })
}

/// Whoever may read the list and its reports may take them away.
pub fn may(actor: &Actor) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    Ok(rights::hold(actor, Right::SeeReport)?)
}
