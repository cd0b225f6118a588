//! An agency's own back office (Open311): it is told of reports and of what happens to them, and says how they stand.

mod heard;
mod letter;
mod made;

pub use heard::{Heard, Taken, forget_old, hear, take_in, unsettled};
pub(super) use letter::words;
pub use letter::{Letter, Photo, compose};
pub use made::{Made, REPORT, hear_report};

use super::entry::{Happened, write};
use crate::{Draw, Error, Result, Setting};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    fetched::{self, Fetched, State as Said},
    journal::{Audience, Verb},
    outside::{self, Outside},
    report::Head,
    sending::{self, Kind, NewSending, Sending, Settled, State},
};
use uuid::Uuid;

/// What happened to the agency's part of a report is told, if its service goes there. Before anything else it is told of the
/// report itself. What the back office did is not told back: its acts are the house's.
pub(super) fn tell(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (entry, agency, head): (Uuid, &str, &Head),
) -> Result<()> {
    let goes = setting.office(agency).is_some_and(|office| office.code(&head.service).is_some());
    if !goes || matches!(actor, Actor::House(_)) {
        return Ok(());
    }
    let (report, at) = (head.id, draw.now());
    // Of a report that was made there it knows by itself.
    let known = sending::begun(tx, report, agency)? || outside::is_named(tx, report, agency)?;
    let kind = if known { Kind::Update } else { Kind::Request };
    let agency = agency.to_owned();
    Ok(sending::insert(tx, &NewSending { id: draw.id(), entry, agency, report, kind, at })?)
}

/// The service of a report was changed. A back office that goes on hears of it as of an update; one that gets it now, of the whole report;
/// one that has it no more, that it ended there.
pub(super) fn changed(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (entry, agency, head): (Uuid, &str, &Head),
    from: &str,
) -> Result<()> {
    let Some(office) = setting.office(agency) else { return Ok(()) };
    if office.code(&head.service).is_some() || office.code(from).is_none() {
        return tell(actor, tx, setting, draw, (entry, agency, head));
    }
    let (report, at, kind, agency) = (head.id, draw.now(), Kind::Update, agency.to_owned());
    if sending::begun(tx, report, &agency)? || outside::is_named(tx, report, &agency)? {
        sending::insert(tx, &NewSending { id: draw.id(), entry, agency, report, kind, at })?;
    }
    Ok(())
}

/// What the back office answered to what it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Of the report, or of the update.
    pub id: String,
    pub customer_reference: Option<String>,
}

/// Only the house itself sends.
fn sends(actor: &Actor) -> Result<()> {
    rights::hold(actor, Right::SetStage)?;
    if matches!(actor, Actor::House(_)) { Ok(()) } else { Err(NotFound.into()) }
}

/// It was taken: what it is called there is kept, and that it went is entered. False where the id it gave is another report's.
pub fn taken(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (row, claim): (&Sending, Uuid),
    given: &Given,
    settled: &Settled,
) -> Result<bool> {
    sends(actor)?;
    let (agency, now) = (row.agency.clone(), draw.now());
    match row.kind {
        Kind::Request => {
            let (outside_id, customer_reference) = (given.id.clone(), given.customer_reference.clone());
            let named = Outside { report: row.report, agency, outside_id, customer_reference, known_at: now };
            if !outside::keep(actor, tx, &named)? {
                return Ok(false);
            }
        }
        // It will say this to us as if it were its own.
        Kind::Update if !given.id.is_empty() => {
            let (update_id, state) = (given.id.clone(), Said::Ours);
            let (outside_id, body, problem) = (String::new(), None, None);
            let ours = Fetched { agency, update_id, outside_id, state, body, said_at: now, got_at: now, problem };
            if !fetched::keep(actor, tx, &ours)? {
                fetched::end(actor, tx, &ours.agency, &ours.update_id, Said::Ours)?;
            }
        }
        Kind::Update => {}
    }
    sending::settle(actor, tx, row.id, claim, settled)?;
    if settled.state != State::Sent {
        return Err(Error::Stale);
    }
    let id = if row.kind == Kind::Request { given.id.as_str() } else { "" };
    let facts = json!({ "sending": row.id, "of": row.entry, "outside_id": id });
    let (verb, kind, audience) = (Verb::Disclosure, "office.told", Audience::Agency);
    let agency = Some(row.agency.as_str());
    write(actor, tx, draw, Happened { report: row.report, agency, verb, kind, audience, facts, words: None })?;
    Ok(true)
}
