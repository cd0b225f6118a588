use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    Error,
    property::{self, Answer, Mark, Match, Side},
};

/// A mark of a report; every one of them is of the same thing.
pub fn mark(n: u64, report: u64, side: Side) -> Mark {
    Mark { id: id(15, n), report: report_id(report), side, hash: vec![7; 32], next_at: NOW.plus_hours(n as i64) }
}

/// The council's of reports 1 and 2, not answered.
pub fn met(n: u64) -> Match {
    Match {
        id: id(16, n),
        agency: COUNCIL.into(),
        lost: report_id(1),
        found: report_id(2),
        met_at: NOW,
        answer: None,
        answered_at: None,
    }
}

fn reports(fresh: &Fresh, most: u64) {
    fresh
        .write(move |tx| {
            a_house(tx)?;
            (2..=most).try_for_each(|n| a_report(tx, n))
        })
        .unwrap();
}

fn keep(fresh: &Fresh, marks: Vec<Mark>) {
    fresh.write(move |tx| marks.iter().try_for_each(|mark| property::keep(tx, mark))).unwrap();
}

fn meeting(fresh: &Fresh, mark: Mark, most: i64) -> Vec<u64> {
    let found = fresh.read(move |tx| property::meeting(&HOUSE, tx, &mark, most)).unwrap();
    found.iter().map(|id| id.as_u64_pair().1 & 0xff).collect()
}

fn without(right: Right) -> Actor {
    officer_with(COUNCIL, &Right::ALL.iter().copied().filter(|held| *held != right).collect::<Vec<_>>())
}

on_both!(a_mark_meets_its_like_on_the_other_side_of_another_report_the_newest_first, |fresh| {
    reports(fresh, 5);
    let other = Mark { hash: vec![8; 32], ..mark(5, 5, Side::Found) };
    keep(
        fresh,
        vec![
            mark(1, 1, Side::Lost),
            // The same report found it again.
            mark(2, 1, Side::Found),
            mark(3, 2, Side::Found),
            mark(4, 3, Side::Found),
            other,
            mark(6, 4, Side::Lost),
        ],
    );
    assert_eq!(meeting(fresh, mark(1, 1, Side::Lost), 10), [3, 2]);
    assert_eq!(meeting(fresh, mark(1, 1, Side::Lost), 1), [3]);
    assert_eq!(meeting(fresh, mark(3, 2, Side::Found), 10), [4, 1]);
    assert!(is_not_found(&fresh.read(|tx| property::meeting(&officer(), tx, &mark(1, 1, Side::Lost), 1))));
});

on_both!(a_mark_stands_once_in_a_report_and_side, |fresh| {
    reports(fresh, 2);
    keep(fresh, vec![mark(1, 1, Side::Lost), mark(2, 1, Side::Lost), mark(3, 2, Side::Lost)]);
    let all = fresh.read(|tx| property::due(&HOUSE, tx, NOW.plus_hours(9), 10)).unwrap();
    assert_eq!(all, [mark(1, 1, Side::Lost), mark(3, 2, Side::Lost)]);
    let nowhere = fresh.write(|tx| property::keep(tx, &mark(4, 9, Side::Lost)));
    assert!(matches!(nowhere, Err(Error::Refused(_))), "{nowhere:?}");
});

on_both!(what_was_compared_waits_until_it_is_due_again, |fresh| {
    reports(fresh, 3);
    keep(fresh, vec![mark(2, 2, Side::Lost), mark(1, 1, Side::Lost), mark(3, 3, Side::Lost)]);
    let due = |hours, most| {
        let due = fresh.write(move |tx| property::due(&HOUSE, tx, NOW.plus_hours(hours), most)).unwrap();
        due.iter().map(|mark| mark.id.as_u64_pair().1 & 0xff).collect::<Vec<_>>()
    };
    assert_eq!((due(0, 9), due(2, 9), due(2, 1)), (vec![], vec![1, 2], vec![1]));
    fresh.write(|tx| property::compared(&HOUSE, tx, mark(1, 1, Side::Lost).id, NOW.plus_hours(24))).unwrap();
    assert_eq!((due(2, 9), due(24, 9)), (vec![2], vec![2, 3, 1]));
    assert!(is_not_found(&fresh.read(|tx| property::due(&officer(), tx, NOW, 1))));
    assert!(is_not_found(&fresh.write(|tx| property::compared(&officer(), tx, id(15, 1), NOW))));
});

on_both!(two_reports_meet_once_for_each_agency, |fresh| {
    reports(fresh, 3);
    let say = |row: Match| fresh.write(move |tx| property::met(tx, &row)).unwrap();
    let theirs = Match { agency: POLICE.into(), ..met(3) };
    let turned = Match { lost: report_id(2), found: report_id(1), ..met(4) };
    let elsewhere = Match { lost: report_id(3), ..met(5) };
    assert_eq!([met(1), met(2), theirs.clone(), turned.clone(), elsewhere].map(say), [true, false, true, true, true]);
    let pair = |agency| fresh.read(move |tx| property::of_pair(tx, agency, report_id(1), report_id(2))).unwrap();
    assert_eq!((pair(COUNCIL), pair(POLICE), pair("nowhere")), (Some(met(1)), Some(theirs), None));
    let seen = |by: Actor, n| {
        let actor = by.clone();
        let job = move |look: &mut store::Look| property::of_report(&actor, look, report_id(1), COUNCIL);
        wait(fresh.db.look(&by, glance(n), job))
    };
    assert_eq!(seen(officer(), 1).unwrap(), [met(1), turned.clone()]);
    assert!(is_not_found(&seen(without(Right::SeeReport), 2)));
    let acting = fresh.read(|tx| property::for_act(&officer(), tx, report_id(1), COUNCIL)).unwrap();
    assert_eq!(acting, [met(1), turned]);
    assert!(is_not_found(&fresh.read(|tx| property::for_act(&without(Right::Note), tx, report_id(1), COUNCIL))));
});

on_both!(a_match_is_answered_once, |fresh| {
    reports(fresh, 2);
    fresh.write(|tx| property::met(tx, &met(1))).unwrap();
    let answer = |answer| fresh.write(move |tx| property::answer(&officer(), tx, met(1).id, answer, NOW.plus_hours(1)));
    answer(Answer::NotSame).unwrap();
    assert!(matches!(answer(Answer::Same), Err(Error::Stale)));
    let kept = fresh.read(|tx| property::of_pair(tx, COUNCIL, report_id(1), report_id(2))).unwrap();
    assert_eq!(kept, Some(Match { answer: Some(Answer::NotSame), answered_at: Some(NOW.plus_hours(1)), ..met(1) }));
    let refused = fresh.write(|tx| property::answer(&without(Right::Note), tx, met(1).id, Answer::Same, NOW));
    assert!(is_not_found(&refused));
});
