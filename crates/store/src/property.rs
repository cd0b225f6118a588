//! What tells a thing from all others, and reports in which it stands on both sides (P-68).

use crate::{Error, Look, Result, Time, Tx, from_row, journal::house, named_value};
use rights::{Actor, Right};
use uuid::Uuid;

named_value! {
    /// Gone, or with somebody who says so.
    pub enum Side {
        Lost = "lost",
        Found = "found",
    }
}

named_value! {
    /// What staff say of two reports that met.
    pub enum Answer {
        Same = "same",
        NotSame = "not_same",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub id: Uuid,
    pub report: Uuid,
    pub side: Side,
    /// Made with a key that is not in the database.
    pub hash: Vec<u8>,
    /// When it is compared again.
    pub next_at: Time,
}

from_row!(Mark { id, report, side, hash, next_at });

/// Two reports that met, for one agency.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub id: Uuid,
    pub agency: String,
    pub lost: Uuid,
    pub found: Uuid,
    pub met_at: Time,
    pub answer: Option<Answer>,
    pub answered_at: Option<Time>,
}

from_row!(Match { id, agency, lost, found, met_at, answer, answered_at });

/// Keeps a mark. One that stands in the report already stays as it is.
pub fn keep(tx: &mut Tx, mark: &Mark) -> Result<()> {
    tx.run(
        "INSERT INTO property_mark (id, report, side, hash, next_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (report, side, hash) DO NOTHING",
        &[&mark.id, &mark.report, &mark.side, &mark.hash, &mark.next_at],
    )?;
    Ok(())
}

/// Other reports in which the mark stands on the other side, the newest first.
pub fn meeting(actor: &Actor, tx: &mut Tx, mark: &Mark, most: i64) -> Result<Vec<Uuid>> {
    house(actor)?;
    let other = if mark.side == Side::Lost { Side::Found } else { Side::Lost };
    let rows: Vec<(Uuid,)> = tx.all(
        "SELECT report FROM property_mark WHERE hash = $1 AND side = $2 AND report <> $3 ORDER BY id DESC LIMIT $4",
        &[&mark.hash, &other, &mark.report, &most],
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Marks that are to be compared again, the longest waiting first. In a write no other gets them until the end.
pub fn due(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Mark>> {
    house(actor)?;
    tx.lock("property")?;
    tx.all(
        "SELECT id, report, side, hash, next_at FROM property_mark WHERE next_at <= $1 ORDER BY next_at, id LIMIT $2",
        &[&now, &most],
    )
}

pub fn compared(actor: &Actor, tx: &mut Tx, mark: Uuid, next_at: Time) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE property_mark SET next_at = $1 WHERE id = $2", &[&next_at, &mark])?;
    Ok(())
}

/// Says that two reports met, once for each agency: false where that was said before.
pub fn met(tx: &mut Tx, row: &Match) -> Result<bool> {
    let n = tx.run(
        "INSERT INTO property_match (id, agency, lost, found, met_at, answer, answered_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (lost, agency, found) DO NOTHING",
        &[&row.id, &row.agency, &row.lost, &row.found, &row.met_at, &row.answer, &row.answered_at],
    )?;
    Ok(n == 1)
}

/// What the agency knows of two reports that met.
pub fn of_pair(tx: &mut Tx, agency: &str, lost: Uuid, found: Uuid) -> Result<Option<Match>> {
    tx.maybe(
        "SELECT id, agency, lost, found, met_at, answer, answered_at FROM property_match \
         WHERE lost = $1 AND agency = $2 AND found = $3",
        &[&lost, &agency, &found],
    )
}

const OF_REPORT: &str = "SELECT id, agency, lost, found, met_at, answer, answered_at FROM property_match \
     WHERE lost = $1 AND agency = $2 UNION ALL \
     SELECT id, agency, lost, found, met_at, answer, answered_at FROM property_match WHERE found = $1 AND agency = $2 \
     ORDER BY id";

/// Every other report that met this one, for staff of the agency, in the order they met.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Vec<Match>> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "property");
    look.tx.all(OF_REPORT, &[&report, &agency])
}

/// The same for an act on the report.
pub fn for_act(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Vec<Match>> {
    rights::hold(actor, Right::Note)?;
    tx.all(OF_REPORT, &[&report, &agency])
}

/// What staff say. One that was answered is [`Error::Stale`].
pub fn answer(actor: &Actor, tx: &mut Tx, id: Uuid, answer: Answer, at: Time) -> Result<()> {
    rights::hold(actor, Right::Note)?;
    let n = tx.run(
        "UPDATE property_match SET answer = $1, answered_at = $2 WHERE id = $3 AND answer IS NULL",
        &[&answer, &at, &id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}
