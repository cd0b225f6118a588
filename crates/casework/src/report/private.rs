//! A public report that staff keep private, and let others read again (C-65): out of the map, the lists, the feeds and everything
//! else at once, and back to what it was.

use super::{
    acts::{On, held},
    publication::note,
    tell::{self, Message},
};
use crate::{Draw, Refusal, Result, Setting, words};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    alert::What,
    journal::{Audience, Verb},
    private,
    publication::{self, Shown},
};

/// Why is for colleagues; the reporter is told that it happened.
pub fn set(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (is_private, typed): (bool, &str),
) -> Result<()> {
    let held = held(actor, tx, Right::MarkPrivate, on)?;
    let why = words::read(typed)?;
    let (report, agency) = (held.head.id, held.case.agency.as_str());
    let led = |row: Option<publication::Publication>| row.filter(|row| row.agency == agency).ok_or(NotFound);
    led(publication::of_report(actor, tx, report)?)?;
    // It was taken by an agency that shows nothing to everybody.
    if !is_private && setting.publication(agency).is_none() {
        return Err(Refusal::NeverPublic.into());
    }
    let done = if is_private { private::keep(actor, tx, report) } else { private::end(actor, tx, report) };
    match done {
        // Somebody did it meanwhile, or hid it for another reason.
        Err(store::Error::Stale) => return Err(Refusal::AlreadyDone.into()),
        other => other?,
    }
    let is_public = led(publication::of_report(actor, tx, report)?)?.shown == Shown::Public;
    if is_public {
        note(tx, report, draw.now(), What::Changed)?;
    }
    let kind = if is_private { "publication.private" } else { "publication.private_ended" };
    let facts = json!({ "public": is_public });
    let entry = held.enter(actor, tx, draw, (kind, Verb::Disclosure, Audience::Resident), facts, None)?;
    let reason = ("publication.private_why", Verb::Alteration, Audience::Agency);
    held.enter(actor, tx, draw, reason, json!({ "private": is_private }), Some(&why))?;
    tell::resident(tx, setting, draw, &held.head, agency, entry, Message::Update)?;
    Ok(())
}
