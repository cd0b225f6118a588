//! What an agency's records system does with a crime of its agency: gives it a number, a class, an officer, an outcome. Under
//! a key of the caller's: the same key finds the first answer and changes nothing again.

use super::{
    entry::{Happened, write},
    hook, mark,
    once::{Key, REMEMBERED_SECONDS},
};
use crate::{Draw, Error, Refusal, Result, Setting, attempt};
use rights::{Actor, NotFound, Right};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    crime::{self, Crime},
    journal::{Audience, Verb},
    staff,
    sub_case::{self, Core},
};
use uuid::Uuid;

/// The records system at the door. Which agency's it is goes beside it: the key has said so.
pub const RECORDS: Actor = Actor::House("records");
/// In place of a service, where answers of this door are remembered.
const DOOR: &str = "records";

/// The crime that is meant.
#[derive(Clone, Debug)]
pub struct Of {
    /// Whose key was shown.
    pub agency: String,
    pub crime: Uuid,
}

/// What the records system says of a crime. What it says nothing of stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub number: Option<String>,
    pub offence: Option<String>,
    /// The sign-in name of the officer in the case, or that there is none.
    pub officer: Option<Option<String>>,
    pub outcome: Option<String>,
    /// A crime that has another version by now is left alone.
    pub version: Option<i64>,
}

/// What saying it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    New(Json),
    /// The key was used for the same words before: the first answer.
    Before(Json),
    /// The key was used for other words.
    Other,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    body: String,
    answer: Json,
}

/// The key of a change, bound to the crime it is of.
pub fn key(setting: &Setting, of: &Of, key: &str, body: &str) -> Key {
    let body = format!("{}\n{body}", of.crime);
    Key::new(&setting.keys, &format!("{DOOR} {} {key}", of.agency), body.as_bytes())
}

/// What became of this key before.
pub fn before(actor: &Actor, tx: &mut Tx, key: &Key, now: Time) -> Result<Option<Answered>> {
    held(actor)?;
    let kept = match attempt::receipt(tx, &key.token, now) {
        Err(Error::NotFound(_)) => None,
        other => other?,
    };
    let kept = kept.and_then(|kept| serde_json::from_value::<Kept>(kept).ok());
    Ok(kept.map(|kept| if kept.body == key.body { Answered::Before(kept.answer) } else { Answered::Other }))
}

/// Only the house itself comes through this door, for the agency whose key was shown.
fn held(actor: &Actor) -> Result<()> {
    rights::hold(actor, Right::RecordCrime)?;
    if matches!(actor, Actor::House(_)) { Ok(()) } else { Err(NotFound.into()) }
}

/// The crime as it stands. That it was looked at is entered with each of its reports.
pub fn look(actor: &Actor, tx: &mut Tx, draw: &mut Draw, of: &Of) -> Result<Json> {
    held(actor)?;
    let known = crime::by_id(tx, &of.agency, of.crime)?.ok_or(NotFound)?;
    let reports = crime::joined(actor, tx, known.id)?;
    for (report, _) in &reports {
        let facts = json!({ "groups": ["crime"], "reason": "records system" });
        let seen = ("report.seen", Verb::Consultation, Audience::Audit);
        enter(actor, tx, draw, *report, &of.agency, seen, facts)?;
    }
    answer(actor, tx, &known, &reports)
}

/// Changes what is recorded of the crime. The victim sees number and class where they follow the report; what an outcome
/// means for them a person tells, so it is a mark for one.
pub fn change(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    of: &Of,
    said: &Said,
    key: &Key,
) -> Result<Answered> {
    held(actor)?;
    attempt::hold(tx, &key.token)?;
    if let Some(before) = before(actor, tx, key, draw.now())? {
        return Ok(before);
    }
    let was = crime::by_id(tx, &of.agency, of.crime)?.ok_or(NotFound)?;
    if said.version.is_some_and(|version| version != was.version) {
        return Err(Error::Stale);
    }
    if was.cancelled_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    let mut known = read(actor, tx, setting, draw, &was, said)?;
    let reports = crime::joined(actor, tx, known.id)?;
    if known != was {
        crime::update(actor, tx, &known)?;
        known.version += 1;
        for (report, _) in &reports {
            entered(actor, tx, setting, draw, *report, &was, &known)?;
        }
    }
    let answer = answer(actor, tx, &known, &reports)?;
    if let Some((report, _)) = reports.first() {
        let kept = json!(Kept { body: key.body.clone(), answer: answer.clone() });
        attempt::begin_sent(tx, draw, &key.token, (DOOR, *report), kept, REMEMBERED_SECONDS)?;
    }
    Ok(Answered::New(answer))
}

