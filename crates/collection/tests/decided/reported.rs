use crate::{at, holidays, rules};
use catalogue::ReportWindow;
use collection::{By, Facts, Opened, Record, Stand, stand};
use jiff::{Timestamp, civil::Date};

/// The day of the examples in C-29. Monday 25 May 2026 is a bank holiday.
const FRIDAY: &str = "2026-05-22";

fn record(text: &str) -> Record {
    let (what, moment) = text.split_once(" at ").unwrap();
    let (outcome, reason) = what.split_once(':').map_or((what, None), |(outcome, reason)| (outcome, Some(reason)));
    Record { outcome: outcome.into(), reason: reason.map(str::to_owned), at: at(moment) }
}

fn answer(stand: &Stand) -> &'static str {
    match stand {
        Stand::Allowed { .. } => "allowed",
        Stand::TooEarly { telephone: true, .. } => "telephone",
        Stand::TooEarly { .. } => "too early",
        Stand::TooLate { .. } => "too late",
        Stand::AlreadyReported { .. } => "already reported",
        Stand::CrewRecorded { .. } => "crew recorded",
        Stand::Delayed => "delayed",
        Stand::NoCollectionKnown => "no collection known",
    }
}

fn decide(window: &ReportWindow, due: &str, crew: &str, by: By, now: Timestamp) -> Stand {
    let record = (!crew.is_empty()).then(|| record(crew));
    let due = due.parse::<Date>().ok();
    let facts = Facts { kind: "rubbish", due, record: record.as_ref(), open: &[], another_allowed: false };
    stand(&facts, window, by, now, &holidays(window.holidays.as_deref()))
}

const DONE: &str = "completed at 2026-05-22 10:05";
const LOG: &str = "completed at 2026-05-22 14:00";
use By::{Resident, Staff};

