//! An agency's list of reports: filtered, sorted, a page at a time by key.

use crate::{Look, Result, Time, from_row, sub_case::Core};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Rows on a page.
pub const PAGE: usize = 25;
/// This priority and those above it are the risk flags: urgent, in words.
pub const URGENT: i64 = 2;
/// Counts stop here: "1,000 or more" says enough, and a full count would read the whole index.
pub const MOST_COUNTED: i64 = 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Most urgent first, then the soonest due.
    #[default]
    Risk,
    Due,
    Age,
}

/// Which reports; every field given narrows the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub closed: bool,
    pub assignee: Option<Uuid>,
    pub unassigned: bool,
    /// Nobody has said that they read it.
    pub unread: bool,
    /// A mark asks for a decision, or it waits for one whether everybody may read it.
    pub undecided: bool,
    /// With one of these teams; none narrows nothing.
    pub teams: Vec<String>,
    /// Something about it could not be sent.
    pub unsent: bool,
    pub team: Option<String>,
    pub service: Option<String>,
    pub core: Option<Core>,
    /// Due before this instant.
    pub due_before: Option<Time>,
    /// [`URGENT`] or more.
    pub flagged: bool,
    /// One of these; empty: of any.
    pub services: Vec<String>,
    /// A stage of the agency's own.
    pub stage: Option<String>,
    /// The code of a ward.
    pub ward: Option<String>,
    /// Received from this instant on, and before that one.
    pub from: Option<Time>,
    pub to: Option<Time>,
    /// With a photo that everybody may see or could: what is evidence is no part of it.
    pub with_photo: bool,
}

/// Where the next page begins: the key of the last row shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    pub priority: i64,
    pub at: Time,
    pub id: Uuid,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: Uuid,
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub type_code: String,
    /// What it answered.
    pub definition: String,
    pub stage: String,
    pub core: Core,
    pub team: String,
    pub assignee: Option<String>,
    pub priority: i64,
    pub flags: Json,
    pub shared: Json,
    pub place: String,
    pub area: String,
    pub received_at: Time,
    pub acknowledged_at: Option<Time>,
    pub due_at: Time,
    pub closed_at: Option<Time>,
    /// How many others said in public that they have it too (C-47).
    pub me_too: i64,
}

from_row!(Line {
    id,
    report,
    reference,
    service,
    type_code,
    definition,
    stage,
    core,
    team,
    assignee,
    priority,
    flags,
    shared,
    place,
    area,
    received_at,
    acknowledged_at,
    due_at,
    closed_at,
    me_too,
});

const LINE: &str = "SELECT s.id, s.report, r.reference, s.service, r.type_code, r.definition, s.stage, s.core, s.team, p.name, s.priority, \
     s.flags, s.shared, r.place, r.area, s.received_at, s.acknowledged_at, s.due_at, s.closed_at, \
     COALESCE((SELECT w.me_too FROM publication AS w WHERE w.report = s.report AND w.agency = s.agency), 0) \
     FROM sub_case AS s JOIN report AS r ON r.id = s.report LEFT JOIN staff AS p ON p.id = s.assignee";

pub(crate) fn agency(actor: &Actor) -> Result<String> {
    Ok(ours(actor)?.agency)
}

/// What the actor works with: the agency, and what of its work they are limited to (C-75).
pub(crate) struct Ours {
    pub(crate) agency: String,
    services: Option<Vec<String>>,
    wards: Option<Vec<String>>,
    teams: Vec<String>,
    /// May read whatever called a team in.
    reads_all: bool,
}

pub(crate) fn ours(actor: &Actor) -> Result<Ours> {
    rights::hold(actor, Right::SeeQueue)?;
    Ours::of(actor)
}

impl Ours {
    pub(crate) fn of(actor: &Actor) -> Result<Ours> {
        let me = actor.staff().ok_or(NotFound)?;
        let list = |of: &Option<BTreeSet<String>>| of.as_ref().map(|of| of.iter().cloned().collect());
        Ok(Ours {
            agency: me.agency.clone(),
            services: list(&me.remit.services),
            wards: list(&me.remit.wards),
            teams: me.teams.clone(),
            reads_all: me.rights.contains(&Right::SeeRestricted),
        })
    }
}

const WITH_PHOTO: &str = " AND EXISTS (SELECT 1 FROM publication AS w WHERE w.report = s.report \
     AND CAST(w.photos AS TEXT) <> '[]')";

