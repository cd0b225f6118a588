//! Things that stand in two reports: lost or stolen in one, found in the other (P-68).
//!
//! Each agency that works one of the two gets a task, once for each pair. It is told to no resident.

use super::{
    acts::{On, held, relation},
    entry::{Happened, write},
    mark,
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::Mark as Told;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use std::collections::BTreeSet;
use store::{
    Look, Time, Tx,
    journal::{Audience, Verb},
    property::{self, Answer, Mark, Match, Side},
    report::{self, Head},
    sub_case::{self, Core, SubCase},
};
use uuid::Uuid;

/// Reports that one mark meets at a time: one that stands in more of them tells nothing apart.
const MOST_MET: i64 = 20;
/// Two reports that come in at the same moment do not see each other yet; a minute on they do.
const SOON_SECONDS: i64 = 60;
/// A mark is compared again each night (P-68).
const AGAIN_HOURS: i64 = 24;

const HOUSE: Actor = Actor::House("property");

/// Keeps what tells the things of a report from all others, and says at once where it meets another.
pub(super) fn keep(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    report: Uuid,
    marks: &BTreeSet<Told>,
) -> Result<()> {
    for told in marks {
        let row = Mark {
            id: draw.id(),
            report,
            side: match told.side {
                catalogue::Side::Lost => Side::Lost,
                catalogue::Side::Found => Side::Found,
            },
            hash: setting.keys.property(&told.text),
            next_at: draw.now().plus_seconds(SOON_SECONDS),
        };
        property::keep(tx, &row)?;
        compare(tx, draw, &row)?;
    }
    Ok(())
}

/// Compares the marks whose time has come. Returns how many; a run that returns `most` has more to do.
pub fn tick(tx: &mut Tx, draw: &mut Draw, most: i64) -> Result<usize> {
    let due = property::due(&HOUSE, tx, draw.now(), most)?;
    for mark in &due {
        compare(tx, draw, mark)?;
        property::compared(&HOUSE, tx, mark.id, draw.now().plus_hours(AGAIN_HOURS))?;
    }
    Ok(due.len())
}

fn compare(tx: &mut Tx, draw: &mut Draw, mark: &Mark) -> Result<()> {
    for other in property::meeting(&HOUSE, tx, mark, MOST_MET)? {
        let (lost, found) = if mark.side == Side::Lost { (mark.report, other) } else { (other, mark.report) };
        met(tx, draw, lost, found)?;
    }
    Ok(())
}

/// A part that somebody works or has worked to its end; what was given away or withdrawn asks for nothing.
fn live(tx: &mut Tx, report: Uuid) -> Result<Vec<SubCase>> {
    let mut parts = sub_case::of_report(tx, report)?;
    parts.retain(|case| !matches!(case.core, Core::WithOtherAgency | Core::Withdrawn));
    Ok(parts)
}

fn met(tx: &mut Tx, draw: &mut Draw, lost: Uuid, found: Uuid) -> Result<()> {
    let (of_lost, of_found) = (live(tx, lost)?, live(tx, found)?);
    if of_lost.is_empty() || of_found.is_empty() {
        return Ok(());
    }
    let agencies: BTreeSet<String> = of_lost.iter().chain(&of_found).map(|case| case.agency.clone()).collect();
    for agency in agencies {
        if property::of_pair(tx, &agency, lost, found)?.is_some() {
            continue;
        }
        let own = of_lost.iter().chain(&of_found).filter(|case| case.agency == agency).cloned().collect::<Vec<_>>();
        // Where somebody changes a part at this moment, the next run says it: what came in must not fail for it.
        if !own.iter().all(|case| raise(tx, case).is_ok()) {
            continue;
        }
        let (id, met_at) = (draw.id(), draw.now());
        let row = Match { id, agency: agency.clone(), lost, found, met_at, answer: None, answered_at: None };
        if !property::met(tx, &row)? {
            continue;
        }
        for case in own {
            let side = if case.report == lost { Side::Lost } else { Side::Found };
            let happened = Happened {
                report: case.report,
                agency: Some(&agency),
                verb: Verb::Combination,
                kind: "property.matched",
                audience: Audience::Agency,
                facts: json!({ "match": id, "side": side.name() }),
                words: None,
            };
            write(&HOUSE, tx, draw, happened)?;
        }
    }
    Ok(())
}

fn raise(tx: &mut Tx, case: &SubCase) -> Result<()> {
    let mut case = case.clone();
    mark::raise(&mut case, mark::MAY_MATCH);
    Ok(sub_case::mark(&HOUSE, tx, &case)?)
}

/// Another report that may speak of the same thing, as staff of one agency see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    pub id: Uuid,
    /// The thing is lost here and found there; else the other way round.
    pub lost_here: bool,
    pub met_at: Time,
    pub answer: Option<Answer>,
    /// Only for those who may open it.
    pub reference: Option<String>,
    /// Who works it.
    pub agencies: Vec<String>,
}

/// What may speak of the same things as the report. Of a report that the actor may not open it gives who works it alone.
pub(super) fn of_report(actor: &Actor, look: &mut Look, setting: &Setting, case: &SubCase) -> Result<Vec<Met>> {
    rights::hold(actor, Right::SeeReport)?;
    let mut all = Vec::new();
    for row in property::of_report(actor, look, case.report, &case.agency)? {
        let lost_here = row.lost == case.report;
        let other = report::by_id(look.tx, if lost_here { row.found } else { row.lost })?;
        let reference = opens(actor, look.tx, &case.agency, &other)?.then_some(other.reference);
        look.lists(reference.clone());
        let agencies = live(look.tx, other.id)?.iter().map(|part| setting.agency_name(&part.agency)).collect();
        all.push(Met { id: row.id, lost_here, met_at: row.met_at, answer: row.answer, reference, agencies });
    }
    Ok(all)
}

fn opens(actor: &Actor, tx: &mut Tx, agency: &str, head: &Head) -> Result<bool> {
    let (relation, _) = relation(actor, tx, agency, head)?;
    Ok(rights::allow(actor, Right::SeeReport, relation).is_ok())
}

/// Staff say whether it is the same thing, and why: that ends the task, in both reports where the agency works both.
pub fn answer(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    on: On,
    (id, answer): (Uuid, Option<Answer>),
    typed: &str,
) -> Result<()> {
    let held = held(actor, tx, Right::Note, on)?;
    let agency = held.case.agency.clone();
    let known = property::for_act(actor, tx, held.head.id, &agency)?.into_iter().find(|row| row.id == id);
    let known = known.ok_or(NotFound)?;
    let answer = answer.ok_or(Refusal::SameOrNot)?;
    let words = words::read(typed)?;
    if known.answer.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    property::answer(actor, tx, id, answer, draw.now())?;
    for report in [known.lost, known.found] {
        let part = sub_case::of_report(tx, report)?.into_iter().find(|case| case.agency == agency);
        let Some(mut case) = part else { continue };
        let waits = property::for_act(actor, tx, report, &agency)?.iter().any(|row| row.answer.is_none());
        if !waits {
            mark::lower(&mut case, mark::MAY_MATCH);
        }
        case.changed_at = draw.now();
        sub_case::update(actor, tx, &case)?;
        let happened = Happened {
            report,
            agency: Some(&agency),
            verb: Verb::Combination,
            kind: "property.answered",
            audience: Audience::Agency,
            facts: json!({ "match": id, "answer": answer.name() }),
            words: Some(&words),
        };
        write(actor, tx, draw, happened)?;
    }
    Ok(())
}
