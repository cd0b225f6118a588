//! A day that is booked (council 1.7): a place of it is taken in the transaction that files the report, held until it is paid for,
//! and given back when it is cancelled or nobody pays. The rules are the agency's data; `collection::booking` decides.

mod own;
mod tick;

pub use own::{cancel, change_day};
pub use tick::tick;

use super::payment;
use crate::{Draw, Refusal, Result, Setting};
use catalogue::{Answers, Booking as Rules, Service};
use collection::booking::{self as days, BookedDay};
use jiff::{
    Timestamp,
    civil::{Date, Time as Hour},
};
use places::{
    Holidays,
    working_days::{london_day, start_of},
};
use rights::{Actor, Right};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{
    Look, Time, Tx,
    booking::{self, Booking, State},
    payment::Payment,
    sub_case::SubCase,
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("booking");

pub(super) fn instant(at: Time) -> Timestamp {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default()
}

/// What the answers say: pure.
#[derive(Clone)]
pub(super) struct Said {
    day: Date,
    items: Vec<(String, i64)>,
}

pub(super) fn said(service: &Service, kept: &Answers) -> Option<Said> {
    let ties = service.booking.as_ref()?;
    Some(Said { day: ties.day(kept)?, items: ties.things.items(kept) })
}

fn rules<'s>(setting: &'s Setting, agency: &str, service: &str) -> Option<(&'s Rules, Holidays)> {
    let rules = setting.catalogue.agency(agency)?.booking(service)?;
    Some((rules, setting.holidays(agency, rules.holidays.as_deref())))
}

/// The days of an agency's service that may be booked now, each with its places, and those that are taken.
fn of_days(tx: &mut Tx, rules: &Rules, holidays: &Holidays, agency: &str, now: Time) -> Result<Vec<(BookedDay, i64)>> {
    let (service, from) = (&rules.service, london_day(instant(now)).to_string());
    let given = booking::given(tx, agency, service, &from)?
        .into_iter()
        .filter_map(|(day, places)| Some(BookedDay { day: day.parse().ok()?, places: u32::try_from(places).ok()? }));
    let given: Vec<_> = given.collect();
    let taken = booking::taken(tx, agency, service, &from)?;
    let of = |day: Date| taken.iter().find(|(known, _)| *known == day.to_string()).map_or(0, |(_, n)| *n);
    let days = days::days(rules, &given, instant(now), holidays);
    Ok(days.into_iter().map(|open| (open, of(open.day))).collect())
}

/// The days that are free, the first one first. None where the agency has no rules: then a day is no more than a wish.
pub fn free(tx: &mut Tx, setting: &Setting, agency: &str, service: &str, now: Time) -> Result<Option<Vec<Date>>> {
    let Some((rules, holidays)) = rules(setting, agency, service) else { return Ok(None) };
    let days = of_days(tx, rules, &holidays, agency, now)?;
    Ok(Some(
        days.into_iter().filter(|(open, taken)| *taken < i64::from(open.places)).map(|(open, _)| open.day).collect(),
    ))
}

fn places(tx: &mut Tx, rules: &Rules, holidays: &Holidays, agency: &str, day: Date, now: Time) -> Result<i64> {
    let days = of_days(tx, rules, holidays, agency, now)?;
    let open = days.into_iter().find(|(open, _)| open.day == day).ok_or(Refusal::NoSuchSlot)?;
    Ok(i64::from(open.0.places))
}

/// A booking that was written with its report.
pub(super) struct Taken {
    row: Booking,
}

impl Taken {
    pub fn facts(&self) -> Json {
        json!({ "day": self.row.day, "state": self.row.state.name() })
    }
}

/// Takes a place of the day for a report that was just written. Whoever comes too late for the last one is refused, and with that
/// the report is not written either.
pub(super) fn take(
    tx: &mut Tx,
    setting: &Setting,
    draw: &Draw,
    (report, agency, service): (Uuid, &str, &str),
    said: Option<&Said>,
    is_due: bool,
) -> Result<Option<Taken>> {
    let Some(said) = said else { return Ok(None) };
    let Some((rules, holidays)) = rules(setting, agency, service) else { return Ok(None) };
    if days::too_many(rules, &said.items).is_some() {
        return Err(Refusal::TooManyItems.into());
    }
    let now = draw.now();
    let places = places(tx, rules, &holidays, agency, said.day, now)?;
    let held_until = is_due.then(|| held_until(setting, rules, agency, now)).flatten();
    let held_until = held_until.map(|until| until.min(paid_by(rules, &holidays, said.day, now)));
    let row = Booking {
        report,
        agency: agency.to_owned(),
        service: service.to_owned(),
        day: said.day.to_string(),
        items: said.items.iter().map(|(_, n)| n).sum(),
        state: if is_due { State::Held } else { State::Booked },
        held_until,
        remind_at: reminder(rules, said.day, now),
        made_at: now,
    };
    match booking::take(tx, &row, places)? {
        true => Ok(Some(Taken { row })),
        false => Err(Refusal::NoSuchSlot.into()),
    }
}

