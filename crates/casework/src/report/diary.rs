//! A diary that goes on (C-18, and council part two): the reporter of a report that is kept as a case tells of each later time
//! from the page of their report. One tap says that it is happening now; what it was like is said and signed when there is
//! peace to do so. Each entry keeps when it was written and when it arrived.

use super::{
    entry::{Happened, write},
    follow,
};
use crate::{Draw, Refusal, Result, Setting, casefile::begin};
use catalogue::{Answer, CaseRule, Declaration, DiaryEntry, Kind, Moment, Question, Service, ShownAnswer, kind};
use jiff::{
    Timestamp, ZonedDateTime,
    tz::{TimeZone, TimeZoneDatabase},
};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use std::sync::{Arc, LazyLock};
use store::{
    Time, Tx, answer,
    journal::{self, Audience, NewEntry, Verb},
    occurrence::{self, Occurrence, Told},
    report::{self, Head},
};
use uuid::Uuid;

/// Entries that one report may have: a guard, far beyond weeks of nights.
const MOST: usize = 1000;

/// A diary, and what it asks of each time.
#[derive(Clone, Debug)]
pub struct Diary {
    pub head: Head,
    pub service: Arc<Service>,
    /// The service's own question, for one time.
    pub question: Question,
    pub truth: Question,
    /// What was told with the report itself.
    pub first: Option<ShownAnswer>,
    pub received_at: Time,
    /// Later ones, the newest first.
    pub told: Vec<Told>,
    lasts_hours: i64,
}

fn rule(service: &Service) -> Option<(CaseRule, Question, Question)> {
    let rule = service.case.clone()?;
    let mut question = service.question(&rule.diary)?.clone();
    if let Kind::Diary { most } = &mut question.kind {
        *most = 1;
    }
    let truth = service.question(&rule.truth)?.clone();
    Some((rule, question, truth))
}

/// The reporter of a report like this goes on with its diary.
pub(super) fn goes_on(setting: &Setting, head: &Head) -> bool {
    let kept = setting.definition(&head.definition).is_some_and(|service| service.case.is_some());
    kept && head.withdrawn_at.is_none() && !head.short_view
}

