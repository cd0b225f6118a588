//! What an agency's own back office says of reports, and how far it was asked.

use crate::{Error, Look, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum State {
        /// Nobody's yet, or its report is not ready for it.
        Waiting = "waiting",
        Taken = "taken",
        /// We told it ourselves.
        Ours = "ours",
        /// It waited too long; staff saw it meanwhile.
        Old = "old",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    pub agency: String,
    pub update_id: String,
    pub outside_id: String,
    pub state: State,
    /// What was said; gone once it is taken in.
    pub body: Option<Json>,
    pub said_at: Time,
    pub got_at: Time,
    pub problem: Option<String>,
}

from_row!(Fetched { agency, update_id, outside_id, state, body, said_at, got_at, problem });

/// Keeps what came; whether it is new. An id is taken once (C-92).
pub fn keep(actor: &Actor, tx: &mut Tx, row: &Fetched) -> Result<bool> {
    journal::house(actor)?;
    let n = tx.run(
        "INSERT INTO fetched (agency, update_id, outside_id, state, body, said_at, got_at, problem) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (agency, update_id) DO NOTHING",
        &[&row.agency, &row.update_id, &row.outside_id, &row.state, &row.body, &row.said_at, &row.got_at, &row.problem],
    )?;
    Ok(n == 1)
}

/// The one that waits under this id, for whoever is about to take it in.
pub fn held(actor: &Actor, tx: &mut Tx, agency: &str, update_id: &str) -> Result<Option<Fetched>> {
    journal::house(actor)?;
    tx.lock(&format!("fetched {agency}"))?;
    tx.maybe(
        "SELECT agency, update_id, outside_id, state, body, said_at, got_at, problem FROM fetched \
         WHERE agency = $1 AND update_id = $2 AND state = 'waiting'",
        &[&agency, &update_id],
    )
}

/// It waits no longer. What was said is erased here: the entry that came of it has its words.
pub fn end(actor: &Actor, tx: &mut Tx, agency: &str, update_id: &str, state: State) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "UPDATE fetched SET state = $1, body = NULL, problem = NULL WHERE agency = $2 AND update_id = $3 \
         AND state = 'waiting'",
        &[&state, &agency, &update_id],
    )?;
    Ok(())
}

/// Why it still waits.
pub fn wait(actor: &Actor, tx: &mut Tx, agency: &str, update_id: &str, problem: &str) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "UPDATE fetched SET problem = $1 WHERE agency = $2 AND update_id = $3 AND state = 'waiting'",
        &[&problem, &agency, &update_id],
    )?;
    Ok(())
}

/// What waits, in the order in which it was said, after this one; at most so many.
pub fn waiting(
    actor: &Actor,
    tx: &mut Tx,
    agency: &str,
    (at, id): (Time, &str),
    most: i64,
) -> Result<Vec<(Time, String)>> {
    journal::house(actor)?;
    tx.all(
        "SELECT said_at, update_id FROM fetched WHERE state = 'waiting' AND agency = $1 \
         AND (said_at, update_id) > ($2, $3) ORDER BY said_at, update_id LIMIT $4",
        &[&agency, &at, &id, &most],
    )
}

/// What the back office of the actor's agency said and nobody's report is: for its staff.
pub fn unmatched(actor: &Actor, look: &mut Look) -> Result<Vec<Fetched>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    look.tx.all(
        "SELECT agency, update_id, outside_id, state, body, said_at, got_at, problem FROM fetched \
         WHERE state = 'waiting' AND agency = $1 ORDER BY said_at, update_id LIMIT 100",
        &[&agency],
    )
}

/// How far something was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    pub what: String,
    pub reached: Time,
    pub next_at: Time,
    pub claim: Option<Uuid>,
    pub fails: i64,
    pub problem: Option<String>,
}

from_row!(Poll { what, reached, next_at, claim, fails, problem });

/// Takes the turn to ask, where it is due. The first time begins at `begin`.
pub fn ask(
    actor: &Actor,
    tx: &mut Tx,
    (agency, what): (&str, &str),
    claim: Uuid,
    (begin, now, lease): (Time, Time, Time),
) -> Result<Option<Poll>> {
    journal::house(actor)?;
    tx.maybe(
        "INSERT INTO poll (agency, what, reached, next_at, claim, fails) VALUES ($1, $2, $3, $4, $5, 0) \
         ON CONFLICT (agency, what) DO UPDATE SET next_at = EXCLUDED.next_at, claim = EXCLUDED.claim \
         WHERE poll.next_at <= $6 RETURNING what, reached, next_at, claim, fails, problem",
        &[&agency, &what, &begin, &lease, &claim, &now],
    )
}

/// Ends a turn; one that another has taken meanwhile is [`Error::Stale`].
pub fn asked(actor: &Actor, tx: &mut Tx, agency: &str, poll: &Poll) -> Result<()> {
    journal::house(actor)?;
    let n = tx.run(
        "UPDATE poll SET reached = $1, next_at = $2, fails = $3, problem = $4, claim = NULL \
         WHERE agency = $5 AND what = $6 AND claim = $7",
        &[&poll.reached, &poll.next_at, &poll.fails, &poll.problem, &agency, &poll.what, &poll.claim],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What the back office of the actor's agency is asked for. No personal data.
pub fn polls(actor: &Actor, tx: &mut Tx) -> Result<Vec<Poll>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all("SELECT what, reached, next_at, claim, fails, problem FROM poll WHERE agency = $1 ORDER BY what", &[&agency])
}
