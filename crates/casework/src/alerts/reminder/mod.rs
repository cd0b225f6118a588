//! The evening before a bin day (C-37): who asked for it hears what comes tomorrow, and again where that changes. A reminder has
//! the same person, page, link to stop and gate as the alerts beside it.

mod ask;
mod tick;

pub use ask::{Wanted, ask};
pub(super) use ask::{asked, begin};
pub use tick::{Facts, Gone, Line, REMINDING, may_go_now, tick};

use super::HOUSE;
use crate::{Result, Setting, bins};
use collection::evening::Hours;
use jiff::Timestamp;
use serde_json::Value as Json;
use store::{
    Time, Tx,
    delivery::Delivery,
    premises,
    reminder::{self, Reminder},
};
use uuid::Uuid;

/// A reminder as its owner reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub id: Uuid,
    /// `Recycling, Food waste at 12 Example Road`.
    pub about: String,
    pub paused: bool,
}

pub(super) fn of(tx: &mut Tx, setting: &Setting, subscriber: Uuid) -> Result<Vec<Own>> {
    let mut all = Vec::new();
    for row in reminder::of(&HOUSE, tx, subscriber)?.into_iter().filter(|row| row.since.is_some()) {
        all.push(Own { id: row.id, paused: row.next_at.is_none(), about: about(tx, setting, &row)? });
    }
    Ok(all)
}

/// What it is about, in words.
pub(super) fn about(tx: &mut Tx, setting: &Setting, row: &Reminder) -> store::Result<String> {
    let home = premises::by_uprn(tx, &row.uprn)?;
    let agency = home.as_ref().and_then(|home| setting.catalogue.agency(&home.agency));
    let name = |kind: &str| {
        let known = agency.and_then(|agency| agency.bins.as_ref()?.kind(kind));
        known.map_or_else(|| kind.to_owned(), |kind| kind.name.clone())
    };
    let kinds: Vec<String> = row.kinds.split_whitespace().map(name).collect();
    let what = if kinds.is_empty() { "All bin days".to_owned() } else { kinds.join(", ") };
    // A home that is in no list any more has no days either.
    let at = home.map_or_else(|| "a home that is no longer listed".to_owned(), |home| home.address);
    Ok(format!("{what} at {at}"))
}

pub(super) fn hours(setting: &Setting) -> Hours {
    Hours { evening: setting.alerts.bins_evening, morning: setting.alerts.bins_morning }
}

/// When a reminder that begins now looks for the first time.
pub(super) fn first(setting: &Setting, now: Time) -> Time {
    Time(hours(setting).next(instant(now)).as_microsecond())
}

fn instant(at: Time) -> Timestamp {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default()
}

/// The kinds that are collected from a home; nothing where no such home is listed.
pub fn kinds(tx: &mut Tx, setting: &Setting, uprn: &str, now: Time) -> Result<Option<Vec<String>>> {
    let Some(property) = bins::property(tx, setting, uprn, now)? else { return Ok(None) };
    let mut kinds: Vec<String> = property.bins.into_iter().map(|bin| bin.kind).collect();
    kinds.dedup();
    Ok(Some(kinds))
}

/// All that are confirmed look again at that instant; without one they are paused.
pub(super) fn wake_all(tx: &mut Tx, subscriber: Uuid, next_at: Option<Time>) -> Result<()> {
    Ok(reminder::wake_all(&HOUSE, tx, subscriber, next_at)?)
}

/// A mail that asks to confirm one that still waits for it.
pub(super) fn still_asked(tx: &mut Tx, delivery: &Delivery) -> store::Result<Option<Json>> {
    let id = delivery.facts["subscription"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    let waits = reminder::by_id(&HOUSE, tx, id)?.is_some_and(|row| row.since.is_none());
    Ok(waits.then(|| delivery.facts.clone()))
}
