//! What a resident wrote in another language, in English beside it (P-108). The first words stay as they are; a translation is
//! an entry of its own that the agency alone reads and no resident is told of.

use super::{
    acts::{On, held},
    answers,
    files::parts_of,
};
use crate::{Draw, Result, Setting, words};
use catalogue::Kind;
use rights::{Actor, Groups, NotFound, Relation, Right};
use serde_json::json;
use store::{
    Time, Tx,
    journal::{self, Audience, Entry, Verb},
};
use uuid::Uuid;

const KIND: &str = "translation.added";

/// What is translated: an answer, by the id of its question, or words that the resident added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    Answer(String),
    Entry(Uuid),
}

impl Of {
    /// `answer:what`, `entry:0190…`.
    pub fn read(named: &str) -> Option<Of> {
        match named.split_once(':')? {
            ("answer", id) => Some(Of::Answer(id.to_owned())),
            ("entry", id) => id.parse().ok().map(Of::Entry),
            _ => None,
        }
    }

    pub fn named(&self) -> String {
        match self {
            Of::Answer(id) => format!("answer:{id}"),
            Of::Entry(id) => format!("entry:{id}"),
        }
    }
}

/// A translation as colleagues read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    pub of: Of,
    pub words: String,
    pub by: String,
    pub at: Time,
}

/// Words that the resident wrote after sending.
pub(super) fn is_of_resident(entry: &Entry) -> bool {
    let written = entry.content.as_ref().is_some_and(|content| content["words"].is_string());
    written && entry.actor == "resident" && entry.audience == Audience::Resident
}

/// The newest of each.
pub(super) fn of(entries: &[Entry]) -> Vec<Translated> {
    let mut all: Vec<Translated> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == KIND) {
        let words = entry.content.as_ref().and_then(|content| content["words"].as_str());
        let (Some(of), Some(words)) = (entry.facts["of"].as_str().and_then(Of::read), words) else { continue };
        all.retain(|known| known.of != of);
        all.push(Translated { of, words: words.to_owned(), by: entry.actor_name.clone(), at: entry.at });
    }
    all
}

/// Keeps a translation of what the actor may see. A later one of the same words stands in the place of the one before; both stay
/// in the journal.
pub fn add(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, of: &Of, typed: &str) -> Result<()> {
    let held = held(actor, tx, Right::Note, on)?;
    let words = words::read(typed)?;
    let known = match of {
        Of::Answer(id) => {
            let service = setting.definition(&held.head.definition);
            let shared: Groups = serde_json::from_value(held.case.shared.clone()).unwrap_or_default();
            let seen = parts_of(&rights::groups_seen(actor, Relation::Holder, &shared));
            service.is_some_and(|service| {
                let question = service.question(id);
                question.is_some_and(|q| {
                    matches!(q.kind, Kind::Text { .. } | Kind::LongText { .. }) && seen.contains(&answers::part_of(q))
                })
            })
        }
        Of::Entry(id) => {
            let entries = journal::of_report(&Actor::House("translation"), tx, held.head.id)?;
            entries.iter().any(|entry| entry.id == *id && is_of_resident(entry))
        }
    };
    if !known {
        return Err(NotFound.into());
    }
    let facts = json!({ "of": of.named() });
    held.enter(actor, tx, draw, (KIND, Verb::Collection, Audience::Agency), facts, Some(&words))?;
    Ok(())
}
