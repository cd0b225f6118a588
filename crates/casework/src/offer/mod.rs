//! What an agency's people change of a service they offer (C-68, C-71): versions over its file, with who, why and from which day.

mod change;
mod form;
mod held;

pub use change::{Change, Open, Said, Span, Unit, differs, span_words};
pub use form::{Fault, Form, faults};
pub use held::{Offers, day, load};

use crate::{Draw, Error, Result, Setting, entry::without_report};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::Verb,
    offer::{self, Offer, Past},
};

/// The newest version of a service of the actor's agency, and its versions, the newest first. None: its file alone says what it is.
pub fn own(actor: &Actor, tx: &mut Tx, setting: &Setting, service: &str) -> Result<(Option<Offer>, Vec<Past>)> {
    rights::hold(actor, Right::EditServices)?;
    let me = actor.staff().ok_or(NotFound)?;
    let agency = me.agency.as_str();
    let offers = setting.catalogue.agency(agency).is_some_and(|known| known.offer(service).is_some());
    if !offers || !me.remit.holds_service(service) {
        return Err(NotFound.into());
    }
    Ok((offer::newest(tx, agency, service)?, offer::history(actor, tx, service)?))
}

/// What the versions said, each over the file.
pub fn changes(row: &Offer) -> Change {
    serde_json::from_value(row.changes.clone()).unwrap_or_default()
}

/// Writes the next version. [`faults`] has found none; a version that came between is [`Error::Stale`].
pub fn save(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (service, version): (&str, i64),
    form: &Form,
) -> Result<()> {
    rights::hold(actor, Right::EditServices)?;
    let me = actor.staff().ok_or(NotFound)?;
    let (before, _) = own(actor, tx, setting, service)?;
    if before.as_ref().map_or(0, |before| before.version) != version
        || !faults(setting, &me.agency, service, form, draw.now()).is_empty()
    {
        return Err(Error::Stale);
    }
    let change = form.change();
    let from_day = form.day().ok_or(Error::Stale)?.to_string();
    let was = before.map(|row| changes(&row)).unwrap_or_default();
    let said = differs(setting, &me.agency, service, &was, &change);
    let row = Offer {
        id: draw.id(),
        agency: me.agency.clone(),
        service: service.to_owned(),
        version: version + 1,
        changes: json!(change),
        said: json!(said),
        from_day,
        reason: form.reason.trim().replace("\r\n", "\n"),
        made_at: draw.now(),
        by_staff: me.id,
    };
    offer::put(actor, tx, &row)?;
    let changed: Vec<&str> = said.iter().map(|said| said.what.as_str()).collect();
    let facts = json!({
        "offer": row.id, "service": row.service, "version": row.version, "from": row.from_day, "open": change.open, "changed": changed,
    });
    without_report(actor, tx, draw, (Verb::Alteration, "service.offered"), facts)?;
    Ok(())
}