/// Marks that end with a decision alone; words that may say who somebody is; what was worked on, and nobody said that they read it.
const UNDECIDED: &str = r#" AND (CAST(s.flags AS TEXT) LIKE '%"remark_waits"%' OR CAST(s.flags AS TEXT) LIKE '%"asks_for_removal"%'
     OR CAST(s.flags AS TEXT) LIKE '%"should_not_be_public"%' OR CAST(s.flags AS TEXT) LIKE '%"sender_listed"%'
     OR CAST(s.flags AS TEXT) LIKE '%"asks_to_withdraw"%' OR CAST(s.flags AS TEXT) LIKE '%"whole_round"%'
     OR CAST(s.flags AS TEXT) LIKE '%"waits_too_long"%' OR EXISTS (SELECT 1 FROM publication AS w
     WHERE w.report = s.report AND w.agency = s.agency AND ((w.shown = 'waits' AND (w.doubtful OR s.acknowledged_at IS NOT NULL))
     OR (w.shown = 'public' AND NOT w.looked AND s.acknowledged_at IS NOT NULL AND CAST(w.photos AS TEXT) <> '[]'))))"#;

/// A statement put together from fixed fragments, with its parameters in the order of first use.
pub(crate) struct Statement<'p> {
    pub(crate) sql: String,
    pub(crate) params: Vec<&'p dyn crate::Param>,
}

impl<'p> Statement<'p> {
    pub(crate) fn add(&mut self, before: &str, param: &'p dyn crate::Param) {
        self.params.push(param);
        self.sql.push_str(before);
        self.sql.push_str(&format!("${}", self.params.len()));
    }

    /// One of these values; nothing where there are none.
    pub(crate) fn among<P: crate::Param>(&mut self, before: &str, values: &'p [P]) {
        let mut before = before;
        for value in values {
            self.add(before, value);
            before = ", ";
        }
        if !values.is_empty() {
            self.sql.push(')');
        }
    }

    /// Of what the actor works with, nothing else.
    pub(crate) fn limit(&mut self, ours: &'p Ours) {
        self.within(" AND s.service IN (", ours.services.as_deref());
        self.within(" AND s.ward IN (", ours.wards.as_deref());
    }

    /// The same of reports of which the agency has no part yet.
    pub(crate) fn limit_reports(&mut self, ours: &'p Ours) {
        self.within(" AND r.service IN (", ours.services.as_deref());
        self.within(" AND r.ward IN (", ours.wards.as_deref());
    }

    /// The same of cases: to wards by a complaint that lies in one.
    pub(crate) fn limit_cases(&mut self, ours: &'p Ours) {
        self.within(" AND c.service IN (", ours.services.as_deref());
        if ours.wards.is_some() {
            self.sql.push_str(
                " AND EXISTS (SELECT 1 FROM complaint AS k JOIN report AS w ON w.id = k.report WHERE k.casefile = c.id",
            );
            self.within(" AND w.ward IN (", ours.wards.as_deref());
            self.sql.push(')');
        }
    }

    /// No list limits nothing, an empty one leaves nothing.
    fn within(&mut self, before: &str, values: Option<&'p [String]>) {
        match values {
            Some([]) => self.sql.push_str(" AND 1 = 0"),
            Some(values) => self.among(before, values),
            None => {}
        }
    }

    pub(crate) fn filter(&mut self, ours: &'p Ours, filter: &'p Filter) {
        self.add(" WHERE s.agency = ", &ours.agency);
        self.sql.push_str(if filter.closed { " AND s.closed_at IS NOT NULL" } else { " AND s.closed_at IS NULL" });
        self.narrow(ours, filter);
    }

    /// Theirs, or theirs too (C-14); no team narrows nothing. That a team has it too is told to those who may read why, and to
    /// the team.
    fn with_teams(&mut self, ours: &'p Ours, teams: &'p [String]) {
        self.among(" AND (s.team IN (", teams);
        self.among(" OR EXISTS (SELECT 1 FROM desk AS k WHERE k.sub_case = s.id AND k.team IN (", teams);
        if teams.is_empty() {
            return;
        }
        if !ours.reads_all {
            self.sql.push_str(" AND (k.open");
            self.among(" OR k.team IN (", &ours.teams);
            self.sql.push(')');
        }
        self.sql.push_str("))");
    }

