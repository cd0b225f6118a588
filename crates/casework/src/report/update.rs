//! What an agency's own program says of a report (Open311: a service request update). It is an act on the agency's part like
//! one of its staff, by the house, in the words of the agency's own list. Saying it again changes nothing again.

use super::{
    acts::{self, Held},
    entry::{Happened, write},
    once::{Key, Remembered},
    publication, tell,
    timeline::said_at,
};
use crate::{Draw, Error, Refusal, Result, Setting, attempt, setting::Said, template, words};
use rights::{Actor, NotFound, Relation, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    journal::{self, Audience, Verb},
    report,
    sub_case::{self, Core},
    template::Moment,
};
use uuid::Uuid;

/// A program at the door. Which agency's it is goes beside it: the key has said so.
pub const PROGRAM: Actor = Actor::House("open311");
/// In place of a service, where answers of this door are remembered.
const DOOR: &str = "open311";
/// Entries that change how a report stands.
const CHANGES: [&str; 4] = ["stage.set", "report.closed", "report.reopened", "report.withdrawn"];
const SECOND: i64 = 1_000_000;

/// The report that is meant.
#[derive(Clone, Debug)]
pub struct Of {
    /// Whose key was shown.
    pub agency: String,
    pub reference: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    pub update_id: String,
    /// The word for the state, as it came.
    pub status: String,
    /// When it happened, by their clock.
    pub at: Time,
    pub description: String,
    pub external_status_code: Option<String>,
    /// The reference that their own system shows.
    pub customer_reference: Option<String>,
    /// For staff alone.
    pub detail: Option<String>,
}

/// What saying it came to: the id of the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    New(Uuid),
    /// The same was said under this id before.
    Before(Uuid),
    /// Something else was said under this id before.
    Other,
}

/// An id that a program gave, bound to what it said under it.
pub fn key(setting: &Setting, of: &Of, update: &Update) -> Key {
    let said = json!([
        of.reference,
        update.status,
        update.at,
        update.description,
        update.external_status_code,
        update.customer_reference,
        update.detail,
    ]);
    Key::new(&setting.keys, &format!("{DOOR} update {} {}", of.agency, update.update_id), said.to_string().as_bytes())
}

/// Only the house comes through this door, for the agency whose key was shown.
pub(super) fn held(actor: &Actor) -> Result<()> {
    rights::hold(actor, Right::SetStage)?;
    if matches!(actor, Actor::House(_)) { Ok(()) } else { Err(NotFound.into()) }
}

pub fn tell(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, of: &Of, update: &Update) -> Result<Told> {
    held(actor)?;
    let key = key(setting, of, update);
    attempt::hold(tx, &key.token)?;
    if let Some(Remembered { body, answer }) = Remembered::find(tx, &key, draw.now())? {
        return Ok(if body == key.body { Told::Before(answer) } else { Told::Other });
    }
    let head = report::by_reference(tx, &of.reference)?.ok_or(NotFound)?;
    let (relation, case) = acts::relation(actor, tx, &of.agency, &head)?;
    let case = case.filter(|_| relation == Relation::Holder).ok_or(NotFound)?;
    let mut held = Held { head, case };
    let words = words::read(&update.description)?;
    let entry = enter(actor, tx, setting, draw, &mut held, update, &words)?;
    if let Some(detail) = &update.detail {
        let note = ("note.added", Verb::Collection, Audience::Agency);
        held.enter(actor, tx, draw, note, json!({}), Some(&words::read(detail)?))?;
    }
    Remembered { body: key.body.clone(), answer: entry }.keep(tx, draw, &key, (DOOR, held.head.id))?;
    Ok(Told::New(entry))
}

