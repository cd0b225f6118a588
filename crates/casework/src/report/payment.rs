//! Paying for what a report asks for (C-38): by card at a gateway, which the courier asks outside of any request, or another
//! way, which staff record. Each step is one conditional change, so that nothing is taken twice.

use super::{
    acts::{On, held},
    booking,
    entry::{Happened, write},
    follow::mine,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::{Answers, Charge, Context, Service};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Look, Time, Tx,
    journal::{Audience, Verb},
    payment::{self, Method, Payment, Settled, State},
    report,
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("payment");
/// Seconds after which the gateway is looked at again while somebody may be at its page.
const SOON: i64 = 3;
/// The same once most people have paid or left.
const LATER: i64 = 30;
/// Seconds for which it is [`SOON`].
const AT_THE_PAGE: i64 = 15 * 60;

/// What is wrong where the gateway's answer names another amount or reference: nothing mends it but a person.
pub const ANOTHER: &str = "it speaks of another payment";

/// The gateway says of it what cannot be: staff look there, and settle it by hand.
pub fn is_stuck(row: &Payment) -> bool {
    row.state == State::Away && row.problem.as_deref() == Some(ANOTHER)
}

/// What comes to be due with a report: pure.
#[derive(Clone)]
pub(super) struct Due {
    agency: String,
    what: String,
    amount: i64,
}

pub(super) fn due(setting: &Setting, service: &Service, kept: &Answers, agency: &str, ctx: &Context) -> Option<Due> {
    let charge = charge(setting, agency, &service.id)?;
    let amount = charge.amount(kept, ctx.now)?;
    Some(Due { agency: agency.to_owned(), what: charge.what.clone(), amount })
}

fn charge<'s>(setting: &'s Setting, agency: &str, service: &str) -> Option<&'s Charge> {
    setting.catalogue.agency(agency)?.charges.iter().find(|charge| charge.service == service)
}

/// Pence that these answers come to, as they will be due once they are sent.
pub fn price(setting: &Setting, service: &Service, kept: &Answers, agency: &str, ctx: &Context) -> Option<i64> {
    due(setting, service, kept, agency, ctx).map(|due| due.amount)
}

/// The least and the most that the answer to this question can come to, where it is what the price hangs on.
pub fn range(
    setting: &Setting,
    service: &Service,
    question: &str,
    kept: &Answers,
    agency: &str,
    ctx: &Context,
) -> Option<(i64, Option<i64>)> {
    charge(setting, agency, &service.id).filter(|charge| charge.rows == question)?.range(kept, ctx.now)
}

/// Something may be to be paid for it.
pub(super) fn costs(setting: &Setting, agency: &str, service: &str) -> bool {
    charge(setting, agency, service).is_some()
}

/// Minutes in which a try lasts, and a booking waits for one.
pub(super) fn unpaid_minutes(setting: &Setting, agency: &str, service: &str) -> Option<i64> {
    charge(setting, agency, service).map(|charge| i64::from(charge.unpaid_minutes))
}

impl Due {
    pub fn amount(&self) -> i64 {
        self.amount
    }

    pub fn facts(&self) -> Json {
        json!({ "amount": self.amount, "what": self.what })
    }
}

pub(super) fn keep(tx: &mut Tx, draw: &mut Draw, report: Uuid, due: &Due) -> Result<()> {
    let row = Payment {
        id: draw.id(),
        report,
        agency: due.agency.clone(),
        what: due.what.clone(),
        amount: due.amount,
        state: State::Due,
        method: None,
        attempt: None,
        gateway_id: None,
        gateway_url: None,
        began_at: None,
        paid_at: None,
        next_at: draw.now(),
        tries: 0,
        claim: None,
        problem: None,
        created_at: draw.now(),
    };
    Ok(payment::insert(tx, &row)?)
}

/// What the person who reported has to pay or has paid.
pub fn own(actor: &Actor, tx: &mut Tx) -> Result<Option<Payment>> {
    let report = mine(actor, Right::PayOwn)?;
    Ok(payment::own(actor, tx, report)?)
}

