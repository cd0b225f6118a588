//! Cases as staff of the agency read them: the list, and one case with complaints and actions on one timeline.

use super::{Counts, above, acts::editable_until, complaints, root, site_visit::WORDS, tree};
use crate::{
    Result, Setting, clocks,
    report::{
        acts::{reads_words, relation},
        diary,
    },
};
use rights::{Actor, NotFound, Relation, Right};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Look, Time, believed,
    casefile::{self, Casefile},
    casefile_action::{self, Visibility},
    casefile_entry, casefile_follower,
    journal::Entry,
    occurrence, report,
    site_visit::{self, SiteVisit},
    staff::{self, Colleague},
};
use uuid::Uuid;

/// A row of the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub case: Casefile,
    pub title: String,
    pub counts: Counts,
    pub ward: Option<String>,
    pub assignee: Option<String>,
    /// The actor follows it; and something happened that they have not seen.
    pub follows: bool,
    pub news: bool,
    pub review_due: bool,
}

/// The agency's cases: those that are worked, or those that ended.
pub fn list(actor: &Actor, look: &mut Look, setting: &Setting, closed: bool, now: Time) -> Result<Vec<Row>> {
    rights::hold(actor, Right::SeeQueue)?;
    let agency = actor.agency().ok_or(NotFound)?;
    if setting.cases(agency).is_none() {
        return Err(NotFound.into());
    }
    let all = if closed { casefile::closed(actor, look)? } else { casefile::open(actor, look)? };
    let mine: BTreeMap<Uuid, Option<Time>> = casefile_follower::mine(actor, look.tx)?.into_iter().collect();
    let colleagues = staff::colleagues(actor, look.tx)?;
    let today = clocks::local_day(now).to_string();
    let mut rows = Vec::new();
    for case in all {
        let cases = tree(look.tx, &case)?;
        rows.push(Row {
            title: setting.service_name(&case.service),
            counts: Counts::of(&complaints(look.tx, &cases)?),
            ward: ward(setting, &case),
            assignee: name(&colleagues, case.assignee),
            follows: mine.contains_key(&case.id),
            news: mine.get(&case.id).is_some_and(Option::is_some),
            review_due: case.review_on.as_ref().is_some_and(|day| *day <= today),
            case,
        });
    }
    Ok(rows)
}

fn ward(setting: &Setting, case: &Casefile) -> Option<String> {
    let id = case.ward.as_ref()?;
    setting.wards(&case.agency).iter().find(|ward| ward.id == *id).map(|ward| ward.name.clone())
}

fn name(colleagues: &[Colleague], id: Option<Uuid>) -> Option<String> {
    colleagues.iter().find(|colleague| Some(colleague.id) == id).map(|colleague| colleague.name.clone())
}

/// One line of the timeline.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: Time,
    pub title: String,
    pub words: Vec<(String, String)>,
    pub by: String,
    /// When it was written, where it was back-dated.
    pub written_at: Option<Time>,
    pub public: bool,
    /// The report of a complaint.
    pub report: Option<String>,
    /// The case it is of, where that is another one.
    pub of: Option<String>,
    /// An action whose note the reader may still edit.
    pub edits: Option<Uuid>,
}

/// Something that happened to the case, for the history.
#[derive(Clone, Debug)]
pub struct Step {
    pub at: Time,
    pub title: String,
    pub words: Option<String>,
    pub by: String,
}

#[derive(Clone, Debug)]
pub struct Working {
    pub case: Casefile,
    pub title: String,
    pub counts: Counts,
    /// Where it is worked, when it was merged: the reference of that case.
    pub worked_in: Option<String>,
    /// References of those merged into it.
    pub merged: Vec<String>,
    pub ward: Option<String>,
    pub assignee: Option<String>,
    /// That ward's staff first.
    pub colleagues: Vec<Colleague>,
    pub follows: bool,
    pub timeline: Vec<Line>,
    pub history: Vec<Step>,
    /// None for those without the right: there may be some.
    pub people: Option<Vec<(Uuid, String)>>,
    pub visits: Vec<Visited>,
}

/// The log of a visit.
#[derive(Clone, Debug)]
pub struct Visited {
    pub row: SiteVisit,
    pub words: Vec<(String, String)>,
    /// The report its files are of; each by its id and what sort of file it is.
    pub report: String,
    pub files: Vec<(String, String)>,
}

