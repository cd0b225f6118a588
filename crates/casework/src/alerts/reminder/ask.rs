//! Asking to be reminded. As with every alert, nothing is told before somebody pressed the button of the mail.

use super::{HOUSE, about, kinds};
use crate::{
    Draw, Result, Setting,
    alerts::{
        enter,
        subscribe::{Asked, Knock, knock, send},
    },
    codes,
};
use rights::{Actor, NotFound};
use serde_json::json;
use store::{
    Tx,
    journal::Verb,
    reminder::{self, Reminder},
};

/// Of which home, and which kinds of collection; none are all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub uprn: String,
    pub kinds: Vec<String>,
}

/// Takes a wish and sends the one mail that asks whether the address is theirs.
pub fn ask(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    wanted: &Wanted,
    typed: &str,
    origin: &str,
) -> Result<Asked> {
    let there = kinds(tx, setting, &wanted.uprn, draw.now())?.ok_or(NotFound)?;
    if there.is_empty() || !wanted.kinds.iter().all(|kind| there.contains(kind)) {
        return Err(NotFound.into());
    }
    let person = match knock(tx, setting, draw, typed, origin)? {
        Knock::Let(person) => person,
        Knock::Ends(asked) => return Ok(asked),
    };
    let id = draw.id();
    // All of them also means what comes to be collected later.
    let all = there.iter().all(|kind| wanted.kinds.contains(kind));
    let row = Reminder {
        id,
        subscriber: person.id,
        token: codes::hash_token(&setting.keys.alert_token(id)),
        uprn: wanted.uprn.clone(),
        kinds: if all { String::new() } else { wanted.kinds.join(" ") },
        created_at: draw.now(),
        since: None,
        next_at: None,
        told_day: None,
        told: None,
    };
    reminder::insert(tx, &row)?;
    // Neither home nor kinds: both tell where somebody lives.
    let facts = json!({ "subscription": id, "about": "bins" });
    let entry = enter(&Actor::Anonymous, tx, draw, ("alert.asked", Verb::Collection), person.id, facts)?;
    let about = about(tx, setting, &row)?;
    send(tx, draw, &person, (id, None, &about), entry)?;
    Ok(Asked::Taken)
}

/// The one that a token confirms, where it waits for that or was confirmed.
pub(in crate::alerts) fn asked(tx: &mut Tx, token: &str) -> Result<Option<Reminder>> {
    Ok(reminder::by_token(tx, &codes::hash_token(token))?)
}

/// Confirmed: from now on it looks. Another one of the same home ends.
pub(in crate::alerts) fn begin(tx: &mut Tx, setting: &Setting, draw: &mut Draw, row: &Reminder) -> Result<()> {
    for other in reminder::of(&HOUSE, tx, row.subscriber)? {
        if other.id != row.id && other.uprn == row.uprn && other.since.is_some() {
            reminder::remove(&HOUSE, tx, other.id)?;
        }
    }
    let now = draw.now();
    reminder::confirm(&HOUSE, tx, row.id, (now, super::first(setting, now)))?;
    Ok(())
}
