//! A case of one complaint that nothing happens in closes by itself (C-26): its complainant is told some days before, with the
//! way to their diary. Who could not be told is for a person, and the case stays.

use super::{
    HOUSE,
    begin::alone,
    ending::{end, parts},
};
use crate::{
    Draw, Result, Setting,
    report::tell::{self, Message, Told},
};
use catalogue::{Cases, Limit};
use serde_json::json;
use store::{
    Tx,
    casefile::{self, Casefile},
    casefile_entry,
    journal::{Audience, Verb},
};

/// Warns and closes what is due. Returns how many; a run that returns `most` has more to do.
pub fn tick(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let due = casefile::due(&HOUSE, tx, draw.now(), most)?;
    for case in &due {
        look(tx, setting, draw, case.clone())?;
    }
    Ok(due.len())
}

fn look(tx: &mut Tx, setting: &Setting, draw: &mut Draw, mut case: Casefile) -> Result<()> {
    case.next_at = None;
    let still = case.closed_at.is_none() && case.merged_into.is_none() && alone(tx, &case)?;
    let agency = case.agency.clone();
    match setting.cases(&agency).filter(|_| still) {
        None => Ok(casefile::update(&HOUSE, tx, &case)?),
        Some(rules) if case.warned_at.is_none() => warn(tx, setting, draw, case, rules),
        Some(rules) => match setting.outcome(&agency, &rules.outcome) {
            Some(outcome) => end(&HOUSE, tx, setting, draw, &mut case, (outcome, &rules.closed)),
            None => Ok(casefile::update(&HOUSE, tx, &case)?),
        },
    }
}

fn warn(tx: &mut Tx, setting: &Setting, draw: &mut Draw, mut case: Casefile, rules: &Cases) -> Result<()> {
    let mut told = Told::Nobody;
    for held in parts(tx, &case)?.into_iter().filter(|held| !held.case.core.ended()) {
        let kind = ("case.closing", Verb::Alteration, Audience::Resident);
        let entry = held.enter(&HOUSE, tx, draw, kind, json!({ "sentence": rules.closing }), None)?;
        casefile_entry::of(tx, case.id, entry)?;
        told = tell::resident(tx, setting, draw, &held.head, &case.agency, entry, Message::Update)?;
    }
    if told == Told::Queued {
        case.warned_at = Some(draw.now());
        case.next_at = Some(setting.ends(&case.agency, &Limit::Days(rules.notice_days), draw.now()));
    }
    Ok(casefile::update(&HOUSE, tx, &case)?)
}
