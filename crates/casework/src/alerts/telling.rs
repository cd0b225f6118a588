//! The mails: what is due for a person in one of them, and what is asked again at the moment of sending. Between news and mail
//! a report may be hidden, somebody may say stop, and days may pass.

use super::{HOUSE, reminder, write as enter};
use crate::{
    Draw, Result, Setting,
    contact::mailbox::{For, may_go},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    alert::{self, Due, Mail, What},
    delivery::{self, Delivery},
    journal::Verb,
    publication::{self, Shown},
    subscriber::{self, Subscriber},
    subscription::{self, Cadence},
};
use uuid::Uuid;

/// Name of the mail that tells news.
pub const NEWS: &str = "alerts";

/// One report in a mail: what everybody may read of it, in words of the lists and of the map alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub reference: String,
    pub title: String,
    pub place: String,
    /// The name of a [`What`].
    pub what: String,
    /// The name of a [`store::publication::Stand`].
    pub stand: String,
    pub at: Time,
}

/// The facts of a mail that tells news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub subscriber: Uuid,
    pub items: Vec<Item>,
    /// Reports that have no place in it.
    pub more: usize,
}

/// Writes the mails of people for whom something is due: how many people were looked after. A run that returns any may have
/// more to do.
pub fn write(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let now = draw.now();
    let people = alert::waiting(&HOUSE, tx, now, most)?;
    let (mut letters, mut told) = (Vec::new(), 0);
    for id in &people {
        let person = subscriber::by_id(&HOUSE, tx, *id)?;
        let news = alert::due(&HOUSE, tx, *id, now)?;
        let facts = match may_go_to(person.as_ref()) {
            true => facts(tx, setting, *id, &news, now, None)?,
            false => None,
        };
        let delivery = facts.is_some().then(|| draw.id());
        alert::settle(&HOUSE, tx, *id, now, delivery)?;
        if let (Some(facts), Some(delivery), Some(person)) = (facts, delivery, person) {
            told += facts.items.len() + facts.more;
            letters.push((delivery, person, facts));
        }
    }
    if letters.is_empty() {
        return Ok(people.len());
    }
    let facts = json!({ "mails": letters.len(), "told": told });
    let entry = enter(&HOUSE, tx, draw, ("alerts.told", Verb::Disclosure), facts)?;
    for (id, person, facts) in letters {
        delivery::insert(tx, &Delivery::email(id, entry, (person.address, NEWS), json!(facts), now))?;
        alert::mail(tx, &Mail { delivery: id, subscriber: person.id, subscription: None, made_at: now })?;
    }
    Ok(people.len())
}

pub(super) fn may_go_to(person: Option<&Subscriber>) -> bool {
    may_go(person, person.map(|person| person.address.as_str()).unwrap_or_default(), For::News)
}

/// What may be told now of this news; nothing where none of it may. `made_at` is when the mail was written, where it was.
fn facts(
    tx: &mut Tx,
    setting: &Setting,
    subscriber: Uuid,
    news: &[Due],
    now: Time,
    made_at: Option<Time>,
) -> store::Result<Option<Told>> {
    let (mut items, mut more, mut seen) = (Vec::new(), 0, Vec::new());
    for one in news {
        // The newest of a report stands for all of it.
        if seen.contains(&one.report) || !is_wanted(one) {
            continue;
        }
        if setting.alerts.is_too_late(one.at, made_at.or(one.due_at), now) {
            continue;
        }
        let row = publication::of_report(&HOUSE, tx, one.report)?;
        let Some(row) = row.filter(|row| row.shown == Shown::Public) else { continue };
        seen.push(one.report);
        if items.len() == setting.alerts.most_items {
            more += 1;
            continue;
        }
        // A report that is new to them is new, whatever else happened since.
        let is_new = news.iter().any(|other| other.report == one.report && other.kind == What::New && is_wanted(other));
        items.push(Item {
            title: setting.service_name(&row.service),
            reference: row.reference,
            place: row.place,
            what: if is_new { What::New } else { one.kind }.name().to_owned(),
            stand: row.stand.name().to_owned(),
            at: one.at,
        });
    }
    Ok((!items.is_empty()).then_some(Told { subscriber, items, more }))
}

/// The subscription that tells it is there, not paused, and began before it.
fn is_wanted(news: &Due) -> bool {
    news.cadence.is_some_and(|cadence| cadence != Cadence::Off) && news.since.is_some_and(|since| since <= news.at)
}

/// What a mail to a subscriber says, asked at the moment of sending: nothing where it may not go any more. It fails closed.
pub fn may_go_now(tx: &mut Tx, setting: &Setting, delivery: &Delivery, now: Time) -> store::Result<Option<Json>> {
    let Some(mail) = alert::of_delivery(&HOUSE, tx, delivery.id)? else { return Ok(None) };
    let person = subscriber::by_id(&HOUSE, tx, mail.subscriber)?;
    let purpose = if delivery.template == super::subscribe::CONFIRMING { For::Confirming } else { For::News };
    if !may_go(person.as_ref(), &delivery.address, purpose) {
        return Ok(None);
    }
    if delivery.template == reminder::REMINDING {
        return reminder::may_go_now(tx, setting, &delivery.facts, now);
    }
    if delivery.template == super::subscribe::CONFIRMING && mail.subscription.is_none() {
        return reminder::still_asked(tx, delivery);
    }
    if let Some(asked) = mail.subscription {
        let there = subscription::of(&HOUSE, tx, mail.subscriber)?;
        let waits = there.iter().any(|row| row.id == asked && row.since.is_none());
        return Ok(waits.then(|| delivery.facts.clone()));
    }
    let news = alert::in_mail(&HOUSE, tx, delivery.id)?;
    let facts = facts(tx, setting, mail.subscriber, &news, now, Some(mail.made_at))?;
    Ok(facts.map(|facts| json!(facts)))
}

/// Whether a delivery is one of these.
pub fn is_ours(delivery: &Delivery) -> bool {
    [NEWS, super::subscribe::CONFIRMING, reminder::REMINDING].contains(&delivery.template.as_str())
}
