//! Local time in Europe/London, with its skipped and its repeated hour.

use crate::Words;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use std::sync::LazyLock;

/// The zone is bundled with the program; UTC stands in only if it were built without.
static LONDON: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC));

/// What a local day and time may name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Local {
    Once(ZonedDateTime),
    /// The repeated hour in autumn: summer time, then winter time.
    Twice(ZonedDateTime, ZonedDateTime),
    /// The skipped hour in spring.
    Never,
    /// Outside the years the calendar knows.
    Beyond,
}

pub(crate) fn local(date: Date, time: Time) -> Local {
    let ambiguous = LONDON.to_ambiguous_zoned_datetime(date.to_datetime(time));
    let (skipped, repeated) = match ambiguous.offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { .. } => (false, false),
        jiff::tz::AmbiguousOffset::Gap { .. } => (true, false),
        jiff::tz::AmbiguousOffset::Fold { .. } => (false, true),
    };
    if skipped {
        return Local::Never;
    }
    let instants = (ambiguous.clone().earlier(), ambiguous.later());
    match instants {
        (Ok(first), Ok(second)) if repeated => Local::Twice(first, second),
        (Ok(at), _) => Local::Once(at),
        _ => Local::Beyond,
    }
}

/// `21:00`, `9pm`, `2:30 am`, `9.30pm`, `2130`, `noon`, `midnight` (the first minute of the day).
pub fn time_of(text: &str) -> Option<Time> {
    let text: String = text.to_ascii_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    match text.as_str() {
        "midnight" => return Some(Time::midnight()),
        "noon" | "midday" => return Time::new(12, 0, 0, 0).ok(),
        _ => {}
    }
    let text = text.replace("a.m.", "am").replace("p.m.", "pm");
    let (figures, half) = match text.strip_suffix("am") {
        Some(figures) => (figures, Some(0)),
        None => text.strip_suffix("pm").map_or((text.as_str(), None), |figures| (figures, Some(12))),
    };
    let (hour, minute) = match figures.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if figures.len() == 4 && figures.is_ascii() => figures.split_at(2),
        // A bare "9" may be morning or evening.
        None if half.is_some() => (figures, "00"),
        None => return None,
    };
    let number = |text: &str| match text.len() {
        1 | 2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse::<i8>().ok(),
        _ => None,
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// From RFC 3339 with an offset; shown in Europe/London, to the second.
pub(super) fn instant(text: &str) -> Option<ZonedDateTime> {
    let at: Timestamp = text.parse().ok()?;
    let whole = Timestamp::from_second(at.as_second()).ok()?;
    Some(whole.to_zoned_datetime(LONDON.clone()))
}

/// As a field shows it: `21:00`.
pub(super) fn typed(at: &ZonedDateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// `Friday 22 May 2026 at 9:00pm`, in figures in other languages; in the repeated hour with "British summer time" or "winter time".
pub(crate) fn in_words(words: &Words, at: &ZonedDateTime) -> String {
    let said = if words.is_foreign() {
        at.strftime("%d/%m/%Y, %H:%M").to_string()
    } else {
        format!("{}{}", at.strftime("%A %-d %B %Y at %-I:%M"), if at.hour() < 12 { "am" } else { "pm" })
    };
    let fold = match local(at.date(), at.time()) {
        Local::Twice(first, _) if first.timestamp() == at.timestamp() => words.say("moment.show.first"),
        Local::Twice(..) => words.say("moment.show.second"),
        _ => "",
    };
    let space = if fold.is_empty() { "" } else { " " };
    format!("{said}{space}{fold}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn times_are_read_as_people_write_them() {
        let cases = [
            ("9pm", 21, 0),
            ("21:00", 21, 0),
            ("2:30am", 2, 30),
            ("2.30 AM", 2, 30),
            ("12am", 0, 0),
            ("12pm", 12, 0),
            ("noon", 12, 0),
            ("midnight", 0, 0),
            ("2130", 21, 30),
            ("09:05", 9, 5),
            ("9:05 p.m.", 21, 5),
            ("0:00", 0, 0),
        ];
        for (text, hour, minute) in cases {
            assert_eq!(time_of(text), Some(time(hour, minute, 0, 0)), "{text}");
        }
        for text in ["", "9", "24:00", "9:60", "13pm", "0am", "9:5", "nine", "21:00:00", "-1:00", "９pm", "1é23"] {
            assert_eq!(time_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_skipped_hour_never_was_and_the_repeated_hour_was_twice() {
        assert_eq!(local(date(2026, 3, 29), time(1, 30, 0, 0)), Local::Never);
        assert!(matches!(local(date(2026, 3, 29), time(2, 0, 0, 0)), Local::Once(_)));
        let Local::Twice(first, second) = local(date(2026, 10, 25), time(1, 30, 0, 0)) else { panic!() };
        assert_eq!(first.timestamp().to_string(), "2026-10-25T00:30:00Z");
        assert_eq!(second.timestamp().to_string(), "2026-10-25T01:30:00Z");
        assert!(matches!(local(date(2026, 10, 25), time(2, 0, 0, 0)), Local::Once(_)));
    }

    #[test]
    fn an_instant_needs_its_offset() {
        assert_eq!(instant("2026-10-25T01:30:00+01:00").unwrap().timestamp().to_string(), "2026-10-25T00:30:00Z");
        assert_eq!(instant("2026-05-22T20:00:00Z").unwrap().hour(), 21);
        assert_eq!(instant("2026-05-22T20:00:00"), None);
    }
}
