//! Telling an agency's records system: a row of its outbox in the transaction of what happened. No name, no contact, no
//! words, no answers: it asks for more itself, with rights of its own.

use super::records::RECORDS;
use crate::{Draw, Result, Setting};
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    crime::{self, Crime},
    hook::{self, NewHook},
    report::Head,
};
use uuid::Uuid;

/// What a records system is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Received,
    MessageAdded,
    Closed,
    CrimeRecorded,
    CrimeChanged,
    CrimeCancelled,
}

impl Event {
    pub const ALL: [Event; 6] = [
        Event::Received,
        Event::MessageAdded,
        Event::Closed,
        Event::CrimeRecorded,
        Event::CrimeChanged,
        Event::CrimeCancelled,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Event::Received => "report.received",
            Event::MessageAdded => "message.added",
            Event::Closed => "report.closed",
            Event::CrimeRecorded => "crime.recorded",
            Event::CrimeChanged => "crime.changed",
            Event::CrimeCancelled => "crime.cancelled",
        }
    }
}

/// Something happened to the agency's part of a report. `outcome` is its id, where the part ended with one.
pub(super) fn report(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (event, entry): (Event, Uuid),
    agency: &str,
    head: &Head,
    outcome: Option<&str>,
) -> Result<()> {
    if !setting.records.told(agency) {
        return Ok(());
    }
    let mut data = json!({
        "agency": agency,
        "reference": head.reference,
        "received_at": instant(head.first_received_at),
    });
    if event == Event::Closed {
        data["outcome"] = json!(outcome);
    }
    tell(tx, draw, (event, entry), agency, (head.id, None), data)
}

/// Something happened to a recorded crime; what is told is the crime as it stands now.
pub(super) fn crime(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (event, entry): (Event, Uuid),
    agency: &str,
    id: Uuid,
) -> Result<()> {
    if !setting.records.told(agency) {
        return Ok(());
    }
    let Some(known) = crime::by_id(tx, agency, id)? else { return Ok(()) };
    let reports = crime::joined(&RECORDS, tx, id)?;
    // The report it was recorded from first: what is told of either stays in order.
    let Some((first, _)) = reports.first() else { return Ok(()) };
    let data = shown(&known, &reports);
    tell(tx, draw, (event, entry), agency, (*first, Some(id)), data)
}

/// A crime as its agency's records system may see it anywhere.
pub(super) fn shown(known: &Crime, reports: &[(Uuid, String)]) -> Json {
    json!({
        "agency": known.agency,
        "crime": known.id,
        "references": reports.iter().map(|(_, reference)| reference).collect::<Vec<_>>(),
        "number": known.number,
        "offence": known.offence,
        "recorded_at": instant(known.recorded_at),
        "outcome": known.outcome,
        "decided_at": known.decided_at.map(instant),
        "cancelled_at": known.cancelled_at.map(instant),
        "version": known.version,
    })
}

fn tell(
    tx: &mut Tx,
    draw: &mut Draw,
    (event, entry): (Event, Uuid),
    agency: &str,
    (report, crime): (Uuid, Option<Uuid>),
    data: Json,
) -> Result<()> {
    let at = draw.now();
    let body = json!({ "type": event.name(), "timestamp": instant(at), "data": data });
    let (id, agency) = (draw.id(), agency.to_owned());
    let new = NewHook { id, entry, agency, report, crime, event: event.name(), body: body.to_string(), at };
    Ok(hook::insert(tx, &new)?)
}

/// RFC 3339 in UTC.
fn instant(at: Time) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_string()
}
