//! When a limit ends (P-76): hours by the clock, working days by a holiday list, local days.

use catalogue::{HolidayList, Limit};
use jiff::{Timestamp, civil::Date};
use places::{
    Holidays,
    working_days::{self, Holiday},
};
use store::Time;

/// The day on the wall in Europe/London.
pub fn local_day(at: Time) -> Date {
    working_days::london_day(Timestamp::from_microsecond(at.micros()).unwrap_or_default())
}

/// The month of an instant, local, as year × 12 + month − 1: the next is one more.
pub fn month(at: Time) -> i64 {
    let day = local_day(at);
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// Where a month begins: the midnight that closes the day before.
pub fn month_begins(month: i64) -> Option<Time> {
    let first = Date::new(i16::try_from(month.div_euclid(12)).ok()?, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1);
    Some(end_of(first.ok()?.yesterday().ok()?))
}

/// The midnight that closes a local day.
pub fn end_of(day: Date) -> Time {
    Time(working_days::end_of(day).timestamp().as_microsecond())
}

/// The instant after which the limit is broken. Without a list only weekends are left out.
pub fn ends(limit: &Limit, from: Time, holidays: Option<&Holidays>) -> Time {
    match limit {
        Limit::Hours(n) => from.plus_hours(i64::from(*n)),
        Limit::WorkingDays(n) => {
            let day = local_day(from);
            let end = match holidays {
                Some(list) => working_days::add_working_days(day, *n, list),
                None => working_days::add_working_days(day, *n, &empty(day)),
            };
            end_of(end)
        }
        Limit::Days(n) => end_of(working_days::add_days(local_day(from), *n)),
        Limit::Months(n) => end_of(working_days::add_months(local_day(from), *n)),
    }
}

/// A list of the catalogue as working days are counted by it.
pub fn holidays(of: &HolidayList) -> Holidays {
    let mut days: Vec<Holiday> =
        of.days.iter().map(|day| Holiday { date: day.date, name: day.name.clone(), verify: false }).collect();
    days.sort_by_key(|day| day.date);
    let years = days.first().map(|d| d.date.year()).zip(days.last().map(|d| d.date.year())).unwrap_or((0, 0));
    Holidays {
        name: of.name.clone(),
        source: of.source.clone(),
        checked: of.checked.unwrap_or_default(),
        first_year: years.0,
        last_year: years.1,
        days,
    }
}

/// Of a place where only weekends are no working days.
pub fn no_holidays() -> Holidays {
    empty(Date::default())
}

fn empty(day: Date) -> Holidays {
    Holidays {
        name: String::new(),
        source: String::new(),
        checked: day,
        first_year: day.year(),
        last_year: day.year(),
        days: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn hours_run_by_the_clock_also_when_the_clocks_change() {
        // PT-2: 24 elapsed hours over the night of 25 October 2026.
        assert_eq!(ends(&Limit::Hours(24), at("2026-10-24T22:50Z"), None), at("2026-10-25T22:50Z"));
    }

    #[test]
    fn working_days_leave_out_weekends() {
        // Friday 22 May 2026 in summer time; the limit ends at the midnight that closes Tuesday.
        assert_eq!(ends(&Limit::WorkingDays(2), at("2026-05-22T10:00Z"), None), at("2026-05-26T23:00Z"));
    }
}
