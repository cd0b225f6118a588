use crate::page::Caching;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::Value as Json;
use store::Time;

pub fn json(status: StatusCode, body: &Json, caching: Caching) -> Response {
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(match caching {
            Caching::Fresh => "no-cache",
            Caching::Never => "no-store",
        }),
    );
    response
}

/// The token of an `Authorization` that bears one.
pub fn bearer(authorization: &str) -> Option<String> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// `2026-11-24T12:00:00Z`
pub fn instant(at: Time) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_string()
}
