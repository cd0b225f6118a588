//! Photos that came with a report as addresses, and wait to be fetched (C-81). For the house alone.

use crate::{Error, Result, Time, Tx, from_row, journal, named_value};
use rights::Actor;
use uuid::Uuid;

named_value! {
    pub enum State {
        Waiting = "waiting",
        /// Claimed; nobody else takes it.
        Fetching = "fetching",
        Kept = "kept",
        GivenUp = "given_up",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoLink {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    pub question: String,
    pub ordinal: i64,
    /// None once it was fetched or given up.
    pub url: Option<String>,
    pub state: State,
    pub tries: i64,
    pub next_at: Time,
    pub claim: Option<Uuid>,
    pub problem: Option<String>,
}

from_row!(PhotoLink { id, report, agency, question, ordinal, url, state, tries, next_at, claim, problem });

pub fn insert(actor: &Actor, tx: &mut Tx, row: &PhotoLink) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO photo_link (id, report, agency, question, ordinal, url, state, tries, next_at, claim, problem) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &row.id,
            &row.report,
            &row.agency,
            &row.question,
            &row.ordinal,
            &row.url,
            &row.state,
            &row.tries,
            &row.next_at,
            &row.claim,
            &row.problem,
        ],
    )?;
    Ok(())
}

/// Takes the next one that is due. `lease` is when the claim runs out if the fetcher dies.
pub fn claim(actor: &Actor, tx: &mut Tx, claim: Uuid, now: Time, lease: Time) -> Result<Option<PhotoLink>> {
    journal::house(actor)?;
    // Two who claim at once would choose the same one, and the second go away with none.
    tx.lock("photo_link")?;
    tx.maybe(
        "UPDATE photo_link SET state = 'fetching', claim = $1, next_at = $2, tries = tries + 1 WHERE id = \
         (SELECT id FROM photo_link WHERE state = 'waiting' AND next_at <= $3 ORDER BY next_at, id LIMIT 1) \
         AND state = 'waiting' \
         RETURNING id, report, agency, question, ordinal, url, state, tries, next_at, claim, problem",
        &[&claim, &lease, &now],
    )
}

/// Ends a claim; one that ran out or was taken by another is [`Error::Stale`]. The address stays while it waits.
pub fn settle(
    actor: &Actor,
    tx: &mut Tx,
    (id, claim): (Uuid, Uuid),
    state: State,
    at: Time,
    problem: Option<&str>,
) -> Result<()> {
    journal::house(actor)?;
    let n = tx.run(
        "UPDATE photo_link SET state = $1, url = CASE WHEN $1 = 'waiting' THEN url ELSE NULL END, next_at = $2, \
         problem = $3, claim = NULL WHERE id = $4 AND claim = $5 AND state = 'fetching'",
        &[&state, &at, &problem, &id, &claim],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Claims whose fetcher died wait again. How many.
pub fn take_back_lost_claims(actor: &Actor, tx: &mut Tx, now: Time) -> Result<u64> {
    journal::house(actor)?;
    tx.run("UPDATE photo_link SET state = 'waiting', claim = NULL WHERE state = 'fetching' AND next_at <= $1", &[&now])
}

pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<PhotoLink>> {
    journal::house(actor)?;
    tx.all(
        "SELECT id, report, agency, question, ordinal, url, state, tries, next_at, claim, problem FROM photo_link \
         WHERE report = $1 ORDER BY ordinal",
        &[&report],
    )
}
