//! Counts of reports of a span of days, each read from one index. Numbers alone: no report, no person.

use crate::{Result, Time, Tx, from_row, publication::Stand, sub_case::Core};
use rights::{Actor, NotFound, Right};

/// Microseconds.
const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;

/// Public reports of a service that stand so and ended after so many whole days; none where they have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    pub agency: String,
    pub service: String,
    pub stand: Stand,
    pub days: Option<i64>,
    /// With which the agency's part ended.
    pub outcome: Option<String>,
    pub count: i64,
}

from_row!(Public { agency, service, stand, days, outcome, count });

/// Of public reports that came from one instant up to another.
pub fn public(tx: &mut Tx, from: Time, to: Time) -> Result<Vec<Public>> {
    tx.all(
        "SELECT p.agency, p.service, p.stand, (p.closed_at - p.received_at) / $1, s.outcome, COUNT(*) FROM publication AS p \
         LEFT JOIN sub_case AS s ON s.report = p.report AND s.agency = p.agency \
         WHERE p.shown = 'public' AND p.received_at >= $2 AND p.received_at < $3 GROUP BY 1, 2, 3, 4, 5",
        &[&DAY, &from, &to],
    )
}

/// Open public reports of which residents say that they are fixed, by agency and service. What staff hid does not count.
pub fn claimed(tx: &mut Tx, from: Time, to: Time) -> Result<Vec<(String, String, i64)>> {
    tx.all(
        "SELECT p.agency, p.service, COUNT(*) FROM publication AS p WHERE p.shown = 'public' AND p.received_at >= $1 \
         AND p.received_at < $2 AND p.stand = 'open' AND EXISTS (SELECT 1 FROM remark AS m WHERE m.report = p.report \
         AND m.says = 'fixed' AND m.shown <> 'hidden') GROUP BY 1, 2",
        &[&from, &to],
    )
}

/// Parts of one agency that are alike in all of this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub service: String,
    pub ward: String,
    pub channel: String,
    pub stage: String,
    pub core: Core,
    pub outcome: Option<String>,
    pub count: i64,
}

from_row!(Count { service, ward, channel, stage, core, outcome, count });

/// The numbers of an agency are its own.
fn may(actor: &Actor, agency: &str) -> Result<()> {
    rights::hold(actor, Right::SeeDashboard)?;
    if actor.agency() == Some(agency) { Ok(()) } else { Err(NotFound.into()) }
}

/// Of the parts of an agency that came from one instant up to another.
pub fn counts(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<Vec<Count>> {
    may(actor, agency)?;
    tx.all(
        "SELECT service, ward, channel, stage, core, outcome, COUNT(*) FROM sub_case \
         WHERE agency = $1 AND received_at >= $2 AND received_at < $3 GROUP BY 1, 2, 3, 4, 5, 6",
        &[&agency, &from, &to],
    )
}

/// Parts of one agency by from what they were sent, and by the role of the staff who filed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub device: String,
    /// Empty: whoever reported it filed it themselves.
    pub filed_role: String,
    pub count: i64,
}

from_row!(Sent { device, filed_role, count });

/// Of the parts of an agency that came from one instant up to another.
pub fn sent(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<Vec<Sent>> {
    may(actor, agency)?;
    tx.all(
        "SELECT device, filed_role, COUNT(*) FROM sub_case \
         WHERE agency = $1 AND received_at >= $2 AND received_at < $3 GROUP BY 1, 2",
        &[&agency, &from, &to],
    )
}

/// How many came in a span.
pub fn came(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<i64> {
    may(actor, agency)?;
    let sql = "SELECT COUNT(*) FROM sub_case WHERE agency = $1 AND received_at >= $2 AND received_at < $3";
    Ok(tx.one::<(i64,)>(sql, &[&agency, &from, &to])?.0)
}

/// How many that came in a span have not ended.
pub fn open(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<i64> {
    may(actor, agency)?;
    let sql = "SELECT COUNT(*) FROM sub_case WHERE agency = $1 AND closed_at IS NULL AND received_at >= $2 \
               AND received_at < $3";
    Ok(tx.one::<(i64,)>(sql, &[&agency, &from, &to])?.0)
}

/// How many took so many whole hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Took {
    pub service: String,
    pub ward: String,
    pub outcome: Option<String>,
    pub hours: i64,
    pub count: i64,
}

from_row!(Took { service, ward, outcome, hours, count });

/// From when they came until a person had read them.
pub fn answered(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<Vec<Took>> {
    may(actor, agency)?;
    tx.all(
        "SELECT service, ward, CAST(NULL AS TEXT), (acknowledged_at - received_at) / $1, COUNT(*) FROM sub_case \
         WHERE agency = $2 AND received_at >= $3 AND received_at < $4 AND acknowledged_at IS NOT NULL GROUP BY 1, 2, 4",
        &[&HOUR, &agency, &from, &to],
    )
}

/// From when they came until they ended, by what came of them.
pub fn ended(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<Vec<Took>> {
    may(actor, agency)?;
    tx.all(
        "SELECT service, ward, outcome, (closed_at - received_at) / $1, COUNT(*) FROM sub_case \
         WHERE agency = $2 AND received_at >= $3 AND received_at < $4 AND closed_at IS NOT NULL GROUP BY 1, 2, 3, 4",
        &[&HOUR, &agency, &from, &to],
    )
}

/// Street cells, and how many of the agency's parts that came in a span stand there; those whose place it has.
pub fn cells(actor: &Actor, tx: &mut Tx, agency: &str, from: Time, to: Time) -> Result<Vec<(i64, i64)>> {
    may(actor, agency)?;
    tx.all(
        "SELECT cell, COUNT(*) FROM sub_case WHERE agency = $1 AND received_at >= $2 AND received_at < $3 \
         AND cell IS NOT NULL GROUP BY 1",
        &[&agency, &from, &to],
    )
}
