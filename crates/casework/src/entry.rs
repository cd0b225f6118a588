//! An entry of the journal that is no report's own.

use crate::Draw;
use rights::Actor;
use serde_json::Value as Json;
use store::{
    Result, Tx,
    journal::{self, Audience, NewEntry, Verb},
};
use uuid::Uuid;

/// Writes it for the audit trail, under the agency of who acts, where they act for one.
pub(crate) fn without_report(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (verb, kind): (Verb, &'static str),
    facts: Json,
) -> Result<Uuid> {
    let agency = actor.agency().map(str::to_owned);
    of_agency(actor, tx, draw, (verb, kind), agency, facts)
}

/// The same, under the agency that it is about.
pub(crate) fn of_agency(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (verb, kind): (Verb, &'static str),
    agency: Option<String>,
    facts: Json,
) -> Result<Uuid> {
    let id = draw.id();
    let entry = NewEntry {
        id,
        at: draw.now(),
        verb,
        kind,
        report: None,
        agency,
        audience: Audience::Audit,
        facts,
        content: None,
        salt: draw.salt(),
    };
    journal::write(actor, tx, &entry)?;
    Ok(id)
}
