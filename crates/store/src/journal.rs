//! Everything that happens is one entry, written in the same transaction as the change it records. Never updated.

use crate::{Error, Glance, Look, Result, Shown, Time, Tx, from_row, named_value};
use rights::{Actor, Right};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

named_value! {
    /// The six verbs of the Data Protection Act 2018 s62(1).
    pub enum Verb {
        Collection = "collection",
        Alteration = "alteration",
        Consultation = "consultation",
        Disclosure = "disclosure",
        Combination = "combination",
        Erasure = "erasure",
    }
}

named_value! {
    /// Who may read the entry as part of a report's thread.
    pub enum Audience {
        /// The resident and every agency on the report.
        Resident = "resident",
        /// Every agency on the report.
        Agencies = "agencies",
        /// The acting agency alone.
        Agency = "agency",
        /// The audit trail alone.
        Audit = "audit",
    }
}

/// What is about to happen, with ids and salt drawn before.
#[derive(Clone, Debug)]
pub struct NewEntry {
    pub id: Uuid,
    pub at: Time,
    pub verb: Verb,
    pub kind: &'static str,
    pub report: Option<Uuid>,
    pub agency: Option<String>,
    pub audience: Audience,
    /// Values as they were, and no personal content.
    pub facts: Json,
    /// Personal content (words), kept apart so that it can be erased.
    pub content: Option<Json>,
    pub salt: [u8; 16],
}

/// An entry as it was written, with its content where that is still there.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: Uuid,
    pub at: Time,
    pub verb: Verb,
    pub kind: String,
    pub agency: Option<String>,
    pub actor: String,
    pub actor_name: String,
    pub audience: Audience,
    pub facts: Json,
    pub content: Option<Json>,
}

from_row!(Entry { id, at, verb, kind, agency, actor, actor_name, audience, facts, content });

/// A step of a report that everybody may read: when, what kind, by which agency, and words of the agency's own lists. Of what
/// people wrote there is how it ended and to which stage it came alone, of which the facts say how much is for everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub at: Time,
    pub kind: String,
    pub agency: Option<String>,
    pub facts: Json,
    pub content: Option<Json>,
}

from_row!(Step { at, kind, agency, facts, content });

/// The steps of a report that is public, oldest first: of the agency that shows it, and of those that showed it before.
pub fn public_steps(tx: &mut Tx, report: Uuid) -> Result<Vec<Step>> {
    let leads = "SELECT agency FROM publication WHERE report = $1 AND shown = 'public'";
    let Some((leads,)) = tx.maybe::<(String,)>(leads, &[&report])? else { return Ok(Vec::new()) };
    let mut steps: Vec<Step> = tx.all(
        "SELECT j.at, j.kind, j.agency, j.facts, c.body FROM journal AS j \
         LEFT JOIN content AS c ON c.entry = j.id AND j.kind IN ('report.closed', 'stage.set') \
         WHERE j.report = $1 AND j.audience = 'resident' \
         AND j.kind IN ('report.received', 'report.acknowledged', 'stage.set', 'report.closed', 'report.reopened', \
         'report.withdrawn', 'reopening.asked', 'questionnaire.answered', 'place.moved', 'service.changed', \
         'transfer.accepted') ORDER BY j.id",
        &[&report],
    )?;
    let mut shows = vec![leads];
    for step in steps.iter().rev().filter(|step| step.is_handed_over()) {
        shows.extend(step.facts["from"].as_str().map(str::to_owned));
    }
    steps.retain(|step| match step.kind.as_str() {
        "transfer.accepted" => step.is_handed_over(),
        _ => step.agency.as_ref().is_none_or(|agency| shows.contains(agency)),
    });
    Ok(steps)
}

impl Step {
    /// What everybody reads went to another agency with the report.
    fn is_handed_over(&self) -> bool {
        self.kind == "transfer.accepted" && self.facts["public"] == true
    }
}

