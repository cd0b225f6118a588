//! Crimes recorded from a report: raised, joined, changed, cancelled; and what happens with a suspect or at court.

use super::{
    acts::{Held, On, held},
    agreement, clock, hook, mark,
    tell::{self, Message, Told},
};
use crate::{Draw, Error, Refusal, Result, Setting, words};
use catalogue::Cue;
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Tx,
    crime::{self, Crime},
    journal::{Audience, Verb},
    staff, sub_case,
};
use uuid::Uuid;

/// What staff type of a crime. The number may stay empty until the records system gives one.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub offence: String,
    pub number: String,
    pub officer: Option<Uuid>,
    pub interviewed: bool,
}

/// Something with a suspect, or at court, that the victim must hear of in time (Victims' Code, P-77).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Arrested,
    Interviewed,
    Released,
    Bailed,
    BailChanged,
    UnderInvestigation,
    CourtDate,
    CourtBail,
    Verdict,
    Sentence,
}

impl Event {
    pub const ALL: [Event; 10] = [
        Event::Arrested,
        Event::Interviewed,
        Event::Released,
        Event::Bailed,
        Event::BailChanged,
        Event::UnderInvestigation,
        Event::CourtDate,
        Event::CourtBail,
        Event::Verdict,
        Event::Sentence,
    ];

    /// Its name in forms and facts, and in words.
    pub const fn named(self) -> (&'static str, &'static str) {
        match self {
            Event::Arrested => ("arrested", "Suspect arrested"),
            Event::Interviewed => ("interviewed", "Suspect interviewed under caution"),
            Event::Released => ("released", "Suspect released"),
            Event::Bailed => ("bailed", "Suspect bailed"),
            Event::BailChanged => ("bail_changed", "Bail changed"),
            Event::UnderInvestigation => ("under_investigation", "Released under investigation"),
            Event::CourtDate => ("court_date", "Court date set"),
            Event::CourtBail => ("court_bail", "Bail decided at court"),
            Event::Verdict => ("verdict", "Verdict"),
            Event::Sentence => ("sentence", "Sentence"),
        }
    }

    pub fn from_name(name: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.named().0 == name)
    }

    const fn cue(self) -> Cue {
        match self {
            Event::CourtDate | Event::CourtBail | Event::Verdict | Event::Sentence => Cue::Court,
            _ => Cue::Suspect,
        }
    }
}

fn read(
    tx: &mut Tx,
    actor: &Actor,
    setting: &Setting,
    agency: &str,
    typed: &Typed,
) -> Result<(String, Option<String>)> {
    let offences = setting.offences(agency);
    let (_, name) = offences.into_iter().find(|(id, _)| *id == typed.offence).ok_or(Refusal::NoSuchOffence)?;
    let number = match typed.number.trim() {
        "" => None,
        text => Some(setting.read_crime_number(agency, text).ok_or(Refusal::NoSuchNumber)?),
    };
    if let Some(officer) = typed.officer
        && !staff::colleagues(actor, tx)?.iter().any(|colleague| colleague.id == officer)
    {
        return Err(Refusal::NoSuchColleague.into());
    }
    Ok((name, number))
}

/// Records a crime from the report, and tells the victim with words of a person (P-71, Victims' Code right 3).
pub fn record(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    typed: &Typed,
    said: &str,
) -> Result<Told> {
    let held = held(actor, tx, Right::RecordCrime, on)?;
    let words = words::read(said)?;
    let (name, number) = read(tx, actor, setting, &held.case.agency, typed)?;
    if let Some(number) = &number
        && crime::by_number(tx, &held.case.agency, number)?.is_some()
    {
        return Err(Refusal::NumberTaken.into());
    }
    let row = Crime {
        id: draw.id(),
        agency: held.case.agency.clone(),
        number: number.clone(),
        offence: typed.offence.clone(),
        officer: typed.officer,
        interviewed: typed.interviewed,
        recorded_at: draw.now(),
        outcome: None,
        decided_at: None,
        cancelled_at: None,
        version: 1,
    };
    crime::insert(actor, tx, &row)?;
    crime::join(actor, tx, row.id, held.head.id, draw.now())?;
    let facts = json!({ "crime": row.id, "number": number, "name": name });
    recorded(actor, tx, setting, draw, held, (hook::Event::CrimeRecorded, row.id, facts), &words)
}

