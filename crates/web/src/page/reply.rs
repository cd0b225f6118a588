use super::Failure;
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// How long an answer may be kept, declared on each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// The same for everyone; asked for anew each time.
    Fresh,
    /// Anything a person typed or may see alone: kept nowhere.
    Never,
}

/// A page.
pub fn html(page: &impl Template, caching: Caching) -> Result<Response, Failure> {
    html_with(StatusCode::OK, page, caching)
}

/// A page with a status of its own, such as 422 for one that shows errors.
pub fn html_with(status: StatusCode, page: &impl Template, caching: Caching) -> Result<Response, Failure> {
    let mut text = String::with_capacity(16 * 1024);
    page.render_into(&mut text).map_err(|_| Failure::Broken)?;
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(match caching {
            Caching::Fresh => "no-cache",
            Caching::Never => "no-store",
        }),
    );
    Ok(response)
}

/// After a post: the page to go on with, fetched by GET so that a reload sends nothing twice.
pub fn gone_to(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