    /// What the filter asks beside open or closed, each part beginning with AND.
    pub(crate) fn narrow(&mut self, ours: &'p Ours, filter: &'p Filter) {
        self.limit(ours);
        if let Some(assignee) = &filter.assignee {
            self.add(" AND s.assignee = ", assignee);
        }
        if filter.unassigned {
            self.sql.push_str(" AND s.assignee IS NULL");
        }
        if filter.unread {
            self.sql.push_str(" AND s.acknowledged_at IS NULL");
        }
        if filter.undecided {
            self.sql.push_str(UNDECIDED);
        }
        self.with_teams(ours, &filter.teams);
        if filter.unsent {
            self.add(" AND s.report IN (SELECT d.report FROM delivery AS d WHERE d.agency = ", &ours.agency);
            // Both states are named so that the index of what is stuck fits.
            self.sql.push_str(
                " AND d.state IN ('dead', 'held') AND d.state = 'dead' \
                 UNION ALL SELECT g.report FROM sending AS g WHERE g.state = 'dead' AND g.agency = ",
            );
            self.add("", &ours.agency);
            self.sql.push(')');
        }
        self.with_teams(ours, filter.team.as_slice());
        if let Some(service) = &filter.service {
            self.add(" AND s.service = ", service);
        }
        if let Some(core) = &filter.core {
            self.add(" AND s.core = ", core);
        }
        if let Some(before) = &filter.due_before {
            self.add(" AND s.due_at < ", before);
        }
        if filter.flagged {
            self.add(" AND s.priority <= ", &URGENT);
        }
        self.among(" AND s.service IN (", &filter.services);
        if let Some(stage) = &filter.stage {
            self.add(" AND s.stage = ", stage);
        }
        if let Some(ward) = &filter.ward {
            self.add(" AND s.ward = ", ward);
        }
        if let Some(from) = &filter.from {
            self.add(" AND s.received_at >= ", from);
        }
        if let Some(to) = &filter.to {
            self.add(" AND s.received_at < ", to);
        }
        if filter.with_photo {
            self.sql.push_str(WITH_PHOTO);
        }
    }
}

/// One page and one row more, if there is a next page.
pub fn page(actor: &Actor, look: &mut Look, filter: &Filter, sort: Sort, after: Option<After>) -> Result<Vec<Line>> {
    let ours = ours(actor)?;
    let mut statement = Statement { sql: LINE.to_owned(), params: Vec::new() };
    statement.filter(&ours, filter);
    if let Some(after) = &after {
        match (filter.closed, sort) {
            (true, _) => {
                statement.add(" AND (s.closed_at, s.id) < (", &after.at);
                statement.add(", ", &after.id);
            }
            (_, Sort::Risk) => {
                statement.add(" AND (s.priority, s.due_at, s.id) > (", &after.priority);
                statement.add(", ", &after.at);
                statement.add(", ", &after.id);
            }
            (_, Sort::Due) => {
                statement.add(" AND (s.due_at, s.id) > (", &after.at);
                statement.add(", ", &after.id);
            }
            (_, Sort::Age) => {
                statement.add(" AND (s.received_at, s.id) > (", &after.at);
                statement.add(", ", &after.id);
            }
        }
        statement.sql.push(')');
    }
    statement.sql.push_str(match (filter.closed, sort) {
        (true, _) => " ORDER BY s.closed_at DESC, s.id DESC",
        (_, Sort::Risk) => " ORDER BY s.priority, s.due_at, s.id",
        (_, Sort::Due) => " ORDER BY s.due_at, s.id",
        (_, Sort::Age) => " ORDER BY s.received_at, s.id",
    });
    let most = PAGE as i64 + 1;
    statement.add(" LIMIT ", &most);
    let lines: Vec<Line> = look.tx.all(&statement.sql, &statement.params)?;
    look.lists(lines.iter().take(PAGE).map(|line| line.reference.clone()));
    Ok(lines)
}

/// How many, up to [`MOST_COUNTED`]. A number of rows is no personal data, so it needs no look.
pub fn count(actor: &Actor, tx: &mut crate::Tx, filter: &Filter) -> Result<i64> {
    let ours = ours(actor)?;
    let mut statement =
        Statement { sql: "SELECT COUNT(*) FROM (SELECT 1 FROM sub_case AS s".to_owned(), params: Vec::new() };
    statement.filter(&ours, filter);
    // An order that the index of the open, or of the closed, has: so no other is read.
    statement.sql.push_str(if filter.closed { " ORDER BY s.closed_at, s.id" } else { " ORDER BY s.due_at, s.id" });
    statement.add(" LIMIT ", &MOST_COUNTED);
    statement.sql.push_str(") AS few");
    Ok(tx.one::<(i64,)>(&statement.sql, &statement.params)?.0)
}

/// The agency's word in the search index: one token, so that it can never be typed as a search word.
pub fn label(agency: &str) -> String {
    let letters: String = agency.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("xagencyx{letters}x")
}

