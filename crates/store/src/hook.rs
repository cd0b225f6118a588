//! What a force's records system is told: an outbox of signed webhooks, in order within a report and within a crime.

use crate::{Error, Look, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

/// Rows of an agency that are counted for its staff.
pub const MOST_COUNTED: i64 = 1_000;

named_value! {
    pub enum State {
        Waiting = "waiting",
        /// Claimed; nobody else takes it.
        Sending = "sending",
        Sent = "sent",
        /// Refused for days: staff decide. What comes after it in its report or crime waits for it.
        Dead = "dead",
    }
}

/// What is about to be told, written beside the entry it tells of.
#[derive(Clone, Debug)]
pub struct NewHook {
    pub id: Uuid,
    pub entry: Uuid,
    pub agency: String,
    pub report: Uuid,
    pub crime: Option<Uuid>,
    pub event: &'static str,
    /// The text that is signed and sent.
    pub body: String,
    pub at: Time,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    pub id: Uuid,
    pub entry: Uuid,
    pub agency: String,
    pub report: Uuid,
    pub crime: Option<Uuid>,
    pub event: String,
    pub body: String,
    pub turn: i64,
    pub state: State,
    pub tries: i64,
    pub next_at: Time,
    pub claim: Option<Uuid>,
    pub created_at: Time,
    pub sent_at: Option<Time>,
    pub problem: Option<String>,
}

from_row!(Hook {
    id,
    entry,
    agency,
    report,
    crime,
    event,
    body,
    turn,
    state,
    tries,
    next_at,
    claim,
    created_at,
    sent_at,
    problem,
});

/// Puts it behind what was told of its report and of its crime before.
pub fn insert(tx: &mut Tx, new: &NewHook) -> Result<()> {
    // Two who tell of one report, or of one crime, at once take turns until they have committed.
    tx.lock(&format!("hook {}", new.report))?;
    let (mut last,): (i64,) = tx.one(
        "SELECT COALESCE(MAX(turn), 0) FROM hook WHERE report = $1 AND agency = $2",
        &[&new.report, &new.agency],
    )?;
    if let Some(crime) = new.crime {
        tx.lock(&format!("hook {crime}"))?;
        let (of_crime,): (i64,) = tx.one("SELECT COALESCE(MAX(turn), 0) FROM hook WHERE crime = $1", &[&crime])?;
        last = last.max(of_crime);
    }
    tx.run(
        "INSERT INTO hook (id, entry, agency, report, crime, event, body, turn, state, tries, next_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $10)",
        &[
            &new.id,
            &new.entry,
            &new.agency,
            &new.report,
            &new.crime,
            &new.event,
            &new.body,
            &(last + 1),
            &new.at,
            &new.at,
        ],
    )?;
    Ok(())
}

/// Takes the next one of the agency that is due and has nothing unsent before it. `lease` is when the claim runs out if the
/// sender dies.
pub fn claim(actor: &Actor, tx: &mut Tx, agency: &str, claim: Uuid, now: Time, lease: Time) -> Result<Option<Hook>> {
    journal::house(actor)?;
    // Two who claim at once would choose the same one, and the second go away with none.
    tx.lock("hook")?;
    tx.maybe(
        "UPDATE hook SET state = 'sending', claim = $1, next_at = $2, tries = tries + 1 WHERE id = \
         (SELECT h.id FROM hook AS h WHERE h.state = 'waiting' AND h.agency = $3 AND h.next_at <= $4 \
         AND NOT EXISTS (SELECT 1 FROM hook AS r WHERE r.report = h.report AND r.agency = h.agency \
         AND r.turn < h.turn AND r.state <> 'sent') \
         AND NOT EXISTS (SELECT 1 FROM hook AS c WHERE c.crime = h.crime AND c.turn < h.turn AND c.state <> 'sent') \
         ORDER BY h.next_at, h.id LIMIT 1) AND state = 'waiting' \
         RETURNING id, entry, agency, report, crime, event, body, turn, state, tries, next_at, claim, created_at, \
         sent_at, problem",
        &[&claim, &lease, &agency, &now],
    )
}

/// Ends a claim; one that ran out or was taken by another is [`Error::Stale`].
pub fn settle(
    actor: &Actor,
    tx: &mut Tx,
    id: Uuid,
    claim: Uuid,
    state: State,
    at: Time,
    problem: Option<&str>,
) -> Result<()> {
    journal::house(actor)?;
    let sent_at = (state == State::Sent).then_some(at);
    let n = tx.run(
        "UPDATE hook SET state = $1, next_at = $2, sent_at = $3, problem = $4, claim = NULL \
         WHERE id = $5 AND claim = $6 AND state = 'sending'",
        &[&state, &at, &sent_at, &problem, &id, &claim],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Claims whose sender died: they wait again, since the other side knows one that arrived by its id. How many.
pub fn take_back_lost_claims(actor: &Actor, tx: &mut Tx, now: Time) -> Result<u64> {
    journal::house(actor)?;
    tx.run("UPDATE hook SET state = 'waiting', claim = NULL WHERE state = 'sending' AND next_at <= $1", &[&now])
}

/// Those of the actor's agency that the other side refuses, oldest first, each with the reference of its report.
pub fn stuck(actor: &Actor, look: &mut Look) -> Result<Vec<(Hook, String)>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let rows: Vec<Hook> = look.tx.all(
        "SELECT id, entry, agency, report, crime, event, body, turn, state, tries, next_at, claim, created_at, sent_at, \
         problem FROM hook WHERE agency = $1 AND state = 'dead' ORDER BY created_at, id LIMIT 100",
        &[&agency],
    )?;
    let mut stuck = Vec::new();
    for row in rows {
        let reference = crate::report::by_id(look.tx, row.report)?.reference;
        stuck.push((row, reference));
    }
    Ok(stuck)
}

/// How many of the actor's agency wait, at most [`MOST_COUNTED`], and since when the oldest of those counted does.
pub fn waiting(actor: &Actor, tx: &mut Tx) -> Result<(i64, Option<Time>)> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.one(
        "SELECT COUNT(*), MIN(few.created_at) FROM (SELECT created_at FROM hook WHERE agency = $1 AND state = 'waiting' \
         LIMIT $2) AS few",
        &[&agency, &MOST_COUNTED],
    )
}

/// One of the agency's refused ones goes out again.
pub fn retry(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let n = tx.run(
        "UPDATE hook SET state = 'waiting', next_at = $1, tries = 0, problem = NULL \
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
                "SELECT COUNT(*), MIN(few.created_at) FROM (SELECT created_at FROM hook \
                 WHERE state <> 'sent' AND state = $1 LIMIT $2) AS few",
                &[&state, &most],
            )?;
            Ok((state, count, oldest))
        })
        .collect()
}

/// What was told of a report, in its order, for the house itself and for tests.
pub fn of_report(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Hook>> {
    journal::house(actor)?;
    tx.all(
        "SELECT id, entry, agency, report, crime, event, body, turn, state, tries, next_at, claim, created_at, sent_at, \
         problem FROM hook WHERE report = $1 ORDER BY agency, turn, id",
        &[&report],
    )
}
