//! A resident's account (decision 33): signing in by a link to one's own address, what the account keeps, and the list of
//! one's reports. It opens nothing of a report that the same mailbox could not open.

mod own;

use crate::{Draw, Error, Keys, Result, Setting, access, codes, entry::without_report as enter};
use catalogue::Format;
use rights::{Actor, NotFound};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    account::{self, SignIn},
    delivery::{self, Delivery},
    journal::Verb,
    report, sub_case, throttle,
};
use uuid::Uuid;

pub use own::{Heard, copied, copy, hear_no_more, heard};
pub use store::account::Account;

/// The template of the mail, as the courier knows it.
pub const SIGN_IN: &str = "sign_in";
/// A link to sign in by lives so long.
const LINK_SECONDS: i64 = 60 * 60;
/// A browser stays signed in so long; the page says so.
pub const SIGNED_IN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// An account that nobody signs in to ends after so long (two years; the class `resident` in `schema.toml`).
const UNUSED_HOURS: i64 = 2 * 365 * 24;
/// Mail that brought a link is forgotten after so long.
const MAILED_HOURS: i64 = 24;
/// Links one origin may ask for, and one address may get …
const LINKS: i64 = 10;
const LINKS_TO_ONE: i64 = 5;
/// … in this time.
const WINDOW_SECONDS: i64 = 60 * 60;
/// Letters of a name.
const LONGEST_NAME: usize = 100;

const HOUSE: Actor = Actor::House("account");

/// What is wrong with what somebody said of themselves. The words are the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Email,
    Name,
    Phone,
}

/// The address as it is kept, if it has the form of one.
pub fn read_email(typed: &str) -> std::result::Result<String, Unfit> {
    catalogue::kind::line(Format::Email, typed).ok().flatten().ok_or(Unfit::Email)
}

/// Sends a link to the address, unless it was asked for too often. Says nothing of whether there is an account.
pub fn ask(tx: &mut Tx, setting: &Setting, draw: &mut Draw, email: &str, origin: &str) -> Result<()> {
    let now = draw.now();
    let mark = setting.keys.reporter(email);
    let from = throttle::knock(tx, "sign_in", &setting.keys.origin(origin), now, WINDOW_SECONDS)?;
    let to = throttle::knock(tx, "sign_in_to", &mark[..16], now, WINDOW_SECONDS)?;
    if from > LINKS || to > LINKS_TO_ONE {
        return Ok(());
    }
    let link = draw.id();
    let token = codes::hash_token(&setting.keys.link_token(link));
    let expires_at = now.plus_seconds(LINK_SECONDS);
    account::keep_sign_in(
        &HOUSE,
        tx,
        &SignIn { id: link, token, email: email.to_owned(), created_at: now, expires_at },
    )?;
    let entry = enter(&HOUSE, tx, draw, (Verb::Collection, "account.link_asked"), json!({}))?;
    let row = Delivery::email(draw.id(), entry, (email.to_owned(), SIGN_IN), json!({ "link": link }), now);
    Ok(delivery::insert(tx, &row)?)
}

/// May the mail with this link still go to this address? The courier asks as it sends: a link that was used, or ran out, or
/// whose person was forgotten, goes nowhere.
pub fn may_send(actor: &Actor, tx: &mut Tx, delivery: &Delivery, now: Time) -> store::Result<bool> {
    let link = delivery.facts.get("link").and_then(Json::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let Some(link) = link.filter(|_| delivery.template == SIGN_IN) else { return Ok(false) };
    Ok(account::awaited(actor, tx, link, now)?.is_some_and(|email| email == delivery.address))
}

/// The post of the link's button: the token for the browser's cookie; none where the link is used or too old.
pub fn enter_by_link(tx: &mut Tx, keys: &Keys, draw: &mut Draw, token: &str) -> Result<Option<String>> {
    let now = draw.now();
    let Some(link) = account::take_sign_in(&HOUSE, tx, &codes::hash_token(token), now)? else { return Ok(None) };
    let mark = keys.reporter(&link.email);
    let fresh = Account {
        id: draw.id(),
        email: link.email,
        mark,
        name: None,
        phone: None,
        one_page: false,
        created_at: now,
        seen_at: now,
    };
    let (id, is_new) = account::open(&HOUSE, tx, &fresh)?;
    let kind = if is_new { "account.made" } else { "account.signed_in" };
    enter(&Actor::Account(id), tx, draw, (Verb::Collection, kind), json!({ "account": id }))?;
    let token = codes::show_token(&draw.bytes());
    let until = now.plus_seconds(SIGNED_IN_SECONDS);
    account::keep_signed_in(&HOUSE, tx, &codes::hash_token(&token), id, now, until)?;
    Ok(Some(token))
}

/// Who a browser's cookie is.
pub fn signed_in(tx: &mut Tx, token: &str, now: Time) -> Result<Option<Account>> {
    Ok(account::signed_in(&HOUSE, tx, &codes::hash_token(token), now)?)
}

/// What the person may be called, and by what number: trimmed, or nothing.
pub fn read_details(name: &str, phone: &str) -> std::result::Result<(Option<String>, Option<String>), Unfit> {
    let name = catalogue::kind::line(Format::Plain, name).map_err(|_| Unfit::Name)?;
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Unfit::Name);
    }
    let phone = catalogue::kind::line(Format::Phone, phone).map_err(|_| Unfit::Phone)?;
    Ok((name, phone))
}