pub fn diary(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<Diary> {
    let id = follow::mine(actor, Right::FollowOwn)?;
    let head = report::by_id(tx, id)?;
    if !goes_on(setting, &head) {
        return Err(NotFound.into());
    }
    let service = setting.definition(&head.definition).ok_or(NotFound)?;
    let (rule, question, truth) = rule(&service).ok_or(NotFound)?;
    let rows = answer::own(actor, tx, id)?;
    let answers = super::answers::shown(&service, rows.iter().map(|row| &row.body));
    let mut told = occurrence::own(actor, tx, id)?;
    told.reverse();
    Ok(Diary {
        first: answers.into_iter().find(|answer| answer.question == rule.diary),
        received_at: head.first_received_at,
        lasts_hours: i64::from(rule.now_lasts_hours),
        head,
        service,
        question,
        truth,
        told,
    })
}

impl Diary {
    /// The one that goes on.
    pub fn live(&self) -> Option<&Occurrence> {
        self.told.iter().map(|told| &told.of).find(|of| of.live)
    }

    pub fn one(&self, id: Uuid) -> Option<&Told> {
        self.told.iter().find(|told| told.of.id == id)
    }

    fn is_over(&self, of: &Occurrence, now: Time) -> bool {
        of.started_at.plus_hours(self.lasts_hours) <= now
    }
}

fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    report: Uuid,
    (kind, facts): (&'static str, Json),
) -> Result<Uuid> {
    let (verb, audience) = (Verb::Collection, Audience::Resident);
    write(actor, tx, draw, Happened { report, agency: None, verb, kind, audience, facts, words: None })
}

/// It is happening now. A second tap finds the first; one that nobody ended long ago is over.
pub fn now(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<Uuid> {
    let diary = diary(actor, tx, setting)?;
    let report = diary.head.id;
    if diary.told.len() >= MOST {
        return Err(Refusal::TooManyThings.into());
    }
    let mut over = None;
    if let Some(live) = diary.live() {
        if !diary.is_over(live, draw.now()) {
            return Ok(live.id);
        }
        occurrence::stop(actor, tx, report, live.id, None)?;
        over = Some(live.id);
    }
    let (id, at) = (draw.id(), draw.now());
    let row = Occurrence {
        id,
        report,
        started_at: at,
        ended_at: None,
        by_day: false,
        live: true,
        written_at: at,
        arrived_at: at,
        entry: None,
    };
    occurrence::insert(actor, tx, &row)?;
    let (_, moved) = follow::wake(actor, tx, setting, draw, report)?;
    let mut facts = json!({ "occurrence": id, "over": over });
    moved.note(&mut facts);
    enter(actor, tx, draw, report, ("diary.begun", facts))?;
    Ok(id)
}

/// It has stopped: now, or at a time that nobody knows. Once it has stopped, saying so again changes nothing.
pub fn stopped(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, id: Uuid, known: bool) -> Result<()> {
    let diary = diary(actor, tx, setting)?;
    let told = diary.one(id).ok_or(NotFound)?;
    if !told.of.live {
        return Ok(());
    }
    // A tap of the next day says that it is over, and not that it went on all the time.
    let known = known && !diary.is_over(&told.of, draw.now());
    let ended_at = known.then_some(draw.now());
    occurrence::stop(actor, tx, diary.head.id, id, ended_at)?;
    let facts = json!({ "occurrence": id, "ended_at": ended_at });
    enter(actor, tx, draw, diary.head.id, ("diary.stopped", facts))?;
    Ok(())
}

/// The tap was a slip.
pub fn undo(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, id: Uuid) -> Result<()> {
    let diary = diary(actor, tx, setting)?;
    // A second press finds nothing, and that is what was wanted.
    let Some(told) = diary.one(id) else { return Ok(()) };
    if told.of.entry.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    occurrence::undo(actor, tx, diary.head.id, id)?;
    enter(actor, tx, draw, diary.head.id, ("diary.undone", json!({ "occurrence": id })))?;
    Ok(())
}

/// What somebody says of one time, with the statement of truth that is signed for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub entry: DiaryEntry,
    pub truth: Declaration,
    /// When the form was opened, by our clock.
    pub written_at: Time,
}

/// Keeps what was said: of a time that was tapped, whose clock stands, or of one that is told as a whole. It is a complaint of
/// its own.
pub fn sign(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    of: Option<Uuid>,
    said: &Said,
) -> Result<Uuid> {
    let diary = diary(actor, tx, setting)?;
    let report = diary.head.id;
    let mut entry = said.entry.clone();
    let tapped = of.map(|id| diary.one(id).ok_or(NotFound)).transpose()?;
    if let Some(told) = tapped {
        if told.of.entry.is_some() {
            return Err(Refusal::AlreadyDone.into());
        }
        entry.when = when(&told.of);
    } else if diary.told.len() >= MOST {
        return Err(Refusal::TooManyThings.into());
    }
    let id = tapped.map_or_else(|| draw.id(), |told| told.of.id);
    let lines = kind::show(&diary.question, &diary.service.words, &Answer::Diary(vec![entry.clone()]));
    let words = lines.into_iter().map(|line| match line.name {
        Some(name) => format!("{name}: {}", line.text),
        None => line.text,
    });
    let words = words.collect::<Vec<_>>().join("\n");
    let (_, moved) = follow::wake(actor, tx, setting, draw, report)?;
    // It comes back with the form: what it says lies between the report and now.
    let now = draw.now().micros();
    let written_at = Time(said.written_at.micros().clamp(diary.received_at.micros().min(now), now));
    let mut facts = json!({ "occurrence": id, "written_at": written_at, "signed_at": said.truth.at.to_string() });
    moved.note(&mut facts);
    let new = NewEntry {
        id: draw.id(),
        at: draw.now(),
        verb: Verb::Collection,
        kind: "diary.signed",
        report: Some(report),
        agency: None,
        audience: Audience::Resident,
        facts,
        content: Some(json!({ "words": words, "entry": entry.to_json(), "truth": said.truth.to_json() })),
        salt: draw.salt(),
    };
    journal::write(actor, tx, &new)?;
    if tapped.is_some() {
        occurrence::sign(actor, tx, report, id, new.id)?;
    } else {
        let (started_at, ended_at, by_day) = span(&entry.when);
        let (live, arrived_at, entry) = (false, draw.now(), Some(new.id));
        let row = Occurrence { id, report, started_at, ended_at, by_day, live, written_at, arrived_at, entry };
        occurrence::insert(actor, tx, &row)?;
    }
    begin::again(tx, draw, report, id)?;
    // Only now it is a complaint: a case of more than one does not close by time.
    begin::stir(actor, tx, setting, draw, report)?;
    Ok(id)
}

static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/London").unwrap_or(TimeZone::UTC));

fn london(at: Time) -> ZonedDateTime {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_zoned_datetime(LONDON.clone())
}

/// The clock of a time as the diary's question holds it.
pub fn when(of: &Occurrence) -> Moment {
    let from = london(of.started_at);
    match of.ended_at {
        _ if of.by_day => Moment::Day(from.date()),
        Some(to) => Moment::Between { from, to: london(to) },
        None => Moment::Exact(from),
    }
}

/// Begun, ended where that is known, and whether the day alone is known.
fn span(when: &Moment) -> (Time, Option<Time>, bool) {
    let at = |zoned: &ZonedDateTime| Time(zoned.timestamp().as_microsecond());
    match when {
        Moment::Exact(from) => (at(from), None, false),
        Moment::Between { from, to } => (at(from), Some(at(to)), false),
        Moment::Day(day) => {
            let midnight = day.to_zoned_datetime(LONDON.clone()).map(|zoned| at(&zoned)).unwrap_or(Time(0));
            (midnight, None, true)
        }
    }
}

/// What was said of one time, as people read it: the name of each part, and its words.
pub fn lines(setting: &Setting, head: &Head, told: &Told) -> Vec<(String, String)> {
    let (Some(content), Some(service)) = (&told.content, setting.definition(&head.definition)) else {
        return Vec::new();
    };
    let Some((rule, question, truth)) = rule(&service) else { return Vec::new() };
    let body = json!({ rule.diary.as_str(): [content["entry"]], rule.truth.as_str(): content["truth"] });
    let answers = catalogue::Answers::from_json(&service, &body).unwrap_or_default();
    let shown = |question: &Question| {
        let answer = answers.get(&question.id);
        answer.map(|answer| kind::show(question, &service.words, answer)).unwrap_or_default()
    };
    let all = shown(&question).into_iter().chain(shown(&truth));
    all.map(|line| (line.name.unwrap_or_default(), line.text)).collect()
}
