//! Containers that are ordered for a home (council 1.7): one order of a kind is open at a time, decided in the transaction that
//! would write a second; how much is brought at once, and until when an order can be taken back, is data of the agency.

use crate::{Draw, Refusal, Result, Setting, bins};
use catalogue::{Answers, Order, Service, WaitsFor};
use rights::Actor;
use store::{
    Time, Tx,
    ordered::{self, Ordered},
    sub_case::SubCase,
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("ordered");

/// What the answers say: pure.
#[derive(Clone)]
pub(super) struct Said {
    uprn: Option<String>,
    items: Vec<(String, i64)>,
}

pub(super) fn said(service: &Service, kept: &Answers) -> Option<Said> {
    let ties = service.order.as_ref()?;
    Some(Said { uprn: ties.home(service, kept).map(str::to_owned), items: ties.things.items(kept) })
}

fn rules<'s>(setting: &'s Setting, agency: &str, service: &str) -> Option<&'s Order> {
    setting.catalogue.agency(agency)?.order(service)
}

/// An order that may be written.
pub(super) struct Tied {
    agency: String,
    home: Vec<u8>,
    kinds: Vec<String>,
}

/// Refuses what is more than the agency brings, and what is on order for the home already. Where no home was picked nothing says
/// that it is: staff look.
pub(super) fn tie(
    tx: &mut Tx,
    setting: &Setting,
    (agencies, service): (&[String], &str),
    said: Option<&Said>,
    now: Time,
) -> Result<Option<Tied>> {
    let Some((said, first)) = said.zip(agencies.first()) else { return Ok(None) };
    let Some(rules) = rules(setting, first, service) else { return Ok(None) };
    if said.items.iter().any(|(kind, n)| rules.most_of(kind).is_some_and(|most| *n > most)) {
        return Err(Refusal::TooManyItems.into());
    }
    let Some(uprn) = &said.uprn else { return Ok(None) };
    let home = setting.keys.home(uprn);
    tx.lock(&format!("home {}", data_encoding::HEXLOWER.encode(&home)))?;
    // A number that nobody has, or a home of another agency, is no more than an address.
    let known = bins::property(tx, setting, uprn, now)?.filter(|property| property.home.agency == *first);
    if known.is_none() {
        return Ok(None);
    }
    let open = ordered::open(tx, first, &home)?;
    if said.items.iter().any(|(kind, _)| open.iter().any(|open| open.kind == *kind)) {
        return Err(Refusal::AlreadyOrdered.into());
    }
    let kinds = said.items.iter().map(|(kind, _)| kind.clone()).collect();
    Ok(Some(Tied { agency: first.clone(), home, kinds }))
}

pub(super) fn keep(tx: &mut Tx, setting: &Setting, draw: &Draw, report: Uuid, tied: &Tied) -> Result<()> {
    let escalate_at = super::waiting::opens(setting, &tied.agency, WaitsFor::Container, draw.now());
    for kind in &tied.kinds {
        let row = Ordered {
            report,
            kind: kind.clone(),
            agency: tied.agency.clone(),
            home: tied.home.clone(),
            at: draw.now(),
            is_open: true,
            escalate_at,
        };
        ordered::insert(tx, &row)?;
    }
    Ok(())
}

/// It is on its way: the person cannot take it back any more.
pub(super) fn is_dispatched(setting: &Setting, service: &str, cases: &[SubCase]) -> bool {
    cases.iter().any(|case| {
        !case.core.ended()
            && rules(setting, &case.agency, service).is_some_and(|rules| rules.dispatched.contains(&case.stage))
    })
}

/// Keeps open or ended in step with the work on a report.
pub(super) fn follow(tx: &mut Tx, report: Uuid, cases: &[SubCase]) -> Result<()> {
    match cases.iter().all(|case| case.core.ended()) {
        true => Ok(ordered::close(&HOUSE, tx, report)?),
        false => Ok(ordered::reopen(&HOUSE, tx, report)?),
    }
}
