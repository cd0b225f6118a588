//! What stands before every route: request id, headers of the answer, origin of posts, limits, and no panic beyond.

use super::{Failure, Figures, Problem, Tongue, compress, filing, origin::Origin, traced};
use crate::{App, open311};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    task::Poll,
};
use telemetry::Span;
use uuid::Uuid;

/// UI-6. The hash is that of the one inline script of the frame; a test recomputes it.
pub const POLICY: &str = "default-src 'none'; script-src 'self' \
    'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Under this programs ask and not people: a failure there is a problem in JSON.
pub const FOR_PROGRAMS: &str = "/api/";

pub async fn stand(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.draw().id();
    let running =
        app.figures.begin(request.extensions().get::<MatchedPath>().map(MatchedPath::as_str), request.method());
    let (route, method) = (running.route(), running.method());
    let span = traced::begin(&app, &request, id, &running);
    let takes = compress::Takes::of(request.headers());
    let for_programs = request.uri().path().starts_with(FOR_PROGRAMS);
    let path = request.uri().path();
    let open311 = path.starts_with(open311::AT).then(|| path.to_owned());
    let mut response = match refuse(&app, &request) {
        Some(failure) => failure.into_response(),
        None => {
            let here = filing::is_under(path);
            // Staff read English.
            let tongue = if here { Tongue::default() } else { Tongue::of(&app, request.headers()) };
            let running = filing::held(here, tongue.spoken(next.run(request)));
            in_words(caught(running, span.as_ref(), &app.figures).await)
        }
    };
    if for_programs {
        response = Problem::in_place_of(response);
    } else if let Some(path) = &open311 {
        response = open311::in_place_of(path, response);
    }
    response = compress::public(&app.squeezed, takes, response).await;
    let framed = response.extensions().get::<Framed>().is_some();
    finish(&app, id, response.headers_mut());
    if framed {
        open_to_frames(&app, response.headers_mut());
    }
    let status = response.status();
    traced::end(span, status);
    running.end(status);
    if status.is_server_error() {
        tracing::error!(request = %id, method, route, status = status.as_u16(), "failed");
    } else {
        tracing::debug!(request = %id, method, route, status = status.as_u16(), "answered");
    }
    response
}

/// A handler that panics is a fault of ours, with a page: the connection stays, and so do the others on it.
async fn caught(running: impl Future<Output = Response>, span: Option<&Span>, figures: &Figures) -> Response {
    let mut running = Box::pin(running);
    poll_fn(move |context| {
        let _entered = span.map(Span::enter);
        let polled = catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context)));
        polled.unwrap_or_else(|_| {
            figures.panics.one();
            Poll::Ready(Failure::Broken.into_response())
        })
    })
    .await
}

/// What refuses an address or a query before a handler sees it speaks of our code, in bare text: the visitor gets a page.
fn in_words(response: Response) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match response.status() {
        status if status.is_client_error() && kind.starts_with("text/plain") => Failure::Unreadable.into_response(),
        _ => response,
    }
}

fn refuse(app: &App, request: &Request) -> Option<Failure> {
    let method = request.method();
    // No text of ours holds U+0000, and no database can look for it (house.md §4).
    if request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00")) {
        return Some(Failure::Unreadable);
    }
    // Any other method finds no route that takes it, and is told which methods do.
    if *method != Method::POST {
        return None;
    }
    if !is_from_here(request.headers(), &app.options.public_url) {
        return Some(Failure::SentFromElsewhere);
    }
    let Origin(origin) = Origin::of(request.extensions(), request.headers(), app);
    (!app.limiter.allows(&origin, app.now())).then_some(Failure::TooMany)
}

/// Every browser that runs today sends `Origin` or `Sec-Fetch-Site` with a post; one without both is no browser with
/// somebody's cookies, and `SameSite=Lax` keeps those back besides.
fn is_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    let fetched = text(HeaderName::from_static("sec-fetch-site"));
    if fetched.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    match text(header::ORIGIN) {
        Some(origin) => origin == public_url || text(header::HOST).is_some_and(|host| is_host(origin, host)),
        None => true,
    }
}

fn is_host(origin: &str, host: &str) -> bool {
    origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
}

fn finish(app: &App, id: Uuid, headers: &mut HeaderMap) {
    const FIXED: &[(&str, &str)] = &[
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"),
    ];
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.options.https() {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// Put into an answer that the sites of the configuration may show in a frame. It holds no form and nobody's data.
#[derive(Clone, Copy)]
pub struct Framed;

fn open_to_frames(app: &App, headers: &mut HeaderMap) {
    let sites: Vec<&str> = app.options.framed_by.iter().map(String::as_str).filter(|site| is_site(site)).collect();
    if sites.is_empty() {
        return;
    }
    let policy = POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {}", sites.join(" ")));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The origin of a site over TLS, and nothing that could say more in a policy.
pub fn is_site(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    !host.is_empty()
        && host.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[tokio::test]
    async fn a_handler_that_panics_is_a_page_that_says_sorry() {
        let figures = Figures::default();
        let response = caught(async { panic!("as a test") }, None, &figures).await;
        assert_eq!((response.status(), figures.panics.get()), (Failure::Broken.status(), 1));
        let response = caught(async { Failure::NotFound.into_response() }, None, &figures).await;
        assert_eq!((response.status(), figures.panics.get()), (Failure::NotFound.status(), 1));
    }

    #[test]
    fn what_an_extractor_says_of_our_code_is_said_in_words() {
        let bare = (axum::http::StatusCode::BAD_REQUEST, "Invalid URL: Cannot parse `a` to a `u8`").into_response();
        let kind = in_words(bare).headers().get(header::CONTENT_TYPE).cloned();
        assert_eq!(kind, Some(HeaderValue::from_static("text/html; charset=utf-8")));
    }

    #[test]
    fn a_post_from_another_site_is_refused() {
        let here = "https://moothall.example";
        assert!(is_from_here(&headers(&[("origin", here)]), here));
        assert!(is_from_here(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]), here));
        assert!(is_from_here(&headers(&[]), here));
        for bad in [
            &[("origin", "https://elsewhere.example"), ("host", "moothall.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", here), ("sec-fetch-site", "cross-site")],
        ] {
            assert!(!is_from_here(&headers(bad), here), "{bad:?}");
        }
    }
}
