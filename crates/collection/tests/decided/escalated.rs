use crate::{at, holidays, rules};
use catalogue::WaitsFor;
use collection::{Waiting, escalation};

/// What, reported, weeks between rounds, now, answer.
const WORKED: &[(WaitsFor, &str, u32, &str, &str)] = &[
    // Reported on Friday 22 May 2026; Monday is a bank holiday, so the second working day is Wednesday.
    (WaitsFor::Missed, "2026-05-22 17:30", 1, "2026-05-27 17:59:59", "not yet"),
    (WaitsFor::Missed, "2026-05-22 17:30", 1, "2026-05-27 18:00", "open"),
    (WaitsFor::Missed, "2026-05-22 17:30", 1, "2026-05-28 17:59:59", "open"),
    (WaitsFor::Missed, "2026-05-22 17:30", 1, "2026-05-28 18:00", "over"),
    (WaitsFor::Missed, "2026-05-22 17:30", 2, "2026-05-28 18:00", "open"),
    (WaitsFor::Missed, "2026-05-22 17:30", 2, "2026-05-29 18:00", "over"),
    // Over a weekend, and over the night in which the clocks go back.
    (WaitsFor::Missed, "2026-10-22 09:00", 1, "2026-10-26 17:59", "not yet"),
    (WaitsFor::Missed, "2026-10-22 09:00", 1, "2026-10-26 18:00", "open"),
    (WaitsFor::Missed, "2026-10-22 09:00", 1, "2026-10-27 18:00", "over"),
    // An order for a container: from the 21st working day, ten working days long.
    (WaitsFor::Container, "2026-06-01 12:00", 1, "2026-06-29 23:59", "not yet"),
    (WaitsFor::Container, "2026-06-01 12:00", 1, "2026-06-30 00:00", "open"),
    (WaitsFor::Container, "2026-06-01 12:00", 1, "2026-07-13 23:59", "open"),
    (WaitsFor::Container, "2026-06-01 12:00", 1, "2026-07-14 00:00", "over"),
    // The bank holidays of Easter are no working days.
    (WaitsFor::Container, "2026-03-10 12:00", 1, "2026-04-10 00:00", "open"),
    (WaitsFor::Container, "2026-03-10 12:00", 1, "2026-04-09 23:59", "not yet"),
];

#[test]
fn every_worked_example_has_its_answer() {
    let rules = rules("bromley");
    for (of, reported, weeks, now, wanted) in WORKED {
        let rule = rules.escalation(*of).unwrap();
        let waiting = escalation(rule, at(reported), *weeks, false, at(now), &holidays(None));
        let answer = match waiting {
            Waiting::NotYet { .. } => "not yet",
            Waiting::Open { .. } => "open",
            Waiting::Over { .. } => "over",
            Waiting::Said => "said",
        };
        assert_eq!(answer, *wanted, "{of:?}, {reported}, every {weeks}, {now}: {waiting:?}");
    }
}

#[test]
fn it_is_said_once_for_a_report() {
    let rules = rules("bromley");
    let rule = rules.escalation(WaitsFor::Missed).unwrap();
    let now = at("2026-05-27 18:00");
    assert_eq!(escalation(rule, at("2026-05-22 17:30"), 1, true, now, &holidays(None)), Waiting::Said);
}