/// Joins the report to a crime that is recorded already: several reports may give one (P-73).
pub fn join(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    number: &str,
    said: &str,
) -> Result<Told> {
    let held = held(actor, tx, Right::RecordCrime, on)?;
    let words = words::read(said)?;
    let number = setting.read_crime_number(&held.case.agency, number).ok_or(Refusal::NoSuchNumber)?;
    let known = crime::by_number(tx, &held.case.agency, &number)?.filter(|known| known.cancelled_at.is_none());
    let known = known.ok_or(Refusal::NoSuchNumber)?;
    crime::join(actor, tx, known.id, held.head.id, draw.now())?;
    let name = setting.offence_name(&held.case.agency, &known.offence);
    let facts = json!({ "crime": known.id, "number": number, "name": name });
    // It was recorded before; what is new is the report it belongs to as well.
    recorded(actor, tx, setting, draw, held, (hook::Event::CrimeChanged, known.id, facts), &words)
}

fn recorded(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    mut held: Held,
    (event, id, mut facts): (hook::Event, Uuid, Json),
    words: &str,
) -> Result<Told> {
    if held.case.core.ended() {
        return Err(Refusal::Ended.into());
    }
    if let Some(stage) = setting.stage_of(&held.case.agency, Cue::Recorded) {
        held.case.stage = stage.id;
        held.case.core = stage.core;
        facts["next"] = json!(stage.next);
    }
    held.case.acknowledged_at.get_or_insert(draw.now());
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    sub_case::update(actor, tx, &held.case)?;
    clock::cue(tx, setting, draw, &held.case, &[Cue::Recorded, Cue::Told])?.note(&mut facts);
    let entry =
        held.enter(actor, tx, draw, ("crime.recorded", Verb::Alteration, Audience::Resident), facts, Some(words))?;
    hook::crime(tx, setting, draw, (event, entry), &held.case.agency, id)?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

fn joined(tx: &mut Tx, held: &Held, id: Uuid) -> Result<Crime> {
    let of_report = crime::of_report(tx, held.head.id)?;
    let known = of_report.into_iter().find(|known| known.id == id && known.agency == held.case.agency);
    Ok(known.ok_or(NotFound)?)
}

/// Changes what is recorded of a crime; the entry keeps what it was.
pub fn change(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (id, version): (Uuid, i64),
    typed: &Typed,
) -> Result<()> {
    let held = held(actor, tx, Right::RecordCrime, on)?;
    let mut known = joined(tx, &held, id)?;
    if known.version != version {
        return Err(Error::Stale);
    }
    if known.cancelled_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    let (name, number) = read(tx, actor, setting, &held.case.agency, typed)?;
    if let Some(number) = &number
        && crime::by_number(tx, &held.case.agency, number)?.is_some_and(|other| other.id != id)
    {
        return Err(Refusal::NumberTaken.into());
    }
    let before = json!({ "offence": known.offence, "number": known.number, "officer": known.officer, "interviewed": known.interviewed });
    known.offence = typed.offence.clone();
    known.number = number.clone();
    known.officer = typed.officer;
    known.interviewed = typed.interviewed;
    crime::update(actor, tx, &known)?;
    let facts = json!({ "crime": id, "number": number, "name": name, "officer": known.officer,
        "interviewed": known.interviewed, "before": before });
    let entry = held.enter(actor, tx, draw, ("crime.changed", Verb::Alteration, Audience::Agency), facts, None)?;
    hook::crime(tx, setting, draw, (hook::Event::CrimeChanged, entry), &held.case.agency, id)
}

/// Cancels a recorded crime: who decided and why is kept, and the victim is told why (P-72).
pub fn cancel(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (id, version): (Uuid, i64),
    said: &str,
) -> Result<Told> {
    let held = held(actor, tx, Right::CancelCrime, on)?;
    let words = words::read(said)?;
    let mut known = joined(tx, &held, id)?;
    if known.version != version {
        return Err(Error::Stale);
    }
    if known.cancelled_at.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    known.cancelled_at = Some(draw.now());
    crime::update(actor, tx, &known)?;
    let name = setting.offence_name(&held.case.agency, &known.offence);
    let mut facts = json!({ "crime": id, "number": known.number, "name": name });
    clock::cue(tx, setting, draw, &held.case, &[Cue::Told])?.note(&mut facts);
    let entry =
        held.enter(actor, tx, draw, ("crime.cancelled", Verb::Alteration, Audience::Resident), facts, Some(&words))?;
    hook::crime(tx, setting, draw, (hook::Event::CrimeCancelled, entry), &held.case.agency, id)?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// Something happened with a suspect or at court. The victim is told by words of a person, in time: the clock runs.
pub fn event(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    event: Option<Event>,
    said: &str,
) -> Result<()> {
    let mut held = held(actor, tx, Right::RecordCrime, on)?;
    let event = event.ok_or(Refusal::ReasonNeeded)?;
    let words = match said.trim() {
        "" => None,
        _ => Some(words::read(said)?),
    };
    let mut changed = Vec::new();
    if event == Event::Interviewed {
        for mut known in crime::of_report(tx, held.head.id)? {
            if known.agency == held.case.agency && !known.interviewed && known.cancelled_at.is_none() {
                known.interviewed = true;
                crime::update(actor, tx, &known)?;
                changed.push(known.id);
            }
        }
    }
    if agreement::of_part(tx, &held.case)?.is_some_and(|agreed| agreement::names(&agreed, event)) {
        mark::raise(&mut held.case, mark::AGREED_TO_TELL);
        sub_case::mark(&Actor::House("agreement"), tx, &held.case)?;
    }
    let mut facts = json!({ "event": event.named().0, "name": event.named().1 });
    clock::cue(tx, setting, draw, &held.case, &[event.cue()])?.note(&mut facts);
    let entry =
        held.enter(actor, tx, draw, ("suspect.event", Verb::Alteration, Audience::Agency), facts, words.as_deref())?;
    for id in changed {
        hook::crime(tx, setting, draw, (hook::Event::CrimeChanged, entry), &held.case.agency, id)?;
    }
    Ok(())
}

/// The resident's details went to those who support victims.
pub fn passed_on(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On) -> Result<()> {
    let held = held(actor, tx, Right::SeeContact, on)?;
    if !clock::waits_for(tx, setting, &held.case, Cue::PassedOn)? {
        return Err(Refusal::AlreadyDone.into());
    }
    let mut facts = json!({});
    clock::cue(tx, setting, draw, &held.case, &[Cue::PassedOn])?.note(&mut facts);
    held.enter(actor, tx, draw, ("support.passed_on", Verb::Alteration, Audience::Resident), facts, None)?;
    Ok(())
}

/// An officer has heard from the victim that following the report online is safe (P-92).
pub fn open_following(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, heard: bool) -> Result<()> {
    let held = held(actor, tx, Right::SeeContact, on)?;
    if !heard {
        return Err(Refusal::NotHeard.into());
    }
    if !held.head.follow_waits() {
        return Err(Refusal::AlreadyDone.into());
    }
    store::report::open_following(actor, tx, held.head.id, draw.now())?;
    held.enter(actor, tx, draw, ("follow.opened", Verb::Alteration, Audience::Agency), json!({}), None)?;
    Ok(())
}
