use crate::{engine::Fresh, fixtures::*};
use store::{
    Error,
    ordered::{self, Ordered},
};

/// A bin for one home, in report `n`.
pub fn ordered_by(n: u64) -> Ordered {
    Ordered {
        report: report_id(n),
        kind: "bin".into(),
        agency: COUNCIL.into(),
        home: vec![7; 32],
        at: NOW.plus_hours(n as i64),
        is_open: true,
        escalate_at: Some(NOW.plus_hours(50)),
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

fn open(fresh: &Fresh) -> Vec<Ordered> {
    fresh.read(|tx| ordered::open(tx, COUNCIL, &[7; 32])).unwrap()
}

on_both!(of_many_who_order_the_same_for_a_home_at_once_one_does, |fresh| {
    reports(fresh, 8);
    let answers = fresh.at_once(8, |i, tx| ordered::insert(tx, &ordered_by(i as u64 + 1)));
    let taken = answers.iter().filter(|answer| matches!(answer, Err(Error::Taken(_)))).count();
    assert_eq!((answers.iter().filter(|answer| answer.is_ok()).count(), taken), (1, 7), "{answers:?}");
    assert!(fresh.read(|tx| ordered::open(tx, POLICE, &[7; 32])).unwrap().is_empty());
});

on_both!(an_order_that_ended_keeps_nobody_away_and_comes_back_where_there_is_room, |fresh| {
    reports(fresh, 2);
    fresh.write(|tx| ordered::insert(tx, &ordered_by(1))).unwrap();
    fresh.write(|tx| ordered::close(&HOUSE, tx, report_id(1))).unwrap();
    assert!(open(fresh).is_empty());
    fresh.write(|tx| ordered::reopen(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(open(fresh), [ordered_by(1)]);
    fresh.write(|tx| ordered::close(&HOUSE, tx, report_id(1))).unwrap();
    fresh.write(|tx| ordered::insert(tx, &ordered_by(2))).unwrap();
    fresh.write(|tx| ordered::reopen(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(open(fresh), [ordered_by(2)]);
    assert!(is_not_found(&fresh.write(|tx| ordered::close(&officer(), tx, report_id(2)))));
    assert!(is_not_found(&fresh.write(|tx| ordered::reopen(&officer(), tx, report_id(2)))));
});

on_both!(what_has_waited_too_long_is_told_once_while_it_is_open, |fresh| {
    reports(fresh, 2);
    fresh
        .write(|tx| {
            ordered::insert(tx, &ordered_by(1))?;
            ordered::insert(tx, &Ordered { kind: "food".into(), ..ordered_by(1) })?;
            ordered::insert(tx, &Ordered { home: vec![8; 32], is_open: false, ..ordered_by(2) })
        })
        .unwrap();
    let waiting = |hours| fresh.read(move |tx| ordered::waiting(&HOUSE, tx, NOW.plus_hours(hours), 9)).unwrap();
    assert!(waiting(49).is_empty());
    assert_eq!(waiting(50), [(report_id(1), COUNCIL.to_owned())]);
    fresh.write(|tx| ordered::raised(&HOUSE, tx, report_id(1))).unwrap();
    assert!(waiting(99).is_empty());
    assert!(is_not_found(&fresh.read(|tx| ordered::waiting(&officer(), tx, NOW, 9))));
    assert!(is_not_found(&fresh.write(|tx| ordered::raised(&officer(), tx, report_id(1)))));
});
