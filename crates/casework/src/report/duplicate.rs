//! A report that is the same as another open one of the agency close by (C-66): it ends, its people count for the other and hear how that
//! goes. Whoever opens it again takes that back.

use super::{
    acts::{self, Held, On, held, open, relation},
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, setting::Said, template, template::Typed};
use catalogue::UpdateWord;
use places::Point;
use rights::{Actor, NotFound, Relation, Right};
use serde_json::{Value as Json, json};
use store::{
    Tx,
    duplicate::{self, Duplicate},
    journal::{Audience, Verb},
    publication, report,
    report::Head,
    sub_case::SubCase,
    template::Moment,
};
use uuid::Uuid;

/// The outcome of a report that is the same as another; none where the agency has none, or allows no distance.
fn outcome<'s>(setting: &'s Setting, agency: &str, service: &str) -> Option<(&'s catalogue::Outcome, f64)> {
    let within = setting.publication(agency)?.duplicate_within?;
    match setting.update_said(agency, service, UpdateWord::Duplicate.name()) {
        Said::Outcome(id) => Some((setting.outcome(agency, &id)?, f64::from(within))),
        _ => None,
    }
}

/// Staff may say of this part that it is the same as another report, so many metres away.
pub(super) fn within(setting: &Setting, head: &Head, case: &SubCase) -> Option<f64> {
    let can = !case.core.ended() && !head.sensitive;
    outcome(setting, &case.agency, &case.service).filter(|_| can).map(|(_, within)| within)
}

/// What it is said to be the same as: open, of the same agency, close by, and itself the same as none.
fn other(actor: &Actor, tx: &mut Tx, held: &Held, typed: &str, within: f64) -> Result<Head> {
    let none = || Refusal::NoSuchDuplicate;
    let reference = crate::codes::read_reference(typed).ok_or_else(none)?;
    let other = report::by_reference(tx, &reference)?.ok_or_else(none)?;
    let (relation, case) = relation(actor, tx, &held.case.agency, &other)?;
    rights::allow(actor, Right::SeeReport, relation).map_err(|_| none())?;
    let is_open = relation == Relation::Holder && case.is_some_and(|case| !case.core.ended());
    let alone = duplicate::original(tx, other.id)?.is_none() && other.id != held.head.id && !other.sensitive;
    if !is_open || !alone {
        return Err(none().into());
    }
    let house = Actor::House("duplicate");
    let mut point = |of: Uuid| -> Result<Option<Point>> {
        let spot = report::own_spot(&house, tx, of)?;
        Ok(spot.lat.zip(spot.lon).and_then(|(lat, lon)| Point::new(lat, lon)))
    };
    match (point(held.head.id)?, point(other.id)?) {
        (Some(here), Some(there)) if here.metres_to(there) <= within => Ok(other),
        _ => Err(none().into()),
    }
}

/// It ends as the same as another. What the resident reads is typed, or an update that the agency keeps for that.
pub fn mark<'t>(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (same_as, typed): (&str, impl Into<Typed<'t>>),
) -> Result<Told> {
    let mut held = held(actor, tx, Right::Close, on)?;
    open(&held)?;
    let within = within(setting, &held.head, &held.case).ok_or(NotFound)?;
    let (outcome, _) = outcome(setting, &held.case.agency, &held.case.service).ok_or(NotFound)?;
    // Two who say it of each other at once would make a ring.
    tx.lock(&format!("duplicate {}", held.case.agency))?;
    let other = other(actor, tx, &held, same_as, within)?;
    if !duplicate::of_original(tx, held.head.id)?.is_empty() {
        return Err(Refusal::HasDuplicates.into());
    }
    let at = (Moment::Outcome, outcome.id.as_str());
    let said = template::said(tx, setting, draw, (&held.head, &held.case.agency), at, typed.into())?;
    let mut more = acts::show_words(tx, setting, &held, false, &said)?;
    more["same_as"] = json!(other.id);
    let told = acts::closed(actor, tx, setting, draw, &mut held, outcome, (&outcome.sentence, &said.words, more))?;
    let own = publication::of_report(&Actor::House("duplicate"), tx, held.head.id)?;
    let row = Duplicate {
        report: held.head.id,
        original: other.id,
        agency: held.case.agency.clone(),
        // Its reporter sees it too.
        me_too: own.map_or(0, |own| own.me_too) + 1,
        at: draw.now(),
    };
    duplicate::keep(actor, tx, &row)?;
    let (agency, case) = (held.case.agency, held.case.id);
    joined(actor, tx, draw, (&other, &agency), json!({ "report": held.head.id, "part": case }))?;
    Ok(told)
}

/// The thread of the other says that one more was told of the same.
fn joined(actor: &Actor, tx: &mut Tx, draw: &mut Draw, (other, agency): (&Head, &str), facts: Json) -> Result<()> {
    let happened = super::entry::Happened {
        report: other.id,
        agency: Some(agency),
        verb: Verb::Alteration,
        kind: "duplicate.joined",
        audience: Audience::Agency,
        facts,
        words: None,
    };
    super::entry::write(actor, tx, draw, happened)?;
    Ok(())
}

/// Those whose report is the same hear what became of this one: what everybody may read of it, and no words of its thread.
pub(super) fn tell_of(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (original, agency): (Uuid, &str),
    (name, sentence, words): (&str, &str, Option<&str>),
) -> Result<()> {
    for report in duplicate::of_original(tx, original)? {
        let head = report::by_id(tx, report)?;
        if head.withdrawn_at.is_some() {
            continue;
        }
        let happened = super::entry::Happened {
            report,
            agency: Some(agency),
            verb: Verb::Alteration,
            kind: "duplicate.news",
            audience: Audience::Resident,
            facts: json!({ "name": name, "sentence": sentence }),
            words,
        };
        let entry = super::entry::write(actor, tx, draw, happened)?;
        tell::resident(tx, setting, draw, &head, agency, entry, Message::Update)?;
    }
    Ok(())
}

/// What this report is the same as, and what is the same as this one, by their references.
pub(super) fn around(tx: &mut Tx, report: Uuid) -> Result<(Option<String>, Vec<String>)> {
    let original = match duplicate::original(tx, report)? {
        Some(original) => Some(report::by_id(tx, original)?.reference),
        None => None,
    };
    let all = duplicate::of_original(tx, report)?;
    let all = all.into_iter().map(|one| Ok(report::by_id(tx, one)?.reference)).collect::<Result<_>>()?;
    Ok((original, all))
}
