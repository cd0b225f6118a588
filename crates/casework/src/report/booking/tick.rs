//! What time does to bookings: one that nobody paid for gives its place back, and people are reminded of their day.

use super::{HOUSE, rules};
use crate::{
    Draw, Result, Setting,
    report::{
        entry::{Happened, write},
        follow,
        tell::{self, Message},
    },
};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Tx,
    booking::{self, Booking},
    journal::{Audience, Verb},
    payment::State as Stands,
    report,
};

/// While somebody is at the card page, the place stays; it is looked at again after so many minutes.
const AGAIN_MINUTES: i64 = 2;

/// Does what is due, at most so many of each, and says how many there were.
pub fn tick(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let late = booking::held_too_long(&HOUSE, tx, draw.now(), most)?;
    for row in &late {
        lapse(tx, setting, draw, row)?;
    }
    let due = booking::to_remind(&HOUSE, tx, draw.now(), most)?;
    for row in &due {
        remind(tx, setting, draw, row)?;
    }
    Ok(late.len().max(due.len()))
}

fn lapse(tx: &mut Tx, setting: &Setting, draw: &mut Draw, row: &Booking) -> Result<()> {
    let paid = store::payment::own(&HOUSE, tx, row.report)?;
    match paid.map(|paid| paid.state) {
        Some(Stands::Due) => {}
        // The gateway itself says first that the try has ended.
        Some(Stands::Asking | Stands::Away) => {
            let again = draw.now().plus_seconds(60 * AGAIN_MINUTES);
            return Ok(booking::hold_longer(&HOUSE, tx, row.report, again)?);
        }
        _ => return Ok(booking::settle(&HOUSE, tx, row.report)?),
    }
    booking::lapse(&HOUSE, tx, row.report)?;
    let head = report::by_id(tx, row.report)?;
    let ended = follow::end(&HOUSE, tx, setting, draw, row.report)?;
    let happened = Happened {
        report: row.report,
        agency: Some(&row.agency),
        verb: Verb::Alteration,
        kind: "booking.lapsed",
        audience: Audience::Resident,
        facts: json!({ "day": row.day }),
        words: None,
    };
    let entry = write(&HOUSE, tx, draw, happened)?;
    follow::ended(&HOUSE, tx, setting, draw, (entry, &head), &ended)?;
    tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Update)?;
    Ok(())
}

fn remind(tx: &mut Tx, setting: &Setting, draw: &mut Draw, row: &Booking) -> Result<()> {
    let day: Option<Date> = row.day.parse().ok();
    let next = rules(setting, &row.agency, &row.service)
        .zip(day)
        .and_then(|((rules, _), day)| super::reminder(rules, day, draw.now()));
    booking::reminded(&HOUSE, tx, row, next)?;
    let head = report::by_id(tx, row.report)?;
    let happened = Happened {
        report: row.report,
        agency: Some(&row.agency),
        verb: Verb::Disclosure,
        kind: "booking.reminded",
        audience: Audience::Agency,
        facts: json!({ "day": row.day }),
        words: None,
    };
    let entry = write(&HOUSE, tx, draw, happened)?;
    tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Reminder)?;
    Ok(())
}
