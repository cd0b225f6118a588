//! Asking for alerts, and showing that the address is one's own: nothing is told before somebody pressed the button of the mail.

use super::{HOUSE, enter, reminder, said, spot};
use crate::{
    Draw, Refusal, Result, Setting, codes,
    contact::mailbox::{For, may_go},
};
use catalogue::{Finder, How};
use places::Point;
use rights::{Actor, NotFound};
use serde_json::json;
use store::{
    Tx,
    alert::{self, Mail},
    delivery::{self, Delivery},
    journal::Verb,
    publication, reminder as reminder_rows,
    subscriber::{self, Subscriber, Why},
    subscription::{self, Cadence, Hears, Kind, Subscription},
    throttle,
};
use uuid::Uuid;

/// Name of the mail that asks.
pub const CONFIRMING: &str = "alerts_confirm";
const HOUR: i64 = 60 * 60;

/// What somebody wants to hear of.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// A circle around a place, in the words that somebody typed.
    Near {
        place: String,
        metres: i64,
    },
    /// A boundary by its kind and code.
    Area {
        kind: String,
        code: String,
    },
    Agency(String),
    /// A public report, by its reference.
    Report(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub about: About,
    pub service: Option<String>,
    pub hears: Hears,
    pub cadence: Cadence,
}

/// What came of asking. It is the same whether the address is known or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Taken,
    /// From this origin.
    TooOften,
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
    let mut row = row(tx, setting, draw, wanted)?;
    let person = match knock(tx, setting, draw, typed, origin)? {
        Knock::Let(person) => person,
        Knock::Ends(asked) => return Ok(asked),
    };
    row.subscriber = person.id;
    subscription::insert(tx, &row, &spot::kept(&row))?;
    let facts = json!({
        "subscription": row.id,
        "about": row.kind.name(),
        "service": row.service,
        "hears": row.hears.name(),
        "cadence": row.cadence.name(),
    });
    let entry = enter(&Actor::Anonymous, tx, draw, ("alert.asked", Verb::Collection), person.id, facts)?;
    let about = said::about(setting, &row);
    send(tx, draw, &person, (row.id, Some(row.id), &about), entry)?;
    Ok(Asked::Taken)
}

/// Who asks, where anything may be asked for.
pub(super) enum Knock {
    Let(Subscriber),
    /// The answer is there already.
    Ends(Asked),
}

/// Counts who asks and for which address, and finds the person.
pub(super) fn knock(tx: &mut Tx, setting: &Setting, draw: &mut Draw, typed: &str, origin: &str) -> Result<Knock> {
    let address = typed.trim();
    if !catalogue::is_email(address) {
        return Err(Refusal::NoSuchAddress.into());
    }
    let (rules, now) = (setting.alerts, draw.now());
    let origin = setting.keys.origin(origin);
    if throttle::knock(tx, "alerts", &origin, now, HOUR)? > rules.asked_by_origin {
        return Ok(Knock::Ends(Asked::TooOften));
    }
    let mark = setting.keys.mailbox(address);
    // Said in the same words: how often others asked for an address is nobody's business.
    if throttle::knock(tx, "alerts for", &mark, now, 24 * HOUR)? > rules.asked_for_address {
        return Ok(Knock::Ends(Asked::Taken));
    }
    let person = person(tx, setting, draw, (address, mark))?;
    let there = subscription::of(&HOUSE, tx, person.id)?.len() + reminder_rows::of(&HOUSE, tx, person.id)?.len();
    if there >= rules.most_subscriptions || !may_go(Some(&person), &person.address, For::Confirming) {
        return Ok(Knock::Ends(Asked::Taken));
    }
    Ok(Knock::Let(person))
}

/// Who has this address; somebody new, where nobody has.
fn person(tx: &mut Tx, setting: &Setting, draw: &mut Draw, (address, mark): (&str, Vec<u8>)) -> Result<Subscriber> {
    let id = draw.id();
    let new = Subscriber {
        id,
        mark: mark.clone(),
        address: address.to_owned(),
        token: codes::hash_token(&setting.keys.alert_token(id)),
        created_at: draw.now(),
        confirmed_at: None,
        stopped_at: None,
        stopped_why: None,
    };
    subscriber::insert(tx, &new)?;
    Ok(subscriber::by_mark(&HOUSE, tx, &mark)?.ok_or(NotFound)?)
}

