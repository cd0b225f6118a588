//! `/assets/{name}`: hashed names, so kept by browsers for a year; in the smallest form that the browser takes.

use super::Asset;
use crate::{
    App,
    page::{Failure, compress::Takes},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

pub async fn get(State(app): State<App>, Path(name): Path<String>, asked: HeaderMap) -> Result<Response, Failure> {
    let asset = app.assets.get(&name).ok_or(Failure::NotFound)?;
    Ok(answer(asset, Takes::of(&asked), "public, max-age=31536000, immutable"))
}

/// The citizen sheet under its plain name, for pages that are drawn without the house at hand (failures).
pub async fn citizen(State(app): State<App>, asked: HeaderMap) -> Result<Response, Failure> {
    let hashed = app.assets.url("citizen.css");
    let asset = hashed.strip_prefix("/assets/").and_then(|name| app.assets.get(name)).ok_or(Failure::NotFound)?;
    Ok(answer(asset, Takes::of(&asked), "no-cache"))
}

fn answer(asset: &Asset, takes: Takes, caching: &'static str) -> Response {
    let (bytes, coding) = match (&asset.brotli, &asset.gzip) {
        (Some(small), _) if takes.brotli => (small, Some("br")),
        (_, Some(small)) if takes.gzip => (small, Some("gzip")),
        _ => (&asset.bytes, None),
    };
    let mut response = bytes.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}
