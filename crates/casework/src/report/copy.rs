//! A report as its reporter takes a copy of it away.

use super::{answers, timeline};
use crate::{Result, Setting};
use jiff::Timestamp;
use rights::{Actor, NotFound, Resident, Sight};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, answer, journal,
    report::{self, Tracking},
};

/// What its reporter told, and what happened as they read it.
pub(crate) struct Inside {
    pub answers: Vec<Json>,
    pub happened: Vec<Json>,
}

/// None of a report whose link alone does not open that.
pub(crate) fn inside(tx: &mut Tx, setting: &Setting, reference: &str) -> Result<Option<Inside>> {
    let head = report::by_reference(tx, reference)?.ok_or(NotFound)?;
    let service = setting.definition(&head.definition);
    let Some(service) = service.filter(|_| head.tracking == Tracking::Link && !head.follow_waits()) else {
        return Ok(None);
    };
    let reporter = Actor::Resident(Resident { report: head.id, sight: Sight::Whole });
    let rows = answer::own(&reporter, tx, head.id)?;
    let told = answers::shown(&service, rows.iter().map(|row| &row.body));
    let line = |answer: &catalogue::ShownAnswer| {
        let lines: Vec<&str> = answer.lines.iter().map(|line| line.text.as_str()).collect();
        json!({ "question": answer.label, "answer": lines.join("\n") })
    };
    let events = timeline::for_resident(setting, &journal::for_resident(&reporter, tx, head.id)?);
    let event = |event: &timeline::Event| json!({ "at": stamp(event.at), "what": event.title, "words": event.words });
    Ok(Some(Inside { answers: told.iter().map(line).collect(), happened: events.iter().map(event).collect() }))
}

/// RFC 3339, in UTC.
pub(crate) fn stamp(at: Time) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_string()
}
