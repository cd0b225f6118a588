//! Where a report is, put right by staff (C-65). The answer stays as it was given, and where the pin was before stands in the entry.

use super::{
    acts::{Held, On, held, open, relation},
    office,
    publication::{self, note},
    tell::{self, Message, Told},
    ward,
};
use crate::{Draw, Refusal, Result, Setting, geography::Cells, words};
use catalogue::{Place, Question, Service, Territory};
use rights::{Actor, Group, Groups, NotFound, Right};
use serde_json::json;
use std::sync::Arc;
use store::{
    Look, Time, Tx,
    alert::What,
    journal::{self, Audience, Entry, Verb},
    neighbourhood,
    publication::Shown,
    report::{self, Head, Spot},
    spot, sub_case,
    sub_case::SubCase,
};

const KIND: &str = "place.moved";

/// What the page of a move asks with, and where the pin is.
#[derive(Clone, Debug)]
pub struct Asking {
    pub version: i64,
    pub service: Arc<Service>,
    /// The service's own question for the place.
    pub question: Question,
    pub spot: Spot,
    pub moved: Vec<Moved>,
}

/// Where it was until staff moved the pin.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub until: Time,
    pub place: String,
}

pub(super) fn moved(entries: &[Entry]) -> Vec<Moved> {
    let of = |entry: &Entry| {
        let place = entry.content.as_ref()?["from"]["place"].as_str()?.to_owned();
        Some(Moved { until: entry.at, place })
    };
    entries.iter().filter(|entry| entry.kind == KIND).filter_map(of).collect()
}

fn sees_place(case: &SubCase) -> bool {
    serde_json::from_value::<Groups>(case.shared.clone()).unwrap_or_default().contains(&Group::Place)
}

/// The service asks for a place, and the place is not a home that collections or orders are tied to: that is another home, and
/// another report.
fn question(setting: &Setting, head: &Head) -> Option<(Arc<Service>, Question)> {
    let service = setting.definition(&head.definition)?;
    let of_home = service.collections.is_some() || service.order.is_some();
    let question = service.deciding_place().filter(|_| !of_home)?.clone();
    Some((service, question))
}

/// Its pin can be moved: the service asks for one, and the agency sees where it is.
pub(super) fn may_move(setting: &Setting, head: &Head, case: &SubCase) -> bool {
    !case.core.ended() && sees_place(case) && question(setting, head).is_some()
}

fn movable(actor: &Actor, tx: &mut Tx, setting: &Setting, reference: &str) -> Result<(Head, SubCase)> {
    rights::hold(actor, Right::EditReport)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(tx, reference)?.ok_or(NotFound)?;
    let (relation, case) = relation(actor, tx, agency, &head)?;
    rights::allow(actor, Right::EditReport, relation)?;
    let case = case.filter(|case| may_move(setting, &head, case)).ok_or(NotFound)?;
    Ok((head, case))
}

/// The question alone, to read an answer by.
pub fn asked(actor: &Actor, tx: &mut Tx, setting: &Setting, reference: &str) -> Result<Question> {
    let (head, _) = movable(actor, tx, setting, reference)?;
    Ok(question(setting, &head).ok_or(NotFound)?.1)
}

pub fn asking(actor: &Actor, look: &mut Look, setting: &Setting, reference: &str) -> Result<Asking> {
    let (head, case) = movable(actor, look.tx, setting, reference)?;
    let (service, question) = question(setting, &head).ok_or(NotFound)?;
    let spot = report::spot(actor, look, head.id)?;
    let moved = moved(&journal::for_staff(actor, look, head.id)?);
    Ok(Asking { version: case.version, service, question, spot, moved })
}

/// Moves the pin: the report, each agency's part that sees the place, its ward and its public page. Why is read by the resident.
pub fn put(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (to, typed): (&Place, &str),
) -> Result<Told> {
    let mut held = held(actor, tx, Right::EditReport, on)?;
    open(&held)?;
    let why = words::read(typed)?;
    if !may_move(setting, &held.head, &held.case) {
        return Err(NotFound.into());
    }
    let (lat, lon) = to.point.ok_or(Refusal::NoSuchPlace)?;
    if !setting.geography().agencies_at(lat, lon).contains(&held.case.agency) {
        return Err(Refusal::NotOurPlace.into());
    }
    let before = report::own_spot(&Actor::House("place"), tx, held.head.id)?;
    let (now, cells) = setting.geography().spot(Some(to));
    if now == before {
        return Err(Refusal::AlreadyDone.into());
    }
    keep(actor, tx, setting, draw, &mut held, (&now, cells))?;
    // Land that sends it to a team sends it there from now on; who had it keeps it.
    if let Some(service) = setting.service_now(&held.head.service, &held.head.definition) {
        let land = setting.geography().land(&service, to);
        setting.desks(tx, &held.case, (&land.recipients, &land.recipients))?;
    }
    let was_public = publish(actor, tx, setting, &held.head, &now, draw.now())?;
    let spot = |spot: &Spot| json!({ "place": spot.place, "lat": spot.lat, "lon": spot.lon });
    let content = json!({ "words": why, "from": spot(&before), "to": spot(&now) });
    let facts = json!({ "public": was_public });
    let entry = held.enter_with(actor, tx, draw, (KIND, Verb::Alteration, Audience::Resident), facts, content)?;
    if was_public {
        note(tx, held.head.id, draw.now(), What::Changed)?;
    }
    office::tell(actor, tx, setting, draw, (entry, &held.case.agency, &held.head))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// The report, the parts of it that see the place, their ward, their neighbourhoods and the words they are searched by.
fn keep(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &Draw,
    held: &mut Held,
    (now, cells): (&Spot, Cells),
) -> Result<()> {
    let geography = setting.geography();
    let (report, point) = (held.head.id, now.lat.zip(now.lon));
    let rows = spot::Cells { cell_6: cells.town, cell_8: cells.neighbourhood, cell_10: cells.street };
    spot::put(actor, tx, report, now, rows, &geography.boundaries_label())?;
    held.head.area.clone_from(&now.area);
    (held.case.cell, held.case.lat, held.case.lon) = (cells.street, now.lat, now.lon);
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    let parts = sub_case::of_report(tx, report)?;
    for part in parts.iter().filter(|part| part.id != held.case.id && sees_place(part)) {
        spot::follow(actor, tx, part.id, now, rows)?;
    }
    store::ward::put(tx, report, &ward::code(setting, point))?;
    spot::leave(actor, tx, report)?;
    let teams = point.map(|(lat, lon)| geography.teams_at(lat, lon)).unwrap_or_default();
    for here in teams.iter().filter(|here| parts.iter().any(|part| part.agency == here.agency)) {
        neighbourhood::lies_in(tx, report, &here.agency, &here.code)?;
    }
    for part in &parts {
        setting.index(tx, &held.head, part)?;
    }
    Ok(())
}

/// What everybody reads goes along. Whether everybody can read it now.
fn publish(actor: &Actor, tx: &mut Tx, setting: &Setting, head: &Head, now: &Spot, at: Time) -> Result<bool> {
    let Some(row) = store::publication::of_report(actor, tx, head.id)? else { return Ok(false) };
    let (coarse, cell) = publication::coarse(setting, now);
    store::ward::publish(tx, head.id, &ward::code(setting, coarse.lat.zip(coarse.lon)))?;
    spot::publish(actor, tx, head.id, &coarse, cell, at)?;
    Ok(row.shown == Shown::Public)
}
