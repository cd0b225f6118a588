//! `GET /api/v1/services`: what can be reported. `GET /api/v1/services/{id}`: one of them with all its questions.

use super::{question, reply};
use crate::{
    App,
    page::{Caching, Failure, Problem},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use catalogue::{Kind, Service, answers_schema};
use serde_json::{Value as Json, json};

pub async fn list(State(app): State<App>) -> Response {
    let services: Vec<Json> = app.setting.catalogue.services().iter().map(|service| summary(&app, service)).collect();
    reply::json(StatusCode::OK, &json!({ "services": services }), Caching::Fresh)
}

pub async fn one(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let service = app.setting.catalogue.service(&id).ok_or(Failure::NotFound)?;
    Ok(reply::json(StatusCode::OK, &whole(&app, service), Caching::Fresh))
}

fn summary(app: &App, service: &Service) -> Json {
    let shut = app.setting.shut(&service.id);
    json!({
        "id": service.id,
        "version": service.version,
        "title": service.title(),
        "summary": service.summary(),
        "group": service.group,
        "hints": app.setting.hints(&service.id),
        "taken": shut.is_none(),
        "why_not": shut.map(|shut| [shut.title].into_iter().chain(shut.body).collect::<Vec<_>>()).unwrap_or_default(),
    })
}

fn whole(app: &App, service: &Service) -> Json {
    let mut all = summary(app, service);
    let person = service.questions.iter().find(|question| matches!(question.kind, Kind::Person { .. }));
    all["before"] = json!(service.words.list("service.before"));
    all["tracking"] = json!(service.tracking.name());
    all["anonymous"] = json!(service.anonymous.name());
    all["contact"] = json!(person.map(|question| &question.id));
    all["questions"] = service.questions.iter().map(|one| question::json(service, one)).collect();
    all["stops"] = service.stops.iter().map(|stop| question::stop(service, stop)).collect();
    all["schema"] = answers_schema(service);
    all
}
