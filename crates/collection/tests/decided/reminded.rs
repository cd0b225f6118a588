//! The evening before (C-37).

use collection::{
    Occurrence,
    evening::{Coming, Hours, Say, Told},
};
use jiff::{Timestamp, civil::Date};

const HOURS: Hours = Hours { evening: 18, morning: 9 };

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn comes(days: &[&str]) -> Vec<Occurrence> {
    days.iter().map(|text| Occurrence { planned: day(text), day: day(text), why: String::new() }).collect()
}

fn told(on: &str, kinds: &[&str]) -> Told {
    Told { day: day(on), kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect() }
}

/// Recycling on these days and rubbish on those.
fn look(before: Option<&Told>, recycling: &[&str], rubbish: &[&str], now: &str) -> (Say, String) {
    let (recycling, rubbish) = (comes(recycling), comes(rubbish));
    let coming = [Coming { kind: "recycling", days: &recycling }, Coming { kind: "rubbish", days: &rubbish }];
    let look = HOURS.look(before, &coming, at(now));
    (look.say, look.again.to_string())
}

#[test]
fn it_is_said_from_the_evening_before_until_the_morning_of_the_day() {
    // Winter: the clock on the wall is UTC.
    let said = Say::Remind(told("2026-11-28", &["recycling"]));
    for (now, say, again) in [
        ("2026-11-27T17:59:59Z", &Say::Nothing, "2026-11-27T18:00:00Z"),
        ("2026-11-27T18:00:00Z", &said, "2026-11-27T19:00:00Z"),
        ("2026-11-28T08:59:59Z", &said, "2026-11-28T09:59:59Z"),
        ("2026-11-28T09:00:00Z", &Say::Nothing, "2026-11-28T18:00:00Z"),
    ] {
        assert_eq!(look(None, &["2026-11-28"], &["2026-12-05"], now), (say.clone(), again.to_owned()), "{now}");
    }
    // Summer: six in the evening is five in UTC.
    assert_eq!(look(None, &["2026-07-04"], &[], "2026-07-03T16:59:00Z").0, Say::Nothing);
    assert_ne!(look(None, &["2026-07-04"], &[], "2026-07-03T17:00:00Z").0, Say::Nothing);
}

#[test]
fn it_is_said_once_and_each_day_anew() {
    let before = told("2026-11-28", &["recycling"]);
    for now in ["2026-11-27T19:00:00Z", "2026-11-28T03:00:00Z"] {
        assert_eq!(look(Some(&before), &["2026-11-28"], &[], now).0, Say::Nothing, "{now}");
    }
    let next = Say::Remind(told("2026-11-29", &["rubbish"]));
    assert_eq!(look(Some(&before), &["2026-11-28"], &["2026-11-29"], "2026-11-28T18:00:00Z").0, next);
    assert_eq!(look(None, &["2026-12-25"], &["2026-12-25"], "2026-11-27T18:00:00Z").0, Say::Nothing);
}

#[test]
fn what_changes_after_it_was_said_is_said_too() {
    let before = told("2026-11-28", &["recycling", "rubbish"]);
    let now = "2026-11-27T21:00:00Z";
    let moved = Say::Correct { now: told("2026-11-28", &["rubbish"]), gone: vec!["recycling".to_owned()] };
    assert_eq!(look(Some(&before), &["2026-11-30"], &["2026-11-28"], now).0, moved);
    let gone = vec!["recycling".to_owned(), "rubbish".to_owned()];
    let none = Say::Correct { now: told("2026-11-28", &[]), gone };
    assert_eq!(look(Some(&before), &[], &[], now).0, none);
    // Once; and where it comes after all, that is a reminder.
    let after = told("2026-11-28", &[]);
    assert_eq!(look(Some(&after), &[], &[], now).0, Say::Nothing);
    assert_eq!(look(Some(&after), &["2026-11-28"], &[], now).0, Say::Remind(told("2026-11-28", &["recycling"])));
    let one = told("2026-11-28", &["recycling"]);
    let more = Say::Correct { now: told("2026-11-28", &["recycling", "rubbish"]), gone: vec![] };
    assert_eq!(look(Some(&one), &["2026-11-28"], &["2026-11-28"], now).0, more);
    // In the middle of the day it is too late.
    assert_eq!(look(Some(&one), &[], &[], "2026-11-28T10:00:00Z").0, Say::Nothing);
}

#[test]
fn the_evening_is_on_the_wall_when_the_clocks_change() {
    // The night from 24 to 25 October 2026 has an hour more, that from 27 to 28 March 2027 one less.
    for (now, again) in
        [("2026-10-25T12:00:00Z", "2026-10-25T18:00:00Z"), ("2027-03-28T12:00:00Z", "2027-03-28T17:00:00Z")]
    {
        assert_eq!(look(None, &[], &[], now), (Say::Nothing, again.to_owned()), "{now}");
    }
}