/// With a gateway for its minutes, without one for the hours in which it can be paid another way.
fn held_until(setting: &Setting, rules: &Rules, agency: &str, now: Time) -> Option<Time> {
    match setting.gateways.contains(agency) {
        true => payment::unpaid_minutes(setting, agency, &rules.service).map(|n| now.plus_seconds(60 * n)),
        false => rules.keep_hours.map(|hours| now.plus_hours(i64::from(hours))),
    }
}

/// A day that nobody has paid for is given back in time for somebody else, and at the latest before the crew sets out.
fn paid_by(rules: &Rules, holidays: &Holidays, day: Date, now: Time) -> Time {
    let last = Time(days::until(&rules.cancel, day, holidays).as_microsecond());
    let begins = Time(start_of(day).timestamp().as_microsecond());
    if now < last { last.min(begins) } else { begins }
}

fn reminder(rules: &Rules, day: Date, now: Time) -> Option<Time> {
    days::next_reminder(rules, day, instant(now)).map(|at| Time(at.as_microsecond()))
}

/// A booking as its page says it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub agency: String,
    pub day: Date,
    pub state: State,
    pub items: i64,
    pub held_until: Option<Time>,
    pub put_out: String,
    pub by: Hour,
    /// It can be cancelled, and until when.
    pub cancel_until: Option<Time>,
    /// Its day can be changed, and until when.
    pub change_until: Option<Time>,
    /// What was paid comes back to who cancels until then.
    pub refund_until: Option<Time>,
}

fn shown(setting: &Setting, row: &Booking, now: Time) -> Option<Shown> {
    let (rules, holidays) = rules(setting, &row.agency, &row.service)?;
    let day: Date = row.day.parse().ok()?;
    let until = |cut: &catalogue::CutOff| {
        let until = Time(days::until(cut, day, &holidays).as_microsecond());
        (row.state.is_live() && now < until).then_some(until)
    };
    Some(Shown {
        agency: row.agency.clone(),
        day,
        state: row.state,
        items: row.items,
        held_until: row.held_until,
        put_out: rules.put_out.clone(),
        by: rules.by,
        cancel_until: until(&rules.cancel),
        change_until: until(&rules.amend),
        refund_until: rules.refund.as_ref().and_then(until),
    })
}

/// As the receipt of a report says it: what whoever sent it chose, and what the agency says of it.
pub(super) fn of_receipt(setting: &Setting, taken: &Taken, now: Time) -> Option<InReceipt> {
    let shown = shown(setting, &taken.row, now)?;
    Some(InReceipt {
        day: taken.row.day.clone(),
        put_out: shown.put_out,
        by: shown.by.strftime("%H:%M").to_string(),
        held_until: shown.held_until,
        change_until: shown.change_until,
        cancel_until: shown.cancel_until,
    })
}

/// A booking in the receipt of its report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InReceipt {
    /// "2026-12-04".
    pub day: String,
    pub put_out: String,
    /// "07:00".
    pub by: String,
    /// It is to be paid for until then.
    pub held_until: Option<Time>,
    pub change_until: Option<Time>,
    pub cancel_until: Option<Time>,
}

/// For the person who booked.
pub fn own(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time) -> Result<Option<Shown>> {
    let report = super::follow::mine(actor, Right::FollowOwn)?;
    Ok(booking::own(actor, tx, report)?.and_then(|row| shown(setting, &row, now)))
}

/// For staff of the agency whose day it is.
pub(super) fn of_report(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Option<Booking>> {
    rights::hold(actor, Right::SeeReport)?;
    Ok(booking::of_report(actor, look, report)?.filter(|row| row.agency == agency))
}

/// What is paid for is held no more.
pub(super) fn paid(tx: &mut Tx, payment: &Payment) -> Result<()> {
    Ok(booking::settle(&HOUSE, tx, payment.report)?)
}

/// It has a day, or had none: what lapsed or was cancelled is not paid for any more.
pub(super) fn may_be_paid(tx: &mut Tx, report: Uuid) -> Result<bool> {
    Ok(booking::own(&HOUSE, tx, report)?.is_none_or(|row| row.state.is_live()))
}

/// Work that ends before the day gives the place back.
pub(super) fn follow(tx: &mut Tx, report: Uuid, cases: &[SubCase], now: Time) -> Result<()> {
    let Some(row) = booking::own(&HOUSE, tx, report)?.filter(|row| row.state.is_live()) else { return Ok(()) };
    let is_ahead = row.day.parse().is_ok_and(|day: Date| day > london_day(instant(now)));
    if is_ahead && cases.iter().all(|case| case.core.ended()) {
        booking::cancel(&HOUSE, tx, report)?;
    }
    Ok(())
}
