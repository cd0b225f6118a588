//! May somebody say that nothing has come of their report or order? (C-30)

use crate::working_days_on;
use catalogue::Escalate;
use jiff::{Timestamp, civil::Time};
use places::{
    Holidays,
    working_days::{self, add_working_days, london_day},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The agency is still in time.
    NotYet {
        from: Timestamp,
    },
    Open {
        until: Timestamp,
    },
    Over {
        since: Timestamp,
    },
    /// It was said for this report already.
    Said,
}

/// `weeks` is how often the round comes; for an order, 1. The days are counted by the agency's holidays.
pub fn escalation(
    rule: &Escalate,
    reported: Timestamp,
    weeks: u32,
    said: bool,
    now: Timestamp,
    holidays: &Holidays,
) -> Waiting {
    if said {
        return Waiting::Said;
    }
    let opens = working_days::at(
        add_working_days(london_day(reported), rule.after, holidays),
        rule.at.unwrap_or(Time::midnight()),
    );
    let length = rule.fortnightly.filter(|_| weeks > 1).unwrap_or(rule.open_for);
    let (from, until) = (opens.timestamp(), working_days_on(&opens, length, holidays));
    match now {
        now if now < from => Waiting::NotYet { from },
        now if now < until => Waiting::Open { until },
        _ => Waiting::Over { since: until },
    }
}
