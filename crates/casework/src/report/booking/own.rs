//! What people do with what they booked, from the page of their report: another day, or none.

use super::{HOUSE, instant, paid_by, places, reminder, rules};
use crate::{
    Draw, Refusal, Result, Setting,
    report::{
        entry::{Happened, write},
        follow::{self, mine},
        mark, payment,
        tell::{self, Message},
    },
};
use collection::booking as days;
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    booking::{self, Booking},
    journal::{Audience, Verb},
    payment::State as Stands,
    report, sub_case,
};
use uuid::Uuid;

fn live(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Booking> {
    let row = booking::own(actor, tx, report)?.ok_or(NotFound)?;
    if row.state.is_live() { Ok(row) } else { Err(Refusal::Ended.into()) }
}

/// Moves it to another day, until the hour that the agency's data say.
pub fn change_day(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, day: Date) -> Result<()> {
    let report = mine(actor, Right::ChangeBooking)?;
    let (row, now) = (live(actor, tx, report)?, draw.now());
    let (rules, holidays) = rules(setting, &row.agency, &row.service).ok_or(NotFound)?;
    let before: Date = row.day.parse().map_err(|_| NotFound)?;
    if !days::is_open(&rules.amend, before, instant(now), &holidays) {
        return Err(Refusal::TooLateToChange.into());
    }
    if day == before {
        return Err(Refusal::AlreadyDone.into());
    }
    let places = places(tx, rules, &holidays, &row.agency, day, now)?;
    if !booking::change_day(actor, tx, &row, &day.to_string(), reminder(rules, day, now), places)? {
        return Err(Refusal::NoSuchSlot.into());
    }
    if let Some(until) = row.held_until {
        let until = until.min(paid_by(rules, &holidays, day, now));
        booking::hold_longer(&HOUSE, tx, report, until)?;
    }
    let happened = Happened {
        report,
        agency: Some(&row.agency),
        verb: Verb::Alteration,
        kind: "booking.moved",
        audience: Audience::Resident,
        facts: json!({ "from": row.day, "day": day.to_string() }),
        words: None,
    };
    let entry = write(actor, tx, draw, happened)?;
    let mut cases = sub_case::of_report(tx, report)?;
    for case in cases.iter_mut().filter(|case| case.agency == row.agency && !case.core.ended()) {
        mark::raise(case, mark::RESIDENT_WROTE);
        case.changed_at = now;
        sub_case::update(actor, tx, case)?;
    }
    let head = report::by_id(tx, report)?;
    tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Update)?;
    Ok(())
}

/// Cancels it, until the hour that the agency's data say. What was paid is given back where the rule says so: by the gateway, or by
/// staff, before whom the report then stays.
pub fn cancel(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<()> {
    let report = mine(actor, Right::ChangeBooking)?;
    let (row, now) = (live(actor, tx, report)?, draw.now());
    let (rules, holidays) = rules(setting, &row.agency, &row.service).ok_or(NotFound)?;
    let day: Date = row.day.parse().map_err(|_| NotFound)?;
    if !days::is_open(&rules.cancel, day, instant(now), &holidays) {
        return Err(Refusal::TooLateToChange.into());
    }
    let paid = store::payment::own(&HOUSE, tx, report)?;
    if paid.as_ref().is_some_and(|paid| matches!(paid.state, Stands::Asking | Stands::Away)) {
        return Err(Refusal::PaysNow.into());
    }
    booking::cancel(actor, tx, report)?;
    let comes_back = paid
        .filter(|paid| paid.state == Stands::Paid)
        .filter(|_| rules.refund.as_ref().is_some_and(|cut| days::is_open(cut, day, instant(now), &holidays)));
    let by_gateway = match &comes_back {
        Some(paid) => payment::goes_back(tx, draw, paid)?,
        None => false,
    };
    let head = report::by_id(tx, report)?;
    // Money that a person has to give back keeps the report on their list.
    let waits = comes_back.is_some() && !by_gateway;
    let ended = match waits {
        true => Vec::new(),
        false => follow::end(actor, tx, setting, draw, report)?,
    };
    if waits {
        for mut case in sub_case::of_report(tx, report)?.into_iter().filter(|case| case.agency == row.agency) {
            mark::raise(&mut case, mark::RESIDENT_WROTE);
            case.changed_at = now;
            sub_case::update(actor, tx, &case)?;
        }
    }
    let happened = Happened {
        report,
        agency: Some(&row.agency),
        verb: Verb::Alteration,
        kind: "booking.cancelled",
        audience: Audience::Resident,
        facts: json!({ "day": row.day, "comes_back": comes_back.map(|paid| paid.amount) }),
        words: None,
    };
    let entry = write(actor, tx, draw, happened)?;
    follow::ended(actor, tx, setting, draw, (entry, &head), &ended)?;
    tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Update)?;
    Ok(())
}
