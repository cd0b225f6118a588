//! Where a journey stands, and the addresses of its pages.

use super::gate::Gate;
use crate::page::filing;
pub use casework::report::submit::needs_pin;
use catalogue::{Ask, End, Kind, Question, Service, Walk};

/// The list of what can be reported. Staff who file for somebody have one of their own.
pub fn list() -> &'static str {
    if filing::is_here() { filing::AT } else { "/report" }
}

/// The first page of a service; the cookie of its attempt is for this path.
pub fn begin(service: &str) -> String {
    format!("{}/{service}", list())
}

pub fn page(service: &str, name: &str) -> String {
    format!("{}/{service}/{name}", list())
}

pub fn question(service: &str, id: &str, query: &[String]) -> String {
    with(format!("{}/{service}/q/{id}", list()), query)
}

/// Where the files of a question are posted.
pub fn files(service: &str, id: &str, query: &[String]) -> String {
    with(format!("{}/{service}/files/{id}", list()), query)
}

/// An address with a query, if there is any.
pub fn with(address: String, query: &[String]) -> String {
    if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
}

/// The page at which the walk ends. Without any answer that is the first page.
pub fn end(walk: &Walk, has_pin: bool, gate: &Gate) -> String {
    let service = &walk.service.id;
    // Their first page says for whom they file, and asks nothing of the service.
    let begins = !filing::is_here();
    match &walk.end {
        End::Ask(question)
            if begins && walk.path.len() == 1 && !walk.kept.gate_passed() && walk.path[0].id == question.id =>
        {
            begin(service)
        }
        End::Ask(question) => self::question(service, &question.id, &gate.query()),
        End::Stop(stop) if begins && stop.question.is_none() => begin(service),
        End::Stop(_) => page(service, "stop"),
        End::Check if needs_pin(walk) && !has_pin => page(service, "pin"),
        End::Check => page(service, "check"),
    }
}

/// What follows a question: the next one on the path, or the end of the walk. Who reports is not asked in turn where it may be
/// left for later and is known already.
pub fn after<'w>(walk: &'w Walk, id: &str) -> Option<&'w Question> {
    let at = walk.path.iter().position(|question| question.id == id)?;
    let is_known = |question: &Question| {
        question.ask == Ask::Later
            && matches!(question.kind, Kind::Person { .. })
            && walk.kept.get(&question.id).is_some()
    };
    let is_asked = |question: &&&Question| !is_known(question);
    walk.path.iter().skip(at + 1).find(is_asked).copied()
}

/// The page a question's back link leads to.
pub fn back(walk: &Walk, id: &str, from_check: bool, gate: &Gate) -> String {
    let service = &walk.service.id;
    if from_check {
        return page(service, "check");
    }
    match (walk.before(id), walk.path.iter().any(|question| question.id == id)) {
        (Some(before), _) => question(service, &before.id, &gate.query()),
        (None, true) if walk.kept.gate_passed() => begin(service),
        (None, true) => list().to_owned(),
        (None, false) => page(service, "check"),
    }
}

/// The title of pages: in a sensitive flow it tells nobody what they are about (P-51).
pub fn title(service: &Service, sensitive: bool, said: &str) -> String {
    if sensitive { service.neutral_title().to_owned() } else { format!("{said} – {}", service.title()) }
}
