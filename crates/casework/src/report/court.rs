//! Where a case stands at court (P-95): each step of the agency's list that a person has told the victim of, and those that
//! nobody knows yet. Nothing is guessed: a step is known when somebody said so in words.

use super::{
    acts::{On, held},
    clock,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::Cue;
use jiff::civil::Date;
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Time, Tx,
    journal::{Audience, Entry, Verb},
    sub_case::SubCase,
};

pub(super) const KIND: &str = "court.said";

/// A step at court, in the order of the agency's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: String,
    /// None: not known yet.
    pub known: Option<Known>,
}

/// The newest that was said of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub day: Option<Date>,
    pub words: String,
    pub since: Time,
}

/// Says where the case stands. The victim reads it, so the clock for telling them stops. `day` is none where what was typed
/// is no day.
pub fn say(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (step, day): (&str, Option<Option<Date>>),
    typed: &str,
) -> Result<Told> {
    let held = held(actor, tx, Right::RecordCrime, on)?;
    let steps = setting.court(&held.case.agency);
    let step = steps.iter().find(|known| known.id == step).ok_or(Refusal::NoSuchStage)?;
    let day = day.ok_or(Refusal::NoSuchDay)?;
    let words = words::read(typed)?;
    let mut facts = json!({ "step": step.id, "name": step.name, "day": day });
    clock::cue(tx, setting, draw, &held.case, &[Cue::Told])?.note(&mut facts);
    let entry = held.enter(actor, tx, draw, (KIND, Verb::Alteration, Audience::Resident), facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// The steps as the victim reads them; none where the case is not on its way to a court.
pub(super) fn steps(setting: &Setting, case: &SubCase, entries: &[Entry]) -> Vec<Step> {
    let said: Vec<&Entry> =
        entries.iter().filter(|entry| entry.kind == KIND && entry.agency.as_ref() == Some(&case.agency)).collect();
    let outcome = case.outcome.as_ref().and_then(|id| setting.outcome(&case.agency, id));
    if said.is_empty() && !outcome.is_some_and(|outcome| outcome.court) {
        return Vec::new();
    }
    let known = |id: &str| {
        let last = said.iter().rfind(|entry| entry.facts["step"] == id)?;
        let words = last.content.as_ref().and_then(|content| content["words"].as_str()).unwrap_or_default();
        let day = last.facts["day"].as_str().and_then(|day| day.parse().ok());
        Some(Known { day, words: words.to_owned(), since: last.at })
    };
    let steps = setting.court(&case.agency).iter();
    steps.map(|step| Step { name: step.name.clone(), known: known(&step.id) }).collect()
}
