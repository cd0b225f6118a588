//! The contact gate, asked again at the moment of sending: hours may have passed since the message was queued (P-56).

use casework::{
    Setting, account,
    contact::{self, Kind, Passage},
    report::{objection, tell},
    stuck,
};
use rights::Actor;
use store::{Time, Tx, contact as contacts, delivery::Delivery};

/// What keeps a delivery back. Its text stands in the row and is read by staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// A person decides when it may go (P-55).
    #[error("contact at a safe time")]
    Later,
    /// The hours in which it may go are still to come (P-90, P-94).
    #[error("waits for hours in which we may write")]
    Until(Time),
    #[error("no safe channel")]
    Never,
    /// Nothing is sent to an address that the person no longer gives.
    #[error("the address has changed")]
    Moved,
}

/// May this delivery go now, to the address it was written for? A delivery without a report goes only where somebody asks to
/// sign in, asked to hear what staff decide of something public, or to the mailbox of an agency: all else has nobody to ask for
/// and fails closed.
pub fn ask(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    delivery: &Delivery,
    now: Time,
) -> store::Result<Result<(), Closed>> {
    let Some(report) = delivery.report else {
        // To an agency's own mailbox, about nobody.
        if stuck::may_send(setting, delivery) {
            return Ok(Ok(()));
        }
        let asked = objection::is_decision(delivery) || account::may_send(actor, tx, delivery, now)?;
        return Ok(if asked { Ok(()) } else { Err(Closed::Never) });
    };
    let Some(person) = contacts::own(actor, tx, report)? else { return Ok(Err(Closed::Never)) };
    Ok(match contact::gate(&person.safe, Kind::Email, now) {
        Passage::Now(address) if address == delivery.address => match tell::may_go_at(tx, setting, now, delivery)? {
            Some(at) if at <= now => Ok(()),
            Some(at) => Err(Closed::Until(at)),
            None => Err(Closed::Never),
        },
        Passage::Now(_) => Err(Closed::Moved),
        Passage::Later => Err(Closed::Later),
        Passage::Never | Passage::NoAddress => Err(Closed::Never),
    })
}