/// Council, day it was due, what the crew recorded, who asks, when, answer.
type Row = (&'static str, &'static str, &'static str, By, &'static str, &'static str);

const WORKED: &[Row] = &[
    // C-29, row by row.
    ("bromley", FRIDAY, "", Resident, "2026-05-22 16:59", "too early"),
    ("bromley", FRIDAY, "", Resident, "2026-05-22 17:00", "allowed"),
    ("bromley", FRIDAY, "", Resident, "2026-05-27 23:59", "allowed"),
    ("bromley", FRIDAY, "", Resident, "2026-05-28 00:00", "too late"),
    ("bromley", FRIDAY, DONE, Resident, "2026-05-22 10:04", "too early"),
    ("bromley", FRIDAY, DONE, Resident, "2026-05-22 10:06", "allowed"),
    ("brent", FRIDAY, "", Resident, "2026-05-22 21:59", "too early"),
    ("brent", FRIDAY, "", Resident, "2026-05-22 22:00", "allowed"),
    ("kingston", FRIDAY, "", Resident, "2026-05-22 23:59", "too early"),
    ("kingston", FRIDAY, "", Resident, "2026-05-23 00:00", "allowed"),
    ("kingston", FRIDAY, DONE, Resident, "2026-05-22 10:06", "allowed"),
    ("sutton", FRIDAY, DONE, Resident, "2026-05-22 17:59", "too early"),
    ("sutton", FRIDAY, DONE, Resident, "2026-05-22 18:00", "allowed"),
    ("sutton", FRIDAY, DONE, Resident, "2026-05-26 23:59", "allowed"),
    ("sutton", FRIDAY, DONE, Resident, "2026-05-27 00:00", "too late"),
    ("peterborough", FRIDAY, "", Resident, "2026-05-22 16:59", "telephone"),
    ("peterborough", FRIDAY, "", Staff, "2026-05-22 16:59", "allowed"),
    ("peterborough", FRIDAY, "", Resident, "2026-05-22 17:00", "allowed"),
    ("peterborough", FRIDAY, "", Resident, "2026-05-26 16:00:00", "allowed"),
    ("peterborough", FRIDAY, "", Resident, "2026-05-26 16:00:01", "too late"),
    ("bexley", FRIDAY, LOG, Resident, "2026-05-22 14:01", "allowed"),
    ("bexley", FRIDAY, LOG, Resident, "2026-05-28 12:00", "allowed"),
    ("bexley", FRIDAY, LOG, Resident, "2026-05-29 00:00", "too late"),
    ("bexley", FRIDAY, "", Resident, "2026-05-22 16:59", "too early"),
    ("bexley", FRIDAY, "", Resident, "2026-05-22 17:00", "delayed"),
    ("bexley", FRIDAY, "", Resident, "2026-05-23 09:00", "delayed"),
    // A record of an older round is none of this one.
    ("bexley", FRIDAY, "completed at 2026-05-15 14:00", Resident, "2026-05-22 17:00", "delayed"),
    // What the crew recorded.
    (
        "bromley",
        FRIDAY,
        "not_completed:contaminated at 2026-05-22 09:00",
        Resident,
        "2026-05-22 18:00",
        "crew recorded",
    ),
    ("bromley", FRIDAY, "completed:excess at 2026-05-22 09:00", Resident, "2026-05-22 18:00", "crew recorded"),
    ("bromley", FRIDAY, "not_completed at 2026-05-22 09:00", Resident, "2026-05-28 00:00", "too late"),
    ("sutton", FRIDAY, "not_completed at 2026-05-22 09:00", Resident, "2026-05-22 17:59", "too early"),
    ("sutton", FRIDAY, "not_completed at 2026-05-22 09:00", Resident, "2026-05-22 18:00", "crew recorded"),
    ("peterborough", FRIDAY, "not_completed:contaminated at 2026-05-22 09:00", Resident, "2026-05-22 18:00", "allowed"),
    (
        "peterborough",
        FRIDAY,
        "not_completed:street_locked_out at 2026-05-22 09:00",
        Resident,
        "2026-05-22 18:00",
        "crew recorded",
    ),
    ("bexley", FRIDAY, "completed:tag at 2026-05-22 14:00", Resident, "2026-05-22 15:00", "crew recorded"),
    // A record of the future is none.
    ("bromley", FRIDAY, "completed at 2026-05-23 10:00", Resident, "2026-05-22 16:59", "too early"),
    // No day, or one to come.
    ("bromley", "", "", Resident, "2026-05-22 18:00", "no collection known"),
    ("bromley", "2026-05-29", "", Resident, "2026-05-22 18:00", "no collection known"),
    ("bexley", "", "", Resident, "2026-05-22 18:00", "no collection known"),
    // The day before the clocks go on, and the day before they go back: hours are those on the wall.
    ("bromley", "2026-03-27", "", Resident, "2026-03-31 23:59", "allowed"),
    ("bromley", "2026-03-27", "", Resident, "2026-04-01 00:00", "too late"),
    ("bromley", "2026-03-29", "", Resident, "2026-03-29 16:59", "too early"),
    ("bromley", "2026-03-29", "", Resident, "2026-03-29 17:00", "allowed"),
    ("peterborough", "2026-10-23", "", Resident, "2026-10-26 16:00:00", "allowed"),
    ("peterborough", "2026-10-23", "", Resident, "2026-10-26 16:00:01", "too late"),
    ("kingston", "2026-10-25", "", Resident, "2026-10-25 23:59", "too early"),
    ("kingston", "2026-10-25", "", Resident, "2026-10-26 00:00", "allowed"),
    // Christmas: both lists leave it out, one leaves out the Monday after too.
    ("bromley", "2026-12-24", "", Resident, "2026-12-30 23:59", "allowed"),
    ("bromley", "2026-12-24", "", Resident, "2026-12-31 00:00", "too late"),
];

#[test]
fn every_worked_example_has_its_answer() {
    for (council, due, crew, by, now, wanted) in WORKED {
        let stand = decide(&rules(council).window, due, crew, *by, at(now));
        assert_eq!(answer(&stand), *wanted, "{council}, due {due}, {crew:?}, {by:?}, {now}: {stand:?}");
    }
}

/// Council, what the crew recorded of the booking, when, answer.
const BOOKED: &[(&str, &str, &str, &str)] = &[
    ("bromley", "", "2026-05-22 23:59", "too early"),
    ("bromley", DONE, "2026-05-22 10:06", "allowed"),
    ("bromley", "", "2026-05-27 23:59", "allowed"),
    ("bromley", "", "2026-05-28 00:00", "too late"),
    ("kingston", "", "2026-05-22 17:59", "too early"),
    ("kingston", "", "2026-05-22 18:00", "allowed"),
    ("brent", "not_completed at 2026-05-22 12:00", "2026-05-23 09:00", "crew recorded"),
];

#[test]
fn what_was_booked_has_a_window_of_its_own() {
    for (council, crew, now, wanted) in BOOKED {
        let stand = decide(rules(council).booked.as_ref().unwrap(), FRIDAY, crew, Resident, at(now));
        assert_eq!(answer(&stand), *wanted, "{council}, {crew:?}, {now}: {stand:?}");
    }
}

#[test]
fn too_early_says_from_when_and_too_late_since_when() {
    let bromley = rules("bromley").window;
    let early = decide(&bromley, FRIDAY, "", Resident, at("2026-05-22 09:00"));
    assert_eq!(early, Stand::TooEarly { from: Some(at("2026-05-22 17:00")), telephone: false });
    let open = decide(&bromley, FRIDAY, "", Resident, at("2026-05-22 17:00"));
    assert_eq!(open, Stand::Allowed { until: at("2026-05-28 00:00") });
    let late = decide(&bromley, FRIDAY, "", Resident, at("2026-05-30 09:00"));
    assert_eq!(late, Stand::TooLate { since: at("2026-05-28 00:00") });
}

fn opened(kind: &str, moment: &str, assisted: bool) -> Opened {
    Opened { kind: kind.into(), at: at(moment), assisted }
}

fn with_open(council: &str, kind: &str, open: &[Opened], another_allowed: bool, now: &str) -> Stand {
    let window = rules(council).window;
    let facts = Facts { kind, due: FRIDAY.parse().ok(), record: None, open, another_allowed };
    stand(&facts, &window, Resident, at(now), &holidays(window.holidays.as_deref()))
}

#[test]
fn an_open_report_since_that_collection_keeps_its_kind_closed() {
    let since = [opened("rubbish", "2026-05-22 17:30", false)];
    let reported = Stand::AlreadyReported { on: FRIDAY.parse().unwrap() };
    assert_eq!(with_open("bromley", "rubbish", &since, false, "2026-05-26 09:00"), reported);
    // Also when it is too late: what is being done is worth more than that.
    assert_eq!(with_open("bromley", "rubbish", &since, false, "2026-05-29 09:00"), reported);
    assert!(with_open("bromley", "food", &since, false, "2026-05-26 09:00").is_allowed());
    let before = [opened("rubbish", "2026-05-21 17:30", false)];
    assert!(with_open("bromley", "rubbish", &before, false, "2026-05-26 09:00").is_allowed());
}

#[test]
fn one_open_report_of_a_property_keeps_all_closed_where_the_rules_say_so() {
    let since = [opened("rubbish", "2026-05-22 17:30", false)];
    let mut window = rules("bromley").window;
    window.one_open = catalogue::OneOpen::Property;
    let facts = Facts { kind: "food", due: FRIDAY.parse().ok(), record: None, open: &since, another_allowed: false };
    let stand = stand(&facts, &window, Resident, at("2026-05-26 09:00"), &holidays(None));
    assert_eq!(answer(&stand), "already reported");
}

#[test]
fn an_open_report_of_a_home_with_help_keeps_all_closed_at_peterborough() {
    let helped = [opened("rubbish", "2026-05-22 17:30", true)];
    assert_eq!(answer(&with_open("peterborough", "recycling", &helped, false, "2026-05-26 09:00")), "already reported");
    let other = [opened("rubbish", "2026-05-22 17:30", false)];
    assert_eq!(answer(&with_open("peterborough", "recycling", &other, false, "2026-05-26 09:00")), "allowed");
}

#[test]
fn food_rides_on_any_open_window_at_peterborough() {
    let late = "2026-05-28 09:00";
    assert_eq!(answer(&with_open("peterborough", "food", &[], false, late)), "too late");
    assert_eq!(answer(&with_open("peterborough", "food", &[], true, late)), "allowed");
    assert_eq!(answer(&with_open("peterborough", "rubbish", &[], true, late)), "too late");
    let open = [opened("food", "2026-05-22 17:30", false)];
    assert_eq!(answer(&with_open("peterborough", "food", &open, true, late)), "already reported");
}
