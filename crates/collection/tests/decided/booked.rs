//! The table of council 1.7: days that can be booked, and until when a booking can be cancelled, changed, given back. Monday 25 May
//! 2026 is a bank holiday.

use super::{at, holidays};
use catalogue::{Booking, Source, booking_rules};
use collection::booking::{BookedDay, TooMany, days, first_day, is_open, next_reminder, too_many, until};
use jiff::civil::{Date, date};
use std::{fs, path::Path};

fn rules(council: &str) -> Booking {
    let file = format!("tests/rules/booking-{council}.toml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
    booking_rules(&Source::new(file, text)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

const WEDNESDAY: Date = date(2026, 5, 20);
const TUESDAY_AFTER_THE_HOLIDAY: Date = date(2026, 5, 26);

#[test]
fn a_booking_can_be_cancelled_until_the_hour_of_its_council() {
    for (council, last, late) in [
        ("bromley", "2026-05-26 06:59:59", "2026-05-26 07:00"),
        ("kingston", "2026-05-26 06:29:59", "2026-05-26 06:30"),
        ("sutton", "2026-05-26 05:59:59", "2026-05-26 06:00"),
        ("brent", "2026-05-25 23:58:59", "2026-05-25 23:59"),
        // The working day before a Tuesday after the bank holiday is the Friday.
        ("merton", "2026-05-22 13:59:59", "2026-05-22 14:00"),
        ("peterborough", "2026-05-22 13:59:59", "2026-05-22 14:00"),
        ("bexley", "2026-05-21 23:58:59", "2026-05-21 23:59"),
    ] {
        let cut = rules(council).cancel;
        assert!(is_open(&cut, TUESDAY_AFTER_THE_HOLIDAY, at(last), &holidays(None)), "{council} at {last}");
        assert!(!is_open(&cut, TUESDAY_AFTER_THE_HOLIDAY, at(late), &holidays(None)), "{council} at {late}");
        assert_eq!(until(&cut, TUESDAY_AFTER_THE_HOLIDAY, &holidays(None)), at(late), "{council}");
    }
}

#[test]
fn the_day_is_changed_until_two_in_the_afternoon_of_the_day_before() {
    for council in ["bromley", "brent", "kingston", "sutton", "merton", "peterborough", "bexley"] {
        let cut = rules(council).amend;
        assert!(is_open(&cut, TUESDAY_AFTER_THE_HOLIDAY, at("2026-05-25 13:59"), &holidays(None)), "{council}");
        assert!(!is_open(&cut, TUESDAY_AFTER_THE_HOLIDAY, at("2026-05-25 14:00"), &holidays(None)), "{council}");
    }
}

#[test]
fn what_was_paid_comes_back_in_the_window_of_the_council_and_nowhere_without_one() {
    let cut = rules("peterborough").refund.unwrap();
    assert!(is_open(&cut, WEDNESDAY, at("2026-05-19 06:44"), &holidays(None)));
    assert!(!is_open(&cut, WEDNESDAY, at("2026-05-19 06:45"), &holidays(None)));
    assert_eq!(rules("bromley").refund, None);
}

#[test]
fn the_first_day_is_tomorrow_and_one_later_once_the_hour_has_passed() {
    for (council, now, first) in [
        ("bromley", "2026-05-19 23:59", WEDNESDAY),
        ("merton", "2026-05-19 13:59", WEDNESDAY),
        ("merton", "2026-05-19 14:00", date(2026, 5, 21)),
        ("peterborough", "2026-05-19 14:00", date(2026, 5, 21)),
        ("brent", "2026-05-19 23:58", WEDNESDAY),
        ("brent", "2026-05-19 23:59", date(2026, 5, 21)),
        ("bexley", "2026-05-19 23:59", date(2026, 5, 21)),
    ] {
        assert_eq!(first_day(&rules(council), at(now)), first, "{council} at {now}");
    }
}

#[test]
fn the_last_day_lies_in_the_window_of_the_council() {
    // A Monday, so that each window ends on a Monday too.
    let now = at("2026-06-01 10:00");
    for (council, last) in [
        ("bromley", date(2026, 6, 29)),
        ("brent", date(2026, 6, 29)),
        ("bexley", date(2026, 7, 13)),
        ("merton", date(2026, 7, 27)),
        ("peterborough", date(2026, 7, 27)),
    ] {
        let open = days(&rules(council), &[], now, &holidays(None));
        assert_eq!((open[0].day, open[open.len() - 1].day), (date(2026, 6, 2), last), "{council}");
    }
}

#[test]
fn no_crew_comes_on_a_holiday_a_closed_day_or_one_that_the_week_leaves_out() {
    let mut rules = rules("merton");
    rules.closed.push(date(2026, 5, 22));
    let open = days(&rules, &[], at("2026-05-20 09:00"), &holidays(None));
    let first: Vec<_> = open.iter().take(4).map(|open| (open.day, open.places)).collect();
    let expected = [(21, 4), (23, 2), (26, 4), (27, 4)].map(|(day, places)| (date(2026, 5, day), places));
    assert_eq!(first, expected);
}

#[test]
fn what_a_council_sends_for_a_day_comes_before_its_week() {
    let given = [
        BookedDay { day: date(2026, 5, 21), places: 0 },
        BookedDay { day: date(2026, 5, 24), places: 9 },
        BookedDay { day: date(2026, 5, 25), places: 1 },
    ];
    let open = days(&rules("bromley"), &given, at("2026-05-20 09:00"), &holidays(None));
    let first: Vec<_> = open.iter().take(4).map(|open| (open.day, open.places)).collect();
    let expected = [(22, 4), (24, 9), (25, 1), (26, 4)].map(|(day, places)| (date(2026, 5, day), places));
    assert_eq!(first, expected, "a full Thursday, a Sunday, and the holiday");
}

#[test]
fn more_than_a_crew_takes_is_too_many_of_all_or_of_one_kind() {
    let mut rules = rules("brent");
    rules.most_each.push(("battery".into(), 2));
    let items = |items: &[(&str, i64)]| items.iter().map(|(kind, n)| ((*kind).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(too_many(&rules, &items(&[("sofa", 3), ("bed", 2)])), None);
    assert_eq!(too_many(&rules, &items(&[("sofa", 3), ("bed", 3)])), Some(TooMany::Items { most: 5 }));
    let kind = "battery".to_owned();
    assert_eq!(too_many(&rules, &items(&[("battery", 3)])), Some(TooMany::Kind { kind, most: 2 }));
    assert_eq!(too_many(&rules, &items(&[("sofa", i64::MAX), ("bed", 9)])), Some(TooMany::Items { most: 5 }));
}

#[test]
fn people_are_reminded_three_days_and_one_day_before() {
    let rules = rules("bromley");
    let next = |now| next_reminder(&rules, TUESDAY_AFTER_THE_HOLIDAY, at(now));
    assert_eq!(next("2026-05-20 10:00"), Some(at("2026-05-23 18:00")));
    assert_eq!(next("2026-05-23 18:00"), Some(at("2026-05-25 18:00")));
    assert_eq!(next("2026-05-25 18:00"), None);
}

#[test]
fn an_hour_that_the_change_of_the_clocks_leaves_out_moves_no_day() {
    let cut = catalogue::CutOff { days: 0, working: false, at: jiff::civil::time(1, 30, 0, 0) };
    let day = date(2026, 3, 29);
    assert_eq!(jiff::tz::TimeZone::UTC.to_datetime(until(&cut, day, &holidays(None))).date(), day);
}
