//! Exit this page (P-48, P-50): the visit ends, then the weather.

use super::visit;
use crate::{
    App,
    page::{Failure, cookie, gone_to},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use casework::{access, codes};

/// Where the exit leads (P-48).
pub const AWAY: &str = "https://www.bbc.co.uk/weather";

pub async fn plain() -> Response {
    gone_to(AWAY)
}

pub async fn get(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let mut response = gone_to(AWAY);
    if let Some(reference) = codes::read_reference(&reference) {
        visit::close(&app, response.headers_mut(), &reference);
    }
    if let Some(token) = cookie::read(&headers, visit::COOKIE) {
        app.db.write(move |tx| access::leave(tx, &token)).await?;
    }
    Ok(response)
}
