//! What a back office says of reports: kept by its id first, then taken in as an act on the agency's part.

use super::{made, sends};
use crate::{
    Draw, Error, Refusal, Result, Setting, codes,
    report::update::{self, Of, PROGRAM, Told, Update},
    setting::Said,
};
use rights::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Time, Tx,
    fetched::{self, Fetched, State},
    outside, report,
    sending::{self, State as Sent},
};
use uuid::Uuid;

/// What nobody's report is waits so long for one (C-92).
const WAITS_SECONDS: i64 = 30 * 24 * 60 * 60;

/// One thing it said, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Heard {
    pub update_id: String,
    pub service_request_id: String,
    pub status: String,
    /// Microseconds; none where the time it gave cannot be read.
    pub said_at: Option<i64>,
    /// The time as it came, where it cannot be read.
    pub unreadable: Option<String>,
    pub description: String,
    pub external_status_code: Option<String>,
    pub customer_reference: Option<String>,
    /// Our own reference.
    pub fixmystreet_id: Option<String>,
    pub detail: Option<String>,
}

/// Keeps what came; whether it is new. Nothing is dropped for its time: an unreadable one becomes the time of receipt.
pub fn hear(actor: &Actor, tx: &mut Tx, agency: &str, heard: &Heard, now: Time) -> Result<bool> {
    sends(actor)?;
    Ok(fetched::keep(
        actor,
        tx,
        &Fetched {
            agency: agency.to_owned(),
            update_id: heard.update_id.clone(),
            outside_id: heard.service_request_id.clone(),
            state: State::Waiting,
            body: Some(json!(heard)),
            said_at: heard.said_at.map_or(now, Time),
            got_at: now,
            problem: None,
        },
    )?)
}

/// What taking one in came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    In,
    /// It waits, and staff see why.
    Waits,
    /// Somebody else took it meanwhile, or it says nothing new.
    Done,
}

/// Takes in one that waits.
pub fn take_in(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (agency, id): (&str, &str),
) -> Result<Taken> {
    sends(actor)?;
    let Some(row) = fetched::held(actor, tx, agency, id)? else { return Ok(Taken::Done) };
    if id.starts_with(made::REPORT) {
        return made::take_in(actor, tx, setting, draw, (agency, &row));
    }
    let heard: Option<Heard> = row.body.clone().and_then(|body| serde_json::from_value(body).ok());
    let Some(heard) = heard else { return Ok(Taken::Done) };
    let wait = |tx: &mut Tx, why: &str| {
        if row.problem.as_deref() != Some(why) {
            fetched::wait(actor, tx, agency, id, why)?;
        }
        Ok(Taken::Waits)
    };
    let Some(report) = report_of(actor, tx, agency, &heard)? else {
        return wait(tx, "no report of this number is known");
    };
    if unsettled(actor, tx, report, agency)? {
        return wait(tx, "something that we sent is not answered yet");
    }
    let head = report::by_id(tx, report)?;
    // Its service was changed: what they do with it there is not what happens here.
    if setting.office(agency).is_some_and(|office| office.code(&head.service).is_none()) {
        return wait(tx, "the report is of a kind that does not go there any more");
    }
    let of = Of { agency: agency.to_owned(), reference: head.reference };
    let update = read(setting, (agency, &head.service), &row, &heard);
    match update::tell(&PROGRAM, tx, setting, draw, &of, &update) {
        Ok(Told::New(_)) => {
            fetched::end(actor, tx, agency, id, State::Taken)?;
            Ok(Taken::In)
        }
        // It told us under this id before, by itself.
        Ok(Told::Before(_) | Told::Other) => {
            fetched::end(actor, tx, agency, id, State::Taken)?;
            Ok(Taken::Done)
        }
        // Both are found before anything is written.
        Err(Error::NotFound(_)) => wait(tx, "the report is not this agency’s now"),
        Err(Error::Refused(Refusal::WordsUnreadable)) => wait(tx, "its words hold hidden characters"),
        Err(Error::Refused(_)) => wait(tx, "it does not fit how the report stands"),
        Err(other) => Err(other),
    }
}

fn report_of(actor: &Actor, tx: &mut Tx, agency: &str, heard: &Heard) -> Result<Option<Uuid>> {
    let names = [Some(&heard.service_request_id), heard.customer_reference.as_ref()];
    for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
        if let Some(report) = outside::named(actor, tx, agency, name)? {
            return Ok(Some(report));
        }
    }
    // Its number for the report may be on its way to us still.
    let ours = heard.fixmystreet_id.as_deref().and_then(codes::read_reference);
    let Some(head) = ours.map(|ours| report::by_reference(tx, &ours)).transpose()?.flatten() else { return Ok(None) };
    Ok(outside::of_report(actor, tx, head.id, agency)?.map(|named| named.report))
}

/// Something that we told of the report was tried and not answered: what is heard may be our own words.
pub fn unsettled(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<bool> {
    sends(actor)?;
    let rows = sending::of_report(actor, tx, report)?;
    Ok(rows
        .iter()
        .any(|row| row.agency == agency && row.tries > 0 && matches!(row.state, Sent::Waiting | Sent::Sending)))
}

fn read(setting: &Setting, (agency, service): (&str, &str), row: &Fetched, heard: &Heard) -> Update {
    let mut description: String = heard.description.trim().chars().take(crate::words::MOST).collect();
    if description.is_empty() {
        description = match setting.update_said(agency, service, &heard.status) {
            Said::Stage(stage) => stage.name,
            Said::Outcome(id) => setting.outcome(agency, &id).map(|outcome| outcome.name.clone()).unwrap_or_default(),
            Said::Unchanged | Said::Unknown => String::new(),
        };
    }
    if description.is_empty() {
        description = format!("{} told us more", setting.agency_name(agency));
    }
    let flagged = heard
        .unreadable
        .as_ref()
        .map(|time| format!("The time it gave for this cannot be read: “{time}”. It is shown at the time we got it."));
    let detail = [heard.detail.clone().filter(|detail| !detail.trim().is_empty()), flagged];
    let detail = detail.into_iter().flatten().collect::<Vec<_>>().join("\n");
    Update {
        update_id: row.update_id.clone(),
        status: heard.status.clone(),
        at: row.said_at,
        description,
        external_status_code: heard.external_status_code.clone(),
        customer_reference: heard.customer_reference.clone(),
        detail: (!detail.is_empty()).then(|| detail.chars().take(crate::words::MOST).collect()),
    }
}

/// What waited for thirty days waits no longer: its words go, its id stays.
pub fn forget_old(actor: &Actor, tx: &mut Tx, (agency, id): (&str, &str), now: Time) -> Result<bool> {
    sends(actor)?;
    let Some(row) = fetched::held(actor, tx, agency, id)? else { return Ok(false) };
    let is_old = row.got_at.plus_seconds(WAITS_SECONDS) <= now;
    if is_old {
        fetched::end(actor, tx, agency, id, State::Old)?;
    }
    Ok(is_old)
}
