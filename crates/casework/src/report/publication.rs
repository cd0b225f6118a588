//! What everybody may read of a report (C-39 to C-55): made from its publishable answers when it is received, shown once
//! somebody has looked at it, in step with how the agencies' work stands.

mod read;

pub(crate) use read::photos_of;
pub use read::{
    Alike, Event, Listed, Page, Part, Seen, Shown, Sort, alike, around, latest, list, look_alike, one, photo, place_of,
    seen,
};

use super::{
    acts::{Held, On, held},
    booking, mark, missed, ordered,
    tell::{self, Message},
    ward,
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::{Answers, Service};
use places::{
    Point,
    cell::{self, Resolution},
};
use rights::{Actor, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    alert::{self, News, What},
    confirmation, duplicate,
    journal::{Audience, Verb},
    publication::{self, Publication, Shown as State, Stand},
    report::{Head, Spot},
    sub_case,
};
use uuid::Uuid;

/// A degree of latitude in so many parts is about ten metres: near enough to find, too far to tell one door from the next.
const PARTS: f64 = 10_000.0;
/// "Me too" of one origin …
const KNOCKS: i64 = 30;
/// … in this time.
const KNOCK_SECONDS: i64 = 60 * 60;

/// What will be shown, worked out before the write.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    body: Json,
    photos: Json,
    doubtful: bool,
    place: String,
    lat: Option<f64>,
    lon: Option<f64>,
    cell: Option<i64>,
    ward: String,
}

/// None where the service is not public, or where these answers made the report sensitive.
pub(crate) fn made(
    setting: &Setting,
    service: &Service,
    answers: &Answers,
    spot: &Spot,
    (sensitive, leads): (bool, &str),
) -> Option<Made> {
    let shown = catalogue::published(service, answers).filter(|_| !sensitive)?;
    let (coarse, cell) = coarse(setting, spot);
    Some(Made {
        doubtful: catalogue::is_doubtful(&shown) || catalogue::is_listed(&shown, setting.held_words(leads)),
        body: shown.to_json(),
        photos: json!(catalogue::published_photos(service, answers)),
        ward: ward::code(setting, coarse.lat.zip(coarse.lon)),
        place: coarse.place,
        lat: coarse.lat,
        lon: coarse.lon,
        cell,
    })
}

/// Where everybody reads that it is: the rounded point with its street cell, and the house's own words for it.
pub(super) fn coarse(setting: &Setting, spot: &Spot) -> (Spot, Option<i64>) {
    let round = |degrees: f64| (degrees * PARTS).round() / PARTS;
    let point = spot.lat.zip(spot.lon).and_then(|(lat, lon)| Point::new(round(lat), round(lon)));
    let words = point.and_then(|point| setting.geography().words(point));
    let coarse = Spot {
        // The words somebody typed may hold more than a place.
        place: words.unwrap_or_else(|| spot.area.clone()),
        area: spot.area.clone(),
        lat: point.map(|point| point.lat),
        lon: point.map(|point| point.lon),
    };
    (coarse, point.map(|point| cell::cell(point, Resolution::STREET)))
}

/// Keeps it with the report that was just received. It waits.
///
/// `said_by` is the agency under whose name it stands; empty: nobody's.
pub(crate) fn keep(tx: &mut Tx, head: &Head, agency: &str, (made, banned): (&Made, bool), said_by: &str) -> Result<()> {
    let made = made.clone();
    let row = Publication {
        report: head.id,
        reference: head.reference.clone(),
        service: head.service.clone(),
        definition: head.definition.clone(),
        agency: agency.to_owned(),
        place: made.place,
        area: head.area.clone(),
        lat: made.lat,
        lon: made.lon,
        cell: made.cell,
        body: made.body,
        photos: made.photos,
        shown: State::Waits,
        doubtful: made.doubtful || banned,
        stand: Stand::Open,
        received_at: head.first_received_at,
        changed_at: head.first_received_at,
        closed_at: None,
        me_too: 0,
        said_by: said_by.to_owned(),
    };
    Ok(publication::insert(tx, &row, &made.ward)?)
}

/// A person of the agency that leads says that they have read the report: it is shown, unless its words want a decision of their
/// own. The entry of it says so. No other act shows anything: who moves a report on or ends it has not said that they read it.
pub(super) fn looked_at(actor: &Actor, tx: &mut Tx, held: &Held, facts: &mut Json) -> Result<()> {
    // What a program says is no look of a person.
    if actor.staff().is_none() {
        return Ok(());
    }
    let row = publication::of_report(actor, tx, held.head.id)?.filter(|row| row.agency == held.case.agency);
    if let Some(row) = &row {
        confirmation::looked(actor, tx, row.report)?;
    }
    if let Some(row) = row.filter(|row| row.shown == State::Waits && !row.doubtful) {
        publication::set_shown(actor, tx, row.report, State::Waits, State::Public)?;
        // The act has set this instant before it comes here.
        note(tx, row.report, held.case.changed_at, What::New)?;
        facts["published"] = json!(true);
    }
    Ok(())
}

/// Whether the agency is the one that shows the report to everybody, or would once it is read.
pub(super) fn leads(tx: &mut Tx, report: Uuid, agency: &str) -> Result<bool> {
    let row = publication::of_report(&Actor::House("publication"), tx, report)?;
    Ok(row.is_some_and(|row| row.agency == agency))
}