/// Begins a try at the gateway. One that runs already goes on, and what is paid stays paid.
pub fn begin(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<()> {
    let report = mine(actor, Right::PayOwn)?;
    let row = payment::own(actor, tx, report)?.ok_or(NotFound)?;
    if row.state != State::Due {
        return Ok(());
    }
    if !setting.gateways.contains(&row.agency)
        || report::by_id(tx, report)?.withdrawn_at.is_some()
        || !booking::may_be_paid(tx, report)?
    {
        return Err(NotFound.into());
    }
    payment::begin(actor, tx, row.id, draw.id(), draw.now())?;
    let facts = json!({ "amount": row.amount });
    happened(actor, tx, draw, &row, ("payment.begun", Audience::Agency), facts, None)?;
    Ok(())
}

fn happened(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    row: &Payment,
    (kind, audience): (&'static str, Audience),
    facts: Json,
    words: Option<&str>,
) -> Result<Uuid> {
    let agency = Some(row.agency.as_str());
    write(
        actor,
        tx,
        draw,
        Happened { report: row.report, agency, verb: Verb::Alteration, kind, audience, facts, words },
    )
}

/// For staff of the agency that is paid.
pub(super) fn of_report(actor: &Actor, look: &mut Look, report: Uuid, agency: &str) -> Result<Option<Payment>> {
    rights::hold(actor, Right::SeeReport)?;
    Ok(payment::of_report(actor, look, report, agency)?)
}

/// Staff record that it was paid another way, or that it need not be. The resident reads the words: under which reference, or why.
pub fn record(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    method: Option<Method>,
    typed: &str,
) -> Result<Told> {
    let held = held(actor, tx, Right::RecordPayment, on)?;
    let row = payment::for_act(actor, tx, held.head.id, &held.case.agency)?.ok_or(NotFound)?;
    let method = method.filter(|method| *method != Method::Card).ok_or(Refusal::NoSuchWay)?;
    let words = words::read(typed)?;
    match row.state {
        State::Due => {}
        State::Away if is_stuck(&row) => {}
        State::Asking | State::Away => return Err(Refusal::PaysNow.into()),
        _ => return Err(Refusal::AlreadyDone.into()),
    }
    if !booking::may_be_paid(tx, held.head.id)? {
        return Err(Refusal::Ended.into());
    }
    let (state, kind) = match method {
        Method::Waiver => (State::Waived, "payment.waived"),
        _ => (State::Paid, "payment.recorded"),
    };
    match row.state {
        State::Away => payment::settle_by_hand(actor, tx, row.id, (state, method), ANOTHER, draw.now())?,
        _ => payment::record(actor, tx, row.id, (state, method), draw.now())?,
    }
    booking::paid(tx, &row)?;
    let facts = json!({ "amount": row.amount, "method": method.name() });
    let entry = happened(actor, tx, draw, &row, (kind, Audience::Resident), facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &row.agency, entry, Message::Update)
}

/// Staff give it back, within the days that the agency's data say.
pub fn refund(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, typed: &str) -> Result<Told> {
    let held = held(actor, tx, Right::RefundPayment, on)?;
    let row = payment::for_act(actor, tx, held.head.id, &held.case.agency)?.ok_or(NotFound)?;
    let words = words::read(typed)?;
    let days = charge(setting, &row.agency, &held.head.service).and_then(|charge| charge.refund_days);
    let until = row.paid_at.zip(days).map(|(at, days)| at.plus_hours(24 * i64::from(days)));
    if row.state != State::Paid {
        return Err(Refusal::AlreadyDone.into());
    }
    if until.is_none_or(|until| draw.now() > until) {
        return Err(Refusal::TooLateToRefund.into());
    }
    let by_card = row.method == Some(Method::Card);
    let to = if by_card { State::Refunding } else { State::Refunded };
    payment::refund(actor, tx, row.id, to, draw.now())?;
    let facts = json!({ "amount": row.amount, "method": row.method.map(Method::name) });
    let entry = happened(actor, tx, draw, &row, ("payment.refunded", Audience::Resident), facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &row.agency, entry, Message::Update)
}

/// What was paid goes back by a rule, without anybody asking: true where the gateway does it. What was paid another way, a person
/// gives back.
pub(super) fn goes_back(tx: &mut Tx, draw: &mut Draw, row: &Payment) -> Result<bool> {
    if row.method != Some(Method::Card) {
        return Ok(false);
    }
    payment::refund(&HOUSE, tx, row.id, State::Refunding, draw.now())?;
    let facts = json!({ "amount": row.amount, "method": row.method.map(Method::name) });
    happened(&HOUSE, tx, draw, row, ("payment.refunded", Audience::Resident), facts, None)?;
    Ok(true)
}

/// What the gateway said to one step of the courier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has the payment, and a page for the card.
    Begun {
        id: String,
        url: String,
    },
    /// Nothing is decided yet.
    Waits,
    Taken,
    /// The try has ended, and nothing was taken: the word of the gateway's for it.
    Ended(String),
    GivenBack,
    /// It cannot be asked now; seconds until the next try.
    Down {
        problem: String,
        seconds: i64,
    },
}

/// Writes down what a step came to. A claim that ran out changes nothing.
pub fn answered(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (row, claim): (&Payment, Uuid),
    answer: &Answer,
) -> Result<()> {
    let now = draw.now();
    let as_it_is = Settled {
        state: row.state,
        method: row.method,
        gateway_id: row.gateway_id.clone(),
        gateway_url: row.gateway_url.clone(),
        paid_at: row.paid_at,
        next_at: now.plus_seconds(wait(row, now)),
        problem: None,
    };
    let (to, told) = match answer {
        Answer::Begun { id, url } => {
            let (gateway_id, gateway_url) = (Some(id.clone()), Some(url.clone()));
            (Settled { state: State::Away, gateway_id, gateway_url, ..as_it_is }, None)
        }
        Answer::Waits => (as_it_is, None),
        Answer::Down { problem, seconds } => {
            let next_at = now.plus_seconds(*seconds);
            (Settled { next_at, problem: Some(problem.clone()), ..as_it_is }, None)
        }
        Answer::Taken => {
            let (method, paid_at) = (Some(Method::Card), Some(now));
            let to = Settled { state: State::Paid, method, paid_at, gateway_url: None, ..as_it_is };
            (to, Some(("payment.taken", Audience::Resident)))
        }
        Answer::Ended(_) => {
            let to = Settled { state: State::Due, gateway_id: None, gateway_url: None, ..as_it_is };
            (to, Some(("payment.ended", Audience::Agency)))
        }
        Answer::GivenBack => {
            let to = Settled { state: State::Refunded, ..as_it_is };
            (to, Some(("payment.given_back", Audience::Resident)))
        }
    };
    payment::settle(&HOUSE, tx, row.id, claim, &to)?;
    if *answer == Answer::Taken {
        booking::paid(tx, row)?;
    }
    let Some((kind, audience)) = told else { return Ok(()) };
    let mut facts = json!({ "amount": row.amount, "gateway": row.gateway_id });
    if let Answer::Ended(why) = answer {
        facts["why"] = json!(why);
    }
    let entry = happened(&HOUSE, tx, draw, row, (kind, audience), facts, None)?;
    if audience == Audience::Resident {
        let head = report::by_id(tx, row.report)?;
        tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Update)?;
    }
    Ok(())
}

fn wait(row: &Payment, now: Time) -> i64 {
    let since = row.began_at.map_or(i64::MAX, |began| (now.micros() - began.micros()) / 1_000_000);
    if since < AT_THE_PAGE { SOON } else { LATER }
}

/// A try that has lasted longer than the agency's data allow is given up at the gateway.
pub fn lapsed(setting: &Setting, service: &str, row: &Payment, now: Time) -> bool {
    let minutes = charge(setting, &row.agency, service).map_or(60, |charge| i64::from(charge.unpaid_minutes));
    row.began_at.is_some_and(|began| now > began.plus_seconds(minutes * 60))
}

/// Takes the next payment of an agency that waits for the gateway, with the report it is for.
pub fn claim(
    tx: &mut Tx,
    agency: &str,
    claim: Uuid,
    now: Time,
    lease: Time,
) -> Result<Option<(Payment, report::Head)>> {
    let Some(row) = payment::claim(&HOUSE, tx, agency, claim, now, lease)? else { return Ok(None) };
    let head = report::by_id(tx, row.report)?;
    Ok(Some((row, head)))
}
