//! What ties the reports of a service to things that are ordered for a home (council 1.7): which group says what, and how many.

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Counted, Service};

/// `[order]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    pub things: Counted,
    pub line: usize,
}

impl Ordered {
    /// The home that was picked, where one was.
    pub fn home<'a>(&self, service: &Service, answers: &'a Answers) -> Option<&'a str> {
        match service.deciding_place().and_then(|question| answers.get(&question.id)) {
            Some(Answer::Place(place)) => place.uprn.as_deref(),
            _ => None,
        }
    }
}

pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<Ordered> {
    let mut reader = Reader::of(node, "[order]", faults)?;
    let ordered = Ordered { things: Counted::read(&mut reader, faults), line: node.line };
    reader.close(faults);
    Some(ordered)
}

pub(crate) fn check(service: &Service, faults: &mut Faults) {
    let Some(ordered) = &service.order else { return };
    if service.deciding_place().is_none() {
        faults.add(ordered.line, "[order] needs a place that decides: the home");
    }
    ordered.things.check(service, ("[order]", ordered.line), faults);
}
