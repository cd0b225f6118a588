//! Exit this page (P-48, P-50): the answers go, then the weather.

use super::{journey::COOKIE, way};
use crate::{
    App,
    page::{Failure, cookie, gone_to},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use casework::attempt;

/// Where the exit leads (P-48).
const AWAY: &str = "https://www.bbc.co.uk/weather";

pub async fn get(State(app): State<App>, headers: HeaderMap, Path(service): Path<String>) -> Result<Response, Failure> {
    let mut response = gone_to(AWAY);
    if let Some(service) = app.setting.catalogue.service(&service) {
        cookie::clear(&app, response.headers_mut(), COOKIE, &way::begin(&service.id));
    }
    if let Some(token) = cookie::read(&headers, COOKIE) {
        let now = app.now();
        app.db.write(move |tx| attempt::drop(tx, &token, now)).await?;
    }
    Ok(response)
}