/// The report of this reference, if the agency has a part in it.
pub fn by_reference(actor: &Actor, look: &mut Look, reference: &str) -> Result<Vec<Line>> {
    let ours = ours(actor)?;
    look.searched(reference);
    let mut statement = Statement { sql: LINE.to_owned(), params: Vec::new() };
    statement.add(" WHERE r.reference = ", &reference);
    statement.add(" AND s.agency = ", &ours.agency);
    statement.limit(&ours);
    let lines: Vec<Line> = look.tx.all(&statement.sql, &statement.params)?;
    look.lists(lines.iter().map(|line| line.reference.clone()));
    Ok(lines)
}

/// Reports of the agency that its back office calls so: by its id, or by the reference that it shows to people.
pub fn by_outside(actor: &Actor, look: &mut Look, name: &str) -> Result<Vec<Line>> {
    let by_id = "(SELECT report FROM outside WHERE outside_id = $1 AND agency = $2) AS f";
    let shown = "(SELECT report FROM outside WHERE customer_reference = $1 AND agency = $2) AS f";
    let mut lines = beside(actor, look, (by_id, &name), name)?;
    lines.extend(beside(actor, look, (shown, &name), name)?);
    Ok(lines)
}

/// The newest of what `found` names. It is read first: asked for in one statement, a planner may walk the whole list of the
/// agency for its order instead.
fn beside(
    actor: &Actor,
    look: &mut Look,
    (found, wanted): (&str, &dyn crate::Param),
    typed: &str,
) -> Result<Vec<Line>> {
    let ours = ours(actor)?;
    look.searched(typed);
    // SQLite keeps to the order of a cross join.
    let sql = format!("SELECT s.number FROM {found} CROSS JOIN sub_case AS s WHERE s.report = f.report");
    let mut statement = Statement { sql, params: vec![wanted] };
    statement.params.push(&ours.agency);
    statement.sql.push_str(" AND s.agency = $2");
    statement.limit(&ours);
    let most = PAGE as i64;
    statement.add(" ORDER BY s.received_at DESC, s.id LIMIT ", &most);
    let numbers: Vec<(i64,)> = look.tx.all(&statement.sql, &statement.params)?;
    numbered(actor, look, &numbers.into_iter().map(|(number,)| number).collect::<Vec<_>>())
}

/// Reports of the agency whose reporter gave this name, in whatever case.
pub fn by_name(actor: &Actor, look: &mut Look, name: &str) -> Result<Vec<Line>> {
    rights::hold(actor, Right::SeeContact)?;
    beside(actor, look, ("(SELECT report FROM contact WHERE lower(name) = lower($1)) AS f", &name), name)
}

/// Reports of the agency whose reporter gave this address or number, by its keyed hash; `typed` is what was searched for.
pub fn by_reporter(actor: &Actor, look: &mut Look, typed: &str, hash: &[u8]) -> Result<Vec<Line>> {
    rights::hold(actor, Right::SeeContact)?;
    beside(actor, look, ("(SELECT report FROM reporter_mark WHERE hash = $1) AS f", &hash), typed)
}

/// Reports of the agency of this home, by the keyed hash of its number: collections that were missed, and orders.
pub fn by_home(actor: &Actor, look: &mut Look, typed: &str, home: &[u8]) -> Result<Vec<Line>> {
    rights::hold(actor, Right::SeeContact)?;
    let mut lines = beside(actor, look, ("(SELECT report FROM missed WHERE home = $1) AS f", &home), typed)?;
    let ordered = beside(actor, look, ("(SELECT report FROM ordered WHERE home = $1) AS f", &home), typed)?;
    lines.extend(ordered.into_iter().filter(|one| lines.iter().all(|line| line.id != one.id)).collect::<Vec<_>>());
    Ok(lines)
}

/// Reports of the agency in whose words every word typed stands; newest first, at most a page.
pub fn search(actor: &Actor, look: &mut Look, words: &str) -> Result<Vec<Line>> {
    let label = label(&agency(actor)?);
    look.searched(words);
    let found: Vec<i64> = look.tx.find_words(&label, words)?.into_iter().take(PAGE).collect();
    numbered(actor, look, &found)
}

/// The lines of these parts of the agency, in the order of the numbers; one that is not its own is left out.
pub fn numbered(actor: &Actor, look: &mut Look, numbers: &[i64]) -> Result<Vec<Line>> {
    let (ours, mut lines) = (ours(actor)?, Vec::new());
    for number in numbers {
        let mut statement = Statement { sql: LINE.to_owned(), params: Vec::new() };
        statement.add(" WHERE s.number = ", number);
        statement.add(" AND s.agency = ", &ours.agency);
        statement.limit(&ours);
        lines.extend(look.tx.all::<Line>(&statement.sql, &statement.params)?);
    }
    look.lists(lines.iter().map(|line: &Line| line.reference.clone()));
    Ok(lines)
}
