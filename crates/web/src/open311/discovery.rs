//! `GET discovery`: where what is, and how to get a key.

use super::{MOST, door, errors::Told, format::Format, node::Node, params::Asked};
use crate::{App, page::Caching};
use axum::{extract::State, http::StatusCode, response::Response};

/// When what programs get here last changed its shape.
const CHANGED: &str = "2026-11-27T00:00:00Z";

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    door::known(&app, &asked, None)?;
    let house = &app.setting.public_url;
    let base = asked.client().map_or_else(|| "/open311/v2/".to_owned(), |name| format!("/open311/v2/for/{name}/"));
    let formats =
        [Format::Xml, Format::Json].map(|format| Node::text(format.media_type().split(';').next().unwrap_or("")));
    let endpoint = Node::One(vec![
        ("specification", Node::text("http://wiki.open311.org/GeoReport_v2")),
        ("url", Node::text(format!("{house}{base}"))),
        ("changeset", Node::text(CHANGED)),
        ("type", Node::text(if app.options.demonstration { "test" } else { "production" })),
        ("formats", Node::Many("format", formats.to_vec())),
    ]);
    let all = Node::One(vec![
        ("changeset", Node::text(CHANGED)),
        ("contact", Node::text(format!("{house}/help"))),
        ("key_service", Node::text("Ask the agency for an api_key. Public reports and services need none.")),
        ("max_requests", Node::Whole(MOST as i64)),
        ("endpoints", Node::Many("endpoint", vec![endpoint])),
    ]);
    Ok(asked.format.answer(StatusCode::OK, "discovery", &all, Caching::Fresh))
}
