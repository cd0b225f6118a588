//! What staff and the victim agreed about updates.

use crate::{Look, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Unit {
        Day = "day",
        Week = "week",
        Month = "month",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub report: Uuid,
    pub agency: String,
    /// How often, with its unit; both empty where it is only when something changes.
    pub every: Option<i64>,
    pub unit: Option<Unit>,
    pub channel: Option<String>,
    /// Ids of what is told of at once.
    pub events: Json,
    /// Minutes after local midnight between which no message goes out; over midnight where the second is the lower.
    pub quiet_from: Option<i64>,
    pub quiet_to: Option<i64>,
    pub wishes: Option<String>,
    /// `2026-12-01`: the day it is looked at again.
    pub review_on: String,
    pub set_at: Time,
}

from_row!(Agreement { report, agency, every, unit, channel, events, quiet_from, quiet_to, wishes, review_on, set_at });

/// Puts it in the place of the one before.
pub fn keep(actor: &Actor, tx: &mut Tx, agreed: &Agreement) -> Result<()> {
    rights::hold(actor, Right::SetStage)?;
    tx.run(
        "INSERT INTO agreement (report, agency, every, unit, channel, events, quiet_from, quiet_to, wishes, review_on, \
         set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (report, agency) DO UPDATE SET every = excluded.every, unit = excluded.unit, \
         channel = excluded.channel, events = excluded.events, quiet_from = excluded.quiet_from, \
         quiet_to = excluded.quiet_to, wishes = excluded.wishes, review_on = excluded.review_on, \
         set_at = excluded.set_at",
        &[
            &agreed.report,
            &agreed.agency,
            &agreed.every,
            &agreed.unit,
            &agreed.channel,
            &agreed.events,
            &agreed.quiet_from,
            &agreed.quiet_to,
            &agreed.wishes,
            &agreed.review_on,
            &agreed.set_at,
        ],
    )?;
    Ok(())
}

const OF_PART: &str = "SELECT report, agency, every, unit, channel, events, quiet_from, quiet_to, wishes, review_on, \
     set_at FROM agreement WHERE report = $1 AND agency = $2";

/// For the reporter and for the house itself, which keeps it.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<Agreement>> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    tx.maybe(OF_PART, &[&report, &agency])
}

/// For staff who may know how the victim is reached.
pub fn of_part(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Option<Agreement>> {
    rights::hold(actor, Right::SeeContact)?;
    look.shows(report, "contact");
    look.tx.maybe(OF_PART, &[&report, &agency])
}
