//! Writing one entry of a report's thread.

use crate::{Draw, Result, entry::without_report};
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    Tx,
    journal::{self, Audience, NewEntry, Verb},
};
use uuid::Uuid;

/// One thing that happened to a report.
pub(crate) struct Happened<'a> {
    pub report: Uuid,
    pub agency: Option<&'a str>,
    pub verb: Verb,
    pub kind: &'static str,
    pub audience: Audience,
    pub facts: Json,
    /// Words a person wrote; erasable.
    pub words: Option<&'a str>,
}

pub(crate) fn write(actor: &Actor, tx: &mut Tx, draw: &mut Draw, happened: Happened) -> Result<Uuid> {
    let id = draw.id();
    journal::write(
        actor,
        tx,
        &NewEntry {
            id,
            at: draw.now(),
            verb: happened.verb,
            kind: happened.kind,
            report: Some(happened.report),
            agency: happened.agency.map(str::to_owned),
            audience: happened.audience,
            facts: happened.facts,
            content: happened.words.map(|words| json!({ "words": words })),
            salt: draw.salt(),
        },
    )?;
    Ok(id)
}

/// An act that is no report's own.
pub(super) fn write_without_report(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    kind: &'static str,
    facts: Json,
) -> Result<()> {
    without_report(actor, tx, draw, (Verb::Alteration, kind), facts)?;
    Ok(())
}
