//! Showing a report to everybody once its reporter has shown that the address is theirs (C-9). It is filed, numbered and with the
//! agency long before. Opening the link changes nothing: mail scanners open links.

use super::{
    entry::{Happened, write},
    publication,
};
use crate::{Draw, Result, Setting, codes};
use rights::{Actor, NotFound};
use serde_json::json;
use store::{
    Time, Tx,
    alert::What,
    confirmation::{self, Confirmation},
    journal::{Audience, Verb},
    publication::{self as row, Shown},
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("confirmation");
const DAY_HOURS: i64 = 24;

/// What a link would show.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub title: String,
    pub place: String,
    pub agency_name: String,
    pub stands: Stands,
}

/// How it stands before everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// The button was not pressed yet.
    Open,
    /// Everybody can read it, under this reference.
    Public(String),
    /// A person looks first, or has hidden it.
    NotPublic,
}

/// Begins with the report. Gives the id of the link that the receipt carries; who is signed in needs none, and where the agency
/// names no days, or no address was given, staff show it.
pub(super) fn begin(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (report, agency): (Uuid, &str),
    (signed_in, mailed): (bool, bool),
) -> Result<Option<Uuid>> {
    let Some(rules) = setting.publication(agency) else { return Ok(None) };
    if signed_in {
        show(tx, draw.now(), report)?;
        return Ok(None);
    }
    if !mailed {
        return Ok(None);
    }
    let id = draw.id();
    let until = draw.now().plus_hours(i64::from(rules.confirm_days) * DAY_HOURS);
    let token = codes::hash_token(&setting.keys.link_token(id));
    confirmation::insert(tx, &Confirmation { report, token, until, confirmed_at: None })?;
    Ok(Some(id))
}

fn show(tx: &mut Tx, now: Time, report: Uuid) -> Result<bool> {
    let shown = confirmation::show(tx, report)?;
    if shown {
        publication::note(tx, report, now, What::New)?;
    }
    Ok(shown)
}

/// What the page behind the link says; nothing where the link does not work any more.
pub fn asked(tx: &mut Tx, setting: &Setting, token: &str, now: Time) -> Result<Option<Asked>> {
    let Some(known) = confirmation::by_token(tx, &codes::hash_token(token), now)? else { return Ok(None) };
    let Some(row) = row::of_report(&HOUSE, tx, known.report)? else { return Ok(None) };
    let service = setting.definition(&row.definition);
    Ok(Some(Asked {
        title: service.map_or_else(|| setting.service_name(&row.service), |service| service.title().to_owned()),
        place: row.place,
        agency_name: setting.agency_name(&row.agency),
        stands: match (known.confirmed_at, row.shown) {
            (_, Shown::Public) => Stands::Public(row.reference),
            (None, Shown::Waits) => Stands::Open,
            _ => Stands::NotPublic,
        },
    }))
}

/// The button was pressed. A second press finds what the first one did.
pub fn confirm(tx: &mut Tx, draw: &mut Draw, token: &str) -> Result<()> {
    let token = codes::hash_token(token);
    let known = confirmation::by_token(tx, &token, draw.now())?.ok_or(NotFound)?;
    if !confirmation::confirm(tx, &token, draw.now())? {
        return Ok(());
    }
    let shown = show(tx, draw.now(), known.report)?;
    let happened = Happened {
        report: known.report,
        agency: None,
        verb: Verb::Disclosure,
        kind: "address.confirmed",
        audience: Audience::Resident,
        facts: json!({ "published": shown }),
        words: None,
    };
    write(&HOUSE, tx, draw, happened)?;
    Ok(())
}
