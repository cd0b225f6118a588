//! Answers that staff use again (C-67): who may change them, which one fits, and what it says in one report.

mod fill;
mod fit;
mod form;
mod say;

pub use fill::PLACES;
use fill::filled;
pub use form::{Fault, Form, faults};
pub(crate) use say::{Said, first, heard, mail, outside_said, said};
pub use say::{Typed, of_report};

use crate::{Draw, Error, Result, Setting, entry::without_report};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Time, Tx,
    journal::Verb,
    template::{self, Past, Template},
};
use uuid::Uuid;

/// What a sample says in place of a report's own, for the preview: to the resident, in the mail, to everybody.
pub fn sample(setting: &Setting, agency: &str, form: &Form, now: Time) -> (String, String, String) {
    let service = match form.service.as_str() {
        // One for every kind is shown with the first that the agency offers.
        "" => setting.services_of(agency).into_iter().next().map(|(_, name)| name).unwrap_or_default(),
        id => setting.service_name(id),
    };
    let words = |text: &str| {
        filled(
            text,
            &fill::About {
                reference: "123 456 789",
                service: &service,
                date: &fill::date(now),
                outside: "We have been and looked.",
            },
        )
    };
    (words(&form.words), words(&form.mail), words(&form.everybody))
}

/// The templates of the actor's agency, by name.
pub fn own_list(actor: &Actor, tx: &mut Tx) -> Result<Vec<Template>> {
    rights::hold(actor, Right::EditTemplates)?;
    Ok(template::in_force(tx, actor.agency().ok_or(NotFound)?)?)
}

/// One of them, with what it said before.
pub fn own(actor: &Actor, tx: &mut Tx, line: Uuid) -> Result<(Template, Vec<Past>)> {
    rights::hold(actor, Right::EditTemplates)?;
    let found = template::one(tx, actor.agency().ok_or(NotFound)?, line)?.ok_or(NotFound)?;
    Ok((found, template::history(actor, tx, line)?))
}

/// Writes the next version of a template, or the first of a new one. [`faults`] has found none.
pub fn save(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (line, version): (Option<Uuid>, i64),
    form: &Form,
) -> Result<Uuid> {
    rights::hold(actor, Right::EditTemplates)?;
    let me = actor.staff().ok_or(NotFound)?;
    if !faults(setting, &me.agency, form).is_empty() {
        return Err(Error::Stale);
    }
    let before = match line {
        Some(line) => Some(template::one(tx, &me.agency, line)?.ok_or(NotFound)?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.version != version) {
        return Err(Error::Stale);
    }
    let line = before.as_ref().map_or_else(|| draw.id(), |before| before.line);
    let row = Template {
        id: draw.id(),
        line,
        version: before.map_or(0, |before| before.version) + 1,
        agency: me.agency.clone(),
        name: form.name.trim().to_owned(),
        service: form.service.clone(),
        moment: form.moment,
        state: form.state.clone(),
        code: form.code.trim().to_owned(),
        words: form.words.trim().replace("\r\n", "\n"),
        mail: form.mail.trim().replace("\r\n", "\n"),
        everybody: form.everybody.trim().replace("\r\n", "\n"),
        automatic: form.automatic,
        active: form.active,
        since: draw.now(),
        until: None,
        by_staff: me.id,
    };
    template::put(actor, tx, &row)?;
    let facts = json!({ "template": row.id, "line": row.line, "version": row.version, "active": row.active });
    without_report(actor, tx, draw, (Verb::Alteration, "template.changed"), facts)?;
    Ok(line)
}
