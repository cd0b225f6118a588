//! Answers, a row for each sensitivity.

use crate::{FromRow, Look, Result, Row, Tx, from_row, journal, named_value};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    /// The sensitivity of a question (J-26), and the evidence right of its own (C-17).
    pub enum Part {
        Plain = "plain",
        Personal = "personal",
        Special = "special",
        Restricted = "restricted",
        Evidence = "evidence",
        /// The place question: its own field group of the view table.
        Place = "place",
    }
}

impl Part {
    /// The right staff need to read this part.
    pub const fn right(self) -> Right {
        match self {
            Part::Plain | Part::Personal | Part::Place => Right::SeeReport,
            Part::Special | Part::Restricted => Right::SeeRestricted,
            Part::Evidence => Right::SeeEvidence,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub part: Part,
    pub body: Json,
    pub salt: Vec<u8>,
}

from_row!(Answer { part, body, salt });

pub fn insert(tx: &mut Tx, report: Uuid, answer: &Answer) -> Result<()> {
    tx.run(
        "INSERT INTO answer (report, part, body, salt) VALUES ($1, $2, $3, $4)",
        &[&report, &answer.part, &answer.body, &answer.salt],
    )?;
    Ok(())
}

/// Every part, for the reporter.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Answer>> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    tx.all("SELECT part, body, salt FROM answer WHERE report = $1 ORDER BY part", &[&report])
}

/// One part, for staff who hold its right. Nothing stored and not entitled read alike: no row.
pub fn part(actor: &Actor, look: &mut Look, report: Uuid, part: Part) -> Result<Option<Json>> {
    rights::hold(actor, part.right())?;
    look.shows(report, part.name());
    let found: Option<Answer> =
        look.tx.maybe("SELECT part, body, salt FROM answer WHERE report = $1 AND part = $2", &[&report, &part])?;
    Ok(found.map(|answer| answer.body))
}

/// Answers as they lie here beside the facts of the entry by which their report was received, which keep their hash. A
/// body that cannot be read is none.
#[derive(Clone, Debug)]
pub struct Kept {
    pub report: Uuid,
    pub part: String,
    pub salt: Vec<u8>,
    pub body: Option<Json>,
    pub facts: Option<Json>,
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> Result<Kept> {
        let (report, part, salt) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Kept { report, part, salt, body: row.get(3).ok(), facts: row.get(4).ok() })
    }
}

/// At most so many after this one, by report and part: for the check of the whole house.
pub fn kept(actor: &Actor, tx: &mut Tx, after: Option<(Uuid, String)>, most: i64) -> Result<Vec<Kept>> {
    journal::house(actor)?;
    let (report, part) = after.unwrap_or_default();
    tx.all(
        "SELECT a.report, a.part, a.salt, a.body, j.facts FROM answer AS a \
         LEFT JOIN journal AS j ON j.report = a.report AND j.kind = 'report.received' \
         WHERE (a.report, a.part) > ($1, $2) ORDER BY a.report, a.part LIMIT $3",
        &[&report, &part, &most],
    )
}
