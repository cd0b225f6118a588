//! `/metrics`, on a listener of its own: numbers for operators, in OpenMetrics text. Words of labels are the program's own, by
//! their type; whoever counts is named in one list by the binary.

mod kept;
mod text;

use crate::App;
use crate::page::Kept;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;
use telemetry::{Reading, Source};

/// <https://prometheus.io/docs/specs/om/open_metrics_spec/>
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

struct Watched {
    app: App,
    sources: Vec<Arc<dyn Source>>,
    kept: Kept<Vec<Reading>>,
}

/// Nothing but `/metrics`, for a listener that only operators reach. `sources` are all that count; what lies in the database
/// is asked for besides.
pub fn router(app: App, sources: Vec<Arc<dyn Source>>) -> Router {
    let watched = Watched { app, sources, kept: Kept::default() };
    Router::new().route("/metrics", get(metrics)).fallback(StatusCode::NOT_FOUND).with_state(Arc::new(watched))
}

async fn metrics(State(watched): State<Arc<Watched>>) -> Response {
    let mut readings = kept::readings(&watched.kept, &watched.app).await;
    watched.sources.iter().for_each(|source| source.readings(&mut readings));
    match text::write(readings) {
        Ok(text) => ([(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
