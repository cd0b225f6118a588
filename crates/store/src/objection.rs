//! Somebody says that a public report, or what was said of it, should not be public (C-54).

use crate::{Error, Look, Result, Time, Tx, from_row, named_value};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Why {
        /// It says who somebody is, or how to reach them.
        Private = "private",
        Abusive = "abusive",
        /// It is not true, or no report.
        Wrong = "wrong",
        Other = "other",
    }
}

named_value! {
    pub enum State {
        Waits = "waits",
        Hidden = "hidden",
        Stays = "stays",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// Of its entry, whose content are the words.
    pub id: Uuid,
    pub report: Uuid,
    /// What was said of the report; none: the report itself.
    pub remark: Option<Uuid>,
    pub why: Why,
    pub state: State,
    pub at: Time,
    /// Where the decision is told; it goes when it was.
    pub address: Option<String>,
}

/// One as staff read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub id: Uuid,
    pub remark: Option<Uuid>,
    pub why: Why,
    pub state: State,
    pub at: Time,
    /// `{"words": …}`; none where there were none, or where they were erased.
    pub content: Option<Json>,
}

from_row!(Read { id, remark, why, state, at, content });

/// The most that a page shows.
pub const MOST: i64 = 50;

/// Keeps it; its entry is there already. Everybody may say so.
pub fn insert(tx: &mut Tx, row: &Objection) -> Result<()> {
    tx.run(
        "INSERT INTO objection (id, report, remark, why, state, at, address) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&row.id, &row.report, &row.remark, &row.why, &row.state, &row.at, &row.address],
    )?;
    Ok(())
}

/// All of a report, for staff, newest first.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Read>> {
    rights::hold(actor, Right::Moderate)?;
    look.shows(report, "objections");
    look.tx.all(
        "SELECT o.id, o.remark, o.why, o.state, o.at, c.body FROM objection AS o LEFT JOIN content AS c ON c.entry = o.id \
         WHERE o.report = $1 ORDER BY o.id DESC LIMIT $2",
        &[&report, &MOST],
    )
}

/// What one of that report is about; none where it is not of that report, or was decided.
pub fn waits(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid) -> Result<Option<Option<Uuid>>> {
    rights::hold(actor, Right::Moderate)?;
    let sql = "SELECT remark FROM objection WHERE id = $1 AND report = $2 AND state = 'waits'";
    Ok(tx.maybe::<(Option<Uuid>,)>(sql, &[&id, &report])?.map(|(remark,)| remark))
}

/// How many of a report wait for a decision.
pub fn waiting(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<i64> {
    rights::hold(actor, Right::Moderate)?;
    let sql = "SELECT COUNT(*) FROM objection WHERE report = $1 AND state = 'waits'";
    Ok(tx.one::<(i64,)>(sql, &[&report])?.0)
}

/// Staff decide. Gives where that is told, and forgets it. [`Error::Stale`] where it was decided before.
pub fn decide(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid, to: State) -> Result<Option<String>> {
    rights::hold(actor, Right::Moderate)?;
    let sql = "SELECT address FROM objection WHERE id = $1 AND report = $2";
    let (address,) = tx.maybe::<(Option<String>,)>(sql, &[&id, &report])?.ok_or(Error::Stale)?;
    let n = tx.run(
        "UPDATE objection SET state = $1, address = NULL WHERE id = $2 AND report = $3 AND state = 'waits'",
        &[&to, &id, &report],
    )?;
    if n == 1 { Ok(address) } else { Err(Error::Stale) }
}