/// An entry with every column of its own, as the ledger commits to it. A column is taken as it is stored: whether it may
/// be so is for the check to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    pub id: Uuid,
    pub at: Time,
    pub verb: String,
    pub kind: String,
    pub report: Option<Uuid>,
    pub agency: Option<String>,
    pub actor: String,
    pub staff: Option<Uuid>,
    pub actor_name: String,
    pub audience: String,
    pub facts: Json,
    pub content_hash: Option<Vec<u8>>,
}

from_row!(Whole { id, at, verb, kind, report, agency, actor, staff, actor_name, audience, facts, content_hash });

/// SHA-256 over the salt and the content's JSON text with the names of every object in order of their bytes: the entry
/// keeps it when the content is erased. PostgreSQL gives names back in another order than it took them.
pub fn content_hash(salt: &[u8], content: &Json) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(in_order(content).as_bytes());
    hash.finalize().to_vec()
}

/// JSON text with the names of every object in order of their bytes, so that it is the same from either engine.
pub fn in_order(json: &Json) -> String {
    let mut text = String::new();
    write_in_order(json, &mut text);
    text
}

fn write_in_order(json: &Json, text: &mut String) {
    match json {
        Json::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write_in_order(item, text);
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (n, (name, value)) in sorted.into_iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                text.push_str(&Json::from(name.as_str()).to_string());
                text.push(':');
                write_in_order(value, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Writes the entry, its content and its place in the queue of the sealer.
pub fn write(actor: &Actor, tx: &mut Tx, entry: &NewEntry) -> Result<()> {
    let hash = entry.content.as_ref().map(|content| content_hash(&entry.salt, content));
    let name = match actor {
        Actor::Staff(staff) => staff.name.as_str(),
        Actor::House(name) => name,
        Actor::Resident(_) | Actor::Account(_) | Actor::Anonymous => "",
    };
    tx.run(
        "INSERT INTO journal (id, at, verb, kind, report, agency, actor, staff, actor_name, audience, facts, content_hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            &entry.id,
            &entry.at,
            &entry.verb,
            &entry.kind,
            &entry.report,
            &entry.agency,
            &actor.kind(),
            &actor.staff().map(|staff| staff.id),
            &name,
            &entry.audience,
            &entry.facts,
            &hash,
        ],
    )?;
    if let Some(content) = &entry.content {
        tx.run(
            "INSERT INTO content (entry, salt, body) VALUES ($1, $2, $3)",
            &[&entry.id, &entry.salt.as_slice(), content],
        )?;
    }
    tx.run("INSERT INTO unsealed (entry) VALUES ($1)", &[&entry.id])?;
    Ok(())
}

/// The entry of a look (J-33 to J-36): what was shown, to whom, when and why. Search terms are erasable content.
pub(crate) fn consulted(actor: &Actor, tx: &mut Tx, glance: &Glance, shown: &Shown) -> Result<()> {
    let mut facts = json!({ "reason": glance.reason });
    if !shown.groups.is_empty() {
        facts["groups"] = json!(shown.groups);
    }
    if shown.report.is_none() {
        facts["references"] = json!(shown.references);
    }
    if let Some(map) = &shown.map {
        facts["map"] = json!(map);
    }
    write(
        actor,
        tx,
        &NewEntry {
            id: glance.entry,
            at: glance.at,
            verb: Verb::Consultation,
            kind: if shown.report.is_some() { "report.seen" } else { "list.seen" },
            report: shown.report,
            agency: actor.agency().map(str::to_owned),
            audience: Audience::Audit,
            facts,
            content: shown.terms.as_ref().map(|terms| json!({ "terms": terms })),
            salt: glance.salt,
        },
    )
}

const OF_A_REPORT: &str = "SELECT j.id, j.at, j.verb, j.kind, j.agency, j.actor, j.actor_name, j.audience, \
     j.facts, c.body FROM journal AS j LEFT JOIN content AS c ON c.entry = j.id WHERE j.report = $1";
/// Looks that a page of the history shows.
pub const MOST_LOOKS: i64 = 200;

/// What people do and write, without who looked.
fn thread(tx: &mut Tx, report: Uuid) -> Result<Vec<Entry>> {
    tx.all(&format!("{OF_A_REPORT} AND j.audience <> 'audit' ORDER BY j.id"), &[&report])
}

/// What the reporter may read of their report, oldest first.
pub fn for_resident(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Entry>> {
    rights::hold(actor, Right::FollowOwn)?;
    own(actor, report)?;
    Ok(thread(tx, report)?.into_iter().filter(|entry| entry.audience == Audience::Resident).collect())
}

/// What a witness or a third party may read of what the reporter may read: entries of these kinds alone, oldest first.
pub fn for_resident_of(actor: &Actor, tx: &mut Tx, report: Uuid, kinds: &[&str]) -> Result<Vec<Entry>> {
    rights::hold(actor, Right::FollowShort)?;
    own(actor, report)?;
    let mut all = thread(tx, report)?;
    all.retain(|entry| entry.audience == Audience::Resident && kinds.contains(&entry.kind.as_str()));
    Ok(all)
}

/// What staff of an agency on the report may read, oldest first. Who looked at it is in [`history`].
pub fn for_staff(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Entry>> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "thread");
    let agency = actor.agency();
    Ok(thread(look.tx, report)?
        .into_iter()
        .filter(|entry| match entry.audience {
            Audience::Resident | Audience::Agencies => true,
            Audience::Agency => entry.agency.as_deref() == agency,
            Audience::Audit => false,
        })
        .collect())
}

/// The audit trail of a report as far as it is of the actor's own agency: who looked, newest first.
pub fn history(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Entry>> {
    rights::hold(actor, Right::SeeHistory)?;
    look.shows(report, "history");
    let agency = actor.agency();
    let sql = format!("{OF_A_REPORT} AND j.audience = 'audit' AND j.agency = $2 ORDER BY j.id DESC LIMIT $3");
    look.tx.all(&sql, &[&report, &agency, &MOST_LOOKS])
}

/// Every entry of a report, for checks and exports by the house itself.
pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Entry>> {
    house(actor)?;
    tx.all(&format!("{OF_A_REPORT} ORDER BY j.id"), &[&report])
}

/// Entries that wait for the sealer, in the order of their ids; at most so many.
pub fn waiting(actor: &Actor, tx: &mut Tx, most: i64) -> Result<Vec<Whole>> {
    house(actor)?;
    tx.all(
        "SELECT j.id, j.at, j.verb, j.kind, j.report, j.agency, j.actor, j.staff, j.actor_name, j.audience, j.facts, \
         j.content_hash FROM unsealed AS u JOIN journal AS j ON j.id = u.entry ORDER BY u.entry LIMIT $1",
        &[&most],
    )
}

/// Reports without a first entry, and first entries without a report: both must be none (invariant 6).
pub fn strays(actor: &Actor, tx: &mut Tx) -> Result<(i64, i64)> {
    house(actor)?;
    let (reports,): (i64,) = tx.one(
        "SELECT COUNT(*) FROM report AS r WHERE NOT EXISTS \
         (SELECT 1 FROM journal AS j WHERE j.report = r.id AND j.kind = 'report.received')",
        &[],
    )?;
    let (entries,): (i64,) = tx.one(
        "SELECT COUNT(*) FROM journal AS j WHERE j.kind = 'report.received' AND NOT EXISTS \
         (SELECT 1 FROM report AS r WHERE r.id = j.report)",
        &[],
    )?;
    Ok((reports, entries))
}

/// Only the house itself may.
pub(crate) fn house(actor: &Actor) -> Result<()> {
    if matches!(actor, Actor::House(_)) { Ok(()) } else { Err(Error::NotFound(rights::NotFound)) }
}

/// Only the reporter of this report, or the house, may.
pub(crate) fn own(actor: &Actor, report: Uuid) -> Result<()> {
    match actor {
        Actor::House(_) => Ok(()),
        Actor::Resident(resident) if resident.report == report => Ok(()),
        _ => Err(Error::NotFound(rights::NotFound)),
    }
}
