use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use serde_json::{Value, json};

/// When something happened. Instants are kept in Europe/London as the person meant them (P-4): a time in the repeated
/// autumn hour carries its offset, so it names one instant.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    Exact(ZonedDateTime),
    /// Some time after `from` (last seen safe) and before `to` (found).
    Between {
        from: ZonedDateTime,
        to: ZonedDateTime,
    },
    /// The day is known, the time is not.
    Day(Date),
}

impl Moment {
    /// `{"at": "2026-05-22T21:00:00+01:00"}`, `{"from": …, "to": …}` or `{"date": "2026-05-22"}`.
    pub fn to_json(&self) -> Value {
        match self {
            Moment::Exact(at) => json!({ "at": with_offset(at) }),
            Moment::Between { from, to } => json!({ "from": with_offset(from), "to": with_offset(to) }),
            Moment::Day(date) => json!({ "date": date.to_string() }),
        }
    }

    /// The first instant it may have been: of a day its midnight, in the zone of `now`.
    pub fn begins(&self, now: &ZonedDateTime) -> Option<Timestamp> {
        match self {
            Moment::Exact(at) => Some(at.timestamp()),
            Moment::Between { from, .. } => Some(from.timestamp()),
            Moment::Day(date) => now.time_zone().to_timestamp(date.at(0, 0, 0, 0)).ok(),
        }
    }

    pub fn first_day(&self) -> Date {
        match self {
            Moment::Exact(at) => at.date(),
            Moment::Between { from, .. } => from.date(),
            Moment::Day(date) => *date,
        }
    }

    pub fn last_day(&self) -> Date {
        match self {
            Moment::Between { to, .. } => to.date(),
            other => other.first_day(),
        }
    }
}

/// RFC 3339 with the offset of that instant.
pub(crate) fn with_offset(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
