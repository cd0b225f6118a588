//! What an agency says on the pages of the site for a time (C-74): written, looked at, shown, and ended.

mod form;
mod held;

pub use form::{Fault, Form, faults};
pub use held::{Messages, Said, load};

use crate::{Draw, Error, Result, Setting, entry::without_report};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::Verb,
    site_message::{self, Listed, SiteMessage},
};
use uuid::Uuid;

/// The messages of the actor's agency, the newest first.
pub fn own(actor: &Actor, tx: &mut Tx) -> Result<Vec<Listed>> {
    rights::hold(actor, Right::EditMessages)?;
    Ok(site_message::own(actor, tx)?)
}

/// Shows a message. [`faults`] has found none.
pub fn show(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, form: &Form) -> Result<()> {
    rights::hold(actor, Right::EditMessages)?;
    let me = actor.staff().ok_or(NotFound)?;
    // Who is limited to wards speaks in those alone.
    if !me.remit.holds_ward(Some(form.ward.as_str()).filter(|ward| !ward.is_empty())) {
        return Err(NotFound.into());
    }
    if !faults(setting, form, draw.now()).is_empty() {
        return Err(Error::Stale);
    }
    let row = SiteMessage {
        id: draw.id(),
        agency: me.agency.clone(),
        place: form.place,
        hours: form.hours,
        ward: form.ward.clone(),
        heading: form.heading.trim().to_owned(),
        words: form.words.trim().replace("\r\n", "\n"),
        from_at: form.begins_at().unwrap_or_else(|| draw.now()),
        until_at: form.ends_at(),
        made_at: draw.now(),
        by_staff: me.id,
    };
    site_message::insert(actor, tx, &row)?;
    let facts = json!({
        "message": row.id, "place": row.place.name(), "hours": row.hours.name(), "ward": row.ward,
        "from": row.from_at.0, "until": row.until_at.map(|at| at.0),
    });
    without_report(actor, tx, draw, (Verb::Alteration, "site_message.shown"), facts)?;
    Ok(())
}

/// Ends one. One that has ended stays as it ended.
pub fn end(actor: &Actor, tx: &mut Tx, draw: &mut Draw, id: Uuid) -> Result<()> {
    rights::hold(actor, Right::EditMessages)?;
    if site_message::end(actor, tx, id, draw.now())? {
        without_report(actor, tx, draw, (Verb::Alteration, "site_message.ended"), json!({ "message": id }))?;
    }
    Ok(())
}
