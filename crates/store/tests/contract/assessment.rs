use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error,
    assessment::{self, Assessment},
    journal,
};

/// An officer's, of the council's part in report 1; its words lie with entry 1.
pub fn assessment(n: u64) -> Assessment {
    Assessment {
        id: id(13, n),
        report: report_id(1),
        agency: COUNCIL.into(),
        at: NOW,
        staff: Some(staff_id(1)),
        scores: json!({ "threat": 1, "harm": 3 }),
        grade: 2,
        entry: entry_id(1),
    }
}

fn keep(fresh: &Fresh, rows: Vec<Assessment>) {
    fresh.write(move |tx| rows.iter().try_for_each(|row| assessment::insert(&officer(), tx, row))).unwrap();
}

fn seen(fresh: &Fresh, n: u64, report: u64, agency: &'static str) -> Vec<Assessment> {
    let job = move |look: &mut store::Look| assessment::of_report(&officer(), look, report_id(report), agency);
    wait(fresh.db.look(&officer(), glance(n), job)).unwrap()
}

fn grade(fresh: &Fresh, report: u64, agency: &'static str) -> Option<i64> {
    fresh.read(move |tx| assessment::grade(&officer(), tx, report_id(report), agency)).unwrap()
}

on_both!(assessments_are_read_back_the_newest_first_and_no_other_parts, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            a_report(tx, 2)
        })
        .unwrap();
    // What the house suggested at the start, then an officer's word, then another's.
    let suggested = Assessment { staff: None, grade: 4, scores: json!({}), ..assessment(1) };
    let then = Assessment { at: NOW.plus_hours(1), grade: 1, ..assessment(2) };
    let last = Assessment { at: NOW.plus_hours(2), grade: 3, staff: Some(staff_id(2)), ..assessment(5) };
    let theirs = Assessment { agency: POLICE.into(), grade: 2, ..assessment(6) };
    let elsewhere = Assessment { report: report_id(2), grade: 1, entry: entry_id(2), ..assessment(7) };
    keep(fresh, vec![last.clone(), suggested.clone(), theirs.clone(), then.clone(), elsewhere.clone()]);
    assert_eq!(seen(fresh, 1, 1, COUNCIL), [last, then, suggested]);
    assert_eq!(seen(fresh, 2, 1, POLICE), [theirs]);
    assert_eq!(seen(fresh, 3, 2, COUNCIL), [elsewhere]);
    assert_eq!(seen(fresh, 4, 2, POLICE), []);
});

on_both!(the_grade_that_holds_is_the_newest, |fresh| {
    fresh.write(a_house).unwrap();
    assert_eq!(grade(fresh, 1, COUNCIL), None);
    for (n, now) in (1..).zip([2, 4, 1, 3]) {
        keep(fresh, vec![Assessment { grade: now, ..assessment(n) }]);
        assert_eq!(grade(fresh, 1, COUNCIL), Some(now));
    }
    keep(fresh, vec![Assessment { agency: POLICE.into(), grade: 1, ..assessment(9) }]);
    assert_eq!((grade(fresh, 1, COUNCIL), grade(fresh, 1, POLICE), grade(fresh, 2, COUNCIL)), (Some(3), Some(1), None));
});

on_both!(who_may_not_assess_finds_nothing, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![assessment(1)]);
    let without =
        |right| officer_with(COUNCIL, &Right::ALL.iter().copied().filter(|held| *held != right).collect::<Vec<_>>());
    for actor in [without(Right::Assess), resident(report_id(1)), Actor::Anonymous] {
        let who = actor.clone();
        assert!(is_not_found(&fresh.write(move |tx| assessment::insert(&who, tx, &assessment(2)))));
        assert!(is_not_found(&fresh.read(move |tx| assessment::grade(&actor, tx, report_id(1), COUNCIL))));
    }
    for (n, actor) in (1..).zip([without(Right::SeeReport), resident(report_id(1)), Actor::Anonymous]) {
        let job = move |look: &mut store::Look| assessment::of_report(&actor, look, report_id(1), COUNCIL);
        assert!(is_not_found(&wait(fresh.db.look(&officer(), glance(n), job))));
    }
    assert_eq!(seen(fresh, 9, 1, COUNCIL), [assessment(1)]);
});

on_both!(an_assessment_lies_with_an_entry_and_is_of_somebody_there, |fresh| {
    fresh.write(a_house).unwrap();
    let wrong = [
        Assessment { entry: entry_id(9), ..assessment(1) },
        Assessment { staff: Some(staff_id(9)), ..assessment(1) },
        Assessment { report: report_id(9), ..assessment(1) },
        Assessment { grade: 0, ..assessment(1) },
        Assessment { grade: 5, ..assessment(1) },
    ];
    for row in wrong {
        let refused = fresh.write(move |tx| assessment::insert(&officer(), tx, &row));
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    }
    // Entry and row are written together.
    fresh
        .write(|tx| {
            journal::write(&HOUSE, tx, &entry(9, 1))?;
            assessment::insert(&HOUSE, tx, &Assessment { entry: entry_id(9), staff: None, ..assessment(1) })
        })
        .unwrap();
    let twice = fresh.write(|tx| assessment::insert(&officer(), tx, &assessment(1)));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    assert_eq!(grade(fresh, 1, COUNCIL), Some(2));
});
