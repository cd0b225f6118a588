//! Asking for alerts, and showing that the address is one's own: nothing is told before somebody pressed the button of the mail.

use super::{HOUSE, enter, said, spot};
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
    delivery::{self, Channel, Delivery, State},
    journal::Verb,
    publication,
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
    let address = typed.trim();
    if !catalogue::is_email(address) {
        return Err(Refusal::NoSuchAddress.into());
    }
    let (rules, now) = (setting.alerts, draw.now());
    let mut row = row(tx, setting, draw, wanted)?;
    let origin = setting.keys.origin(origin);
    if throttle::knock(tx, "alerts", &origin, now, HOUR)? > rules.asked_by_origin {
        return Ok(Asked::TooOften);
    }
    let mark = setting.keys.mailbox(address);
    // Said in the same words: how often others asked for an address is nobody's business.
    if throttle::knock(tx, "alerts for", &mark, now, 24 * HOUR)? > rules.asked_for_address {
        return Ok(Asked::Taken);
    }
    let person = person(tx, setting, draw, (address, mark))?;
    let there = subscription::of(&HOUSE, tx, person.id)?;
    if there.len() >= rules.most_subscriptions || !may_go(Some(&person), &person.address, For::Confirming) {
        return Ok(Asked::Taken);
    }
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
    send(tx, draw, &person, (&row, &about), entry)?;
    Ok(Asked::Taken)
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

fn send(
    tx: &mut Tx,
    draw: &mut Draw,
    person: &Subscriber,
    (row, about): (&Subscription, &str),
    entry: Uuid,
) -> Result<()> {
    let delivery = Delivery {
        id: draw.id(),
        entry,
        report: None,
        agency: None,
        channel: Channel::Email,
        address: person.address.clone(),
        template: CONFIRMING.to_owned(),
        facts: json!({ "subscriber": person.id, "subscription": row.id, "about": about }),
        state: State::Waiting,
        tries: 0,
        next_at: draw.now(),
        claim: None,
        created_at: draw.now(),
        sent_at: None,
        problem: None,
    };
    delivery::insert(tx, &delivery)?;
    let mail = Mail { delivery: delivery.id, subscriber: person.id, subscription: Some(row.id), made_at: draw.now() };
    Ok(alert::mail(tx, &mail)?)
}

/// What the link in the mail asks to confirm; nothing where it no longer works.
pub fn asked(tx: &mut Tx, token: &str) -> Result<Option<Subscription>> {
    Ok(subscription::by_token(tx, &codes::hash_token(token))?)
}

/// The button of the mail was pressed: from now on it is told. Gives the token of the page of alerts. A second press changes
/// nothing.
pub fn confirm(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str) -> Result<String> {
    let row = asked(tx, token)?.ok_or(NotFound)?;
    let person = subscriber::by_id(&HOUSE, tx, row.subscriber)?.ok_or(NotFound)?;
    let page = setting.keys.alert_token(person.id);
    if row.since.is_some() {
        return Ok(page);
    }
    let others: Vec<Subscription> =
        subscription::of(&HOUSE, tx, person.id)?.into_iter().filter(|other| other.id != row.id).collect();
    for other in others.iter().filter(|other| other.since.is_some()) {
        if same(other, &row) {
            subscription::remove(&HOUSE, tx, other.id)?;
        } else if person.stopped_why == Some(Why::Asked) {
            // Who said stop to all asked for this one alone.
            subscription::set(&HOUSE, tx, other.id, (Cadence::Off, other.hears), draw.now())?;
        }
    }
    if person.stopped_at.is_some() {
        subscription::begin_anew(&HOUSE, tx, person.id, draw.now())?;
    }
    subscriber::confirm(&HOUSE, tx, person.id, draw.now())?;
    subscription::confirm(&HOUSE, tx, row.id, draw.now())?;
    let facts = json!({ "subscription": row.id });
    enter(&Actor::Anonymous, tx, draw, ("alert.confirmed", Verb::Alteration), person.id, facts)?;
    Ok(page)
}

/// About the same, however often it is told.
fn same(one: &Subscription, other: &Subscription) -> bool {
    let about = |row: &Subscription| (row.kind, row.metres, row.code.clone(), row.report, row.service.clone());
    about(one) == about(other) && (one.lat, one.lon) == (other.lat, other.lon)
}
