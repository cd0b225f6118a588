//! What ties the reports of a service to things that are ordered for a home (council 1.7): which group says what, and how many.

use crate::booking::counted;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Kind, Service};

/// `[order]` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered {
    /// The group whose rows are what is ordered …
    pub rows: String,
    /// … the choice in it that says what it is …
    pub kind: String,
    /// … and the number in it, if there is one.
    pub times: Option<String>,
    pub line: usize,
}

impl Ordered {
    /// Each kind with how many of it.
    pub fn items(&self, answers: &Answers) -> Vec<(String, i64)> {
        let Some(Answer::Group(rows)) = answers.get(&self.rows) else { return Vec::new() };
        let mut items: Vec<(String, i64)> = Vec::new();
        for (kind, times) in rows.iter().filter_map(|row| counted(row, &self.kind, self.times.as_deref())) {
            match items.iter_mut().find(|(known, _)| known == kind) {
                Some((_, sum)) => *sum = sum.saturating_add(times),
                None => items.push((kind.to_owned(), times)),
            }
        }
        items
    }

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
    let ordered = Ordered {
        rows: reader.need_text("rows", faults),
        kind: reader.need_text("kind", faults),
        times: reader.text("times", faults),
        line: node.line,
    };
    reader.close(faults);
    Some(ordered)
}

pub(crate) fn check(service: &Service, faults: &mut Faults) {
    let Some(ordered) = &service.order else { return };
    let line = ordered.line;
    if service.deciding_place().is_none() {
        faults.add(line, "[order] needs a place that decides: the home");
    }
    let Some(Kind::Group { questions, .. }) = service.question(&ordered.rows).map(|question| &question.kind) else {
        return faults.add(line, format_args!("`rows` of [order] names `{}`, which is no group", ordered.rows));
    };
    let inner = |id: &str| questions.iter().find(|question| question.id == id).map(|question| &question.kind);
    if !matches!(inner(&ordered.kind), Some(Kind::Choice { .. })) {
        faults.add(line, format_args!("`kind` of [order] names `{}`, which is no choice of its group", ordered.kind));
    }
    if let Some(times) = ordered.times.as_ref().filter(|times| !matches!(inner(times), Some(Kind::Number { .. }))) {
        faults.add(line, format_args!("`times` of [order] names `{times}`, which is no number of its group"));
    }
}
