//! How urgent an agency holds a report to be (THRIVE, P-65). Each change is a new row; none is taken away.

use crate::{Look, Result, Time, Tx, from_row};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    pub at: Time,
    /// Nobody where the house suggested it from the answers.
    pub staff: Option<Uuid>,
    /// Six scores from 0 to 3.
    pub scores: Json,
    /// 1 is at once, 4 is without sending anyone.
    pub grade: i64,
    /// The entry its words lie with.
    pub entry: Uuid,
}

from_row!(Assessment { id, report, agency, at, staff, scores, grade, entry });

pub fn insert(actor: &Actor, tx: &mut Tx, row: &Assessment) -> Result<()> {
    rights::hold(actor, Right::Assess)?;
    tx.run(
        "INSERT INTO assessment (id, report, agency, at, staff, scores, grade, entry) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&row.id, &row.report, &row.agency, &row.at, &row.staff, &row.scores, &row.grade, &row.entry],
    )?;
    Ok(())
}

/// The assessments of an agency's part, the newest first.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Vec<Assessment>> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "assessment");
    look.tx.all(
        "SELECT id, report, agency, at, staff, scores, grade, entry FROM assessment \
         WHERE report = $1 AND agency = $2 ORDER BY id DESC",
        &[&report, &agency],
    )
}

/// The grade that holds: that of the newest.
pub fn grade(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<i64>> {
    rights::hold(actor, Right::Assess)?;
    Ok(tx
        .maybe::<(i64,)>(
            "SELECT grade FROM assessment WHERE report = $1 AND agency = $2 ORDER BY id DESC LIMIT 1",
            &[&report, &agency],
        )?
        .map(|row| row.0))
}
