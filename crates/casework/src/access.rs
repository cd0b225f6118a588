//! How a resident shows that a report is theirs (P-59, P-91), and what each proof opens.

use crate::{Draw, Keys, Result, codes, report::mark, staff::sign_in::same};
use rights::{Actor, NotFound, Resident, Sight};
use serde_json::json;
use store::{
    Time, Tx,
    access::{self, Link, Step, Visit},
    journal::{self, Audience, NewEntry, Verb},
    report::{self, Head, Tracking},
    sub_case, throttle,
};
use uuid::Uuid;

/// A private link lives one month (C-9), 30 days.
const LINK_SECONDS: i64 = 30 * 24 * 60 * 60;
/// A visit ends after this long.
const VISIT_SECONDS: i64 = 2 * 60 * 60;
/// The token a program gets with its receipt lives as long as a private link.
pub const BEARER_SECONDS: i64 = LINK_SECONDS;
/// Wrong PINs before it closes (P-91) …
const PIN_TRIES: i64 = 5;
/// … and for how long.
const PIN_CLOSED_HOURS: i64 = 24;
/// Wrong references and codes from one origin …
const KNOCKS: i64 = 20;
/// … in this time.
const KNOCK_SECONDS: i64 = 15 * 60;

/// What a try at a report came to. "Wrong" says nothing of which part was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The token for the cookie, and how far it goes.
    Open {
        token: String,
        step: Step,
        reference: String,
    },
    Wrong,
    /// An officer has not yet heard from the victim that it is safe (P-92).
    NotYet,
    Closed(Time),
}

/// Makes a private link; its token is derived from the id, so only the hash is stored.
pub fn make_link(tx: &mut Tx, keys: &Keys, draw: &mut Draw, report: Uuid) -> Result<Uuid> {
    let id = draw.id();
    access::keep_link(
        tx,
        &Link {
            id,
            token: codes::hash_token(&keys.link_token(id)),
            report,
            created_at: draw.now(),
            expires_at: draw.now().plus_seconds(LINK_SECONDS),
        },
    )?;
    Ok(id)
}

/// Swaps a link's token for a visit: done by the button's post, never by opening the page (mail scanners prefetch).
pub fn enter_by_link(tx: &mut Tx, keys: &Keys, draw: &mut Draw, token: &str, origin: &str) -> Result<Entry> {
    if let Some(closed) = knocked_too_often(tx, keys, draw, origin)? {
        return Ok(closed);
    }
    let Some(report) = access::linked(tx, &codes::hash_token(token), draw.now())? else {
        return wrong(tx, keys, draw, origin);
    };
    let head = report::by_id(tx, report)?;
    enter(tx, draw, &head)
}

/// Reference and receipt code.
pub fn enter_by_code(tx: &mut Tx, keys: &Keys, draw: &mut Draw, typed: (&str, &str), origin: &str) -> Result<Entry> {
    // A wrong check symbol is refused before any look-up (PT-9).
    let (Some(reference), Some(code)) = (codes::read_reference(typed.0), codes::read_receipt_code(typed.1)) else {
        return Ok(Entry::Wrong);
    };
    if let Some(closed) = knocked_too_often(tx, keys, draw, origin)? {
        return Ok(closed);
    }
    let Some(head) = report::by_reference(tx, &reference)? else { return wrong(tx, keys, draw, origin) };
    let right = access::receipt(tx, head.id)?.is_some_and(|kept| same(&kept, &keys.code("receipt", head.id, &code)));
    if right { enter(tx, draw, &head) } else { wrong(tx, keys, draw, origin) }
}

fn knocked_too_often(tx: &mut Tx, keys: &Keys, draw: &Draw, origin: &str) -> Result<Option<Entry>> {
    let knocks = throttle::knocks(tx, "track", &keys.origin(origin), draw.now(), KNOCK_SECONDS)?;
    Ok((knocks >= KNOCKS).then(|| Entry::Closed(draw.now().plus_seconds(KNOCK_SECONDS))))
}

/// Only wrong tries count: many people may share one address, a library's or a phone network's.
fn wrong(tx: &mut Tx, keys: &Keys, draw: &Draw, origin: &str) -> Result<Entry> {
    throttle::knock(tx, "track", &keys.origin(origin), draw.now(), KNOCK_SECONDS)?;
    Ok(Entry::Wrong)
}

/// How far a link, or reference and code, lead.
const fn first_step(tracking: Tracking) -> Step {
    match tracking {
        Tracking::Code => Step::Stage,
        Tracking::Link => Step::Whole,
        Tracking::LinkAndPin => Step::Link,
    }
}

/// Opens a visit as far as the first proof leads.
pub(crate) fn enter(tx: &mut Tx, draw: &mut Draw, head: &Head) -> Result<Entry> {
    if head.follow_waits() {
        return Ok(Entry::NotYet);
    }
    open_visit(tx, draw, head, first_step(head.tracking))
}

fn open_visit(tx: &mut Tx, draw: &mut Draw, head: &Head, step: Step) -> Result<Entry> {
    let token = keep_visit(tx, draw, head.id, step, VISIT_SECONDS)?;
    Ok(Entry::Open { token, step, reference: head.reference.clone() })
}

fn keep_visit(tx: &mut Tx, draw: &mut Draw, report: Uuid, sight: Step, seconds: i64) -> Result<String> {
    let token = codes::show_token(&draw.bytes());
    let (created_at, expires_at) = (draw.now(), draw.now().plus_seconds(seconds));
    access::keep_visit(tx, &Visit { token: codes::hash_token(&token), report, sight, created_at, expires_at })?;
    Ok(token)
}

