//! Reports as other programs send and read them (Open311: a service request).

use super::{
    answers,
    entry::{Happened, write},
    files::{self, Holder},
    once::{Key, Remembered},
    photo_link::{self, Links},
    submit::{self, Ready},
    update::held,
};
use crate::{Draw, Result, Setting, attempt, clocks, setting::Stage};
use rights::{Actor, Group, Groups, NotFound};
use serde_json::{Map, Value as Json, json};
use store::{
    Time, Tx,
    answer::Part,
    journal::{self, Audience, NewEntry, Verb},
    publication::{After, Shown, Stand},
    request::{self, Past, Request, Wanted},
    sub_case::Core,
};
use uuid::Uuid;

/// One in a list of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub reference: String,
    pub open: bool,
    /// How it stands, in the agency's words.
    pub notes: String,
    pub service: String,
    pub service_name: String,
    pub group: String,
    pub title: String,
    pub description: String,
    pub agency_name: String,
    pub place: String,
    pub lat: f64,
    pub lon: f64,
    pub received_at: Time,
    pub changed_at: Time,
    /// By when the work is meant to be done, which is the day it is planned for where one was said; none once it has ended.
    pub due_at: Option<Time>,
    /// Everybody may read it.
    pub public: bool,
    /// Of those that everybody may see.
    pub photos: Vec<Uuid>,
    /// Who reported it, where they want to be named.
    pub shown_name: Option<String>,
}

