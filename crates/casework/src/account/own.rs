//! What the house holds of the person whose account it is: what they asked to hear of, and a copy of all of it to take away
//! (UK GDPR articles 15 and 20). It opens nothing that mail to the same address would not open.

use super::{HOUSE, enter, mine, reports};
use crate::{
    Draw, Result, Setting,
    alerts::{self, said},
    report::copy::{inside, stamp},
};
use rights::{Actor, NotFound};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, account,
    journal::Verb,
    shown_name,
    subscriber::{self, Subscriber},
    subscription::Cadence,
};
use uuid::Uuid;

/// More reports than anybody has: all of them are meant.
const ALL: i64 = 10_000;

/// Something the person hears of by mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub id: Uuid,
    pub about: String,
    /// How often, in words.
    pub often: &'static str,
}

/// Who of the subscribers the person is: both showed that they read the mail of one address.
fn subscriber(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<Option<Subscriber>> {
    let kept = account::find(&HOUSE, tx, mine(actor)?)?.ok_or(NotFound)?;
    let found = subscriber::by_mark(&HOUSE, tx, &setting.keys.mailbox(&kept.email))?;
    Ok(found.filter(|one| one.confirmed_at.is_some() && one.stopped_at.is_none()))
}

/// Alerts, then reminders of bin days.
pub fn heard(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<Vec<Heard>> {
    let Some(person) = subscriber(actor, tx, setting)? else { return Ok(Vec::new()) };
    let own = alerts::own::of(tx, setting, person)?;
    let alerts = own.subscriptions.iter().map(|row| Heard {
        id: row.id,
        about: said::about(setting, row),
        often: said::cadence(row.cadence),
    });
    let reminders = own.reminders.into_iter().map(|one| Heard {
        id: one.id,
        about: one.about,
        often: if one.paused { said::cadence(Cadence::Off) } else { said::EVENING },
    });
    Ok(alerts.chain(reminders).collect())
}

/// Hears no more of one of them.
pub fn hear_no_more(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, id: Uuid) -> Result<()> {
    let person = subscriber(actor, tx, setting)?.ok_or(NotFound)?;
    alerts::own::remove_one(actor, tx, draw, &person, id)
}

/// All of it, for the person to keep or to take elsewhere, once [`copied`] has entered that it was given.
pub fn copy(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time) -> Result<Json> {
    let id = mine(actor)?;
    let kept = account::find(&HOUSE, tx, id)?.ok_or(NotFound)?;
    let mut told = Vec::new();
    for one in reports(actor, tx, setting, ALL)? {
        let parts: Vec<Json> =
            one.parts.iter().map(|(agency, stage)| json!({ "agency": agency, "stage": stage })).collect();
        let mut row = json!({
            "reference": one.reference, "title": one.title, "received_at": stamp(one.received_at), "agencies": parts,
        });
        if let Some(inside) = inside(tx, setting, &one.reference)? {
            row["answers"] = json!(inside.answers);
            row["happened"] = json!(inside.happened);
        }
        told.push(row);
    }
    let heard: Vec<Json> = heard(actor, tx, setting)?
        .into_iter()
        .map(|one| json!({ "about": one.about, "how_often": one.often }))
        .collect();
    let named: Vec<Json> = shown_name::mine(actor, tx, id)?
        .into_iter()
        .map(|one| json!({ "reference": one.reference, "name": one.name, "at": stamp(one.at) }))
        .collect();
    Ok(json!({
        "made_at": stamp(now),
        "account": {
            "email": kept.email,
            "name": kept.name,
            "phone": kept.phone,
            "one_page": kept.one_page,
            "created_at": stamp(kept.created_at),
        },
        "reports": told,
        "alerts": heard,
        "names_shown": named,
        "not_here": "Reports about crime or about your safety, and those that you follow with a PIN or a code. Ask the police \
                     or the council for a copy of them.",
    }))
}

/// A copy is given: entered before it is. It is read outside this, so that nobody else's writing waits for it.
pub fn copied(actor: &Actor, tx: &mut Tx, draw: &mut Draw) -> Result<()> {
    let id = mine(actor)?;
    enter(actor, tx, draw, (Verb::Consultation, "account.copied"), json!({ "account": id }))?;
    Ok(())
}
