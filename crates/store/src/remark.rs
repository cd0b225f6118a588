//! What other people say of a public report (C-48): that it is still there, that it is fixed, or more in words.

use crate::{Error, Look, Result, Time, Tx, from_row, named_value, publication::Shown};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Says {
        Still = "still",
        Fixed = "fixed",
        More = "more",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Of its entry, whose content are the words.
    pub id: Uuid,
    pub report: Uuid,
    pub mark: Vec<u8>,
    pub says: Says,
    pub shown: Shown,
    pub at: Time,
}

/// One as it is read: without who said it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub id: Uuid,
    pub says: Says,
    pub shown: Shown,
    pub at: Time,
    /// `{"words": …}`; none where there were none, or where they were erased.
    pub content: Option<Json>,
}

from_row!(Said { id, says, shown, at, content });

/// The most that a page shows.
pub const MOST: i64 = 50;

/// Keeps it; its entry is there already.
pub fn insert(actor: &Actor, tx: &mut Tx, remark: &Remark) -> Result<()> {
    rights::hold(actor, Right::Remark)?;
    tx.run(
        "INSERT INTO remark (id, report, mark, says, shown, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&remark.id, &remark.report, &remark.mark, &remark.says, &remark.shown, &remark.at],
    )?;
    Ok(())
}

/// How many people say of a public report that it is still there, and that it is fixed, each once, since an instant: what staff
/// hid does not count.
pub fn counts(tx: &mut Tx, report: Uuid, since: Time) -> Result<(i64, i64)> {
    tx.one(
        "SELECT COUNT(DISTINCT CASE WHEN says = 'still' THEN mark END), \
         COUNT(DISTINCT CASE WHEN says = 'fixed' THEN mark END) \
         FROM remark WHERE report = $1 AND at >= $2 AND shown <> 'hidden'",
        &[&report, &since],
    )
}

/// What everybody may read of a public report, newest first: words and photos. A claim alone is only counted.
pub fn public(tx: &mut Tx, report: Uuid) -> Result<Vec<Said>> {
    tx.all(
        "SELECT m.id, m.says, m.shown, m.at, c.body FROM remark AS m JOIN publication AS p ON p.report = m.report \
         LEFT JOIN content AS c ON c.entry = m.id WHERE m.report = $1 AND m.shown = 'public' AND p.shown = 'public' \
         AND (c.entry IS NOT NULL OR EXISTS (SELECT 1 FROM held AS h WHERE h.remark = m.id)) ORDER BY m.id DESC LIMIT $2",
        &[&report, &MOST],
    )
}

/// All of a report, for staff, newest first.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Said>> {
    rights::hold(actor, Right::Moderate)?;
    look.shows(report, "remarks");
    look.tx.all(
        "SELECT m.id, m.says, m.shown, m.at, c.body FROM remark AS m LEFT JOIN content AS c ON c.entry = m.id \
         WHERE m.report = $1 ORDER BY m.id DESC LIMIT $2",
        &[&report, &MOST],
    )
}

/// How one of that report stands; none where it is not of that report.
pub fn stands(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid) -> Result<Option<Shown>> {
    rights::hold(actor, Right::Moderate)?;
    let row = tx.maybe::<(Shown,)>("SELECT shown FROM remark WHERE id = $1 AND report = $2", &[&id, &report])?;
    Ok(row.map(|(shown,)| shown))
}

/// How many of a report wait for a decision.
pub fn waiting(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<i64> {
    rights::hold(actor, Right::Moderate)?;
    let sql = "SELECT COUNT(*) FROM remark WHERE report = $1 AND shown = 'waits'";
    Ok(tx.one::<(i64,)>(sql, &[&report])?.0)
}

/// Shows one to everybody, or hides it. [`Error::Stale`] where it stands so already, or is not of that report.
pub fn set_shown(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid, shown: Shown) -> Result<()> {
    rights::hold(actor, Right::Moderate)?;
    let n =
        tx.run("UPDATE remark SET shown = $1 WHERE id = $2 AND report = $3 AND shown <> $1", &[&shown, &id, &report])?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
