//! A reporter opens a closed report again, within the days that its agency names (C-49).

use super::{
    entry::{Happened, write},
    follow::{mine, wake},
    hook, office,
};
use crate::{Draw, Refusal, Result, Setting, words};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Time, Tx,
    journal::{Audience, Verb},
    report,
    sub_case::{self, Core, SubCase},
};

const DAY_HOURS: i64 = 24;

/// Whether it can be opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reopening {
    /// It is open, was withdrawn, or its agency names no days: writing opens it.
    Not,
    Until(Time),
    /// The days have passed, or its service is not opened again.
    Over,
}

/// How it stands with these parts.
pub(super) fn stands(setting: &Setting, cases: &[SubCase], now: Time) -> Reopening {
    if !cases.iter().all(|case| case.core.ended()) {
        return Reopening::Not;
    }
    let closed = cases.iter().filter(|case| case.core == Core::Closed);
    let Some(last) = closed.max_by_key(|case| case.closed_at) else { return Reopening::Not };
    match (setting.reopening(&last.agency, &last.service), last.closed_at) {
        (Some(days), Some(at)) => match at.plus_hours(i64::from(days) * DAY_HOURS) {
            until if until > now => Reopening::Until(until),
            _ => Reopening::Over,
        },
        _ => Reopening::Not,
    }
}

/// Opens it again, with a reason.
pub fn reopen(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, typed: &str) -> Result<()> {
    let id = mine(actor, Right::CorrectOwn)?;
    let words = words::read(typed)?;
    let cases = sub_case::of_report(tx, id)?;
    if !matches!(stands(setting, &cases, draw.now()), Reopening::Until(_)) {
        return Err(Refusal::Ended.into());
    }
    let (_, moved) = wake(actor, tx, setting, draw, id)?;
    let mut facts = json!({});
    moved.note(&mut facts);
    let happened = Happened {
        report: id,
        agency: None,
        verb: Verb::Collection,
        kind: "reopening.asked",
        audience: Audience::Resident,
        facts,
        words: Some(&words),
    };
    let entry = write(actor, tx, draw, happened)?;
    let head = report::by_id(tx, id)?;
    for case in sub_case::of_report(tx, id)?.iter().filter(|case| case.core != Core::WithOtherAgency) {
        hook::report(tx, setting, draw, (hook::Event::MessageAdded, entry), &case.agency, &head, None)?;
        office::tell(actor, tx, setting, draw, (entry, &case.agency, &head))?;
    }
    Ok(())
}
