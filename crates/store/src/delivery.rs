//! What leaves the building: an outbox with idempotent claims.

use crate::{Error, Look, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum State {
        Waiting = "waiting",
        /// Claimed; nobody else takes it.
        Sending = "sending",
        Sent = "sent",
        /// Given up, or nobody knows whether it arrived: staff decide.
        Dead = "dead",
        /// The contact gate refused: contact at a safe time (P-55).
        Held = "held",
    }
}

named_value! {
    pub enum Channel {
        Email = "email",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub id: Uuid,
    pub entry: Uuid,
    pub report: Option<Uuid>,
    pub agency: Option<String>,
    pub channel: Channel,
    pub address: String,
    pub template: String,
    pub facts: Json,
    pub state: State,
    pub tries: i64,
    pub next_at: Time,
    pub claim: Option<Uuid>,
    pub created_at: Time,
    pub sent_at: Option<Time>,
    pub problem: Option<String>,
}

impl Delivery {
    /// A mail that goes at once and stands under no report.
    pub fn email(id: Uuid, entry: Uuid, (address, template): (String, &str), facts: Json, now: Time) -> Delivery {
        Delivery {
            id,
            entry,
            report: None,
            agency: None,
            channel: Channel::Email,
            address,
            template: template.to_owned(),
            facts,
            state: State::Waiting,
            tries: 0,
            next_at: now,
            claim: None,
            created_at: now,
            sent_at: None,
            problem: None,
        }
    }
}

from_row!(Delivery {
    id,
    entry,
    report,
    agency,
    channel,
    address,
    template,
    facts,
    state,
    tries,
    next_at,
    claim,
    created_at,
    sent_at,
    problem,
});

pub fn insert(tx: &mut Tx, delivery: &Delivery) -> Result<()> {
    tx.run(
        "INSERT INTO delivery (id, entry, report, agency, channel, address, template, facts, state, tries, next_at, claim, \
         created_at, sent_at, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &[
            &delivery.id,
            &delivery.entry,
            &delivery.report,
            &delivery.agency,
            &delivery.channel,
            &delivery.address,
            &delivery.template,
            &delivery.facts,
            &delivery.state,
            &delivery.tries,
            &delivery.next_at,
            &delivery.claim,
            &delivery.created_at,
            &delivery.sent_at,
            &delivery.problem,
        ],
    )?;
    Ok(())
}