pub fn one(actor: &Actor, look: &mut Look, setting: &Setting, reference: &str, now: Time) -> Result<Working> {
    rights::hold(actor, Right::SeeReport)?;
    let me = actor.staff().ok_or(NotFound)?;
    let rules = setting.cases(&me.agency).ok_or(NotFound)?;
    let case = casefile::by_reference(actor, look.tx, reference)?.ok_or(NotFound)?;
    let cases = tree(look.tx, &case)?;
    let above = above(look.tx, &case)?;
    let mut timeline = told(actor, look, setting, &cases)?;
    let (mut history, mut visits) = (Vec::new(), Vec::new());
    let colleagues = staff::colleagues(actor, look.tx)?;
    let read = cases.iter().map(|of| (of, Time(i64::MIN))).chain(above.iter().map(|(of, since)| (of, *since)));
    for (of, since) in read.collect::<Vec<_>>() {
        let entries = casefile_entry::of_casefile(actor, look, of.id)?;
        for row in casefile_action::of_casefile(look.tx, of.id)? {
            if row.happened_at < since || row.visibility == Visibility::Internal {
                continue;
            }
            let entry = entries.iter().find(|entry| entry.id == row.entry);
            let edits = row.staff == Some(me.id)
                && of.id == case.id
                && now <= editable_until(rules.edit_minutes, row.written_at)
                && setting.action(&of.agency, &row.kind).is_some_and(|kind| kind.effect.is_none());
            timeline.push(Line {
                at: row.happened_at,
                title: setting.action_name(&of.agency, &row.kind),
                words: entry.map(words_of).unwrap_or_default(),
                by: name(&colleagues, row.staff).unwrap_or_else(|| "Moothall".to_owned()),
                written_at: (row.happened_at != row.written_at).then_some(row.written_at),
                public: row.visibility == Visibility::Public,
                report: None,
                of: (of.id != case.id).then(|| of.reference.clone()),
                edits: edits.then_some(row.id),
            });
        }
        for visit in site_visit::of_casefile(look.tx, of.id)? {
            let entry = entries.iter().find(|entry| entry.id == visit.entry);
            if visit.left_at.or(visit.parked_at).is_none_or(|at| at >= since) {
                let words = entry.map(words_of).unwrap_or_default();
                let files = entry.map(files_of).unwrap_or_default();
                visits.push(Visited { row: visit, words, report: of.reference.clone(), files });
            }
        }
        if of.id == case.id {
            history = entries.iter().map(step).collect();
            history.reverse();
        }
    }
    timeline.sort_by_key(|line| std::cmp::Reverse(line.at));
    let people = match rights::hold(actor, Right::SeePeople) {
        Ok(()) => Some(people(actor, look, &cases)?),
        Err(NotFound) => None,
    };
    let all = complaints(look.tx, &cases)?;
    let worked_in = match case.merged_into {
        Some(_) => Some(root(look.tx, case.clone())?.reference),
        None => None,
    };
    let follows = casefile_follower::mine(actor, look.tx)?.iter().any(|(id, _)| *id == case.id);
    Ok(Working {
        title: setting.service_name(&case.service),
        counts: Counts::of(&all),
        worked_in,
        merged: cases.iter().skip(1).map(|case| case.reference.clone()).collect(),
        ward: ward(setting, &case),
        assignee: name(&colleagues, case.assignee),
        colleagues: nearest(setting, &case, colleagues),
        follows,
        timeline,
        history,
        people,
        visits,
        case,
    })
}

/// Staff of the ward's team first; each half by name.
fn nearest(setting: &Setting, case: &Casefile, mut colleagues: Vec<Colleague>) -> Vec<Colleague> {
    let ward = setting.wards(&case.agency).iter().find(|ward| Some(&ward.id) == case.ward.as_ref());
    if let Some(team) = ward.and_then(|ward| ward.team.as_ref()) {
        let is_near = |colleague: &Colleague| {
            colleague.teams.as_array().is_some_and(|teams| teams.iter().any(|one| one == team.as_str()))
        };
        colleagues.sort_by_key(|colleague| !is_near(colleague));
    }
    colleagues
}

fn people(actor: &Actor, look: &mut Look, cases: &[Casefile]) -> Result<Vec<(Uuid, String)>> {
    let mut all = Vec::new();
    for case in cases {
        for (id, content) in believed::of_casefile(actor, look, case.id)? {
            let words = content.as_ref().and_then(|content| content["words"].as_str()).unwrap_or("No longer kept");
            all.push((id, words.to_owned()));
        }
    }
    Ok(all)
}

