//! How a complaint comes into a case: a report begins one, a later time joins the one its report stands in (C-18).

use super::{HOUSE, complaints, enter, put_effect, root};
use crate::{Draw, Result, Setting};
use catalogue::{Cases, Effect, Limit, Service};
use rights::Actor;
use serde_json::json;
use store::{
    Time, Tx,
    casefile::{self, Casefile},
    casefile_follower,
    complaint::{self, Complaint},
    report::Head,
};
use uuid::Uuid;

/// A report that has come in begins a case at each agency that works cases. Its own entry says so.
pub(crate) fn received(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    head: &Head,
    service: &Service,
    agencies: &[String],
) -> Result<()> {
    if service.case.is_none() {
        return Ok(());
    }
    for agency in agencies {
        let Some(rules) = setting.cases(agency) else { continue };
        let (id, now) = (draw.id(), draw.now());
        let case = Casefile {
            id,
            agency: agency.clone(),
            service: head.service.clone(),
            reference: head.reference.clone(),
            opened_at: now,
            changed_at: now,
            closed_at: None,
            urgent: false,
            review_on: None,
            assignee: None,
            ward: None,
            notice_at: None,
            merged_into: None,
            merged_at: None,
            merged_ever: false,
            next_at: Some(warns_at(setting, agency, rules, now)),
            warned_at: None,
            version: 1,
        };
        casefile::insert(tx, &case)?;
        let row =
            Complaint { id: draw.id(), casefile: id, report: head.id, complainant: head.id, occurrence: None, at: now };
        complaint::insert(tx, &row)?;
    }
    Ok(())
}

/// A report was handed over: the agency that has it now works it as a case of its own, with what its diary says so far. The one
/// that sent it keeps the case that it has.
pub(crate) fn handed_over(tx: &mut Tx, setting: &Setting, draw: &mut Draw, head: &Head, agency: &str) -> Result<()> {
    let Some(service) = setting.definition(&head.definition) else { return Ok(()) };
    if casefile::of_report(tx, head.id)?.iter().any(|case| case.agency == agency) {
        return Ok(());
    }
    let mut known: Vec<Complaint> = Vec::new();
    for row in complaint::of_report(tx, head.id)? {
        if row.occurrence.is_some() && known.iter().all(|known| known.occurrence != row.occurrence) {
            known.push(row);
        }
    }
    received(tx, setting, draw, head, &service, &[agency.to_owned()])?;
    let begun = casefile::of_report(tx, head.id)?.into_iter().find(|case| case.agency == agency);
    let Some(mut case) = begun.filter(|_| !known.is_empty()) else { return Ok(()) };
    for row in known {
        complaint::insert(tx, &Complaint { id: draw.id(), casefile: case.id, complainant: head.id, ..row })?;
    }
    // One of more than one complaint does not close by time (C-26).
    case.next_at = None;
    Ok(casefile::update(&HOUSE, tx, &case)?)
}

/// When the complainant of a case that nothing happens in is told that it will close.
pub(super) fn warns_at(setting: &Setting, agency: &str, rules: &Cases, from: Time) -> Time {
    setting.ends(agency, &Limit::Days(rules.close_days.saturating_sub(rules.notice_days)), from)
}

/// A later time of a report is a complaint of its own, by the same person.
pub(crate) fn again(tx: &mut Tx, draw: &mut Draw, report: Uuid, occurrence: Uuid) -> Result<()> {
    let known = complaint::of_report(tx, report)?;
    for case in casefile::of_report(tx, report)? {
        let first = known.iter().find(|row| row.casefile == case.id);
        let complainant = first.map_or(report, |row| row.complainant);
        let (id, at, occurrence) = (draw.id(), draw.now(), Some(occurrence));
        complaint::insert(tx, &Complaint { id, casefile: case.id, report, complainant, occurrence, at })?;
    }
    Ok(())
}

/// A resident wrote: the case is looked at again. A closed one opens, and whoever follows it has news.
pub(crate) fn stir(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, report: Uuid) -> Result<()> {
    for own in casefile::of_report(tx, report)? {
        casefile_follower::tell(&HOUSE, tx, own.id, draw.now())?;
        let mut case = root(tx, own.clone())?;
        if case.id != own.id {
            casefile_follower::tell(&HOUSE, tx, case.id, draw.now())?;
        }
        let closed = case.closed_at.take().is_some();
        case.changed_at = draw.now();
        case.warned_at = None;
        case.next_at = match setting.cases(&case.agency) {
            Some(rules) if alone(tx, &case)? => Some(warns_at(setting, &case.agency, rules, draw.now())),
            _ => None,
        };
        casefile::update(&HOUSE, tx, &case)?;
        if closed {
            let entry = enter(actor, tx, draw, &[&case], ("case.reopened", json!({})), None)?;
            put_effect(actor, tx, setting, draw, &case, (Effect::Reopen, entry))?;
        }
    }
    Ok(())
}

/// One complaint, and never merged either way: only such a case closes by time (C-26).
pub(super) fn alone(tx: &mut Tx, case: &Casefile) -> Result<bool> {
    Ok(!case.merged_ever && complaints(tx, std::slice::from_ref(case))?.len() == 1)
}
