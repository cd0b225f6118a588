//! What people say once their report has ended (P-96): sums of a month, unlinked from any report.

use crate::{Result, Tx, journal};
use rights::{Actor, Right};
use uuid::Uuid;

/// One more answer of a month (year × 12 + month − 1), once for a report and agency; whether it counted.
pub fn give(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str, month: i64, answer: i64) -> Result<bool> {
    rights::hold(actor, Right::GiveFeedback)?;
    journal::own(actor, report)?;
    let first = "INSERT INTO feedback_given (report, agency) VALUES ($1, $2) ON CONFLICT (report, agency) DO NOTHING";
    if tx.run(first, &[&report, &agency])? == 0 {
        return Ok(false);
    }
    tx.run(
        "INSERT INTO feedback (agency, month, answer, n) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (agency, month, answer) DO UPDATE SET n = feedback.n + 1",
        &[&agency, &month, &answer],
    )?;
    Ok(true)
}

/// The agencies that the reporter has told already.
pub fn given(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<String>> {
    rights::hold(actor, Right::GiveFeedback)?;
    journal::own(actor, report)?;
    let rows =
        tx.all::<(String,)>("SELECT agency FROM feedback_given WHERE report = $1 ORDER BY agency", &[&report])?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// How often each answer was given from one month on, up to another: answer and count. Totals alone.
pub fn counts(tx: &mut Tx, agency: &str, from: i64, to: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(
        "SELECT answer, CAST(SUM(n) AS BIGINT) FROM feedback WHERE agency = $1 AND month >= $2 AND month < $3 \
         GROUP BY answer ORDER BY answer",
        &[&agency, &from, &to],
    )
}