/// The wish as a row, where all it names is there and public.
fn row(tx: &mut Tx, setting: &Setting, draw: &mut Draw, wanted: &Wanted) -> Result<Subscription> {
    let service = match &wanted.service {
        Some(id) => {
            let known = setting.catalogue.service(id).filter(|service| service.public).ok_or(NotFound)?;
            Some(known.id.clone())
        }
        None => None,
    };
    let id = draw.id();
    let mut row = Subscription {
        id,
        subscriber: Uuid::nil(),
        token: codes::hash_token(&setting.keys.alert_token(id)),
        kind: Kind::Near,
        lat: None,
        lon: None,
        metres: None,
        code: String::new(),
        report: None,
        words: String::new(),
        service,
        hears: wanted.hears,
        cadence: wanted.cadence,
        created_at: draw.now(),
        since: None,
    };
    match &wanted.about {
        About::Near { place, metres } => {
            let geography = setting.geography();
            let found = geography.find(place.trim()).into_iter().next().ok_or(NotFound)?;
            let point = Point::new(found.lat, found.lon).ok_or(NotFound)?;
            (row.lat, row.lon) = (Some(point.lat), Some(point.lon));
            row.metres = Some(setting.alerts.circle(*metres));
            // The words are the map's and not those that were typed: they go out by mail to an address that nobody has shown
            // to be theirs.
            row.words = match found.how {
                How::Postcode | How::Named => found.full_label(),
                How::Figures | How::Pin | How::Device | How::Words => {
                    geography.words(point).unwrap_or_else(|| found.full_label())
                }
            };
        }
        About::Area { kind, code } => {
            let geography = setting.geography();
            row.kind = Kind::Area;
            row.words = geography.area(kind, code).ok_or(NotFound)?.name.clone();
            row.code = spot::of_area(kind, code);
        }
        About::Agency(agency) => {
            row.kind = Kind::Agency;
            row.code = setting.catalogue.agency(agency).ok_or(NotFound)?.id.clone();
            row.words = setting.agency_name(agency);
        }
        About::Report(reference) => {
            let public = publication::public(tx, reference)?.ok_or(NotFound)?;
            row.kind = Kind::Report;
            row.report = Some(public.report);
            row.words = format!("{}, {}", setting.service_name(&public.service), public.place);
            // Its own wish says all: every change, of whatever kind of report it is.
            (row.service, row.hears) = (None, Hears::All);
        }
    }
    Ok(row)
}

/// The mail that asks to confirm `id`, which is a subscription where that is named beside it.
pub(super) fn send(
    tx: &mut Tx,
    draw: &mut Draw,
    person: &Subscriber,
    (id, subscription, about): (Uuid, Option<Uuid>, &str),
    entry: Uuid,
) -> Result<()> {
    let delivery = Delivery::email(
        draw.id(),
        entry,
        (person.address.clone(), CONFIRMING),
        json!({ "subscriber": person.id, "subscription": id, "about": about }),
        draw.now(),
    );
    delivery::insert(tx, &delivery)?;
    let mail = Mail { delivery: delivery.id, subscriber: person.id, subscription, made_at: draw.now() };
    Ok(alert::mail(tx, &mail)?)
}

/// What the link in the mail asks to confirm: what it is about, and how often it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub about: String,
    pub often: &'static str,
}

/// Nothing where the link no longer works.
pub fn asked(tx: &mut Tx, setting: &Setting, token: &str) -> Result<Option<Waiting>> {
    if let Some(row) = subscription::by_token(tx, &codes::hash_token(token))? {
        return Ok(Some(Waiting { about: said::about(setting, &row), often: said::cadence(row.cadence) }));
    }
    let Some(row) = reminder::asked(tx, token)? else { return Ok(None) };
    Ok(Some(Waiting { about: reminder::about(tx, setting, &row)?, often: said::EVENING }))
}

/// The button of the mail was pressed: from now on it is told. Gives the token of the page of alerts. A second press changes
/// nothing.
pub fn confirm(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str) -> Result<String> {
    let one = subscription::by_token(tx, &codes::hash_token(token))?;
    let bins = if one.is_none() { reminder::asked(tx, token)? } else { None };
    let of_one = one.as_ref().map(|row| (row.id, row.subscriber, row.since));
    let of_bins = bins.as_ref().map(|row| (row.id, row.subscriber, row.since));
    let (id, owner, since) = of_one.or(of_bins).ok_or(NotFound)?;
    let person = subscriber::by_id(&HOUSE, tx, owner)?.ok_or(NotFound)?;
    let page = setting.keys.alert_token(person.id);
    if since.is_some() {
        return Ok(page);
    }
    begin(tx, draw, &person)?;
    if let Some(row) = &one {
        for other in subscription::of(&HOUSE, tx, person.id)? {
            if other.id != row.id && other.since.is_some() && same(&other, row) {
                subscription::remove(&HOUSE, tx, other.id)?;
            }
        }
        subscription::confirm(&HOUSE, tx, row.id, draw.now())?;
    }
    if let Some(row) = &bins {
        reminder::begin(tx, setting, draw, row)?;
    }
    let facts = json!({ "subscription": id });
    enter(&Actor::Anonymous, tx, draw, ("alert.confirmed", Verb::Alteration), person.id, facts)?;
    Ok(page)
}

/// The address is theirs. Who said stop to all asked for one alone: the others are paused.
fn begin(tx: &mut Tx, draw: &mut Draw, person: &Subscriber) -> Result<()> {
    if person.stopped_why == Some(Why::Asked) {
        for other in subscription::of(&HOUSE, tx, person.id)?.iter().filter(|other| other.since.is_some()) {
            subscription::set(&HOUSE, tx, other.id, (Cadence::Off, other.hears), draw.now())?;
        }
        reminder::wake_all(tx, person.id, None)?;
    }
    if person.stopped_at.is_some() {
        subscription::begin_anew(&HOUSE, tx, person.id, draw.now())?;
    }
    Ok(subscriber::confirm(&HOUSE, tx, person.id, draw.now())?)
}

/// About the same, however often it is told.
fn same(one: &Subscription, other: &Subscription) -> bool {
    let about = |row: &Subscription| (row.kind, row.metres, row.code.clone(), row.report, row.service.clone());
    about(one) == about(other) && (one.lat, one.lon) == (other.lat, other.lon)
}
