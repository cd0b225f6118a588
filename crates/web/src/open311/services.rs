//! `GET services`: what a program can send to an agency.

use super::{door, errors::Told, node::Node, params::Asked};
use crate::{App, page::Caching};
use axum::{extract::State, http::StatusCode, response::Response};
use catalogue::{Ask, Kind, Publish, Question, Service, Tracking};
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

/// A place, words and attributes are all it needs, and its reports may be public.
fn can_be_filled(service: &Service) -> bool {
    let fits = |question: &Question| {
        question.ask != Ask::Required
            || datatype(&question.kind).is_some()
            || matches!(question.kind, Kind::Place { decides: true })
    };
    service.public
        && !service.sensitive
        && service.tracking != Tracking::LinkAndPin
        && service.deciding_place().is_some()
        && service.questions.iter().all(fits)
}

/// What programs can send to an agency, in the order of its file.
pub fn of<'a>(app: &'a App, agency: &str) -> Vec<&'a Arc<Service>> {
    let catalogue = &app.setting.catalogue;
    let offers = catalogue.agency(agency).map(|agency| agency.services.as_slice()).unwrap_or_default();
    let services = offers.iter().filter_map(|offer| catalogue.service(&offer.service));
    services.filter(|service| can_be_filled(service)).collect()
}

pub fn find<'a>(app: &'a App, agency: &str, code: &str) -> Result<&'a Arc<Service>, Told> {
    of(app, agency).into_iter().find(|service| service.id == code).ok_or_else(|| Told::absent("service_code"))
}

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::plain(&app, &asked)?;
    let here = match asked.point()? {
        // Only what that point can report.
        Some((lat, lon)) => app.setting.geography().agencies_at(lat, lon).contains(&door.agency),
        None => true,
    };
    let all = if here { of(&app, &door.agency) } else { Vec::new() };
    let service = |service: &&Arc<Service>| {
        Node::One(vec![
            ("service_code", Node::text(&service.id)),
            ("service_name", Node::text(service.title())),
            ("description", Node::text(service.summary())),
            ("metadata", Node::Flag(true)),
            ("type", Node::text("realtime")),
            ("keywords", Node::Nothing),
            ("groups", Node::Many("group", vec![Node::text(&service.group)])),
        ])
    };
    let services = Node::Many("service", all.iter().map(service).collect());
    Ok(asked.format.answer(StatusCode::OK, "services", &services, Caching::Fresh))
}
