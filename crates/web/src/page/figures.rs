//! What is counted of requests: an atomic for each route, method and class of status, found once a request.

use crate::{App, router::ROUTES};
use axum::http::{Method, StatusCode};
use std::collections::HashMap;
use telemetry::{Count, Family, Held, Level, Reading, Source, Spread, Stopwatch};

/// What came under no route of ours.
const NO_ROUTE: &str = "none";
const METHODS: [&str; 4] = ["GET", "POST", "HEAD", "other"];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

const REQUESTS: Family = Family::counter(
    "moothall_requests",
    "Requests answered, by the shape of the address, never the address itself, by method and by class of status",
);
const DURATION: Family = Family::histogram(
    "moothall_request_duration",
    "From a request's head to the head of its answer, by the shape of the address",
);
const RUNNING: Family = Family::gauge("moothall_requests_running", "Requests that are being answered");
const RECEIVED: Family = Family::counter(
    "moothall_reports_received",
    "Reports received, by the way they came. Not by service, agency or place: where few are made, such a number tells of one \
     person",
);
const THROTTLED: Family = Family::counter(
    "moothall_requests_throttled",
    "Requests refused because there were too many in a short time (429)",
);
const PANICS: Family = Family::counter("moothall_panics", "Panics that were caught, by where");
const BUILD: Family = Family::info("moothall_build", "The version that runs");

/// The way a report came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Web,
    Api,
}

pub struct Figures {
    /// Where a route stands in `each`; the last one there is [`NO_ROUTE`].
    at: HashMap<&'static str, usize>,
    each: Vec<OfRoute>,
    running: Level,
    received: [Count; 2],
    throttled: Count,
    pub panics: Count,
}

#[derive(Default)]
struct OfRoute {
    path: &'static str,
    answers: [[Count; CLASSES.len()]; METHODS.len()],
    took: Spread,
}

/// A request that is being answered. One that its sender breaks off is not counted as answered.
pub struct Running<'f> {
    figures: &'f Figures,
    of: &'f OfRoute,
    method: usize,
    since: Stopwatch,
    _held: Held<'f>,
}

impl Default for Figures {
    fn default() -> Figures {
        let paths = ROUTES.iter().map(|route| route.path).chain([NO_ROUTE]);
        let each: Vec<OfRoute> = paths.map(|path| OfRoute { path, ..OfRoute::default() }).collect();
        let at = each.iter().enumerate().map(|(at, of)| (of.path, at)).collect();
        let (running, received) = Default::default();
        Figures { at, each, running, received, throttled: Count::new(), panics: Count::new() }
    }
}

impl Figures {
    /// `template` is that of the route the request found.
    pub fn begin(&self, template: Option<&str>, method: &Method) -> Running<'_> {
        let at = template.and_then(|path| self.at.get(path)).copied().unwrap_or(self.each.len() - 1);
        let method = METHODS.iter().position(|known| method.as_str() == *known).unwrap_or(METHODS.len() - 1);
        Running { figures: self, of: &self.each[at], method, since: Stopwatch::start(), _held: self.running.held() }
    }

    /// A report is kept that was not kept before.
    pub fn received(&self, channel: Channel) {
        self.received[channel as usize].one();
    }
}

impl Running<'_> {
    /// The template of the route, never the path: paths hold tokens and references.
    pub fn route(&self) -> &'static str {
        self.of.path
    }

    pub fn method(&self) -> &'static str {
        METHODS[self.method]
    }

    pub fn end(self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).clamp(1, CLASSES.len()) - 1;
        self.of.answers[self.method][class].one();
        self.of.took.took(self.since.elapsed());
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.figures.throttled.one();
        }
    }
}

impl Source for App {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &self.figures;
        for of in &figures.each {
            for (method, classes) in METHODS.iter().zip(&of.answers) {
                let some = CLASSES.iter().zip(classes).filter(|(_, count)| count.get() > 0);
                out.extend(some.map(|(class, count)| {
                    REQUESTS.is(&[("route", of.path), ("method", method), ("status", class)], count.get())
                }));
            }
            let took = of.took.read();
            // Most routes of a house are not asked for in its first hour: what is all zeros is left out.
            if took.count() > 0 {
                out.push(DURATION.is(&[("route", of.path)], took));
            }
        }
        out.extend([
            RUNNING.is(&[], figures.running.get()),
            RECEIVED.is(&[("channel", "web")], figures.received[Channel::Web as usize].get()),
            RECEIVED.is(&[("channel", "api")], figures.received[Channel::Api as usize].get()),
            THROTTLED.is(&[], figures.throttled.get()),
            PANICS.is(&[("where", "request")], figures.panics.get()),
            BUILD.is(&[("version", env!("CARGO_PKG_VERSION"))], 1_i64),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_counted_under_no_route() {
        let figures = Figures::default();
        let propfind = Method::from_bytes(b"PROPFIND").unwrap();
        let running = figures.begin(Some("/robin@example.org"), &propfind);
        assert_eq!((running.route(), running.method(), figures.running.get()), ("none", "other", 1));
        running.end(StatusCode::NOT_FOUND);
        assert_eq!(figures.running.get(), 0);
        assert_eq!(figures.each.last().unwrap().answers[3][3].get(), 1);
    }

    #[test]
    fn a_request_is_counted_under_its_own_route() {
        let figures = Figures::default();
        for route in ROUTES {
            figures.begin(Some(route.path), &Method::POST).end(StatusCode::SEE_OTHER);
        }
        for of in figures.each.iter().filter(|of| of.path != NO_ROUTE) {
            assert_eq!((of.answers[1][2].get(), of.took.read().count()), (1, 1), "{}", of.path);
        }
    }

    #[test]
    fn a_request_that_is_broken_off_no_longer_runs_and_was_not_answered() {
        let figures = Figures::default();
        drop(figures.begin(Some("/"), &Method::GET));
        assert_eq!((figures.running.get(), figures.each[0].answers[0][1].get()), (0, 0));
    }
}
