//! The span of a request: the shape of its address, its method, its status, and nothing else that came with it.

use super::Running;
use crate::App;
use axum::{
    extract::{ConnectInfo, Request},
    http::StatusCode,
};
use std::net::SocketAddr;
use telemetry::{Kind, Parent, Root, Span};
use uuid::Uuid;

/// None where no traces are kept, or this one is not among those that are.
pub fn begin(app: &App, request: &Request, id: Uuid, running: &Running) -> Option<Span> {
    let tracer = app.options.tracer.as_ref()?;
    let (name, parent) = ((running.method(), running.route()), parent(app, request));
    let root = Root { name, kind: Kind::Server, id: *id.as_bytes(), at: app.now().micros(), parent };
    let mut span = tracer.begin(root)?;
    span.note("http.request.method", running.method());
    span.note("http.route", running.route());
    Some(span)
}

pub fn end(span: Option<Span>, status: StatusCode) {
    if let Some(mut span) = span {
        span.note("http.response.status_code", i64::from(status.as_u16()));
        if status.is_server_error() {
            span.fail();
        }
    }
}

/// A stranger's `traceparent` would put sixteen bytes of their choice into our traces, and have every request kept. A proxy
/// hands on what it got unless it is told otherwise: that it may be believed here has to be said besides.
fn parent(app: &App, request: &Request) -> Option<Parent> {
    if !app.options.parent_from_proxy {
        return None;
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip();
    if !app.options.trusted_proxies.contains(&peer) {
        return None;
    }
    let mut said = request.headers().get_all("traceparent").iter();
    let one = said.next().filter(|_| said.next().is_none())?;
    Parent::read(one.to_str().ok()?)
}
