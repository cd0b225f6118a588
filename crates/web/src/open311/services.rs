//! `GET services`: what a program can send to an agency.

use super::{
    door::{self, Door},
    errors::Told,
    node::Node,
    params::Asked,
};
use crate::App;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::offer::Open;
use catalogue::{Ask, Keyword, Kind, PersonPart, Publish, Question, Regime, Service, Tracking};
use std::sync::Arc;

/// The type of an attribute. None: a program cannot fill such a question.
pub fn datatype(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Text { .. } => Some("string"),
        Kind::LongText { .. } => Some("text"),
        Kind::YesNo | Kind::Choice { .. } => Some("singlevaluelist"),
        Kind::Choices { .. } => Some("multivaluelist"),
        Kind::Number { .. } => Some("number"),
        Kind::Date { .. } | Kind::Moment { .. } => Some("datetime"),
        _ => None,
    }
}

/// The question that the description answers: the reporter's own words that everybody may read.
pub fn described(service: &Service) -> Option<&Question> {
    let own = |question: &&Question| question.publish == Publish::Text && !question.evidence;
    service.questions.iter().filter(own).find(|question| matches!(question.kind, Kind::LongText { .. }))
}

/// The questions that are attributes, in their order.
pub fn attributes(service: &Service) -> impl Iterator<Item = (&Question, &'static str)> {
    let described = described(service).map(|question| &question.id);
    let questions = service.questions.iter().filter(move |question| Some(&question.id) != described);
    questions.filter_map(|question| Some((question, datatype(&question.kind)?)))
}

/// A place, words, attributes and how to reach somebody are all it needs.
fn can_be_filled(service: &Service) -> bool {
    let said = |part: &PersonPart| matches!(part, PersonPart::Name | PersonPart::Email | PersonPart::Phone);
    let fits = |question: &Question| match &question.kind {
        _ if question.ask != Ask::Required => true,
        Kind::Place { decides, .. } => *decides,
        Kind::Person { needs, .. } => needs.iter().all(said),
        kind => datatype(kind).is_some(),
    };
    service.deciding_place().is_some() && service.questions.iter().all(fits)
}

/// Its reports may have a public page.
fn is_everybodys(service: &Service) -> bool {
    service.public && !service.sensitive && service.tracking != Tracking::LinkAndPin
}

/// Its reports have no public page, and are for the programs of the agency that works them. A sensitive flow, what needs more
/// than its link, and what is held for law enforcement are for no program at all.
fn is_private(service: &Service) -> bool {
    !service.public && !service.sensitive && service.tracking == Tracking::Link && service.regime == Regime::P2
}

fn offered<'a>(app: &'a App, agency: &str) -> impl Iterator<Item = &'a Arc<Service>> + use<'a> {
    let catalogue = &app.setting.catalogue;
    let offers = catalogue.agency(agency).map(|agency| agency.services.as_slice()).unwrap_or_default();
    offers.iter().filter_map(|offer| catalogue.service(&offer.service))
}

/// What programs can send to an agency, in the order of its file: with its key, what is private too.
pub fn of<'a>(app: &'a App, door: &Door) -> Vec<&'a Arc<Service>> {
    let shown = |service: &&Arc<Service>| is_everybodys(service) || (door.keyed && is_private(service));
    offered(app, &door.agency).filter(shown).filter(|service| can_be_filled(service)).collect()
}

/// Services without public pages of which this caller may read the reports.
pub fn private(app: &App, door: &Door) -> Vec<String> {
    let all = offered(app, &door.agency).filter(|service| door.keyed && is_private(service));
    all.map(|service| service.id.clone()).collect()
}

pub fn find<'a>(app: &'a App, door: &Door, code: &str) -> Result<&'a Arc<Service>, Told> {
    of(app, door).into_iter().find(|service| service.id == code).ok_or_else(|| Told::absent("service_code"))
}

/// One that reports are taken for.
pub fn open<'a>(app: &'a App, door: &Door, code: &str) -> Result<&'a Arc<Service>, Told> {
    let service = find(app, door, code)?;
    if keywords(app, &door.agency, service).contains(&Keyword::Inactive.name()) {
        return Err(Told::wrong(vec!["service_code is inactive: no reports of it are taken now".to_owned()]));
    }
    Ok(service)
}

/// Readers split at the comma, and take a space for a part of the word (council 5.4).
fn keywords(app: &App, agency: &str, service: &Service) -> Vec<&'static str> {
    let offer = app.setting.catalogue.agency(agency).and_then(|agency| agency.offer(&service.id));
    let said = offer.map(|offer| offer.keywords.as_slice()).unwrap_or_default();
    let now = match app.setting.offers().open(agency, &service.id) {
        Open::Everybody => None,
        Open::Staff => Some(Keyword::Staff),
        Open::Nobody => Some(Keyword::Inactive),
    };
    let private = (!is_everybodys(service)).then_some("private");
    let beside = said.iter().copied().filter(|keyword| Some(*keyword) != now);
    private.into_iter().chain(beside.chain(now).map(|keyword| keyword.name())).collect()
}

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::open(&app, &asked)?;
    let here = match asked.point()? {
        // Only what that point can report.
        Some((lat, lon)) => app.setting.geography().agencies_at(lat, lon).contains(&door.agency),
        None => true,
    };
    let all = if here { of(&app, &door) } else { Vec::new() };
    let each = all.iter().map(|service| {
        Node::One(vec![
            ("service_code", Node::text(&service.id)),
            ("service_name", Node::text(service.title())),
            ("description", Node::text(service.summary())),
            ("metadata", Node::Flag(true)),
            ("type", Node::text("realtime")),
            ("keywords", Node::text(keywords(&app, &door.agency, service).join(","))),
            ("groups", Node::Many("group", vec![Node::text(&service.group)])),
        ])
    });
    let services = Node::Many("service", each.collect());
    Ok(asked.format.answer(StatusCode::OK, "services", &services, door.caching()))
}
