//! The mail of the morning to an agency's duty team about what is stuck (C-91): counts and a link, and nothing of a person.

use crate::{Draw, Result, Setting, clocks};
use rights::{Actor, NotFound};
use serde_json::json;
use store::{
    Tx,
    delivery::{self, Delivery},
    fetched,
    journal::{self, Audience, NewEntry, Verb},
    stuck::{self, Stuck},
};

/// The template of the mail.
pub const STUCK: &str = "stuck";
/// By the clock on the wall (C-91).
const HOUR: i8 = 8;
/// The turn of each day.
const TURN: &str = "mail of what is stuck";

/// Writes the mail of this morning where its hour has come, and something is stuck: once a working day, whoever asks first.
/// How many were written.
pub fn tick(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<usize> {
    if !matches!(actor, Actor::House(_)) {
        return Err(NotFound.into());
    }
    let now = draw.now();
    let Some(wall) = crate::contact::local(now) else { return Ok(0) };
    if wall.hour() < HOUR {
        return Ok(0);
    }
    let mut written = 0;
    for agency in setting.catalogue.agencies() {
        let mailbox = agency.duty.as_ref().and_then(|duty| duty.mailbox.as_deref());
        let Some(mailbox) = mailbox else { continue };
        let today = clocks::local_day(now);
        if !setting.holidays(&agency.id, None).is_working_day(today) {
            continue;
        }
        // The turn is taken until the day ends, also where there is nothing to say.
        let times = (now, now, clocks::end_of(today));
        if fetched::ask(actor, tx, (&agency.id, TURN), draw.id(), times)?.is_none() {
            continue;
        }
        let stuck = stuck::count(actor, tx, &agency.id)?;
        if stuck == Stuck::default() {
            continue;
        }
        let counts = json!({
            "agency": agency.id, "messages": stuck.messages, "hooks": stuck.hooks, "untold": stuck.untold,
            "nobodys": stuck.nobodys,
        });
        let entry = NewEntry {
            id: draw.id(),
            at: now,
            verb: Verb::Disclosure,
            kind: "stuck.mailed",
            report: None,
            agency: Some(agency.id.clone()),
            audience: Audience::Audit,
            facts: counts.clone(),
            content: None,
            salt: draw.salt(),
        };
        journal::write(actor, tx, &entry)?;
        let row = Delivery::email(draw.id(), entry.id, (mailbox.to_owned(), STUCK), counts, now);
        delivery::insert(tx, &row)?;
        written += 1;
    }
    Ok(written)
}

/// It goes to the mailbox that the agency's file names now, and nowhere else.
pub fn may_send(setting: &Setting, delivery: &Delivery) -> bool {
    let agency = delivery.facts["agency"].as_str().and_then(|id| setting.catalogue.agency(id));
    let mailbox = agency.and_then(|agency| agency.duty.as_ref()?.mailbox.as_deref());
    delivery.template == STUCK && mailbox == Some(delivery.address.as_str())
}