/// The newest first, at most so many: what everybody may read, and for the house what the agency may read besides. That
/// those were read is entered.
pub fn list(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (agency, wanted): (&String, &Wanted),
    (after, most): (Option<&After>, i64),
) -> Result<Vec<Listed>> {
    let rows = request::newest(actor, tx, agency, wanted, after, most)?;
    let pictured = rows.iter().filter(|row| row.shown == Shown::Public && row.photos != json!([]));
    let files = request::photos(tx, &pictured.map(|row| row.report).collect::<Vec<_>>())?;
    let mut all: Vec<Listed> = rows.iter().filter_map(|row| listed(setting, row, &files)).collect();
    if !wanted.private.is_empty() {
        all.extend(private(actor, tx, setting, (agency, wanted), (after, most))?);
        all.sort_by(|a, b| (b.received_at, &b.reference).cmp(&(a.received_at, &a.reference)));
        all.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    let other: Vec<&str> = all.iter().filter(|row| !row.public).map(|row| row.reference.as_str()).collect();
    if !other.is_empty() {
        seen(actor, tx, draw, agency, &other)?;
    }
    Ok(all)
}

/// What has no public page: as it goes to the agency's own back office, and no more. No answer that is evidence, special or
/// restricted, nobody's contact, no photo.
fn private(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    (agency, wanted): (&String, &Wanted),
    (after, most): (Option<&After>, i64),
) -> Result<Vec<Listed>> {
    held(actor)?;
    let rows = request::private(actor, tx, agency, wanted, after, most)?;
    let answers = request::answers(actor, tx, &rows.iter().map(|row| row.report).collect::<Vec<_>>())?;
    Ok(rows.iter().filter_map(|row| listed_privately(setting, agency, row, &answers)).collect())
}

fn listed_privately(
    setting: &Setting,
    agency: &str,
    row: &request::Private,
    all: &[(Uuid, Part, Json)],
) -> Option<Listed> {
    let groups: Groups = serde_json::from_value(row.shared.clone()).unwrap_or_default();
    let parts = files::parts_of(&groups);
    let first = all.partition_point(|(report, ..)| *report < row.report);
    let own = all[first..].iter().take_while(|(report, ..)| *report == row.report);
    let mut map = Map::new();
    for (_, _, body) in own.filter(|(_, part, _)| parts.contains(part)) {
        map.extend(body.as_object().cloned().unwrap_or_default());
    }
    let service = setting.definition(&row.definition);
    let place = if groups.contains(&Group::Place) { row.place.clone() } else { String::new() };
    let now = setting.service_now(&row.service, &row.definition);
    let name = now.as_ref().map_or_else(|| setting.service_name(&row.service), |s| s.title().to_owned());
    let title = if place.is_empty() { name.clone() } else { format!("{name}, {place}") };
    let told = service.as_ref().map(|service| super::office::words(service, &map)).unwrap_or_default();
    let outcome = row.outcome.as_deref().and_then(|id| setting.outcome(agency, id));
    let stage = setting.stage(agency, &row.stage);
    let planned = planned(stage.as_ref(), row.planned_on.as_deref());
    let stage = stage.map(|stage| stage.on(row.planned_on.as_deref())).unwrap_or_default();
    let open = !row.core.ended();
    Some(Listed {
        reference: row.reference.clone(),
        open,
        notes: outcome.filter(|_| !open).map_or(stage, |outcome| outcome.name.clone()),
        service: row.service.clone(),
        service_name: name,
        group: now.map(|service| service.group.clone()).unwrap_or_default(),
        // Never empty: a reader drops what says nothing.
        description: if told.is_empty() { title.clone() } else { told.join("\n") },
        title,
        agency_name: setting.agency_name(agency),
        place,
        lat: row.lat?,
        lon: row.lon?,
        received_at: row.received_at,
        changed_at: row.changed_at,
        due_at: planned.or(Some(row.due_at)).filter(|_| open),
        public: false,
        photos: Vec::new(),
        shown_name: None,
    })
}

/// The last second of the day that the work is planned for: its midnight is read as the day after.
fn planned(stage: Option<&Stage>, day: Option<&str>) -> Option<Time> {
    let day = stage.filter(|stage| stage.dated.is_some()).and(day)?;
    Some(clocks::end_of(day.parse().ok()?).plus_seconds(-1))
}

/// Those of a report that is public, in their order.
fn photos(row: &Request, files: &[(Uuid, Uuid)]) -> Vec<Uuid> {
    let first = files.partition_point(|(report, _)| *report < row.report);
    let own: Vec<Uuid> =
        files[first..].iter().take_while(|(report, _)| *report == row.report).map(|(_, file)| *file).collect();
    let named: Vec<String> = serde_json::from_value(row.photos.clone()).unwrap_or_default();
    named.iter().filter_map(|id| id.parse().ok()).filter(|id| own.contains(id)).collect()
}

fn seen(actor: &Actor, tx: &mut Tx, draw: &mut Draw, agency: &str, references: &[&str]) -> Result<()> {
    let entry = NewEntry {
        id: draw.id(),
        at: draw.now(),
        verb: Verb::Consultation,
        kind: "list.seen",
        report: None,
        agency: Some(agency.to_owned()),
        audience: Audience::Audit,
        facts: json!({ "reason": "open311", "references": references }),
        content: None,
        salt: draw.salt(),
    };
    Ok(journal::write(actor, tx, &entry)?)
}

fn listed(setting: &Setting, row: &Request, files: &[(Uuid, Uuid)]) -> Option<Listed> {
    let service = setting.definition(&row.definition);
    let shown = service.as_ref().map(|service| answers::shown(service, [&row.body].into_iter())).unwrap_or_default();
    let line = |answer: &catalogue::ShownAnswer| {
        let lines: Vec<&str> = answer.lines.iter().map(|line| line.text.as_str()).collect();
        format!("{}: {}", answer.label, lines.join(", "))
    };
    let name = service.as_ref().map_or_else(|| setting.service_name(&row.service), |s| s.title().to_owned());
    let title = if row.place.is_empty() { name.clone() } else { format!("{name}, {}", row.place) };
    let told: Vec<String> = shown.iter().map(line).collect();
    let open = row.stand == Stand::Open;
    let outcome = row.outcome.as_deref().and_then(|id| setting.outcome(&row.agency, id));
    let stage = setting.stage(&row.agency, &row.stage);
    let planned = planned(stage.as_ref(), row.planned_on.as_deref());
    let stage = stage.map(|stage| stage.on(row.planned_on.as_deref())).unwrap_or_default();
    Some(Listed {
        reference: row.reference.clone(),
        open,
        notes: outcome.filter(|_| !open).map_or(stage, |outcome| outcome.name.clone()),
        service: row.service.clone(),
        service_name: name,
        group: service.map(|service| service.group.clone()).unwrap_or_default(),
        // Never empty: a reader drops what says nothing.
        description: if told.is_empty() { title.clone() } else { told.join("\n") },
        title,
        agency_name: setting.agency_name(&row.agency),
        place: row.place.clone(),
        lat: row.lat?,
        lon: row.lon?,
        received_at: row.received_at,
        changed_at: row.changed_at,
        due_at: planned.or(Some(row.due_at)).filter(|_| open && row.core != Core::WithOtherAgency),
        public: row.shown == Shown::Public,
        photos: photos(row, files),
        shown_name: row.shown_name.clone(),
    })
}

/// Something told of a report, in words that are fit for everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub id: Uuid,
    pub reference: String,
    pub status: &'static str,
    pub at: Time,
    pub description: String,
    pub external_status_code: Option<String>,
    pub customer_reference: Option<String>,
    pub category: String,
}

