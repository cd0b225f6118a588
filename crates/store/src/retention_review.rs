//! A report whose time is over and which a person is to look at: is it still needed (E-119, E-123)?

use crate::{Error, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, Right};
use uuid::Uuid;

named_value! {
    pub enum Decision {
        Keep = "keep",
        Delete = "delete",
    }
}

/// The newest of an agency's part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    pub rule: String,
    pub raised_at: Time,
    pub decision: Option<Decision>,
    /// A local day.
    pub keep_until: Option<String>,
}

from_row!(Review { id, report, agency, rule, raised_at, decision, keep_until });

pub fn raise(actor: &Actor, tx: &mut Tx, review: &Review) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO retention_review (id, report, agency, rule, raised_at) VALUES ($1, $2, $3, $4, $5)",
        &[&review.id, &review.report, &review.agency, &review.rule, &review.raised_at],
    )?;
    Ok(())
}

pub fn newest(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<Review>> {
    rights::hold(actor, Right::Retain)?;
    tx.maybe(
        "SELECT id, report, agency, rule, raised_at, decision, keep_until FROM retention_review \
         WHERE report = $1 AND agency = $2 ORDER BY id DESC LIMIT 1",
        &[&report, &agency],
    )
}

/// Once; a second time is an error.
pub fn decide(
    actor: &Actor,
    tx: &mut Tx,
    id: Uuid,
    (by, at): (Uuid, Time),
    (decision, keep_until): (Decision, Option<&str>),
) -> Result<()> {
    rights::hold(actor, Right::Retain)?;
    let n = tx.run(
        "UPDATE retention_review SET decision = $1, decided_at = $2, decided_by = $3, keep_until = $4 \
         WHERE id = $5 AND decision IS NULL",
        &[&decision, &at, &by, &keep_until, &id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A review as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub rule: String,
    pub raised_at: Time,
    pub closed_at: Option<Time>,
}

from_row!(Listed { report, reference, service, rule, raised_at, closed_at });

/// Those of the actor's agency that wait, the longest first.
pub fn of_agency(actor: &Actor, tx: &mut Tx, most: i64) -> Result<Vec<Listed>> {
    rights::hold(actor, Right::Retain)?;
    let ours = crate::queue::Ours::of(actor)?;
    let mut statement = crate::queue::Statement {
        sql: "SELECT v.report, r.reference, s.service, v.rule, v.raised_at, s.closed_at FROM retention_review AS v \
              JOIN report AS r ON r.id = v.report JOIN sub_case AS s ON s.report = v.report AND s.agency = v.agency \
              WHERE v.decision IS NULL"
            .to_owned(),
        params: Vec::new(),
    };
    statement.add(" AND v.agency = ", &ours.agency);
    statement.limit(&ours);
    statement.add(" ORDER BY v.raised_at, v.id LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}
