//! A report that is held for the law: nothing of it goes while one stands (J-43, E-122).

use crate::{Error, Result, Time, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalHold {
    /// Its entry, whose words say why.
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    /// A local day: "2027-03-01".
    pub review_on: String,
    pub placed_at: Time,
    pub placed_by: Uuid,
}

from_row!(LegalHold { id, report, agency, review_on, placed_at, placed_by });

/// A second one of the agency is an error.
pub fn place(actor: &Actor, tx: &mut Tx, hold: &LegalHold) -> Result<()> {
    rights::hold(actor, Right::Retain)?;
    tx.run(
        "INSERT INTO legal_hold (id, report, agency, review_on, placed_at, placed_by) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&hold.id, &hold.report, &hold.agency, &hold.review_on, &hold.placed_at, &hold.placed_by],
    )?;
    Ok(())
}

/// The one that stands, of an agency's part of a report.
pub fn standing(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<LegalHold>> {
    rights::hold(actor, Right::Retain)?;
    tx.maybe(
        "SELECT id, report, agency, review_on, placed_at, placed_by FROM legal_hold \
         WHERE report = $1 AND agency = $2 AND released_at IS NULL",
        &[&report, &agency],
    )
}

/// Lets go; who placed it cannot, and a second time is an error.
pub fn release(actor: &Actor, tx: &mut Tx, id: Uuid, by: Uuid, at: Time) -> Result<()> {
    rights::hold(actor, Right::Retain)?;
    let n = tx.run(
        "UPDATE legal_hold SET released_at = $1, released_by = $2 WHERE id = $3 AND released_at IS NULL AND placed_by <> $2",
        &[&at, &by, &id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A hold as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub review_on: String,
    pub placed_at: Time,
}

from_row!(Listed { report, reference, service, review_on, placed_at });

/// Those of the actor's agency that stand, those to be looked at first, first.
pub fn of_agency(actor: &Actor, tx: &mut Tx, most: i64) -> Result<Vec<Listed>> {
    rights::hold(actor, Right::Retain)?;
    let ours = crate::queue::Ours::of(actor)?;
    let mut statement = crate::queue::Statement {
        sql: "SELECT h.report, r.reference, s.service, h.review_on, h.placed_at FROM legal_hold AS h \
              JOIN report AS r ON r.id = h.report JOIN sub_case AS s ON s.report = h.report AND s.agency = h.agency \
              WHERE h.released_at IS NULL"
            .to_owned(),
        params: Vec::new(),
    };
    statement.add(" AND h.agency = ", &ours.agency);
    statement.limit(&ours);
    statement.add(" ORDER BY h.review_on, h.id LIMIT ", &most);
    tx.all(&statement.sql, &statement.params)
}