/// Does what the word comes to, or lets it join the thread; the entry that tells of it.
fn enter(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    held: &mut Held,
    update: &Update,
    words: &str,
) -> Result<Uuid> {
    let entries = journal::of_report(actor, tx, held.head.id)?;
    let changed = entries.iter().filter(|entry| CHANGES.contains(&entry.kind.as_str()));
    let changed = changed.map(|entry| said_at(&entry.facts).unwrap_or(entry.at)).max();
    // A clock that goes before ours must not hold up what is said later.
    let at = Time(update.at.micros().min(draw.now().micros()));
    // Stamps are whole seconds.
    let is_old = changed.is_some_and(|changed| at.micros() < changed.micros() / SECOND * SECOND);
    let said = setting.update_said(&held.case.agency, &held.case.service, &update.status);
    let code = update.external_status_code.as_deref();
    let last = entries.iter().rev().find_map(|entry| entry.facts["code"].as_str());
    let (moment, state) = match &said {
        Said::Stage(to) if held.case.stage != to.id => (Moment::Stage, to.id.as_str()),
        Said::Outcome(id) if held.case.outcome.as_ref() != Some(id) => (Moment::Outcome, id.as_str()),
        _ => (Moment::Any, ""),
    };
    // A template speaks where something has changed: the state, or the code alone.
    let speaks = !is_old && (moment != Moment::Any || (code.is_some() && code != last));
    let of = (&held.head, held.case.agency.as_str());
    let by_template = match speaks {
        true => template::heard(tx, setting, draw.now(), of, (moment, state, code), words)?,
        false => None,
    };
    let words = by_template.as_ref().map_or(words, |said| said.words.as_str());
    let mut more = json!({ "update_id": update.update_id, "status": update.status, "said_at": at });
    for (name, text) in [("code", &update.external_status_code), ("customer_reference", &update.customer_reference)] {
        if let Some(text) = text {
            more[name] = json!(text);
        }
    }
    if let Some(said) = &by_template {
        more["template"] = json!(said.template);
        if said.open > 0 && publication::leads(tx, held.head.id, &held.case.agency)? {
            more[acts::FOR_EVERYBODY] = json!(said.open);
        }
    }
    more["unknown"] = json!(said == Said::Unknown);
    let closed = held.case.core == Core::Closed;
    match said {
        Said::Stage(to) if !is_old && closed => {
            acts::reopened(actor, tx, setting, draw, held, &to, (words, more))?;
        }
        Said::Stage(to) if !is_old && !held.case.core.ended() && held.case.stage != to.id => {
            acts::staged(actor, tx, setting, draw, held, (&to, None), (words, more))?;
        }
        Said::Outcome(id)
            if !is_old && held.case.core != Core::Withdrawn && held.case.outcome.as_ref() != Some(&id) =>
        {
            let outcome = setting.outcome(&held.case.agency, &id).ok_or(Refusal::NoSuchOutcome)?;
            // Who acts instead stands in the words: a sentence with a gap for their name would say nobody.
            let sentence = if outcome.needs_agency { "" } else { outcome.sentence.as_str() };
            acts::closed(actor, tx, setting, draw, held, outcome, (sentence, words, more))?;
        }
        _ => return joined(actor, tx, setting, draw, held, (more, words)),
    }
    let latest = journal::of_report(actor, tx, held.head.id)?;
    let entry = latest.iter().rfind(|entry| entry.facts["update_id"] == update.update_id.as_str());
    entry.map(|entry| entry.id).ok_or(Error::Stale)
}

/// Words that change nothing but what is known.
fn joined(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    held: &mut Held,
    (facts, words): (Json, &str),
) -> Result<Uuid> {
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    let (report, agency) = (held.head.id, Some(held.case.agency.as_str()));
    let (verb, audience) = (Verb::Collection, Audience::Resident);
    let mail = template::mail(tx, setting, draw.now(), &held.head, &facts)?;
    let happened = Happened { report, agency, verb, kind: "update.told", audience, facts, words: Some(words) };
    let entry = write(actor, tx, draw, happened)?;
    publication::follow(tx, setting, report, draw.now())?;
    tell::in_words(tx, setting, draw, (&held.head, &held.case.agency), entry, mail)?;
    Ok(entry)
}
