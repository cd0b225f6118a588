//! Working days, calendar days and months of England and Wales (P-76).
//!
//! The start day is day 0. A limit in working days ends at the midnight that closes its last day, local time.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, ZonedDateTime};
use serde::Deserialize;
use std::sync::LazyLock;

/// A dated list of bank holidays. Dates are text, "2026-04-03".
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// What the list is of, "England and Wales".
    pub name: String,
    /// Address of the official list.
    pub source: String,
    /// The day on which the list was last looked through.
    pub checked: Date,
    /// The list is whole from the first day of this year …
    pub first_year: i16,
    /// … to the last day of this one. A day outside counts as no holiday.
    pub last_year: i16,
    /// In ascending order, none twice.
    #[serde(rename = "holiday", deserialize_with = "in_order")]
    pub days: Vec<Holiday>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub date: Date,
    pub name: String,
    /// Worked out by rule and not yet announced: compare with the official list before relying on it.
    #[serde(default)]
    pub verify: bool,
}

fn in_order<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Holiday>, D::Error> {
    let days = Vec::<Holiday>::deserialize(from)?;
    match days.windows(2).find(|pair| pair[0].date >= pair[1].date) {
        Some(pair) => Err(serde::de::Error::custom(format!("{} must come after {}", pair[1].date, pair[0].date))),
        None => Ok(days),
    }
}

impl Holidays {
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !weekend && self.days.binary_search_by_key(&day, |holiday| holiday.date).is_err()
    }

    /// Whether the list knows the holidays of that day's year.
    pub fn covers(&self, day: Date) -> bool {
        (self.first_year..=self.last_year).contains(&day.year())
    }
}

/// The `n`-th working day after `start`; `start` itself where `n` is 0, whatever day it is.
pub fn add_working_days(start: Date, n: u32, holidays: &Holidays) -> Date {
    let (mut day, mut left) = (start, n);
    while left > 0 {
        // The calendar of the library ends with the year 9999; there is no later day to give.
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        left -= u32::from(holidays.is_working_day(day));
    }
    day
}

/// The `n`-th working day before `end`; `end` itself where `n` is 0, whatever day it is.
pub fn working_days_before(end: Date, n: u32, holidays: &Holidays) -> Date {
    let (mut day, mut left) = (end, n);
    while left > 0 {
        // The calendar of the library begins with the year -9999; there is no earlier day to give.
        let Ok(before) = day.yesterday() else { return day };
        day = before;
        left -= u32::from(holidays.is_working_day(day));
    }
    day
}

/// How many working days lie after `start`, up to and with `end`; negative where `end` comes first.
pub fn working_days_between(start: Date, end: Date, holidays: &Holidays) -> i64 {
    if end < start {
        return -working_days_between(end, start, holidays);
    }
    let days = start.series(Span::new().days(1)).skip(1).take_while(|day| *day <= end);
    days.filter(|day| holidays.is_working_day(*day)).count() as i64
}

/// `n` local calendar days later.
pub fn add_days(start: Date, n: u32) -> Date {
    Span::new().try_days(n).and_then(|span| start.checked_add(span)).unwrap_or(Date::MAX)
}

/// `n` calendar months later; where the month has no such day, its last day: a month after 31 January ends February.
pub fn add_months(start: Date, n: u32) -> Date {
    Span::new().try_months(n).and_then(|span| start.checked_add(span)).unwrap_or(Date::MAX)
}

/// The midnight that closes the day in Europe/London: the first instant that is too late.
pub fn end_of(day: Date) -> ZonedDateTime {
    start_of(day.tomorrow().unwrap_or(day))
}

/// The midnight that opens the day in Europe/London.
pub fn start_of(day: Date) -> ZonedDateTime {
    // London never skips midnight; only the very ends of the library's calendar cannot be placed.
    day.to_zoned_datetime(LONDON.clone()).unwrap_or_else(|_| jiff::Timestamp::MAX.to_zoned_datetime(LONDON.clone()))
}

/// An hour of the day by the clock in Europe/London. One that comes twice in autumn is the first of the two; one that is left out
/// in spring is an hour on.
pub fn at(day: Date, time: Time) -> ZonedDateTime {
    day.to_datetime(time).to_zoned_datetime(LONDON.clone()).unwrap_or_else(|_| start_of(day))
}

/// The local day of an instant: what a resident's calendar shows.
pub fn london_day(instant: jiff::Timestamp) -> Date {
    instant.to_zoned_datetime(LONDON.clone()).date()
}

/// From the table built into the program: no file of the machine is read.
static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/London").expect("the bundled table knows London"));