/// The crime as it is said to be.
fn read(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &Draw, was: &Crime, said: &Said) -> Result<Crime> {
    let mut known = was.clone();
    if let Some(number) = &said.number {
        let number = setting.read_crime_number(&was.agency, number).ok_or(Refusal::NoSuchNumber)?;
        if crime::by_number(tx, &was.agency, &number)?.is_some_and(|other| other.id != was.id) {
            return Err(Refusal::NumberTaken.into());
        }
        known.number = Some(number);
    }
    if let Some(offence) = &said.offence {
        let offences = setting.offences(&was.agency);
        known.offence = offences.into_iter().find(|(id, _)| id == offence).ok_or(Refusal::NoSuchOffence)?.0;
    }
    if let Some(officer) = &said.officer {
        known.officer = match officer {
            None => None,
            Some(login) => {
                let row = staff::by_login(actor, tx, login)?;
                let row = row.filter(|row| row.agency == was.agency && row.active).ok_or(Refusal::NoSuchColleague)?;
                Some(row.id)
            }
        };
    }
    if let Some(outcome) = said.outcome.as_ref().filter(|outcome| was.outcome.as_ref() != Some(outcome)) {
        known.outcome = Some(setting.outcome(&was.agency, outcome).ok_or(Refusal::NoSuchOutcome)?.id.clone());
        known.decided_at = Some(draw.now());
    }
    Ok(known)
}

/// The entries of a change with one of the crime's reports, and the mark of an outcome.
fn entered(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    report: Uuid,
    was: &Crime,
    known: &Crime,
) -> Result<()> {
    let agency = &known.agency;
    let name = setting.offence_name(agency, &known.offence);
    if known.number != was.number {
        let facts =
            json!({ "crime": known.id, "number": known.number, "name": name, "before": { "number": was.number } });
        let numbered = ("crime.numbered", Verb::Alteration, Audience::Resident);
        enter(actor, tx, draw, report, agency, numbered, facts)?;
    }
    if (&known.offence, known.officer, &known.outcome) != (&was.offence, was.officer, &was.outcome) {
        let before = json!({ "offence": was.offence, "officer": was.officer, "outcome": was.outcome });
        let facts = json!({ "crime": known.id, "number": known.number, "name": name, "officer": known.officer,
            "outcome": known.outcome, "before": before });
        enter(actor, tx, draw, report, agency, ("crime.changed", Verb::Alteration, Audience::Agency), facts)?;
    }
    if known.outcome != was.outcome {
        let cases = sub_case::of_report(tx, report)?;
        for mut case in cases.into_iter().filter(|case| case.agency == *agency && case.core != Core::WithOtherAgency) {
            mark::raise(&mut case, mark::OUTCOME_TO_TELL);
            case.changed_at = draw.now();
            sub_case::update(actor, tx, &case)?;
        }
    }
    Ok(())
}

fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    report: Uuid,
    agency: &str,
    (kind, verb, audience): (&'static str, Verb, Audience),
    facts: Json,
) -> Result<Uuid> {
    write(actor, tx, draw, Happened { report, agency: Some(agency), verb, kind, audience, facts, words: None })
}

fn answer(actor: &Actor, tx: &mut Tx, known: &Crime, reports: &[(Uuid, String)]) -> Result<Json> {
    let officer = known.officer.map(|id| staff::by_id(actor, tx, id)).transpose()?.flatten();
    let mut answer = hook::shown(known, reports);
    answer["officer"] = json!(officer.map(|officer| officer.login));
    Ok(answer)
}
