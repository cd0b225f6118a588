//! What a person decides of how long a report is kept: a legal hold, and what a review comes to. Each is one entry with a reason.

use crate::{
    Draw, Error, Refusal, Result, clocks,
    report::acts::{Held, On, held},
    words,
};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::{Audience, Verb},
    legal_hold::{self, LegalHold},
    retention_review::{self, Decision},
};
use uuid::Uuid;

/// Nothing of the report goes until a second person lets go of it (E-122).
pub fn place(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, review_on: Option<Date>, typed: &str) -> Result<()> {
    let held = held(actor, tx, Right::Retain, on)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    let why = words::read(typed)?;
    let day = later(draw, review_on)?;
    if legal_hold::standing(actor, tx, held.head.id, &held.case.agency)?.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    let id = enter(actor, tx, draw, &held, ("hold.placed", json!({ "review_on": day.to_string() })), &why)?;
    let (report, agency) = (held.head.id, held.case.agency.clone());
    let hold = LegalHold { id, report, agency, review_on: day.to_string(), placed_at: draw.now(), placed_by: me };
    Ok(legal_hold::place(actor, tx, &hold)?)
}

pub fn release(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, typed: &str) -> Result<()> {
    let held = held(actor, tx, Right::Retain, on)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    let why = words::read(typed)?;
    let standing = legal_hold::standing(actor, tx, held.head.id, &held.case.agency)?.ok_or(Refusal::AlreadyDone)?;
    if standing.placed_by == me {
        return Err(Refusal::SecondPerson.into());
    }
    legal_hold::release(actor, tx, standing.id, me, draw.now())?;
    enter(actor, tx, draw, &held, ("hold.released", json!({ "hold": standing.id })), &why)?;
    Ok(())
}

/// What a review comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is still needed until the end of that day; then somebody looks again.
    Keep(Option<Date>),
    /// It goes with the next run, when every other agency is done with it too.
    Delete,
}

pub fn choose(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, choice: Choice, typed: &str) -> Result<()> {
    let held = held(actor, tx, Right::Retain, on)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    let why = words::read(typed)?;
    let newest = retention_review::newest(actor, tx, held.head.id, &held.case.agency)?;
    let review = newest.filter(|review| review.decision.is_none()).ok_or(Refusal::AlreadyDone)?;
    let (decision, until) = match choice {
        Choice::Keep(day) => (Decision::Keep, Some(later(draw, day)?.to_string())),
        Choice::Delete => (Decision::Delete, None),
    };
    let decided = retention_review::decide(actor, tx, review.id, (me, draw.now()), (decision, until.as_deref()));
    match decided {
        Err(store::Error::Stale) => return Err(Error::from(Refusal::AlreadyDone)),
        other => other?,
    }
    let facts = json!({ "review": review.id, "decision": decision.name(), "until": until });
    enter(actor, tx, draw, &held, ("retention.decided", facts), &why)?;
    Ok(())
}

fn later(draw: &Draw, day: Option<Date>) -> Result<Date> {
    let day = day.ok_or(Refusal::NoSuchDay)?;
    if clocks::local_day(draw.now()) < day { Ok(day) } else { Err(Refusal::NoSuchDay.into()) }
}

fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    held: &Held,
    (kind, facts): (&'static str, serde_json::Value),
    why: &str,
) -> Result<Uuid> {
    held.enter(actor, tx, draw, (kind, Verb::Alteration, Audience::Agency), facts, Some(why))
}
