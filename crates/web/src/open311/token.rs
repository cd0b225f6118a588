//! `GET tokens/T`. Ids are given at once here, so an id is its own token: a client that asks before it goes on, goes on.

use super::{door, errors::Told, list, node::Node, params::Asked};
use crate::App;
use axum::{extract::State, http::StatusCode, response::Response};

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::open(&app, &asked)?;
    let row = list::find(&app, &door, asked.last()).await.map_err(|told| match told.is_absent() {
        true => Told::absent("token"),
        false => told,
    })?;
    let request =
        Node::One(vec![("service_request_id", Node::text(&row.reference)), ("token", Node::text(&row.reference))]);
    let all = Node::Many("request", vec![request]);
    Ok(asked.format.answer(StatusCode::OK, "service_requests", &all, door.caching()))
}
