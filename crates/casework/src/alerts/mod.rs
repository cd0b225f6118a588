//! Alerts (C-57 to C-60): who asked by mail to hear of public reports is told of each once, when they want it.
//!
//! - [`subscribe`]: asking, and showing that the address is one's own.
//! - [`own`]: the page that a token opens: how often, pause, remove, stop, be forgotten.
//! - [`matching`]: which news is for whom. It reads; its rows are kept in small writes.
//! - [`telling`]: the mails, and what is asked again at the moment of sending.
//! - [`reminder`]: the evening before a bin day, for the same people by the same mail.
//!
//! Everything here reads rows of `publication` that are public, and nothing else of a report.

pub mod matching;
pub mod own;
pub mod reminder;
mod rules;
pub mod said;
pub mod spot;
pub mod subscribe;
pub mod telling;

pub use rules::Rules;

use crate::{Draw, entry::without_report};
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{Tx, journal::Verb};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("alerts");

/// One act of a subscriber, or on one: its subject is the subscriber, by an id that says nothing once they are forgotten.
fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (kind, verb): (&'static str, Verb),
    subscriber: Uuid,
    mut facts: Json,
) -> store::Result<Uuid> {
    facts["subscriber"] = json!(subscriber);
    write(actor, tx, draw, (kind, verb), facts)
}

fn write(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (kind, verb): (&'static str, Verb),
    facts: Json,
) -> store::Result<Uuid> {
    without_report(actor, tx, draw, (verb, kind), facts)
}
