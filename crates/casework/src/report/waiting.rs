//! Nobody came back, or no container came (C-30): what is still open when the agency's days have passed is put before staff, once
//! for each report.

use super::{
    entry::{Happened, write},
    mark,
};
use crate::{Draw, Result, Setting};
use catalogue::WaitsFor;
use collection::{Waiting, escalation};
use rights::Actor;
use serde_json::json;
use store::{
    Time, Tx,
    journal::{Audience, Verb},
    missed, ordered, sub_case,
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("waiting");

/// When what is reported or ordered now has waited too long, by the agency's rule and holidays.
pub(super) fn opens(setting: &Setting, agency: &str, of: WaitsFor, now: Time) -> Option<Time> {
    let rules = setting.catalogue.agency(agency)?.missed.as_ref()?;
    let holidays = setting.holidays(agency, rules.window.holidays.as_deref());
    let reported = jiff::Timestamp::from_microsecond(now.micros()).ok()?;
    match escalation(rules.escalation(of)?, reported, 1, false, reported, &holidays) {
        Waiting::NotYet { from } => Some(Time(from.as_microsecond())),
        _ => None,
    }
}

/// Raises what is due, at most so many, and says how many there were.
pub fn tick(tx: &mut Tx, draw: &mut Draw, most: i64) -> Result<usize> {
    let of_missed = missed::waiting(&HOUSE, tx, draw.now(), most)?;
    for (report, agency) in &of_missed {
        missed::raised(&HOUSE, tx, *report)?;
        raise(tx, draw, *report, agency, "missed")?;
    }
    let of_orders = ordered::waiting(&HOUSE, tx, draw.now(), most)?;
    for (report, agency) in &of_orders {
        ordered::raised(&HOUSE, tx, *report)?;
        raise(tx, draw, *report, agency, "ordered")?;
    }
    Ok(of_missed.len().max(of_orders.len()))
}

fn raise(tx: &mut Tx, draw: &mut Draw, report: Uuid, agency: &str, of: &str) -> Result<()> {
    let part = sub_case::of_report(tx, report)?.into_iter().find(|case| case.agency == agency);
    let Some(mut case) = part.filter(|case| !case.core.ended()) else { return Ok(()) };
    mark::raise(&mut case, mark::WAITS_TOO_LONG);
    sub_case::mark(&HOUSE, tx, &case)?;
    let happened = Happened {
        report,
        agency: Some(agency),
        verb: Verb::Alteration,
        kind: "waiting.raised",
        audience: Audience::Agency,
        facts: json!({ "of": of }),
        words: None,
    };
    write(&HOUSE, tx, draw, happened)?;
    Ok(())
}
