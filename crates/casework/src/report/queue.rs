//! An agency's list, as staff work from it.

use crate::{Result, Setting};
use rights::{Actor, Group, Groups, Right};
use std::collections::BTreeSet;
use store::{
    Look, Time, Tx,
    queue::{self, After, Filter, Line, Sort},
    transfer::{self, Request},
};

/// One row with its words.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: Line,
    pub service_title: String,
    pub stage_name: String,
    pub team_name: String,
    pub flags: Vec<String>,
    /// The exact place where it was shared with the agency, the coarse area otherwise.
    pub place: String,
    /// By when, and whether that has passed.
    pub due: Time,
    pub overdue: bool,
    /// Limits that the agency puts in its list: what each is called, and when it ends.
    pub limits: Vec<(String, Time)>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Vec<Row>,
    pub next: Option<After>,
    pub requests: Vec<Request>,
    /// What waits for the duty team, if the actor is of it: the person who deals with it is away (P-102).
    pub relief: Vec<Row>,
}

/// What the list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub filter: Filter,
    pub sort: Sort,
    pub after: Option<After>,
    /// Words or a reference; filters do not apply to a search.
    pub search: Option<String>,
}

pub fn page(actor: &Actor, look: &mut Look, setting: &Setting, ask: &Ask, now: Time) -> Result<Page> {
    let mut lines = match &ask.search {
        Some(words) => found(actor, look, setting, words)?,
        None => queue::page(actor, look, &ask.filter, ask.sort, ask.after)?,
    };
    let next = if lines.len() > queue::PAGE {
        lines.truncate(queue::PAGE);
        lines.last().map(|line| After {
            priority: line.priority,
            at: match (ask.filter.closed, ask.sort) {
                (true, _) => line.closed_at.unwrap_or(line.due_at),
                (_, Sort::Age) => line.received_at,
                _ => line.due_at,
            },
            id: line.id,
        })
    } else {
        None
    };
    let requests = if ask.after.is_none() { transfer::asked(actor, look)? } else { Vec::new() };
    let first = ask.after.is_none() && ask.search.is_none() && !ask.filter.closed;
    let relief = if first { relief(actor, look, setting, now)? } else { Vec::new() };
    Ok(Page { rows: rows(actor, look.tx, setting, lines, now)?, next, requests, relief })
}

/// By whatever was typed (C-74): our reference, however it is spaced, or the back office's; and, for who sees how people can be
/// reached, a name, an address, a number, a home. Else by the words of the search.
fn found(actor: &Actor, look: &mut Look, setting: &Setting, words: &str) -> Result<Vec<Line>> {
    let mut lines = match crate::codes::read_reference(words) {
        Some(reference) => queue::by_reference(actor, look, &reference)?,
        None => Vec::new(),
    };
    if !lines.is_empty() {
        return Ok(lines);
    }
    let words = words.trim();
    lines.extend(queue::by_outside(actor, look, words)?);
    if rights::hold(actor, Right::SeeContact).is_ok() {
        let number = catalogue::phone_number(words);
        for way in catalogue::is_email(words).then(|| words.to_owned()).into_iter().chain(number) {
            lines.extend(queue::by_reporter(actor, look, words, &setting.keys.reporter(&way))?);
        }
        if let Some(uprn) = collection::rows::uprn(words) {
            lines.extend(queue::by_home(actor, look, words, &setting.keys.home(&uprn))?);
        }
        lines.extend(queue::by_name(actor, look, words)?);
    }
    lines.extend(queue::search(actor, look, words)?);
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.id));
    Ok(lines)
}

fn relief(actor: &Actor, look: &mut Look, setting: &Setting, now: Time) -> Result<Vec<Row>> {
    let Some(me) = actor.staff() else { return Ok(Vec::new()) };
    match setting.duty(&me.agency).filter(|duty| me.teams.contains(&duty.team)) {
        Some(duty) => {
            let waiting = store::relief::waiting(actor, look.tx, &duty.team)?;
            numbered(actor, look, setting, &waiting, now)
        }
        None => Ok(Vec::new()),
    }
}

/// The rows of these parts, in the order of the numbers.
pub fn numbered(actor: &Actor, look: &mut Look, setting: &Setting, numbers: &[i64], now: Time) -> Result<Vec<Row>> {
    let lines = queue::numbered(actor, look, numbers)?;
    rows(actor, look.tx, setting, lines, now)
}

fn rows(actor: &Actor, tx: &mut Tx, setting: &Setting, lines: Vec<Line>, now: Time) -> Result<Vec<Row>> {
    let agency = actor.agency().unwrap_or_default();
    lines
        .into_iter()
        .map(|line| {
            let limits = super::clock::listed(tx, setting, (line.report, &line.service), agency)?;
            let flags = super::flag::seen(actor, setting, &line.definition, &line.flags);
            Ok(row(setting, agency, (line, flags), limits, now))
        })
        .collect()
}

fn row(
    setting: &Setting,
    agency: &str,
    (line, flags): (Line, Vec<String>),
    limits: Vec<(String, Time)>,
    now: Time,
) -> Row {
    let shared: Groups = serde_json::from_value(line.shared.clone()).unwrap_or_default();
    Row {
        service_title: setting.type_title(&line.service, &line.type_code),
        stage_name: setting.stage(agency, &line.stage).map_or(line.stage.clone(), |stage| stage.name),
        team_name: setting.team_name(agency, &line.team).unwrap_or_else(|| line.team.clone()),
        flags: flags.iter().map(|flag| setting.flag_name(&line.service, flag)).collect(),
        place: if shared.contains(&Group::Place) { line.place.clone() } else { line.area.clone() },
        due: line.due_at,
        overdue: line.closed_at.is_none() && line.due_at < now,
        limits,
        line,
    }
}

/// How many, up to a thousand.
pub fn count(actor: &Actor, tx: &mut Tx, filter: &Filter) -> Result<i64> {
    Ok(queue::count(actor, tx, filter)?)
}
