//! A report that is of another kind than its reporter thought (C-65): its service is changed within the agency. The answers stay as they
//! were given, under the questions that were asked; those that the new service asks too go on as its own.

use super::{
    acts::{On, held, open, relation},
    clock, office,
    publication::note,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::{Answers, Service};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use std::sync::Arc;
use store::{
    Error as StoreError, Time, Tx,
    alert::What,
    desk,
    journal::{Audience, Verb},
    payment,
    publication::{self, Shown},
    report::{self, Head},
    service::{self, Public},
    sub_case,
};

/// What a report can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    pub version: i64,
    /// What it is now.
    pub now: String,
    /// Id and title of each, by title.
    pub services: Vec<(String, String)>,
}

/// Nothing else hangs on its being of that kind: no home, no day, no case, and no other secrecy than it has.
fn is_plain(service: &Service) -> bool {
    let tied = service.collections.is_some() || service.booking.is_some() || service.order.is_some();
    !(tied || service.case.is_some() || service.sensitive)
}

/// A report of one can become one of the other: followed in the same way, under the same regime.
fn fits(setting: &Setting, agency: &str, from: &Service, to: &Service) -> bool {
    let alike = from.tracking == to.tracking && from.regime == to.regime && from.exit == to.exit;
    let asks = to.deciding_place().is_some() == from.deciding_place().is_some() && !to.questions.is_empty();
    let free = |service: &Service| !super::payment::costs(setting, agency, &service.id);
    from.id != to.id && alike && asks && is_plain(from) && is_plain(to) && free(from) && free(to)
}

/// What it is now, where that can be changed at all.
fn now(setting: &Setting, head: &Head) -> Option<Arc<Service>> {
    setting.service_now(&head.service, &head.definition).filter(|_| !head.sensitive)
}

/// Every service that a report of this one can become.
fn open_to<'s>(setting: &'s Setting, now: &'s Service, agency: &'s str) -> impl Iterator<Item = &'s Arc<Service>> {
    let offers = setting.catalogue.agency(agency).map(|known| known.services.as_slice()).unwrap_or_default();
    let known = offers.iter().filter_map(|offer| setting.catalogue.service(&offer.service));
    known.filter(move |to| fits(setting, agency, now, to))
}

/// Asked for each page of a report: one is enough.
pub(super) fn may_change(setting: &Setting, head: &Head, agency: &str) -> bool {
    now(setting, head).is_some_and(|now| open_to(setting, &now, agency).next().is_some())
}

pub fn choices(actor: &Actor, tx: &mut Tx, setting: &Setting, reference: &str) -> Result<Choices> {
    rights::hold(actor, Right::ChangeService)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(tx, reference)?.ok_or(NotFound)?;
    let (relation, case) = relation(actor, tx, agency, &head)?;
    rights::allow(actor, Right::ChangeService, relation)?;
    let case = case.filter(|case| !case.core.ended()).ok_or(NotFound)?;
    let now = now(setting, &head).ok_or(NotFound)?;
    let mut services: Vec<_> =
        open_to(setting, &now, agency).map(|to| (to.id.clone(), to.title().to_owned())).collect();
    services.sort_by(|a, b| a.1.cmp(&b.1));
    if services.is_empty() {
        return Err(NotFound.into());
    }
    Ok(Choices { version: case.version, now: setting.service_title(&head), services })
}

/// Changes it. Team, targets and back office are those of the new service; why is read by the resident.
pub fn set(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (to, typed): (&str, &str),
) -> Result<Told> {
    let mut held = held(actor, tx, Right::ChangeService, on)?;
    open(&held)?;
    let why = words::read(typed)?;
    let agency = held.case.agency.clone();
    let was = now(setting, &held.head).ok_or(Refusal::NoSuchService)?;
    let to = open_to(setting, &was, &agency).find(|known| known.id == to).cloned();
    let to = to.ok_or(Refusal::NoSuchService)?;
    let others = sub_case::of_report(tx, held.head.id)?;
    if others.iter().any(|case| case.agency != agency && !case.core.ended()) {
        return Err(Refusal::WorkedTogether.into());
    }
    if payment::own(&Actor::House("service"), tx, held.head.id)?.is_some() {
        return Err(Refusal::NoSuchService.into());
    }
    let from = held.head.clone();
    let (old_name, old_due) = (setting.service_title(&from), held.case.due_at);
    service::put(actor, tx, (from.id, held.case.id), &to.id)?;
    (held.head.service, held.head.type_code) = (to.id.clone(), to.id.clone());
    held.case.service.clone_from(&to.id);
    if held.case.priority == i64::from(was.priority) {
        held.case.priority = i64::from(to.priority).clamp(1, 9);
    }
    if let Some((team, due)) = setting.target(&agency, &to.id, held.case.received_at) {
        if held.case.team != team {
            (held.case.team, held.case.assignee) = (team, None);
        }
        held.case.due_at = due;
    }
    if held.case.acknowledged_at.is_none() {
        held.case.first_due_at = setting.first_answer_by(&agency, &to.id, held.case.received_at);
    }
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    // Answers to questions of another kind called them in.
    desk::clear(tx, held.case.id)?;
    setting.index(tx, &held.head, &held.case)?;
    let mut facts = json!({
        "from": from.service, "from_name": old_name, "to": to.id, "to_name": to.title(), "version": to.version,
        "definition": to.hash, "due": held.case.due_at, "was_due": old_due,
    });
    clock::change(tx, setting, draw, &held.case, &from.service)?.note(&mut facts);
    let is_public = publish(actor, tx, setting, (&held.head, &to), draw.now())?;
    facts["public"] = json!(is_public);
    let kind = ("service.changed", Verb::Alteration, Audience::Resident);
    let entry = held.enter(actor, tx, draw, kind, facts, Some(&why))?;
    if is_public {
        note(tx, from.id, draw.now(), What::Changed)?;
    }
    office::changed(actor, tx, setting, draw, (entry, &agency, &held.head), &from.service)?;
    tell::resident(tx, setting, draw, &held.head, &agency, entry, Message::Update)
}

/// What everybody reads goes along: words as they stand, to questions that the new service asks too and lets everybody read. Of a
/// service that is not public nobody else reads anything. Whether everybody can read it now.
fn publish(actor: &Actor, tx: &mut Tx, setting: &Setting, (head, to): (&Head, &Service), at: Time) -> Result<bool> {
    let Some(row) = publication::of_report(actor, tx, head.id)? else { return Ok(false) };
    let body = setting.definition(&row.definition).and_then(|from| {
        let answers = Answers::from_json(&from, &row.body).ok()?;
        catalogue::published(to, &catalogue::carry(&from, to, &answers))
    });
    let body = body.unwrap_or_default().to_json();
    // Photos go by the rule of what it is now: those of a question that everybody sees no photos of are shown no more.
    let from = setting.definition(&row.definition);
    let goes = from.is_some_and(|from| from.pictured().all(|asked| to.pictured().any(|asks| asks == asked)));
    let photos = if goes && to.public { row.photos.clone() } else { json!([]) };
    let public = Public { service: to.id.clone(), definition: to.hash.clone(), body, photos };
    match service::publish(actor, tx, head.id, &public, at) {
        Err(StoreError::Stale) => return Ok(false),
        other => other?,
    }
    if !to.public && row.shown != Shown::Hidden {
        publication::set_shown(actor, tx, head.id, row.shown, Shown::Hidden)?;
    }
    Ok(to.public && row.shown == Shown::Public)
}