pub fn change(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    details: (Option<&str>, Option<&str>),
    one_page: bool,
) -> Result<()> {
    let id = mine(actor)?;
    account::change(actor, tx, id, details.0, details.1, one_page)?;
    enter(actor, tx, draw, (Verb::Alteration, "account.changed"), json!({ "account": id }))?;
    Ok(())
}

/// One of the person's reports, in their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub reference: String,
    pub title: String,
    pub received_at: Time,
    /// Agency and stage.
    pub parts: Vec<(String, String)>,
    pub has_ended: bool,
    /// It ended with what was reported put right.
    pub is_fixed: bool,
}

/// The reports that give the person's address, newest first, at most so many; none whose title would tell more than it may.
pub fn reports(actor: &Actor, tx: &mut Tx, setting: &Setting, most: i64) -> Result<Vec<Mine>> {
    let rows = account::reports(actor, tx, mine(actor)?, most)?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(service) = setting.service_named(&row.service, &row.definition) else {
            continue;
        };
        let cases = sub_case::of_report(tx, row.report)?;
        let fixed = |case: &sub_case::SubCase| {
            let outcome = case.outcome.as_deref().and_then(|id| setting.outcome(&case.agency, id));
            outcome.is_some_and(|outcome| outcome.fixed)
        };
        let part = |case: &sub_case::SubCase| {
            let stage = setting.stands(case).unwrap_or_else(|| case.stage.clone());
            (setting.agency_name(&case.agency), stage)
        };
        shown.push(Mine {
            reference: row.reference,
            title: service.title().to_owned(),
            received_at: row.received_at,
            parts: cases.iter().map(part).collect(),
            has_ended: cases.iter().all(|case| case.core.ended()),
            is_fixed: cases.iter().all(|case| case.core.ended()) && cases.iter().any(fixed),
        });
    }
    Ok(shown)
}

/// Opens a report of the list, as the link in its mail would.
pub fn open_report(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    reference: &str,
) -> Result<access::Entry> {
    let row = account::report(actor, tx, mine(actor)?, reference)?.ok_or(NotFound)?;
    // As in the list: none whose title would tell more than it may.
    setting.service_named(&row.service, &row.definition).ok_or(NotFound)?;
    let head = report::by_id(tx, row.report)?;
    access::enter(tx, draw, &head)
}

/// Ends this browser's, or all of them: a telephone that was lost.
pub fn sign_out(actor: &Actor, tx: &mut Tx, token: Option<&str>) -> Result<()> {
    let token = token.map(codes::hash_token);
    account::sign_out(actor, tx, mine(actor)?, token.as_deref())?;
    Ok(())
}

/// The account is gone, with all it kept. Reports stay with the agencies.
pub fn forget(actor: &Actor, tx: &mut Tx, draw: &mut Draw) -> Result<()> {
    let id = mine(actor)?;
    account::forget(actor, tx, id)?;
    enter(actor, tx, draw, (Verb::Erasure, "account.forgotten"), json!({ "account": id }))?;
    Ok(())
}

/// Removes what has run out.
pub fn sweep(tx: &mut Tx, now: Time) -> store::Result<u64> {
    account::sweep(&HOUSE, tx, now, now.plus_hours(-MAILED_HOURS), now.plus_hours(-UNUSED_HOURS))
}

fn mine(actor: &Actor) -> Result<Uuid> {
    rights::hold(actor, rights::Right::KeepAccount)?;
    match actor {
        Actor::Account(id) => Ok(*id),
        _ => Err(Error::NotFound(NotFound)),
    }
}
