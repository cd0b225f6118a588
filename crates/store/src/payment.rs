//! What is to be paid for a report, and how it was paid: no data of any card.

use crate::{Error, Look, Result, Time, Tx, from_row, journal::house, named_value};
use rights::{Actor, Right};
use uuid::Uuid;

named_value! {
    /// One payment goes through these; a try that came to nothing leads back to `Due`.
    pub enum State {
        Due = "due",
        /// The resident wants to pay by card; the gateway is to be asked.
        Asking = "asking",
        /// At the gateway: its answer is looked for.
        Away = "away",
        Paid = "paid",
        Waived = "waived",
        /// The gateway is to give it back.
        Refunding = "refunding",
        Refunded = "refunded",
    }
}

named_value! {
    pub enum Method {
        Card = "card",
        /// Paid elsewhere, under a reference.
        Reference = "reference",
        Cheque = "cheque",
        Cash = "cash",
        Waiver = "waiver",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub id: Uuid,
    pub report: Uuid,
    pub agency: String,
    /// What it is for, as the agency's data said when it came to be due.
    pub what: String,
    /// Pence.
    pub amount: i64,
    pub state: State,
    pub method: Option<Method>,
    /// The key of the newest try: the gateway knows a request that comes twice by it.
    pub attempt: Option<Uuid>,
    /// What the gateway calls the newest try.
    pub gateway_id: Option<String>,
    /// Where its card page lies.
    pub gateway_url: Option<String>,
    pub began_at: Option<Time>,
    /// When it was paid or waived.
    pub paid_at: Option<Time>,
    pub next_at: Time,
    pub tries: i64,
    pub claim: Option<Uuid>,
    pub problem: Option<String>,
    pub created_at: Time,
}

from_row!(Payment {
    id,
    report,
    agency,
    what,
    amount,
    state,
    method,
    attempt,
    gateway_id,
    gateway_url,
    began_at,
    paid_at,
    next_at,
    tries,
    claim,
    problem,
    created_at
});

/// What a step of the courier came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    pub state: State,
    pub method: Option<Method>,
    pub gateway_id: Option<String>,
    pub gateway_url: Option<String>,
    pub paid_at: Option<Time>,
    pub next_at: Time,
    pub problem: Option<String>,
}

/// One for each report and agency.
pub fn insert(tx: &mut Tx, row: &Payment) -> Result<()> {
    tx.run(
        "INSERT INTO payment (id, report, agency, what, amount, state, method, attempt, gateway_id, gateway_url, \
         began_at, paid_at, next_at, tries, claim, problem, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        &[
            &row.id,
            &row.report,
            &row.agency,
            &row.what,
            &row.amount,
            &row.state,
            &row.method,
            &row.attempt,
            &row.gateway_id,
            &row.gateway_url,
            &row.began_at,
            &row.paid_at,
            &row.next_at,
            &row.tries,
            &row.claim,
            &row.problem,
            &row.created_at,
        ],
    )?;
    Ok(())
}

const OF_REPORT: &str = "SELECT id, report, agency, what, amount, state, method, attempt, gateway_id, gateway_url, \
     began_at, paid_at, next_at, tries, claim, problem, created_at FROM payment WHERE report = $1 ORDER BY agency LIMIT 1";

/// For the person who reported.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Option<Payment>> {
    rights::hold(actor, Right::PayOwn)?;
    tx.maybe(OF_REPORT, &[&report])
}

