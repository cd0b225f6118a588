//! Names by choice (C-52): nobody is named in public unless they asked for it, where that is safe, and until they or staff hide it.

use super::{
    acts::{On, held},
    ban,
    entry::{Happened, write},
    follow,
    tell::{self, Message},
};
use crate::{Draw, Refusal, Result, Setting, contact as gate, words};
use catalogue::{Answers, Service};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use std::collections::BTreeMap;
use store::{
    Time, Tx,
    account::Account,
    contact::Contact,
    journal::{Audience, Verb},
    publication::Publication,
    shown_name::{self, ShownName},
};
use uuid::Uuid;

pub use store::shown_name::of_reporters;

/// Letters of a name.
const LONGEST: usize = 100;

/// The name as it may be shown; none where it holds more than a name, such as an address or a number.
fn fit(name: Option<&str>) -> Option<String> {
    let name = name?.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    (fits && !catalogue::says_private(name)).then(|| name.to_owned())
}

/// The name that may be shown with a report, before it is sent: of a public service alone, and of nobody who has any wish
/// about how they are reached.
pub fn offered(service: &Service, answers: &Answers, sensitive: bool) -> Option<String> {
    if !service.public || service.sensitive || sensitive {
        return None;
    }
    let contact = super::answers::person(service, answers).map(super::answers::contact)?;
    of_contact(&contact)
}

fn of_contact(contact: &Contact) -> Option<String> {
    if gate::has_wishes(&contact.safe) { None } else { fit(contact.name.as_deref()) }
}

/// Keeps the name with a report that everybody will read. Whoever is on the list of its agency is never named.
pub(super) fn keep_with_report(
    tx: &mut Tx,
    setting: &Setting,
    report: Uuid,
    (contact, banned): (Option<&Contact>, bool),
    at: Time,
) -> Result<()> {
    let Some(name) = contact.filter(|_| !banned).and_then(of_contact) else { return Ok(()) };
    let mark = contact.and_then(|contact| contact.email.as_deref()).map(|email| setting.keys.reporter(email));
    Ok(shown_name::keep(tx, &ShownName { item: report, report, remark: None, name, mark, at })?)
}

/// The name that somebody may show with what they say of a report.
pub fn of_account(account: &Account) -> Option<String> {
    fit(account.name.as_deref())
}

/// Keeps the name with what was said, unless its sender is on the list of the agency, or is the reporter and may not be named.
pub(super) fn keep_with_remark(
    tx: &mut Tx,
    row: &Publication,
    (account, remark): (&Account, Uuid),
    at: Time,
) -> Result<()> {
    let Some(name) = of_account(account) else { return Ok(()) };
    let who = Contact {
        name: Some(name.clone()),
        email: Some(account.email.clone()),
        phone: account.phone.clone(),
        safe: json!({}),
    };
    if ban::shuts_out(tx, &row.agency, Some(&who), at)? {
        return Ok(());
    }
    let reporter = store::contact::own(&Actor::House("names"), tx, row.report)?;
    let is_reporter = |contact: &Contact| contact.email.as_deref() == Some(account.email.as_str());
    if reporter.filter(is_reporter).is_some_and(|contact| gate::has_wishes(&contact.safe)) {
        return Ok(());
    }
    let (report, mark) = (row.report, Some(account.mark.clone()));
    Ok(shown_name::keep(tx, &ShownName { item: remark, report, remark: Some(remark), name, mark, at })?)
}

/// Who is named with a public report, by item.
pub(super) fn in_public(tx: &mut Tx, report: Uuid) -> Result<BTreeMap<Uuid, String>> {
    Ok(shown_name::in_public(tx, report)?.into_iter().collect())
}

/// The name with which the reporter's own report is shown.
pub fn own(actor: &Actor, tx: &mut Tx) -> Result<Option<String>> {
    let id = follow::mine(actor, Right::CorrectOwn)?;
    let all = shown_name::of_report(actor, tx, id)?;
    Ok(all.into_iter().find(|row| row.item == id).map(|row| row.name))
}

/// The reporter is not named any more.
pub fn hide_own(actor: &Actor, tx: &mut Tx, draw: &mut Draw) -> Result<()> {
    let id = follow::mine(actor, Right::CorrectOwn)?;
    hide_one(actor, tx, draw, (id, id))
}

fn hide_one(actor: &Actor, tx: &mut Tx, draw: &mut Draw, (report, item): (Uuid, Uuid)) -> Result<()> {
    if !shown_name::hide(actor, tx, report, item)? {
        return Err(Refusal::AlreadyDone.into());
    }
    let of_report = report == item;
    let happened = Happened {
        report,
        agency: None,
        verb: Verb::Alteration,
        kind: "name.hidden",
        audience: if of_report { Audience::Resident } else { Audience::Agencies },
        facts: if of_report { json!({}) } else { json!({ "remark": item }) },
        words: None,
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}

/// One item with which somebody is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub item: Uuid,
    pub reference: String,
    pub title: String,
    /// It is of what they said of a report.
    pub of_remark: bool,
    pub name: String,
    pub at: Time,
}

/// Everything with which the person of an account is named, newest first.
pub fn mine(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<Vec<Named>> {
    let rows = all(actor, tx)?;
    let named = |row: shown_name::Mine| Named {
        item: row.item,
        title: setting
            .service_named(&row.service, &row.definition)
            .map_or_else(|| setting.service_name(&row.service), |service| service.title().to_owned()),
        reference: row.reference,
        of_remark: row.remark.is_some(),
        name: row.name,
        at: row.at,
    };
    Ok(rows.into_iter().map(named).collect())
}

fn all(actor: &Actor, tx: &mut Tx) -> Result<Vec<shown_name::Mine>> {
    rights::hold(actor, Right::KeepAccount)?;
    let Actor::Account(account) = actor else { return Err(NotFound.into()) };
    Ok(shown_name::mine(actor, tx, *account)?)
}

/// The person of an account is not named any more with one item, or with any.
pub fn hide_mine(actor: &Actor, tx: &mut Tx, draw: &mut Draw, item: Option<Uuid>) -> Result<()> {
    let rows = all(actor, tx)?;
    let wanted: Vec<_> = rows.into_iter().filter(|row| item.is_none_or(|item| item == row.item)).collect();
    if wanted.is_empty() {
        return Err(Refusal::AlreadyDone.into());
    }
    wanted.iter().try_for_each(|row| hide_one(actor, tx, draw, (row.report, row.item)))
}

/// Staff hide a name, and say why (C-53); the reporter is told where it is theirs.
pub fn hide(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (item, why): (Uuid, &str),
) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let why = words::read(why)?;
    if !shown_name::hide(actor, tx, held.head.id, item)? {
        return Err(Refusal::AlreadyDone.into());
    }
    let of_report = held.head.id == item;
    let audience = if of_report { Audience::Resident } else { Audience::Agency };
    let facts = if of_report { json!({}) } else { json!({ "remark": item }) };
    let entry = held.enter(actor, tx, draw, ("name.hidden", Verb::Alteration, audience), facts, None)?;
    held.enter(actor, tx, draw, ("name.why", Verb::Alteration, Audience::Agency), json!({}), Some(&why))?;
    if of_report {
        tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)?;
    }
    Ok(())
}
