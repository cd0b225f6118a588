//! Things that the victim adds to their report later, or tells again in other words (P-93). The first list stays as it was
//! told.

use super::{follow, property};
use crate::{Draw, Refusal, Result, Setting};
use catalogue::{Answer, Item, Kind, Question, Service, ShownAnswer, kind};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use std::sync::Arc;
use store::{
    Time, Tx, answer,
    journal::{self, Audience, Entry, NewEntry, Verb},
    report::{self, Head},
    sub_case,
};

/// Things that may be added to one report: as many as a list of them takes (P-30).
const MOST_ADDED: usize = 20;

const KIND: &str = "property.added";

/// A thing that was added later, as people read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    pub at: Time,
    pub words: String,
}

/// What may be added to a report.
#[derive(Clone, Debug)]
pub struct Asking {
    pub service: Arc<Service>,
    /// The service's own question, for one thing.
    pub question: Question,
    /// Every thing on the list and those added later, as people read them.
    pub known: Vec<String>,
    /// How many of them were added later.
    later: usize,
}

/// The question of a service about things, where it has one, for one thing at a time.
fn question(service: &Service) -> Option<Question> {
    let mut question = service.questions.iter().find(|question| matches!(question.kind, Kind::Items { .. }))?.clone();
    if let Kind::Items { most, .. } = &mut question.kind {
        *most = 1;
    }
    Some(question)
}

/// The reporter may add things: the service asks for them, and the report has not ended.
pub(super) fn takes(setting: &Setting, head: &Head, ended: bool) -> bool {
    !ended && setting.definition(&head.definition).is_some_and(|service| question(&service).is_some())
}

pub(super) fn added(entries: &[Entry]) -> Vec<Added> {
    let words = |entry: &Entry| entry.content.as_ref().and_then(|content| content["words"].as_str().map(str::to_owned));
    let added = entries.iter().filter(|entry| entry.kind == KIND);
    added.filter_map(|entry| Some(Added { at: entry.at, words: words(entry)? })).collect()
}

/// What the page asks. Where nothing can be added, there is no such page.
pub fn asking(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<Asking> {
    let id = follow::mine(actor, Right::AddWords)?;
    let head = report::by_id(tx, id)?;
    let ended = head.withdrawn_at.is_some() || sub_case::of_report(tx, id)?.iter().all(|case| case.core.ended());
    let service = setting.definition(&head.definition).filter(|_| !ended).ok_or(NotFound)?;
    let question = question(&service).ok_or(NotFound)?;
    let rows = answer::own(actor, tx, id)?;
    let told = super::answers::shown(&service, rows.iter().map(|row| &row.body));
    let first = told.iter().filter(|answer: &&ShownAnswer| answer.question == question.id).flat_map(|a| &a.lines);
    let mut known: Vec<String> = first.map(|line| line.text.clone()).collect();
    let later = added(&journal::for_resident(actor, tx, id)?);
    known.extend(later.iter().map(|added| added.words.clone()));
    Ok(Asking { service, question, known, later: later.len() })
}

/// Adds a thing, or one that stands for the `instead`th of those known.
pub fn add(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    item: &Item,
    instead: Option<usize>,
) -> Result<()> {
    let id = follow::mine(actor, Right::AddWords)?;
    let Asking { service, question, known, later } = asking(actor, tx, setting)?;
    if item.is_empty() {
        return Err(Refusal::WordsNeeded.into());
    }
    if later >= MOST_ADDED {
        return Err(Refusal::TooManyThings.into());
    }
    let lines = kind::show(&question, &service.words, &Answer::Items(vec![item.clone()]));
    let mut words = lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    if let Some(place) = instead {
        let old = known.get(place).ok_or(NotFound)?;
        // Of one that was told again before, what stands in it now.
        words = format!("{words}\nInstead of: {}", old.lines().next().unwrap_or_default());
    }
    let (_, moved) = follow::wake(actor, tx, setting, draw, id)?;
    let mut facts = json!({ "question": question.id, "instead": instead });
    moved.note(&mut facts);
    let entry = NewEntry {
        id: draw.id(),
        at: draw.now(),
        verb: Verb::Collection,
        kind: KIND,
        report: Some(id),
        agency: None,
        audience: Audience::Resident,
        facts,
        content: Some(json!({ "words": words, "item": item.to_json() })),
        salt: draw.salt(),
    };
    journal::write(actor, tx, &entry)?;
    property::keep(tx, setting, draw, id, &catalogue::marks_of_item(&question, item))
}
