//! Instants as people in Europe/London read them.

use jiff::{
    Timestamp, ZonedDateTime,
    civil::DateTime,
    tz::{TimeZone, TimeZoneDatabase},
};
use std::sync::LazyLock;
use store::Time;

static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/London").unwrap_or(TimeZone::UTC));

pub fn local(at: Time) -> ZonedDateTime {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_zoned_datetime(LONDON.clone())
}

/// The instant of a time on the wall. One that comes twice in autumn is the first of the two; one that the clocks leave out
/// in spring is an hour on.
pub fn instant(local: DateTime) -> Timestamp {
    local.to_zoned_datetime(LONDON.clone()).map(|zoned| zoned.timestamp()).unwrap_or_default()
}

/// `Thursday 3 December 2026, 6:00pm to 7:30pm`; with the day it ends where that is another.
pub fn span(starts: DateTime, ends: Option<DateTime>) -> String {
    let hour = |at: DateTime| match (at.hour(), at.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (hour, _) => format!("{}{}", at.strftime("%-I:%M"), if hour < 12 { "am" } else { "pm" }),
    };
    let begins = format!("{}, {}", starts.strftime("%A %-d %B %Y"), hour(starts));
    match ends {
        Some(ends) if ends.date() == starts.date() => format!("{begins} to {}", hour(ends)),
        Some(ends) => format!("{begins} to {}, {}", ends.strftime("%A %-d %B %Y"), hour(ends)),
        None => begins,
    }
}

/// A whole hour of the day: `8am`, `midday`.
pub fn hour(hour: i64) -> String {
    match hour {
        0 => "midnight".to_owned(),
        12 => "midday".to_owned(),
        1..12 => format!("{hour}am"),
        _ => format!("{}pm", hour - 12),
    }
}

/// An hour with its minutes where it has some: `7am`, `6:45am`, `midday`.
pub fn clock(at: jiff::civil::Time) -> String {
    match at.minute() {
        0 => hour(i64::from(at.hour())),
        _ => format!("{}{}", at.strftime("%-I:%M"), if at.hour() < 12 { "am" } else { "pm" }),
    }
}

/// `3 December 2026`.
pub fn date(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// RFC 3339, in UTC: `2026-11-27T08:00:00Z`.
pub fn stamp(at: Time) -> String {
    Timestamp::from_microsecond(at.micros()).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `November 2026`.
pub fn month(at: Time) -> String {
    local(at).strftime("%B %Y").to_string()
}

/// `Tuesday 1 December 2026`; today and tomorrow are said so.
pub fn near(day: jiff::civil::Date, today: jiff::civil::Date) -> String {
    let words = weekday(day);
    match (day - today).get_days() {
        0 => format!("Today, {words}"),
        1 => format!("Tomorrow, {words}"),
        _ => words,
    }
}

/// `Tuesday 24 November 2026`, of a day.
pub fn weekday(day: jiff::civil::Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// `Tuesday 24 November 2026`.
pub fn day(at: Time) -> String {
    local(at).strftime("%A %-d %B %Y").to_string()
}

/// `24 November 2026 at 9:05am`.
pub fn moment(at: Time) -> String {
    civil(local(at).datetime())
}

/// The same of a clock that may be anywhere, such as a camera's.
pub fn civil(local: DateTime) -> String {
    match (local.hour(), local.minute()) {
        (0, 0) => format!("{} at midnight", local.strftime("%-d %B %Y")),
        (12, 0) => format!("{} at midday", local.strftime("%-d %B %Y")),
        _ => format!(
            "{} at {}{}",
            local.strftime("%-d %B %Y"),
            local.strftime("%-I:%M"),
            if local.hour() < 12 { "am" } else { "pm" }
        ),
    }
}

/// A date by which something is due, after "by": the midnight that closes a day is the end of that day.
pub fn by(at: Time) -> String {
    let local = local(at);
    match (local.hour(), local.minute()) {
        (0, 0) => format!("the end of {}", day(at.plus_hours(-1))),
        _ => moment(at),
    }
}

/// The same in figures, for a language whose names of days and months the house does not know.
pub fn by_in(tongue: &super::Tongue, at: Time) -> String {
    let local = local(at);
    match (tongue.is_english(), local.hour(), local.minute()) {
        (true, ..) => by(at),
        (_, 0, 0) => self::local(at.plus_hours(-1)).strftime("%d/%m/%Y").to_string(),
        _ => local.strftime("%d/%m/%Y, %H:%M").to_string(),
    }
}

/// How long ago, roughly: `5 minutes`, `3 hours`, `12 days`.
pub fn age(since: Time, now: Time) -> String {
    let minutes = (now.micros() - since.micros()).max(0) / 60_000_000;
    let (n, unit) = match minutes {
        0..60 => (minutes, "minute"),
        60..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}

/// `£42.50`.
pub fn pounds(pence: i64) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn times_are_shown_by_the_clock_on_the_wall() {
        assert_eq!(moment(at("2026-07-01T08:05:00Z")), "1 July 2026 at 9:05am");
        assert_eq!(moment(at("2026-11-24T12:00:00Z")), "24 November 2026 at midday");
        assert_eq!(moment(at("2026-11-24T13:30:00Z")), "24 November 2026 at 1:30pm");
        assert_eq!(day(at("2026-06-30T23:30:00Z")), "Wednesday 1 July 2026");
    }

    #[test]
    fn a_meeting_is_told_with_its_day_once() {
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        let evening = at("2026-12-03T18:00");
        assert_eq!(span(evening, None), "Thursday 3 December 2026, 6:00pm");
        assert_eq!(span(evening, Some(at("2026-12-03T19:30"))), "Thursday 3 December 2026, 6:00pm to 7:30pm");
        let next = "Thursday 3 December 2026, 6:00pm to Friday 4 December 2026, midnight";
        assert_eq!(span(evening, Some(at("2026-12-04T00:00"))), next);
        assert_eq!(date(evening.date()), "3 December 2026");
    }

    #[test]
    fn a_day_that_closes_at_midnight_is_due_by_its_end() {
        assert_eq!(by(at("2026-12-02T00:00:00Z")), "the end of Tuesday 1 December 2026");
        assert_eq!(by(at("2026-06-30T23:00:00Z")), "the end of Tuesday 30 June 2026");
        assert_eq!(by(at("2026-11-24T13:30:00Z")), "24 November 2026 at 1:30pm");
    }

    #[test]
    fn an_age_is_said_in_the_unit_that_fits() {
        let now = at("2026-11-24T12:00:00Z");
        assert_eq!(age(now.plus_seconds(-61), now), "1 minute");
        assert_eq!(age(now.plus_hours(-5), now), "5 hours");
        assert_eq!(age(now.plus_hours(-72), now), "3 days");
    }
}
