//! How things stand beside the newest entry that says so, for the check of the whole house: the journal is checked against the
//! ledger, and what stands beside it follows from it.

use crate::{Result, Tx, from_row, journal::house, payment::State};
use rights::Actor;
use serde_json::Value as Json;
use uuid::Uuid;

/// What is to be paid for a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Paid {
    pub id: Uuid,
    pub report: Uuid,
    pub state: State,
    pub amount: i64,
    /// Kind and facts of the newest entry of it; none where none was written yet.
    pub kind: Option<String>,
    pub facts: Option<Json>,
}

from_row!(Paid { id, report, state, amount, kind, facts });

/// The outcome of an agency's part of a report, where it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    pub outcome: String,
    /// Facts of the newest entry by which it ended.
    pub facts: Option<Json>,
}

from_row!(Ended { id, report, agency, outcome, facts });

/// At most so many payments after this one, by id.
pub fn paid(actor: &Actor, tx: &mut Tx, after: Uuid, most: i64) -> Result<Vec<Paid>> {
    house(actor)?;
    tx.all(
        "SELECT p.id, p.report, p.state, p.amount, j.kind, j.facts FROM payment AS p \
         LEFT JOIN journal AS j ON j.id = (SELECT e.id FROM journal AS e WHERE e.report = p.report AND e.agency = p.agency \
         AND e.kind IN ('payment.begun', 'payment.taken', 'payment.ended', 'payment.recorded', 'payment.waived', \
         'payment.refunded', 'payment.given_back') ORDER BY e.id DESC LIMIT 1) \
         WHERE p.id > $1 ORDER BY p.id LIMIT $2",
        &[&after, &most],
    )
}

/// At most so many parts that ended with an outcome after this one, by id.
pub fn ended(actor: &Actor, tx: &mut Tx, after: Uuid, most: i64) -> Result<Vec<Ended>> {
    house(actor)?;
    tx.all(
        "SELECT s.id, s.report, s.agency, s.outcome, j.facts FROM sub_case AS s \
         LEFT JOIN journal AS j ON j.id = (SELECT e.id FROM journal AS e WHERE e.report = s.report AND e.agency = s.agency \
         AND e.kind = 'report.closed' ORDER BY e.id DESC LIMIT 1) \
         WHERE s.id > $1 AND s.outcome IS NOT NULL ORDER BY s.id LIMIT $2",
        &[&after, &most],
    )
}