/// Takes the next one that is due. `lease` is when the claim runs out if the sender dies.
pub fn claim(actor: &Actor, tx: &mut Tx, claim: Uuid, now: Time, lease: Time) -> Result<Option<Delivery>> {
    journal::house(actor)?;
    // Two who claim at once would choose the same one, and the second go away with none.
    tx.lock("delivery")?;
    tx.maybe(
        "UPDATE delivery SET state = 'sending', claim = $1, next_at = $2, tries = tries + 1 WHERE id = \
         (SELECT id FROM delivery WHERE state = 'waiting' AND next_at <= $3 ORDER BY next_at, id LIMIT 1) \
         AND state = 'waiting' \
         RETURNING id, entry, report, agency, channel, address, template, facts, state, tries, next_at, claim, \
         created_at, sent_at, problem",
        &[&claim, &lease, &now],
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
        "UPDATE delivery SET state = $1, next_at = $2, sent_at = $3, problem = $4, claim = NULL \
         WHERE id = $5 AND claim = $6 AND state = 'sending'",
        &[&state, &at, &sent_at, &problem, &id, &claim],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A mail that went out after `since` came back: staff decide. Whether it was one.
pub fn came_back(actor: &Actor, tx: &mut Tx, id: Uuid, since: Time, problem: &str) -> Result<bool> {
    journal::house(actor)?;
    let n = tx.run(
        "UPDATE delivery SET state = 'dead', problem = $1 WHERE id = $2 AND state = 'sent' AND sent_at >= $3",
        &[&problem, &id, &since],
    )?;
    Ok(n == 1)
}

/// It is with the mail server now, and what became of it is not written down yet.
pub fn is_sending(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<bool> {
    journal::house(actor)?;
    let state: Option<(State,)> = tx.maybe("SELECT state FROM delivery WHERE id = $1", &[&id])?;
    Ok(state == Some((State::Sending,)))
}

/// Gives up what waits or is being sent, in a house that was filled from a copy: whether it has gone out since the copy was
/// made, nobody knows, and mail that may have arrived is not sent again unless staff say so. How many.
pub fn give_up_copied(actor: &Actor, tx: &mut Tx) -> Result<u64> {
    journal::house(actor)?;
    Ok(tx.run("UPDATE delivery SET state = 'dead', problem = 'may have been sent' WHERE state = 'waiting'", &[])?
        + tx.run(
            "UPDATE delivery SET state = 'dead', claim = NULL, problem = 'may have been sent' WHERE state = 'sending'",
            &[],
        )?)
}

/// Claims whose sender died: nobody knows whether they arrived, so staff decide; nothing is sent twice by itself.
pub fn give_up_lost_claims(actor: &Actor, tx: &mut Tx, now: Time) -> Result<u64> {
    journal::house(actor)?;
    tx.run(
        "UPDATE delivery SET state = 'dead', claim = NULL, problem = 'may have been sent' \
         WHERE state = 'sending' AND next_at <= $1",
        &[&now],
    )
}

/// Dead and held deliveries of the actor's agency, oldest first.
pub fn stuck(actor: &Actor, look: &mut Look) -> Result<Vec<Delivery>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    let agency = actor.agency().ok_or(NotFound)?;
    look.tx.all(
        "SELECT id, entry, report, agency, channel, address, template, facts, state, tries, next_at, claim, created_at, \
         sent_at, problem FROM delivery WHERE agency = $1 AND state IN ('dead', 'held') \
         ORDER BY created_at, id LIMIT 100",
        &[&agency],
    )
}

/// Deliveries of one report, oldest first.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Vec<Delivery>> {
    rights::hold(actor, Right::SeeDeliveries)?;
    look.tx.all(
        "SELECT id, entry, report, agency, channel, address, template, facts, state, tries, next_at, claim, created_at, \
         sent_at, problem FROM delivery WHERE report = $1 ORDER BY created_at, id LIMIT 100",
        &[&report],
    )
}

/// One of the agency's stuck deliveries goes out again.
pub fn retry(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::RetryDelivery)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let n = tx.run(
        "UPDATE delivery SET state = 'waiting', next_at = $1, tries = 0, problem = NULL \
         WHERE id = $2 AND agency = $3 AND state = 'dead'",
        &[&now, &id, &agency],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::NotFound(NotFound)) }
}

/// How many wait, are dead, are held: for readiness and the bench. No personal data.
pub fn counts(tx: &mut Tx) -> Result<(i64, i64, i64)> {
    let rows: Vec<(State, i64)> =
        tx.all("SELECT state, COUNT(*) FROM delivery WHERE state <> 'sent' GROUP BY state", &[])?;
    let of = |states: &[State]| rows.iter().filter(|(s, _)| states.contains(s)).map(|(_, n)| n).sum();
    Ok((of(&[State::Waiting, State::Sending]), of(&[State::Dead]), of(&[State::Held])))
}

/// What has not been sent, by state: how many, and since when the oldest of those counted waits. No more than `most` of each
/// state are counted. No personal data: for an operator's numbers.
pub fn unsent(tx: &mut Tx, most: i64) -> Result<Vec<(State, i64, Option<Time>)>> {
    [State::Waiting, State::Sending, State::Dead, State::Held]
        .into_iter()
        .map(|state| {
            // A partial index is used only where its condition is repeated word for word.
            let (count, oldest) = tx.one(
                "SELECT COUNT(*), MIN(few.created_at) FROM (SELECT created_at FROM delivery \
                 WHERE state <> 'sent' AND state = $1 LIMIT $2) AS few",
                &[&state, &most],
            )?;
            Ok((state, count, oldest))
        })
        .collect()
}

/// The last deliveries, newest first, for the demonstration's outbox.
pub fn latest(actor: &Actor, tx: &mut Tx) -> Result<Vec<Delivery>> {
    journal::house(actor)?;
    tx.all(
        "SELECT id, entry, report, agency, channel, address, template, facts, state, tries, next_at, claim, created_at, \
         sent_at, problem FROM delivery ORDER BY id DESC LIMIT 200",
        &[],
    )
}
