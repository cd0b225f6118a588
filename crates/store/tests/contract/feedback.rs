//! What people say at the end: counted once for each report and agency, in sums of a month.

use crate::fixtures::*;
use store::{feedback, neighbourhood};

on_both!(an_answer_counts_once_for_a_report_and_an_agency, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| a_report(tx, 2)).unwrap();
    let give = |n: u64, agency: &'static str, answer| {
        let who = resident(report_id(n));
        fresh.write(move |tx| feedback::give(&who, tx, report_id(n), agency, 24_322, answer)).unwrap()
    };
    assert!(give(1, COUNCIL, 1) && give(1, POLICE, 5) && give(2, COUNCIL, 1));
    assert!(!give(1, COUNCIL, 5), "a second answer changes nothing");
    let counts = |agency, from, to| fresh.read(move |tx| feedback::counts(tx, agency, from, to)).unwrap();
    assert_eq!(counts(COUNCIL, 24_322, 24_323), [(1, 2)]);
    assert_eq!(counts(POLICE, 24_000, 24_323), [(5, 1)]);
    assert_eq!(counts(COUNCIL, 24_323, 24_400), []);
    let given = fresh.read(|tx| feedback::given(&resident(report_id(1)), tx, report_id(1))).unwrap();
    assert_eq!(given, [COUNCIL, POLICE].map(str::to_owned));
});

on_both!(nobody_answers_for_another, |fresh| {
    fresh.write(a_house).unwrap();
    for who in [resident(report_id(2)), witness(report_id(1)), officer()] {
        let theirs = who.clone();
        let given = fresh.write(move |tx| feedback::give(&theirs, tx, report_id(1), COUNCIL, 24_322, 1));
        assert!(is_not_found(&given), "{given:?}");
        assert!(is_not_found(&fresh.read(move |tx| feedback::given(&who, tx, report_id(1)))));
    }
});

on_both!(how_limits_were_kept_is_counted_by_neighbourhood, |fresh| {
    fresh.write(a_house).unwrap();
    fresh
        .write(|tx| {
            a_report(tx, 2)?;
            for n in [1, 2] {
                store::clock::insert(tx, &store::clock::Clock { report: report_id(n), ..crate::clock::clock(n) })?;
            }
            neighbourhood::lies_in(tx, report_id(1), COUNCIL, "pier")?;
            neighbourhood::lies_in(tx, report_id(2), COUNCIL, "harbour")
        })
        .unwrap();
    let due = crate::clock::clock(1).due_at;
    let rule = crate::clock::clock(1).rule;
    let kept = fresh.read(move |tx| neighbourhood::kept(tx, COUNCIL, &rule, due, due.plus_hours(24_000))).unwrap();
    let codes: Vec<_> = kept.iter().map(|(code, kept)| (code.as_str(), kept.met + kept.late + kept.open)).collect();
    assert_eq!(codes, [("harbour", 1), ("pier", 1)], "{kept:?}");
});
