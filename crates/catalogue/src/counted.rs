//! A group of questions whose rows are things, and how many of each: what is taken away, what is ordered, what is paid for.

use crate::source::Faults;
use crate::tree::Reader;
use crate::{Answer, Answers, Kind, Service};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The group …
    pub rows: String,
    /// … the choice in it that says what it is …
    pub kind: String,
    /// … and the number in it, if there is one.
    pub times: Option<String>,
}

impl Counted {
    pub(crate) fn read(reader: &mut Reader, faults: &mut Faults) -> Counted {
        Counted {
            rows: reader.need_text("rows", faults),
            kind: reader.need_text("kind", faults),
            times: reader.text("times", faults),
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

    /// `what` names the part of the definition, such as `[order]`.
    pub(crate) fn check(&self, service: &Service, (what, line): (&str, usize), faults: &mut Faults) {
        let Some(Kind::Group { .. }) = service.question(&self.rows).map(|question| &question.kind) else {
            return faults.add(line, format_args!("`rows` of {what} names `{}`, which is no group", self.rows));
        };
        if self.options(service).is_none() {
            faults.add(line, format_args!("`kind` of {what} names `{}`, which is no choice of its group", self.kind));
        }
        let is_number = |times: &&String| matches!(self.inner(service, times), Some(Kind::Number { .. }));
        if let Some(times) = self.times.as_ref().filter(|times| !is_number(times)) {
            faults.add(line, format_args!("`times` of {what} names `{times}`, which is no number of its group"));
        }
    }

    /// What there is to choose from.
    pub(crate) fn options<'s>(&self, service: &'s Service) -> Option<&'s [String]> {
        match self.inner(service, &self.kind)? {
            Kind::Choice { options, .. } => Some(options),
            _ => None,
        }
    }

    fn inner<'s>(&self, service: &'s Service, id: &str) -> Option<&'s Kind> {
        let Kind::Group { questions, .. } = &service.question(&self.rows)?.kind else { return None };
        questions.iter().find(|question| question.id == id).map(|question| &question.kind)
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
