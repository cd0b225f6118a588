//! The page of somebody's alerts. The token of the link is the proof that it is theirs; whoever has no such token finds nothing.

use super::{HOUSE, enter, reminder};
use crate::{Draw, Result, Setting, codes};
use rights::{Actor, NotFound};
use serde_json::json;
use store::{
    Tx, alert,
    journal::Verb,
    reminder as reminder_rows,
    subscriber::{self, Subscriber, Why},
    subscription::{self, Cadence, Hears, Subscription},
};
use uuid::Uuid;

/// What a subscriber reads of their own.
#[derive(Clone, Debug)]
pub struct Own {
    pub person: Subscriber,
    /// Those that are confirmed.
    pub subscriptions: Vec<Subscription>,
    pub reminders: Vec<reminder::Own>,
}

fn person(tx: &mut Tx, token: &str) -> Result<Subscriber> {
    Ok(subscriber::by_token(tx, &codes::hash_token(token))?.ok_or(NotFound)?)
}

pub fn page(tx: &mut Tx, setting: &Setting, token: &str) -> Result<Own> {
    let person = person(tx, token)?;
    of(tx, setting, person)
}

/// The same of somebody who showed in another way that they are that person.
pub(crate) fn of(tx: &mut Tx, setting: &Setting, person: Subscriber) -> Result<Own> {
    let reminders = reminder::of(tx, setting, person.id)?;
    let mut subscriptions = subscription::of(&HOUSE, tx, person.id)?;
    subscriptions.retain(|row| row.since.is_some());
    Ok(Own { person, subscriptions, reminders })
}

/// One of theirs.
fn one(tx: &mut Tx, person: &Subscriber, id: Uuid) -> Result<Subscription> {
    let all = subscription::of(&HOUSE, tx, person.id)?.into_iter();
    Ok(all.filter(|row| row.since.is_some()).find(|row| row.id == id).ok_or(NotFound)?)
}

/// How often, and whether changes too. One that was paused tells what becomes known from now on.
pub fn set(tx: &mut Tx, draw: &mut Draw, token: &str, id: Uuid, (cadence, hears): (Cadence, Hears)) -> Result<()> {
    let person = person(tx, token)?;
    let row = one(tx, &person, id)?;
    if (row.cadence, row.hears) == (cadence, hears) {
        return Ok(());
    }
    let since = row.since.filter(|_| row.cadence != Cadence::Off).unwrap_or(draw.now());
    subscription::set(&HOUSE, tx, row.id, (cadence, hears), since)?;
    let facts = json!({ "subscription": row.id, "hears": hears.name(), "cadence": cadence.name() });
    enter(&Actor::Anonymous, tx, draw, ("alert.changed", Verb::Alteration), person.id, facts)?;
    Ok(())
}

pub fn remove(tx: &mut Tx, draw: &mut Draw, token: &str, id: Uuid) -> Result<()> {
    let person = person(tx, token)?;
    remove_one(&Actor::Anonymous, tx, draw, &person, id)
}

/// The same for somebody who showed in another way that they are that person.
pub(crate) fn remove_one(actor: &Actor, tx: &mut Tx, draw: &mut Draw, person: &Subscriber, id: Uuid) -> Result<()> {
    let is_reminder = reminder_rows::of(&HOUSE, tx, person.id)?.iter().any(|row| row.id == id);
    if is_reminder {
        reminder_rows::remove(&HOUSE, tx, id)?;
    } else {
        let row = one(tx, person, id)?;
        subscription::remove(&HOUSE, tx, row.id)?;
    }
    let facts = json!({ "subscription": id });
    enter(actor, tx, draw, ("alert.removed", Verb::Erasure), person.id, facts)?;
    Ok(())
}

/// No more mail at all: the one press of RFC 8058, and the button of the page. A second press changes nothing.
pub fn stop(tx: &mut Tx, draw: &mut Draw, token: &str) -> Result<()> {
    let person = person(tx, token)?;
    if subscriber::stop(&HOUSE, tx, person.id, Why::Asked, draw.now())? {
        enter(&Actor::Anonymous, tx, draw, ("alert.stopped", Verb::Alteration), person.id, json!({}))?;
    }
    Ok(())
}

/// Mail again, from now on.
pub fn start(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str) -> Result<()> {
    let person = person(tx, token)?;
    // Who never confirmed has nothing to begin again.
    if person.stopped_at.is_none() || person.confirmed_at.is_none() {
        return Ok(());
    }
    subscription::begin_anew(&HOUSE, tx, person.id, draw.now())?;
    reminder::wake_all(tx, person.id, Some(reminder::first(setting, draw.now())))?;
    subscriber::confirm(&HOUSE, tx, person.id, draw.now())?;
    enter(&Actor::Anonymous, tx, draw, ("alert.started", Verb::Alteration), person.id, json!({}))?;
    Ok(())
}

/// Address, wishes and mails are erased; what stays is that somebody was forgotten.
pub fn forget(tx: &mut Tx, draw: &mut Draw, token: &str) -> Result<()> {
    let person = person(tx, token)?;
    subscriber::forget(&HOUSE, tx, person.id)?;
    enter(&Actor::Anonymous, tx, draw, ("alert.forgotten", Verb::Erasure), person.id, json!({}))?;
    Ok(())
}

/// The mail server of the address refused this mail for good: nothing goes there until the person says otherwise.
pub fn bounced(tx: &mut Tx, draw: &mut Draw, delivery: Uuid) -> store::Result<()> {
    let Some(mail) = alert::of_delivery(&HOUSE, tx, delivery)? else { return Ok(()) };
    if subscriber::stop(&HOUSE, tx, mail.subscriber, Why::Bounced, draw.now())? {
        enter(&HOUSE, tx, draw, ("alert.bounced", Verb::Alteration), mail.subscriber, json!({}))?;
    }
    Ok(())
}

/// What nobody confirmed in time is forgotten, and so is what was told long ago. At most so many people at a time.
pub fn sweep(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<()> {
    let days = |days: i64| draw.now().plus_hours(-24 * days);
    let (unconfirmed, old) = (days(setting.alerts.confirm_days), days(setting.alerts.kept_days));
    for id in subscriber::unconfirmed(&HOUSE, tx, unconfirmed, most)? {
        subscriber::forget(&HOUSE, tx, id)?;
        enter(&HOUSE, tx, draw, ("alert.forgotten", Verb::Erasure), id, json!({}))?;
    }
    subscription::sweep(&HOUSE, tx, unconfirmed)?;
    reminder_rows::sweep(&HOUSE, tx, unconfirmed)?;
    alert::sweep(&HOUSE, tx, old, old)?;
    Ok(())
}
