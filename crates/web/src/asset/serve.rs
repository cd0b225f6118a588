//! `/assets/{name}`: hashed names, so kept by browsers for a year.

use crate::{App, page::Failure};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

pub async fn get(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = app.assets.get(&name).ok_or(Failure::NotFound)?;
    let mut response = asset.bytes.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}

/// The citizen sheet under its plain name, for pages that are drawn without the house at hand (failures).
pub async fn citizen(State(app): State<App>) -> Result<Response, Failure> {
    let hashed = app.assets.url("citizen.css");
    let asset = hashed.strip_prefix("/assets/").and_then(|name| app.assets.get(name)).ok_or(Failure::NotFound)?;
    let mut response = asset.bytes.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
