//! Codes of a national return (C-15): those of the answers, and as staff put them right. What the resident answered stays as it was
//! told; the newest correction of the agency stands beside it, and goes to the back office as an update.

use super::{
    acts::{On, held, open},
    answers, office,
};
use crate::{Draw, Refusal, Result, Setting};
use catalogue::{Answer, Coded, Service};
use rights::{Actor, Right};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::{
    Tx,
    journal::{Audience, Entry, Verb},
};

pub(super) const CORRECTED: &str = "codes.corrected";

/// One coded question as the agency has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    pub coded: Coded,
    /// Staff put it right.
    pub corrected: bool,
}

/// By the answers in these bodies, and by what the agency corrected since.
pub(super) fn now<'b>(
    service: &Service,
    bodies: impl Iterator<Item = &'b Json>,
    entries: &[Entry],
    agency: &str,
) -> Vec<Now> {
    let answers = answers::read(service, bodies);
    let own = |entry: &&Entry| entry.kind == CORRECTED && entry.agency.as_deref() == Some(agency);
    let newest = entries.iter().filter(own).max_by_key(|entry| (entry.at, entry.id));
    let said = newest.map(|entry| &entry.facts["options"]);
    let one = |mut coded: Coded| {
        let option = said.and_then(|said| said[&coded.question].as_str()).map(str::to_owned);
        let corrected = option.is_some() && option != coded.option;
        coded.option = option.or(coded.option);
        Now { coded, corrected }
    };
    catalogue::coded(service, &answers).into_iter().map(one).collect()
}

/// Staff say what each of them is. One entry holds all three, with their codes.
pub fn correct(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    said: &BTreeMap<String, String>,
) -> Result<()> {
    let held = held(actor, tx, Right::Inspect, on)?;
    open(&held)?;
    let service = setting.definition(&held.head.definition).ok_or(Refusal::NoSuchCode)?;
    let mut answers = catalogue::Answers::new();
    for (question, option) in said.iter().filter(|(_, option)| !option.is_empty()) {
        answers.give(question, Answer::Choice(option.clone()));
    }
    let coded = catalogue::coded(&service, &answers);
    if coded.is_empty() || coded.iter().any(|one| one.option.is_some() && one.words().is_none()) {
        return Err(Refusal::NoSuchCode.into());
    }
    let chosen: Vec<&Coded> = coded.iter().filter(|one| one.option.is_some()).collect();
    if chosen.is_empty() {
        return Err(Refusal::NoSuchCode.into());
    }
    let options: BTreeMap<&str, &str> =
        chosen.iter().filter_map(|one| Some((one.question.as_str(), one.option.as_deref()?))).collect();
    let words: Vec<String> = chosen.iter().map(|one| words(one)).collect();
    let facts = json!({ "options": options, "name": words.join("; ") });
    let entry = held.enter(actor, tx, draw, (CORRECTED, Verb::Alteration, Audience::Agency), facts, None)?;
    office::tell(actor, tx, setting, draw, (entry, &held.case.agency, &held.head))
}

/// `Kind of place: On a back alley (L03)`.
fn words(one: &Coded) -> String {
    let code = one.code().map(|code| format!(" ({code})")).unwrap_or_default();
    format!("{}: {}{code}", one.label, one.words().unwrap_or_default())
}
