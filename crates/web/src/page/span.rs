//! Days as they stand in an address, from one to another, both counted.

use super::when::instant;
use jiff::civil::Date;
use store::Time;

/// `2026-11-27`.
pub fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day: &Date| day.to_string() == text)
}

/// The instant a day begins.
pub fn begins(day: Date) -> Time {
    Time(instant(day.at(0, 0, 0, 0)).as_microsecond())
}

/// From the beginning of the first day …
pub fn from(text: &str) -> Option<Time> {
    day(text).map(begins)
}

/// … to the end of the last.
pub fn to(text: &str) -> Option<Time> {
    day(text)?.tomorrow().ok().map(begins)
}

/// The first day and the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: Date,
    pub last: Date,
}

impl Days {
    /// As it stands in an address.
    pub fn query(&self) -> String {
        format!("from={}&to={}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_both_its_days_by_the_clock_on_the_wall() {
        let hours = |text: &str| (to(text).unwrap().micros() - from(text).unwrap().micros()) / 3_600_000_000;
        assert_eq!(hours("2026-11-27"), 24);
        // The clocks go back, and on.
        assert_eq!((hours("2026-10-25"), hours("2026-03-29")), (25, 23));
        for wrong in ["", "27/11/2026", "2026-13-01", "2026-11-27T10:00", "x"] {
            assert_eq!((from(wrong), to(wrong)), (None, None), "{wrong}");
        }
    }
}