/// What the agency told of its reports, oldest first; `private` names services without public pages. What staff wrote was for
/// the reporter, and is not among it; what a program of the agency said is.
pub fn told(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    (agency, references, private): (&String, &[String], &[String]),
    (past, before): (&Past, Time),
    most: i64,
) -> Result<Vec<Told>> {
    held(actor)?;
    let rows = request::told(actor, tx, agency, (references, private), (past, before), most)?;
    Ok(rows.iter().map(|row| shown(setting, agency, row)).collect())
}

fn shown(setting: &Setting, agency: &str, row: &request::Told) -> Told {
    let text = |name: &str| row.facts[name].as_str().map(str::to_owned);
    let or = |name: &str| text(name).unwrap_or_default();
    let own = row.words.as_ref().filter(|_| row.by == "open311").and_then(|words| words["words"].as_str());
    let said = row.words.as_ref().and_then(|words| words["words"].as_str());
    let everybody = said.and_then(|words| super::acts::for_everybody(&row.facts, words)).unwrap_or_default();
    let name = setting.agency_name(agency);
    let (status, words) = match row.kind.as_str() {
        "stage.set" => {
            let words = [or("name"), everybody].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
            (setting.update_word(agency, &or("to"), None, false), words.join(". "))
        }
        "report.closed" => {
            let words = format!("{}. {} {everybody}", or("name"), or("sentence"));
            (setting.update_word(agency, "", text("outcome").as_deref(), true), words.trim_end().to_owned())
        }
        "report.reopened" => ("open", format!("{name} took it up again")),
        "update.told" => (catalogue::UpdateWord::Unchanged.name(), format!("{name} told us more")),
        _ => ("open", format!("{name} has read it")),
    };
    // A plain system knows two words: the one that changes nothing is how the report stands.
    let plain = row.kind == "update.told" && !setting.partners.extended(agency);
    let stands = if row.stand == Stand::Open { "open" } else { "closed" };
    Told {
        id: row.id,
        reference: row.reference.clone(),
        status: if plain { stands } else { status },
        at: row.at,
        description: own.map_or(words, str::to_owned),
        external_status_code: text("code"),
        customer_reference: text("customer_reference"),
        category: setting.service_name(&row.service),
    }
}

/// What a sending came to: the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    New(String),
    Before(String),
}

/// The id a program gave to what it sends, so that a second try finds the first.
pub fn key(setting: &Setting, agency: &str, id: &str) -> Key {
    Key::new(&setting.keys, &format!("open311 request {agency} {id}"), b"")
}

/// What was sent under this id before.
pub fn before(actor: &Actor, tx: &mut Tx, key: &Key, now: Time) -> Result<Option<String>> {
    held(actor)?;
    Ok(Remembered::<String>::find(tx, key, now)?.map(|known| known.answer))
}

/// What is sent, beside the answers themselves.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What the questions did not ask for: the agency's staff read it.
    pub words: Option<String>,
    /// Photos that are fetched later.
    pub links: Links,
}

/// Sends what is ready.
pub fn send(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    key: Option<&Key>,
    (ready, holder, beside): (&Ready, &Holder, &Beside),
) -> Result<Sent> {
    held(actor)?;
    if let Some(key) = key {
        attempt::hold(tx, &key.token)?;
        if let Some(before) = before(actor, tx, key, draw.now())? {
            return Ok(Sent::Before(before));
        }
    }
    let (id, receipt) = submit::file(&Actor::Anonymous, tx, setting, draw, ready, holder, "open311")?;
    let lead = ready.agencies().first().ok_or(NotFound)?;
    photo_link::wait(actor, tx, draw, (id, lead), &beside.links)?;
    if let Some(words) = beside.words.as_deref() {
        let (agency, facts): (_, Json) = (Some(lead.as_str()), json!({}));
        let (verb, kind, audience) = (Verb::Collection, "note.added", Audience::Agency);
        write(actor, tx, draw, Happened { report: id, agency, verb, kind, audience, facts, words: Some(words) })?;
    }
    if let Some(key) = key {
        let kept = Remembered { body: key.body.clone(), answer: receipt.reference.clone() };
        kept.keep(tx, draw, key, (ready.service(), id))?;
    }
    Ok(Sent::New(receipt.reference))
}
