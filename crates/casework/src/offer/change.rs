//! What differs from the file of an agency, and how that reads.

use crate::Setting;
use catalogue::{ClosedTo, Limit, Offer};
use serde::{Deserialize, Serialize};

/// Who may send a report of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    #[default]
    Everybody,
    /// The agency's own staff, at their desk and by their own programs.
    Staff,
    Nobody,
}

impl Open {
    pub const ALL: [Open; 3] = [Open::Everybody, Open::Staff, Open::Nobody];

    pub fn name(self) -> &'static str {
        match self {
            Open::Everybody => "everybody",
            Open::Staff => "staff",
            Open::Nobody => "nobody",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Open::Everybody => "Everybody can send it",
            Open::Staff => "Only our own staff send it",
            Open::Nobody => "Off: nobody can send it for now",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Hours,
    #[default]
    WorkingDays,
    Days,
}

impl Unit {
    pub const ALL: [Unit; 3] = [Unit::WorkingDays, Unit::Days, Unit::Hours];

    pub fn name(self) -> &'static str {
        match self {
            Unit::Hours => "hours",
            Unit::WorkingDays => "working_days",
            Unit::Days => "days",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Unit::Hours => "hours",
            Unit::WorkingDays => "working days",
            Unit::Days => "days",
        }
    }
}

/// A target that staff set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub number: u32,
    pub unit: Unit,
}

impl From<Span> for Limit {
    fn from(span: Span) -> Limit {
        match span.unit {
            Unit::Hours => Limit::Hours(span.number),
            Unit::WorkingDays => Limit::WorkingDays(span.number),
            Unit::Days => Limit::Days(span.number),
        }
    }
}

/// All that staff changed, as one version has it. What is empty is as the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    pub open: Open,
    /// What stands in place of the form.
    pub title: String,
    pub words: String,
    /// A service to go on with.
    pub go: String,
    /// A page elsewhere, and its words.
    pub link: String,
    pub link_words: String,
    /// Under its name in the list.
    pub hint: String,
    pub first_answer: Option<Span>,
    pub target: Option<Span>,
    /// `all` or `others`.
    pub updates_closed: String,
    /// Days after a report was closed in which others may say something.
    pub updates_days: Option<u32>,
    pub reopen_off: bool,
    /// Days after a report was closed in which its reporter can open it again.
    pub reopen_days: Option<u32>,
}

impl Change {
    /// The offer of the file, with what staff changed.
    pub(crate) fn over(&self, filed: &Offer) -> Offer {
        let mut offer = filed.clone();
        if let Some(span) = self.first_answer {
            offer.first_answer = span.into();
        }
        if let Some(span) = self.target {
            offer.target = span.into();
        }
        if let Some(to) = ClosedTo::from_name(&self.updates_closed) {
            offer.remarks.to = Some(to);
        }
        if let Some(days) = self.updates_days {
            offer.remarks.after_days = Some(days);
        }
        offer
    }
}

/// One thing that differs between two versions, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub what: String,
    pub before: String,
    pub after: String,
}

pub fn span_words(limit: Limit) -> String {
    let (number, one, many) = match limit {
        Limit::Hours(n) => (n, "hour", "hours"),
        Limit::WorkingDays(n) => (n, "working day", "working days"),
        Limit::Days(n) => (n, "day", "days"),
        Limit::Months(n) => (n, "month", "months"),
    };
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What the second has that the first has not, in the order of the form.
pub fn differs(setting: &Setting, agency: &str, service: &str, before: &Change, after: &Change) -> Vec<Said> {
    let filed = setting.catalogue.agency(agency).and_then(|known| known.offer(service));
    let text = |text: &str| if text.is_empty() { "Nothing".to_owned() } else { text.to_owned() };
    let span = |span: Option<Span>, filed: Option<Limit>| match (span, filed) {
        (Some(span), _) => span_words(span.into()),
        (None, Some(limit)) => format!("{}, as in the file", span_words(limit)),
        (None, None) => "As in the file".to_owned(),
    };
    let closed = |to: &str| match ClosedTo::from_name(to) {
        Some(ClosedTo::All) => "Closed to everybody".to_owned(),
        Some(ClosedTo::Others) => "Closed to everybody but the reporter".to_owned(),
        None => "As in the file".to_owned(),
    };
    let days = |days: Option<u32>| days.map_or_else(|| "As in the file".to_owned(), |n| span_words(Limit::Days(n)));
    let reopens = |change: &Change| match change.reopen_off {
        true => "Not at all".to_owned(),
        false => days(change.reopen_days),
    };
    let go = |id: &str| if id.is_empty() { "Nothing".to_owned() } else { setting.service_name(id) };
    let link = |change: &Change| match change.link.as_str() {
        "" => "Nothing".to_owned(),
        link => format!("{}: {link}", change.link_words),
    };
    let row = |what: &str, of: &dyn Fn(&Change) -> String| {
        let (before, after) = (of(before), of(after));
        (before != after).then(|| Said { what: what.to_owned(), before, after })
    };
    let rows = [
        row("Who can send it", &|change| change.open.words().to_owned()),
        row("Heading in place of the form", &|change| text(&change.title)),
        row("Words in place of the form", &|change| text(&change.words)),
        row("Kind of report to use instead", &|change| go(&change.go)),
        row("Page to go to instead", &link),
        row("Hint under its name", &|change| text(&change.hint)),
        row("First answer", &|change| span(change.first_answer, filed.map(|offer| offer.first_answer))),
        row("Work done", &|change| span(change.target, filed.map(|offer| offer.target))),
        row("What other people may say", &|change| closed(&change.updates_closed)),
        row("Other people may say something after it is closed", &|change| days(change.updates_days)),
        row("The reporter can open it again", &reopens),
    ];
    rows.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_is_as_the_row_that_keeps_it_was_written_long_ago() {
        let old: Change = serde_json::from_str(r#"{"open":"staff","target":{"number":3,"unit":"hours"}}"#).unwrap();
        assert_eq!(old.target.map(Limit::from), Some(Limit::Hours(3)));
        assert_eq!(old, Change { open: Open::Staff, target: old.target, ..Change::default() });
    }

    #[test]
    fn a_span_reads_as_people_say_it() {
        assert_eq!(span_words(Limit::WorkingDays(1)), "1 working day");
        assert_eq!(span_words(Limit::Months(3)), "3 months");
    }
}
