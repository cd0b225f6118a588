//! What somebody found who went to see it (C-65): what kind of damage, what the work needs, and in the same transaction the state, the
//! priority and what the resident reads, each with an entry of its own.

use super::{
    acts::{self, On, held, open},
    priority, shortlist,
    tell::Told,
};
use crate::{Draw, Refusal, Result, Setting, words};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::{Audience, Verb},
};

/// As the form says it; what is empty stays as it is. A day alone changes the day.
#[derive(Clone, Debug)]
pub struct Inspection {
    pub stage: String,
    /// The day the work is planned for; none inside where what was typed is no day.
    pub planned: Option<Option<Date>>,
    /// What the resident reads.
    pub words: String,
    pub priority: String,
    pub defect: String,
    pub traffic: String,
    /// For colleagues.
    pub note: String,
    /// It comes off the actor's list of what to go and see.
    pub off_list: bool,
}

pub fn inspect(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    found: &Inspection,
) -> Result<Told> {
    let held = held(actor, tx, Right::Inspect, on)?;
    open(&held)?;
    let agency = held.case.agency.as_str();
    let named = |all: Vec<(String, String)>, id: &str| match all.into_iter().find(|(known, _)| known == id) {
        Some((_, name)) => Ok(name),
        None if id.is_empty() => Ok(String::new()),
        None => Err(Refusal::NoSuchDefect),
    };
    let defect = named(setting.defect_types(agency, &held.case.service), &found.defect)?;
    let traffic = named(setting.traffic_management(agency), &found.traffic)?;
    let note = match words::read(&found.note) {
        Ok(note) => Some(note),
        Err(Refusal::WordsNeeded) => None,
        Err(other) => return Err(other.into()),
    };
    let facts = json!({
        "defect": found.defect, "defect_name": defect, "traffic": found.traffic, "traffic_name": traffic,
    });
    let kind = ("inspection.made", Verb::Collection, Audience::Agency);
    held.enter(actor, tx, draw, kind, facts, note.as_deref())?;
    if found.off_list
        && rights::hold(actor, Right::KeepShortlist).is_ok()
        && shortlist::is_mine(actor, tx, held.head.id)?
    {
        shortlist::remove(actor, tx, draw, on)?;
    }
    let all = setting.priorities(agency);
    let is_so = all.iter().any(|one| one.id == found.priority && one.priority == held.case.priority);
    if !found.priority.is_empty() && !is_so {
        priority::set(actor, tx, setting, draw, on, &found.priority)?;
    }
    let says = !found.words.trim().is_empty();
    if found.stage.is_empty() && !says && found.planned == Some(None) {
        return Ok(Told::Nobody);
    }
    // The part may have changed by what stands above.
    let version = acts::relation(actor, tx, agency, &held.head)?.1.ok_or(NotFound)?.version;
    let stage = if found.stage.is_empty() { &held.case.stage } else { &found.stage };
    let day = found.planned.ok_or(Refusal::NoSuchDay)?;
    acts::set_stage(actor, tx, setting, draw, On { version, ..on }, (stage, day), &found.words)
}
