//! What ties the reports of a service to a day that is booked (council 1.7): which question asks for the day, and which group
//! says what is to be taken. Data, so that no code knows the service.

use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Kind, Service};
use jiff::civil::Date;

/// `[booking]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The question that asks for the day.
    pub date: String,
    /// The group whose rows are what is to be taken …
    pub rows: String,
    /// … the choice in it that says what it is …
    pub kind: String,
    /// … and the number in it, if there is one.
    pub times: Option<String>,
    pub line: usize,
}

impl Booked {
    pub fn day(&self, answers: &Answers) -> Option<Date> {
        match answers.get(&self.date) {
            Some(Answer::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// Each kind with how many of it; one that stands in two rows is counted together.
    pub fn items(&self, answers: &Answers) -> Vec<(String, i64)> {
        answers.get(&self.rows).map(|answer| self.items_of(answer)).unwrap_or_default()
    }

    /// The same, of the answer to the group alone.
    pub fn items_of(&self, answer: &Answer) -> Vec<(String, i64)> {
        let Answer::Group(rows) = answer else { return Vec::new() };
        let mut items: Vec<(String, i64)> = Vec::new();
        for (kind, times) in rows.iter().filter_map(|row| counted(row, &self.kind, self.times.as_deref())) {
            match items.iter_mut().find(|(known, _)| known == kind) {
                Some((_, sum)) => *sum = sum.saturating_add(times),
                None => items.push((kind.to_owned(), times)),
            }
        }
        items
    }
}

/// What one row of a group is of, and how many.
pub(crate) fn counted<'r>(row: &'r Answers, kind: &str, times: Option<&str>) -> Option<(&'r str, i64)> {
    let chosen = row.get(kind).and_then(Answer::option)?;
    let times = match times.map(|times| row.get(times)) {
        None => 1,
        Some(Some(Answer::Number(times))) => *times,
        Some(_) => 0,
    };
    Some((chosen, times))
}

pub(crate) fn read(node: &Node, faults: &mut Faults) -> Option<Booked> {
    let mut reader = Reader::of(node, "[booking]", faults)?;
    let booked = Booked {
        date: reader.need_text("date", faults),
        rows: reader.need_text("rows", faults),
        kind: reader.need_text("kind", faults),
        times: reader.text("times", faults),
        line: node.line,
    };
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
    let Some(Kind::Group { questions, .. }) = service.question(&booked.rows).map(|question| &question.kind) else {
        return faults.add(line, format_args!("`rows` of [booking] names `{}`, which is no group", booked.rows));
    };
    let inner = |id: &str| questions.iter().find(|question| question.id == id).map(|question| &question.kind);
    if !matches!(inner(&booked.kind), Some(Kind::Choice { .. })) {
        faults.add(line, format_args!("`kind` of [booking] names `{}`, which is no choice of its group", booked.kind));
    }
    if let Some(times) = booked.times.as_ref().filter(|times| !matches!(inner(times), Some(Kind::Number { .. }))) {
        faults.add(line, format_args!("`times` of [booking] names `{times}`, which is no number of its group"));
    }
}