/// For staff of the agency.
pub fn of_report(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Option<Payment>> {
    rights::hold(actor, Right::SeeReport)?;
    let found: Option<Payment> = look.tx.maybe(OF_REPORT, &[&report])?;
    let found = found.filter(|row| row.agency == agency);
    if found.is_some() {
        look.shows(report, "payment");
    }
    Ok(found)
}

/// For an act of staff.
pub fn for_act(actor: &Actor, tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<Payment>> {
    rights::hold(actor, Right::RecordPayment)?;
    let found: Option<Payment> = tx.maybe(OF_REPORT, &[&report])?;
    Ok(found.filter(|row| row.agency == agency))
}

fn once(n: u64) -> Result<()> {
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The resident begins a try. Where one runs or it is paid already it is [`Error::Stale`]: nothing is taken twice.
pub fn begin(actor: &Actor, tx: &mut Tx, id: Uuid, attempt: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::PayOwn)?;
    let n = tx.run(
        "UPDATE payment SET state = 'asking', attempt = $1, began_at = $2, next_at = $2, tries = 0, gateway_id = NULL, \
         gateway_url = NULL, problem = NULL WHERE id = $3 AND state = 'due'",
        &[&attempt, &now, &id],
    )?;
    once(n)
}

/// Staff record that it was paid another way, or need not be. While a try runs it is [`Error::Stale`].
pub fn record(actor: &Actor, tx: &mut Tx, id: Uuid, (state, method): (State, Method), now: Time) -> Result<()> {
    rights::hold(actor, Right::RecordPayment)?;
    let n = tx.run(
        "UPDATE payment SET state = $1, method = $2, paid_at = $3 WHERE id = $4 AND state = 'due'",
        &[&state, &method, &now, &id],
    )?;
    once(n)
}

/// Staff settle a try of which the gateway says something that cannot be: the problem is the one that was written down. Any other
/// try that runs is [`Error::Stale`]. The gateway is not asked about it any more.
pub fn settle_by_hand(
    actor: &Actor,
    tx: &mut Tx,
    id: Uuid,
    (state, method): (State, Method),
    problem: &str,
    now: Time,
) -> Result<()> {
    rights::hold(actor, Right::RecordPayment)?;
    let n = tx.run(
        "UPDATE payment SET state = $1, method = $2, paid_at = $3, gateway_url = NULL, claim = NULL WHERE id = $4 \
         AND state = 'away' AND problem = $5",
        &[&state, &method, &now, &id, &problem],
    )?;
    once(n)
}

/// Staff give it back: by the gateway (`Refunding`) or by hand (`Refunded`). What is not paid is [`Error::Stale`].
pub fn refund(actor: &Actor, tx: &mut Tx, id: Uuid, to: State, now: Time) -> Result<()> {
    rights::hold(actor, Right::RefundPayment)?;
    let n = tx.run(
        "UPDATE payment SET state = $1, next_at = $2, tries = 0 WHERE id = $3 AND state = 'paid'",
        &[&to, &now, &id],
    )?;
    once(n)
}

/// Takes the next one of an agency that waits for the gateway. A claim whose taker died comes round again after the lease.
pub fn claim(actor: &Actor, tx: &mut Tx, agency: &str, claim: Uuid, now: Time, lease: Time) -> Result<Option<Payment>> {
    house(actor)?;
    // Two who claim at once would choose the same one, and the second go away with none.
    tx.lock("payment")?;
    tx.maybe(
        "UPDATE payment SET claim = $1, next_at = $2, tries = tries + 1 WHERE id = (SELECT p.id FROM payment AS p \
         WHERE p.agency = $3 AND p.state IN ('asking', 'away', 'refunding') AND p.next_at <= $4 \
         ORDER BY p.next_at, p.id LIMIT 1) AND state IN ('asking', 'away', 'refunding') \
         RETURNING id, report, agency, what, amount, state, method, attempt, gateway_id, gateway_url, began_at, paid_at, \
         next_at, tries, claim, problem, created_at",
        &[&claim, &lease, &agency, &now],
    )
}

/// Ends a claim; one that ran out and was taken by another is [`Error::Stale`].
pub fn settle(actor: &Actor, tx: &mut Tx, id: Uuid, claim: Uuid, to: &Settled) -> Result<()> {
    house(actor)?;
    let n = tx.run(
        "UPDATE payment SET state = $1, method = $2, gateway_id = $3, gateway_url = $4, paid_at = $5, next_at = $6, \
         problem = $7, claim = NULL WHERE id = $8 AND claim = $9",
        &[&to.state, &to.method, &to.gateway_id, &to.gateway_url, &to.paid_at, &to.next_at, &to.problem, &id, &claim],
    )?;
    once(n)
}
