//! Names by which people chose to be shown with what they reported or said in public (C-52). A row is there while the name is
//! shown; hiding it forgets the row.

use crate::{Result, Time, Tx, from_row, journal, queue::Statement};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownName {
    /// The report, or what was said of it.
    pub item: Uuid,
    pub report: Uuid,
    /// Where it is of what was said.
    pub remark: Option<Uuid>,
    pub name: String,
    /// The keyed hash of the address of whoever it is, where one is known.
    pub mark: Option<Vec<u8>>,
    pub at: Time,
}

from_row!(ShownName { item, report, remark, name, mark, at });

/// Items of one person that a page lists.
pub const MOST: i64 = 100;

/// Keeps it with what was just reported or said.
pub fn keep(tx: &mut Tx, row: &ShownName) -> Result<()> {
    tx.run(
        "INSERT INTO shown_name (item, report, remark, name, mark, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[&row.item, &row.report, &row.remark, &row.name, &row.mark, &row.at],
    )?;
    Ok(())
}

/// Those of a public report and of what is shown of it, for everybody: the item and the name.
pub fn in_public(tx: &mut Tx, report: Uuid) -> Result<Vec<(Uuid, String)>> {
    tx.all(
        "SELECT n.item, n.name FROM shown_name AS n JOIN publication AS p ON p.report = n.report \
         LEFT JOIN remark AS m ON m.id = n.remark WHERE n.report = $1 AND p.shown = 'public' \
         AND (n.remark IS NULL OR m.shown = 'public') ORDER BY n.item LIMIT $2",
        &[&report, &MOST],
    )
}

/// Who is named as the reporter of these public reports: the reference and the name.
pub fn of_reporters(tx: &mut Tx, references: &[String]) -> Result<Vec<(String, String)>> {
    if references.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement {
        sql: "SELECT p.reference, n.name FROM publication AS p JOIN shown_name AS n ON n.item = p.report \
              WHERE p.shown = 'public'"
            .to_owned(),
        params: Vec::new(),
    };
    statement.among(" AND p.reference IN (", references);
    tx.all(&statement.sql, &statement.params)
}

/// Those of a report, for its reporter and for staff who may hide them.
pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<ShownName>> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::Moderate)?,
        _ => journal::own(actor, report)?,
    }
    tx.all(
        "SELECT item, report, remark, name, mark, at FROM shown_name WHERE report = $1 ORDER BY item LIMIT $2",
        &[&report, &MOST],
    )
}

/// One item of a person, as their account lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub item: Uuid,
    pub report: Uuid,
    pub remark: Option<Uuid>,
    pub name: String,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub at: Time,
}

from_row!(Mine { item, report, remark, name, reference, service, definition, at });

/// Where the person of this account is named, newest first.
pub fn mine(actor: &Actor, tx: &mut Tx, account: Uuid) -> Result<Vec<Mine>> {
    rights::hold(actor, Right::KeepAccount)?;
    if *actor != Actor::Account(account) {
        return Err(NotFound.into());
    }
    tx.all(
        "SELECT n.item, n.report, n.remark, n.name, p.reference, p.service, p.definition, n.at FROM account AS a \
         JOIN shown_name AS n ON n.mark = a.mark JOIN publication AS p ON p.report = n.report \
         WHERE a.id = $1 ORDER BY n.at DESC, n.item DESC LIMIT $2",
        &[&account, &MOST],
    )
}

/// Forgets a name: nobody is shown it from now on. False where it was not shown. The caller has looked whose it is.
pub fn hide(actor: &Actor, tx: &mut Tx, report: Uuid, item: Uuid) -> Result<bool> {
    match actor {
        Actor::Staff(_) => rights::hold(actor, Right::Moderate)?,
        Actor::Account(id) if mine(actor, tx, *id)?.iter().any(|mine| mine.item == item) => {}
        // Whoever follows the report by its link: only that of the report itself.
        _ if item == report => journal::own(actor, report)?,
        _ => return Err(NotFound.into()),
    }
    Ok(tx.run("DELETE FROM shown_name WHERE item = $1 AND report = $2", &[&item, &report])? == 1)
}
