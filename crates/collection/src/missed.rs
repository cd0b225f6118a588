//! One decision: can this collection be reported as missed now? (C-28)

use catalogue::{CollectedFrom, OneOpen, ReportWindow, SameDay, StaffSameDay};
use jiff::{Timestamp, civil::Date};
use places::{
    Holidays,
    working_days::{self, add_working_days, london_day},
};

/// The outcome by which a crew says that it was there and took it.
const COMPLETED: &str = "completed";

/// Who would report it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Resident,
    Staff,
}

/// What the crew recorded of the collection in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub outcome: String,
    pub reason: Option<String>,
    pub at: Timestamp,
}

/// A report of a missed collection at the property that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub kind: String,
    pub at: Timestamp,
    /// The crew fetches the bins from the door.
    pub assisted: bool,
}

/// What is known of one kind of collection at one property.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub kind: &'a str,
    /// The last day it was due, today at the latest; of something booked, the day that was booked.
    pub due: Option<Date>,
    /// The newest record; for a rule that counts from the day in the calendar, the record of that day.
    pub record: Option<&'a Record>,
    pub open: &'a [Opened],
    /// Another kind can be reported at this property now.
    pub another_allowed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    Allowed {
        /// The last instant; a midnight is the first that is too late.
        until: Timestamp,
    },
    TooEarly {
        /// None: when the crew's record comes, whenever that is.
        from: Option<Timestamp>,
        /// Somebody who cannot wait may telephone.
        telephone: bool,
    },
    TooLate {
        since: Timestamp,
    },
    AlreadyReported {
        on: Date,
    },
    CrewRecorded {
        outcome: String,
        reason: Option<String>,
    },
    /// The round is late as a whole: the crew is still to come.
    Delayed,
    NoCollectionKnown,
}

impl Stand {
    pub fn is_allowed(&self) -> bool {
        matches!(self, Stand::Allowed { .. })
    }
}

/// The answer by the rules of the agency. A report that is open comes before all else, since it says what is being done;
/// then too late, what the crew recorded, too early.
pub fn stand(facts: &Facts, rules: &ReportWindow, by: By, now: Timestamp, holidays: &Holidays) -> Stand {
    let own = own(facts, rules, by, now, holidays);
    let waits = matches!(own, Stand::TooEarly { .. } | Stand::TooLate { .. } | Stand::NoCollectionKnown);
    if waits && facts.another_allowed && rules.rides_along.iter().any(|kind| kind == facts.kind) {
        return Stand::Allowed { until: working_days::end_of(london_day(now)).timestamp() };
    }
    own
}

fn own(facts: &Facts, rules: &ReportWindow, by: By, now: Timestamp, holidays: &Holidays) -> Stand {
    let today = london_day(now);
    // A record of the future is one of a clock that goes wrong.
    let record = facts.record.filter(|record| record.at <= now);
    let due = facts.due.filter(|due| *due <= today);
    let day = match rules.count_from {
        CollectedFrom::Scheduled => due,
        CollectedFrom::RoundLog => {
            record.map(|record| london_day(record.at)).filter(|log| due.is_none_or(|due| *log >= due))
        }
    };
    // Reported since this collection; without a record yet, since the day it was due.
    let since = day.or(due).map(|day| working_days::start_of(day).timestamp());
    let closed_by = |open: &&Opened| {
        rules.one_open == OneOpen::Property || open.kind == facts.kind || (rules.assisted_blocks && open.assisted)
    };
    let open = facts.open.iter().filter(closed_by).map(|open| open.at);
    if let Some(at) = open.filter(|at| since.is_some_and(|since| *at >= since)).max() {
        return Stand::AlreadyReported { on: london_day(at) };
    }
    let Some(day) = day else { return without_day(due, today, rules, now) };
    let last = add_working_days(day, rules.close_days, holidays);
    let (until, late) = match rules.close_at {
        Some(at) => {
            let until = working_days::at(last, at).timestamp();
            (until, now > until)
        }
        None => {
            let until = working_days::end_of(last).timestamp();
            (until, now >= until)
        }
    };
    if late {
        return Stand::TooLate { since: until };
    }
    let early = if day == today { early(record, rules, by, now) } else { None };
    let hidden = rules.hides_completion && early.is_some();
    let blocked = |record: &&Record| {
        let holds = |rule: &catalogue::Blocking| rule.holds(&record.outcome, record.reason.as_deref());
        rules.blocking.iter().any(holds)
    };
    if let Some(record) = record.filter(blocked).filter(|_| !hidden) {
        return Stand::CrewRecorded { outcome: record.outcome.clone(), reason: record.reason.clone() };
    }
    early.unwrap_or(Stand::Allowed { until })
}

/// Nothing to count from: no day is known, or the round has no record yet.
fn without_day(due: Option<Date>, today: Date, rules: &ReportWindow, now: Timestamp) -> Stand {
    let (Some(due), Some(delayed_at)) = (due, rules.delayed_at) else { return Stand::NoCollectionKnown };
    if due < today || now >= working_days::at(due, delayed_at).timestamp() {
        return Stand::Delayed;
    }
    Stand::TooEarly { from: None, telephone: rules.telephone_before }
}

/// On the day itself, where it is too early.
fn early(record: Option<&Record>, rules: &ReportWindow, by: By, now: Timestamp) -> Option<Stand> {
    if by == By::Staff && rules.staff_same_day == StaffSameDay::AnyTime {
        return None;
    }
    let today = london_day(now);
    let completed = record.is_some_and(|record| record.outcome == COMPLETED);
    let hour = rules.same_day_at.map(|at| working_days::at(today, at).timestamp());
    let tomorrow = working_days::end_of(today).timestamp();
    let from = match rules.same_day {
        SameDay::Completed if completed => return None,
        SameDay::LogExists if record.is_some() => return None,
        SameDay::CompletedOrAfter if completed => return None,
        SameDay::Completed | SameDay::LogExists => tomorrow,
        SameDay::After | SameDay::CompletedOrAfter => hour.unwrap_or(tomorrow),
    };
    (now < from).then_some(Stand::TooEarly { from: Some(from), telephone: rules.telephone_before })
}
