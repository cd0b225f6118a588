//! Answers, a row for each sensitivity.

use crate::{Look, Result, Tx, from_row, journal, named_value};
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
