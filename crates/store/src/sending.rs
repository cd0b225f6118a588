//! What an agency's own back office is told: an outbox, in order within a report.

use crate::{Error, Look, Result, Time, Tx, from_row, hook::MOST_COUNTED, journal, named_value};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum State {
        Waiting = "waiting",
        /// Claimed; nobody else takes it.
        Sending = "sending",
        Sent = "sent",
        /// Refused for days: staff decide. What comes after it in its report waits for it.
        Dead = "dead",
        /// There was nothing to tell any more.
        Void = "void",
    }
}

named_value! {
    pub enum Kind {
        Request = "request",
        Update = "update",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    pub id: Uuid,
    pub entry: Uuid,
    pub agency: String,
    pub report: Uuid,
    pub kind: Kind,
    pub turn: i64,
    pub state: State,
    pub tries: i64,
    pub next_at: Time,
    pub claim: Option<Uuid>,
    pub token: Option<String>,
    pub created_at: Time,
    pub sent_at: Option<Time>,
    pub problem: Option<String>,
    pub tried: Json,
}

from_row!(Sending {
    id,
    entry,
    agency,
    report,
    kind,
    turn,
    state,
    tries,
    next_at,
    claim,
    token,
    created_at,
    sent_at,
    problem,
    tried,
});

/// What is about to be told, written beside the entry it tells of.
#[derive(Clone, Debug)]
pub struct NewSending {
    pub id: Uuid,
    pub entry: Uuid,
    pub agency: String,
    pub report: Uuid,
    pub kind: Kind,
    pub at: Time,
}

/// Whether the back office was told of the report itself, or is about to be. Others who tell it of the report wait.
pub fn begun(tx: &mut Tx, report: Uuid, agency: &str) -> Result<bool> {
    tx.lock(&format!("sending {report}"))?;
    let row: Option<(Uuid,)> =
        tx.maybe("SELECT id FROM sending WHERE report = $1 AND agency = $2 LIMIT 1", &[&report, &agency])?;
    Ok(row.is_some())
}

/// Puts it behind what is told of its report.
pub fn insert(tx: &mut Tx, new: &NewSending) -> Result<()> {
    tx.lock(&format!("sending {}", new.report))?;
    tx.run(
        "INSERT INTO sending (id, entry, agency, report, kind, turn, state, tries, next_at, created_at, tried) \
         SELECT $1, $2, $3, $4, $5, COALESCE(MAX(turn), 0) + 1, 'waiting', 0, $6, $7, $8 FROM sending \
         WHERE report = $4 AND agency = $3",
        &[&new.id, &new.entry, &new.agency, &new.report, &new.kind, &new.at, &new.at, &Json::Array(Vec::new())],
    )?;
    Ok(())
}

/// Takes the next one of the agency that is due and has nothing unsent before it. `lease` is when the claim runs out if the
/// sender dies.
pub fn claim(actor: &Actor, tx: &mut Tx, agency: &str, claim: Uuid, now: Time, lease: Time) -> Result<Option<Sending>> {
    journal::house(actor)?;
    // Two who claim at once would choose the same one, and the second go away with none.
    tx.lock("sending")?;
    tx.maybe(
        "UPDATE sending SET state = 'sending', claim = $1, next_at = $2, tries = tries + 1 WHERE id = \
         (SELECT s.id FROM sending AS s WHERE s.state = 'waiting' AND s.agency = $3 AND s.next_at <= $4 \
         AND NOT EXISTS (SELECT 1 FROM sending AS r WHERE r.report = s.report AND r.agency = s.agency \
         AND r.turn < s.turn AND r.state NOT IN ('sent', 'void')) \
         ORDER BY s.next_at, s.id LIMIT 1) AND state = 'waiting' \
         RETURNING id, entry, agency, report, kind, turn, state, tries, next_at, claim, token, created_at, sent_at, \
         problem, tried",
        &[&claim, &lease, &agency, &now],
    )
}

/// What a try came to.
#[derive(Clone, Debug)]
pub struct Settled {
    pub state: State,
    /// When it is tried again, or when it went.
    pub at: Time,
    pub token: Option<String>,
    pub problem: Option<String>,
    pub tried: Json,
}

/// Ends a claim; one that ran out or was taken by another is [`Error::Stale`].
pub fn settle(actor: &Actor, tx: &mut Tx, id: Uuid, claim: Uuid, settled: &Settled) -> Result<()> {
    journal::house(actor)?;
    let sent_at = (settled.state == State::Sent).then_some(settled.at);
    let n = tx.run(
        "UPDATE sending SET state = $1, next_at = $2, sent_at = $3, token = $4, problem = $5, tried = $6, claim = NULL \
         WHERE id = $7 AND claim = $8 AND state = 'sending'",
        &[&settled.state, &settled.at, &sent_at, &settled.token, &settled.problem, &settled.tried, &id, &claim],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Claims whose sender died: they wait again, since the other side knows one that arrived by its id. How many.
pub fn take_back_lost_claims(actor: &Actor, tx: &mut Tx, now: Time) -> Result<u64> {
    journal::house(actor)?;
    tx.run("UPDATE sending SET state = 'waiting', claim = NULL WHERE state = 'sending' AND next_at <= $1", &[&now])
}

/// Whether a report of the agency was told and not answered: what it shows as new may be ours.
pub fn in_doubt(actor: &Actor, tx: &mut Tx, agency: &str) -> Result<bool> {
    journal::house(actor)?;
    for state in [State::Waiting, State::Sending] {
        let row: Option<(Uuid,)> = tx.maybe(
            "SELECT id FROM sending WHERE state <> 'sent' AND state = $1 AND agency = $2 AND kind = 'request' \
             AND tries > 0 LIMIT 1",
            &[&state, &agency],
        )?;
        if row.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

const ROW: &str = "SELECT id, entry, agency, report, kind, turn, state, tries, next_at, claim, token, created_at, sent_at, \
                   problem, tried FROM sending";

/// Those of the actor's agency that the other side refuses, oldest first, each with the reference of its report.
pub fn stuck(actor: &Actor, look: &mut Look) -> Result<Vec<(Sending, String)>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let rows: Vec<Sending> = look
        .tx
        .all(&format!("{ROW} WHERE agency = $1 AND state = 'dead' ORDER BY created_at, id LIMIT 100"), &[&agency])?;
    let mut stuck = Vec::new();
    for row in rows {
        let reference = crate::report::by_id(look.tx, row.report)?.reference;
        stuck.push((row, reference));
    }
    Ok(stuck)
}

/// What the actor's agency's back office was told of a report, for its staff.
pub fn for_staff(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Sending>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    look.tx.all(&format!("{ROW} WHERE report = $1 AND agency = $2 ORDER BY turn"), &[&report, &agency])
}

/// How many of the actor's agency wait, at most [`MOST_COUNTED`], and since when the oldest of those counted does.
pub fn waiting(actor: &Actor, tx: &mut Tx) -> Result<(i64, Option<Time>)> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.one(
        "SELECT COUNT(*), MIN(few.created_at) FROM (SELECT created_at FROM sending WHERE agency = $1 \
         AND state = 'waiting' LIMIT $2) AS few",
        &[&agency, &MOST_COUNTED],
    )
}

/// One of the agency's refused ones goes out again.
pub fn retry(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let n = tx.run(
        "UPDATE sending SET state = 'waiting', next_at = $1, tries = 0, problem = NULL \
         WHERE id = $2 AND agency = $3 AND state = 'dead'",
        &[&now, &id, &agency],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::NotFound(NotFound)) }
}

/// What has not been sent, by state: how many, and since when the oldest of those counted is there. No more than `most` of
/// each state are counted. No personal data: for an operator's numbers.
pub fn unsent(tx: &mut Tx, most: i64) -> Result<Vec<(State, i64, Option<Time>)>> {
    [State::Waiting, State::Sending, State::Dead]
        .into_iter()
        .map(|state| {
            let (count, oldest) = tx.one(
                "SELECT COUNT(*), MIN(few.created_at) FROM (SELECT created_at FROM sending \
                 WHERE state <> 'sent' AND state = $1 LIMIT $2) AS few",
                &[&state, &most],
            )?;
            Ok((state, count, oldest))
        })
        .collect()
}

/// What was told of a report, in its order, for the house itself and for tests.
pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Sending>> {
    journal::house(actor)?;
    tx.all(&format!("{ROW} WHERE report = $1 ORDER BY agency, turn"), &[&report])
}