/// The token by which the program that sent a report follows it: it opens what a private link opens, and no more.
pub fn make_bearer(tx: &mut Tx, draw: &mut Draw, report: Uuid, tracking: Tracking) -> Result<String> {
    keep_visit(tx, draw, report, first_step(tracking), BEARER_SECONDS)
}

/// What a program's token came to, with the PIN it sent, if it sent one.
#[derive(Clone, Debug, PartialEq)]
pub enum Bearing {
    In(Actor, Box<Head>, Step),
    PinNeeded,
    PinWrong,
    /// As [`Entry::NotYet`].
    NotYet,
    Closed(Time),
}

/// Who a token makes of its bearer; [`NotFound`] where it opens nothing. The PIN comes with each call, since a program
/// keeps no visit open.
pub fn bearer(tx: &mut Tx, keys: &Keys, draw: &mut Draw, token: &str, pin: Option<&str>) -> Result<Bearing> {
    let (actor, head, step) = actor(tx, token, draw.now())?;
    if head.follow_waits() {
        return Ok(Bearing::NotYet);
    }
    let Some(typed) = (match step {
        Step::Stage | Step::Whole => return Ok(Bearing::In(actor, Box::new(head), step)),
        Step::Link => pin,
    }) else {
        return Ok(Bearing::PinNeeded);
    };
    Ok(match try_pin(tx, keys, draw, &head, typed)? {
        Tried::Right => Bearing::In(opened(&head), Box::new(head), Step::Whole),
        Tried::Wrong => Bearing::PinWrong,
        Tried::Closed(until) => Bearing::Closed(until),
    })
}

/// The PIN that follows the link.
pub fn enter_pin(tx: &mut Tx, keys: &Keys, draw: &mut Draw, visit_token: &str, typed: &str) -> Result<Entry> {
    let Some(visit) = access::visit(tx, &codes::hash_token(visit_token), draw.now())? else { return Ok(Entry::Wrong) };
    if visit.sight != Step::Link {
        return Ok(Entry::Wrong);
    }
    let head = report::by_id(tx, visit.report)?;
    if head.follow_waits() {
        return Ok(Entry::NotYet);
    }
    match try_pin(tx, keys, draw, &head, typed)? {
        Tried::Right => {
            access::end_visit(tx, &visit.token)?;
            open_visit(tx, draw, &head, Step::Whole)
        }
        Tried::Wrong => Ok(Entry::Wrong),
        Tried::Closed(until) => {
            access::end_visit(tx, &visit.token)?;
            Ok(Entry::Closed(until))
        }
    }
}

enum Tried {
    Right,
    Wrong,
    Closed(Time),
}

/// A wrong PIN is remembered; five close it for a day and tell the officer (P-91).
fn try_pin(tx: &mut Tx, keys: &Keys, draw: &mut Draw, head: &Head, typed: &str) -> Result<Tried> {
    let now = draw.now();
    let Some(pin) = access::pin(tx, head.id)? else { return Ok(Tried::Wrong) };
    if let Some(until) = pin.closed_until.filter(|until| *until > now) {
        return Ok(Tried::Closed(until));
    }
    let right = codes::read_pin(typed).is_some_and(|typed| same(&pin.pin, &keys.code("pin", head.id, &typed)));
    if right {
        if pin.tries > 0 || pin.closed_until.is_some() {
            access::pin_tried(tx, head.id, 0, None)?;
        }
        return Ok(Tried::Right);
    }
    let tries = pin.tries + 1;
    if tries < PIN_TRIES {
        access::pin_tried(tx, head.id, tries, None)?;
        return Ok(Tried::Wrong);
    }
    let until = now.plus_hours(PIN_CLOSED_HOURS);
    access::pin_tried(tx, head.id, 0, Some(until))?;
    let house = Actor::House("pin");
    let first = sub_case::of_report(tx, head.id)?.into_iter().find(|case| !case.core.ended());
    let agency = first.as_ref().map(|case| case.agency.clone());
    if let Some(mut case) = first {
        mark::raise(&mut case, mark::PIN_CLOSED);
        sub_case::update(&house, tx, &case)?;
    }
    journal::write(
        &house,
        tx,
        &NewEntry {
            id: draw.id(),
            at: now,
            verb: Verb::Consultation,
            kind: "pin.closed",
            report: Some(head.id),
            agency,
            audience: Audience::Agency,
            facts: json!({ "tries": PIN_TRIES, "until": until }),
            content: None,
            salt: draw.salt(),
        },
    )?;
    Ok(Tried::Closed(until))
}

/// Who somebody is who has shown all that the report asks for.
pub(crate) fn opened(head: &Head) -> Actor {
    let sight = if head.short_view { Sight::Short } else { Sight::Whole };
    Actor::Resident(Resident { report: head.id, sight })
}

/// Who a visit makes of its bearer, and of which report; [`NotFound`] where there is no live one.
pub fn actor(tx: &mut Tx, visit_token: &str, now: Time) -> Result<(Actor, Head, Step)> {
    let visit = access::visit(tx, &codes::hash_token(visit_token), now)?.ok_or(NotFound)?;
    let head = report::by_id(tx, visit.report)?;
    let actor = match visit.sight {
        Step::Stage => Actor::Resident(Resident { report: head.id, sight: Sight::Stage }),
        Step::Whole => opened(&head),
        // A link without its PIN opens nothing yet.
        Step::Link => Actor::Anonymous,
    };
    Ok((actor, head, visit.sight))
}

pub fn leave(tx: &mut Tx, visit_token: &str) -> Result<()> {
    Ok(access::end_visit(tx, &codes::hash_token(visit_token))?)
}
