//! Current state that follows from the newest entry of its kind: what was paid, and how an agency's part of a report ended.

use super::{Fault, Findings};
use crate::{Error, HOUSE};
use store::{
    Tx,
    payment::State,
    stands::{self, Ended, Paid},
};
use uuid::Uuid;

/// Read at once.
const PAGE: i64 = 1024;

pub fn check(tx: &mut Tx, findings: &mut Findings) -> Result<(), Error> {
    let mut last = Uuid::nil();
    loop {
        let page = stands::paid(&HOUSE, tx, last, PAGE)?;
        let Some(end) = page.last() else { break };
        last = end.id;
        findings.payments += page.len() as u64;
        findings.faults.extend(page.iter().filter(|row| !follows(row)).map(|row| Fault::PaymentChanged(row.report)));
    }
    let mut last = Uuid::nil();
    loop {
        let page = stands::ended(&HOUSE, tx, last, PAGE)?;
        let Some(end) = page.last() else { break };
        last = end.id;
        findings.outcomes += page.len() as u64;
        findings.faults.extend(page.into_iter().filter_map(ended));
    }
    Ok(())
}

/// The state is one that the entry leads to, and the amount is the one it names.
fn follows(row: &Paid) -> bool {
    let amount = row.facts.as_ref().and_then(|facts| facts["amount"].as_i64());
    let state = match row.kind.as_deref() {
        // A try that has begun, or has ended.
        None | Some("payment.begun" | "payment.ended") => matches!(row.state, State::Due | State::Asking | State::Away),
        Some("payment.taken" | "payment.recorded") => row.state == State::Paid,
        Some("payment.waived") => row.state == State::Waived,
        Some("payment.refunded") => matches!(row.state, State::Refunding | State::Refunded),
        Some("payment.given_back") => row.state == State::Refunded,
        Some(_) => false,
    };
    state && amount.is_none_or(|amount| amount == row.amount)
}

fn ended(row: Ended) -> Option<Fault> {
    let said = row.facts.as_ref().and_then(|facts| facts["outcome"].as_str());
    let Ended { report, agency, ref outcome, .. } = row;
    (said != Some(outcome)).then_some(Fault::OutcomeChanged { report, agency })
}