/// Staff show it to everybody, or hide it at once from all (C-53). Why is kept, and the reporter is told that it happened.
pub fn moderate(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    show: bool,
    typed: &str,
) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let words = words::read(typed)?;
    let row = publication::of_report(actor, tx, held.head.id)?.filter(|row| row.agency == held.case.agency);
    let row = row.ok_or(rights::NotFound)?;
    let to = if show { State::Public } else { State::Hidden };
    // What its reporter asked to take out is hidden already: that it stays so is decided by who says it.
    let stays = !show && mark::has(&held.case, mark::ASKS_FOR_REMOVAL);
    // A report that its reporter showed waits for a person with its pictures alone.
    if row.shown == to && !stays && !(show && confirmation::waits(actor, tx, row.report)?) {
        return Err(Refusal::AlreadyDone.into());
    }
    // Its service was changed to one that is not public, or it was taken by an agency that shows nothing to everybody.
    if show && setting.publication(&row.agency).is_none() {
        return Err(Refusal::NeverPublic.into());
    }
    if show && !setting.definition(&row.definition).is_some_and(|service| service.public) {
        return Err(Refusal::NeverPublic.into());
    }
    publication::set_shown(actor, tx, row.report, row.shown, to)?;
    if show {
        confirmation::looked(actor, tx, row.report)?;
        note(tx, row.report, draw.now(), if row.shown == to { What::Changed } else { What::New })?;
    }
    mark::decided(tx, &held.case, &[mark::ASKS_FOR_REMOVAL, mark::SENDER_LISTED])?;
    let kind = if show { "publication.shown" } else { "publication.hidden" };
    let told = (kind, Verb::Disclosure, Audience::Resident);
    let entry = held.enter(actor, tx, draw, told, json!({ "by": "decision" }), None)?;
    if !show {
        tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)?;
    }
    held.enter(
        actor,
        tx,
        draw,
        ("publication.reason", Verb::Alteration, Audience::Agency),
        json!({ "shown": show }),
        Some(&words),
    )?;
    Ok(())
}

/// Another agency took the report of the one that showed it: what everybody reads is now the taker's, to hide and to change. Where
/// the taker shows nothing to everybody it is kept private. Whether it went along.
pub(super) fn handed_over(
    tx: &mut Tx,
    setting: &Setting,
    (report, at): (Uuid, Time),
    (from, to): (&str, &str),
) -> Result<bool> {
    let house = Actor::House("publication");
    let Some(row) = publication::of_report(&house, tx, report)?.filter(|row| row.agency == from) else {
        return Ok(false);
    };
    let shows = setting.publication(to).is_some();
    publication::hand_over(&house, tx, report, (to, shows))?;
    if row.shown == State::Public && shows {
        note(tx, report, at, What::Changed)?;
    }
    Ok(true)
}

/// Brings it in step with how the work stands. Called whenever a part of the report may have ended or begun again.
pub(crate) fn follow(tx: &mut Tx, setting: &Setting, report: Uuid, at: Time) -> Result<()> {
    let cases = sub_case::of_report(tx, report)?;
    missed::follow(tx, report, &cases)?;
    ordered::follow(tx, report, &cases)?;
    booking::follow(tx, report, &cases, at)?;
    // What is worked again is a report of its own.
    if !cases.iter().all(|case| case.core.ended()) {
        duplicate::end(tx, report)?;
    }
    let Some(row) = publication::of_report(&Actor::House("publication"), tx, report)? else { return Ok(()) };
    let fixed = |case: &sub_case::SubCase| {
        let outcome = case.outcome.as_ref().and_then(|id| setting.outcome(&case.agency, id));
        outcome.is_some_and(|outcome| outcome.fixed)
    };
    let stand = match cases.iter().all(|case| case.core.ended()) {
        false => Stand::Open,
        true if cases.iter().any(fixed) => Stand::Fixed,
        true => Stand::Closed,
    };
    if row.stand != stand || stand == Stand::Open {
        publication::set_stand(tx, report, stand, at)?;
        note(tx, report, at, if stand == Stand::Fixed { What::Fixed } else { What::Changed })?;
    }
    Ok(())
}

/// Those who asked to hear of it will (C-57). What becomes known in the act that shows a report is that it is new.
pub(super) fn note(tx: &mut Tx, report: Uuid, at: Time, kind: What) -> Result<()> {
    Ok(alert::note(tx, &News { report, at, kind })?)
}

/// What came of "me too".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Now,
    Before,
    TooOften,
}

/// Somebody has the same problem (C-47). Each browser counts once, and one origin may not press without end.
pub fn me_too(tx: &mut Tx, setting: &Setting, draw: &Draw, reference: &str, who: (&str, &str)) -> Result<Counted> {
    let row = publication::public(tx, reference)?.ok_or(rights::NotFound)?;
    let (token, origin) = who;
    let knocks = store::throttle::knock(tx, "me_too", &setting.keys.origin(origin), draw.now(), KNOCK_SECONDS)?;
    if knocks > KNOCKS {
        return Ok(Counted::TooOften);
    }
    let mark = setting.keys.code("me_too", row.report, token);
    let is_new = publication::me_too(tx, row.report, &mark, draw.now())?;
    Ok(if is_new { Counted::Now } else { Counted::Before })
}
