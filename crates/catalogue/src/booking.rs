//! What ties the reports of a service to a day that is booked (council 1.7): which question asks for the day, and which group
//! says what is to be taken. Data, so that no code knows the service.

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Counted, Kind, Service};
use jiff::civil::Date;

/// `[booking]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The question that asks for the day.
    pub date: String,
    /// What is to be taken.
    pub things: Counted,
    pub line: usize,
}

impl Booked {
    pub fn day(&self, answers: &Answers) -> Option<Date> {
        match answers.get(&self.date) {
            Some(Answer::Date(day)) => Some(*day),
            _ => None,
        }
    }
}

pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<Booked> {
    let mut reader = Reader::of(node, "[booking]", faults)?;
    let date = reader.need_text("date", faults);
    let booked = Booked { date, things: Counted::read(&mut reader, faults), line: node.line };
    reader.close(faults);
    Some(booked)
}

pub(crate) fn check(service: &Service, faults: &mut Faults) {
    let Some(booked) = &service.booking else { return };
    let line = booked.line;
    if service.deciding_place().is_none() {
        faults.add(line, "[booking] needs a place that decides: where it is taken from");
    }
    if !matches!(service.question(&booked.date).map(|question| &question.kind), Some(Kind::Date { past: false, .. })) {
        faults.add(line, format_args!("`date` of [booking] names `{}`, which is no date to come", booked.date));
    }
    booked.things.check(service, ("[booking]", line), faults);
}
