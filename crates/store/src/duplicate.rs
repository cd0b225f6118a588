//! A report that is the same as another one of its agency (C-66). Ids and numbers alone.

use crate::{Result, Time, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub report: Uuid,
    pub original: Uuid,
    pub agency: String,
    /// How many people it adds to those who see the original.
    pub me_too: i64,
    pub at: Time,
}

from_row!(Duplicate { report, original, agency, me_too, at });

/// Keeps it; its people count for the original from now on.
pub fn keep(actor: &Actor, tx: &mut Tx, row: &Duplicate) -> Result<()> {
    rights::hold(actor, Right::Close)?;
    tx.run(
        "INSERT INTO duplicate (report, original, agency, me_too, at) VALUES ($1, $2, $3, $4, $5)",
        &[&row.report, &row.original, &row.agency, &row.me_too, &row.at],
    )?;
    tx.run("UPDATE publication SET me_too = me_too + $1 WHERE report = $2", &[&row.me_too, &row.original])?;
    Ok(())
}

/// It is a report of its own again, and its people count for it alone. Nothing where it was no duplicate.
pub fn end(tx: &mut Tx, report: Uuid) -> Result<()> {
    let row: Option<Duplicate> =
        tx.maybe("DELETE FROM duplicate WHERE report = $1 RETURNING report, original, agency, me_too, at", &[&report])?;
    if let Some(row) = row {
        tx.run("UPDATE publication SET me_too = me_too - $1 WHERE report = $2", &[&row.me_too, &row.original])?;
    }
    Ok(())
}

/// What it is the same as.
pub fn original(tx: &mut Tx, report: Uuid) -> Result<Option<Uuid>> {
    let row = tx.maybe::<(Uuid,)>("SELECT original FROM duplicate WHERE report = $1", &[&report])?;
    Ok(row.map(|(original,)| original))
}

/// The reference of what it is the same as, where everybody can read that.
pub fn in_public(tx: &mut Tx, report: Uuid) -> Result<Option<String>> {
    let row = tx.maybe::<(String,)>(
        "SELECT p.reference FROM duplicate AS d JOIN publication AS p ON p.report = d.original \
         WHERE d.report = $1 AND p.shown = 'public'",
        &[&report],
    )?;
    Ok(row.map(|(reference,)| reference))
}

/// What is the same as this one, in the order in which it was said.
pub fn of_original(tx: &mut Tx, original: Uuid) -> Result<Vec<Uuid>> {
    let rows =
        tx.all::<(Uuid,)>("SELECT report FROM duplicate WHERE original = $1 ORDER BY at, report", &[&original])?;
    Ok(rows.into_iter().map(|(report,)| report).collect())
}