/// Complaints as lines: what was said of a later time, where the agency holds its report; the report itself is one press on.
fn told(actor: &Actor, look: &mut Look, setting: &Setting, cases: &[Casefile]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for case in cases {
        let all = complaints(look.tx, std::slice::from_ref(case))?;
        let mut parts = BTreeMap::new();
        for row in &all {
            let head = report::by_id(look.tx, row.report)?;
            let (relation, part) = relation(actor, look.tx, &case.agency, &head)?;
            let holds = relation == Relation::Holder;
            let part = part.filter(|_| holds);
            let reads = part.as_ref().is_some_and(|part| reads_words(part, row.at));
            parts.insert(head.id, part);
            look.lists((seen.insert(head.id)).then(|| head.reference.clone()));
            let said = match row.occurrence.filter(|_| reads) {
                Some(id) => occurrence::of_report(actor, look, head.id)?.into_iter().find(|told| told.of.id == id),
                None => None,
            };
            lines.push(Line {
                at: row.at,
                title: if row.occurrence.is_some() { "It happened again" } else { "Complaint" }.to_owned(),
                words: said.map(|told| diary::lines(setting, &head, &told)).unwrap_or_default(),
                by: "Complainant".to_owned(),
                written_at: None,
                public: false,
                report: holds.then_some(head.reference),
                of: (case.id != cases[0].id).then(|| case.reference.clone()),
                edits: None,
            });
        }
        for id in super::reports(&all) {
            let mut told = occurrence::of_report(actor, look, id)?;
            let part = parts.remove(&id).flatten();
            // A tap says when, and no more; those of the time before the agency had the report came along with its account.
            told.retain(|told| {
                told.of.entry.is_none() && part.as_ref().is_some_and(|part| reads_words(part, told.of.written_at))
            });
            lines.extend(told.into_iter().map(|told| Line {
                at: told.of.started_at,
                title: if told.of.live { "Says that it is happening now" } else { "Says that it happened" }.to_owned(),
                words: vec![(String::new(), "Not signed yet".to_owned())],
                by: "Complainant".to_owned(),
                written_at: None,
                public: false,
                report: None,
                of: (case.id != cases[0].id).then(|| case.reference.clone()),
                edits: None,
            }));
        }
    }
    Ok(lines)
}

/// The words of an entry: those of a note, or those of a log under their names.
fn words_of(entry: &Entry) -> Vec<(String, String)> {
    let Some(content) = &entry.content else { return Vec::new() };
    if let Some(words) = content["words"].as_str() {
        return vec![(String::new(), words.to_owned())];
    }
    let log = |(id, label): &(&str, &str)| Some(((*label).to_owned(), content["log"][id].as_str()?.to_owned()));
    WORDS.iter().filter_map(log).collect()
}

fn files_of(entry: &Entry) -> Vec<(String, String)> {
    let text = |file: &Json, name: &str| file[name].as_str().unwrap_or_default().to_owned();
    let all = entry.facts["files"].as_array().into_iter().flatten();
    all.map(|file| (text(file, "id"), text(file, "media"))).collect()
}

fn step(entry: &Entry) -> Step {
    let fact = |name: &str| entry.facts[name].as_str().unwrap_or_default().to_owned();
    let title = match entry.kind.as_str() {
        "case.action" | "case.visited" => fact("name"),
        "case.reworded" => "Changed a note".to_owned(),
        "case.edited" => edited(&entry.facts),
        "case.merged" => format!("Case {} was merged into case {}", fact("from"), fact("into")),
        "case.unmerged" => format!("Case {} was taken out of case {}", fact("from"), fact("into")),
        "case.closed" => format!("Closed: {}", fact("name")),
        "case.reopened" => "Opened again".to_owned(),
        "case.followed" => "Follows the case".to_owned(),
        "case.left" => "Follows the case no longer".to_owned(),
        "case.closing" => "Told the complainant that it will close".to_owned(),
        other => other.to_owned(),
    };
    let words = words_of(entry).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("\n");
    let by = match entry.actor.as_str() {
        "staff" => entry.actor_name.clone(),
        "resident" => "Complainant".to_owned(),
        _ => "Moothall".to_owned(),
    };
    Step { at: entry.at, title, words: (!words.is_empty()).then_some(words), by }
}

fn edited(facts: &Json) -> String {
    let text = |name: &str, none: &str| facts[name].as_str().unwrap_or(none).to_owned();
    let mut all = Vec::new();
    if let Some(urgent) = facts["urgent"].as_bool() {
        all.push(if urgent { "urgent" } else { "not urgent" }.to_owned());
    }
    for (name, what, none) in
        [("review_on", "review", "none"), ("ward", "ward", "none"), ("person", "given to", "nobody")]
    {
        if facts.get(name).is_some() {
            all.push(format!("{what} {}", text(name, none)));
        }
    }
    format!("Case edited: {}", all.join(", "))
}
