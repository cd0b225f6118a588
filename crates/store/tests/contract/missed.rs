use crate::{engine::Fresh, fixtures::*};
use store::{
    Error,
    missed::{self, Missed},
};

/// The rubbish of one home, in report `n`.
pub fn missed_by(n: u64) -> Missed {
    Missed {
        report: report_id(n),
        kind: "rubbish".into(),
        agency: COUNCIL.into(),
        home: vec![7; 32],
        code: "R1".into(),
        planned: "2026-11-24".into(),
        at: NOW.plus_hours(n as i64),
        assisted: false,
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

fn open(fresh: &Fresh) -> Vec<Missed> {
    fresh.read(|tx| missed::open(tx, COUNCIL, &[7; 32])).unwrap()
}

on_both!(one_collection_of_a_home_has_one_open_report, |fresh| {
    reports(fresh, 3);
    fresh.write(|tx| missed::insert(tx, &missed_by(1))).unwrap();
    let twice = fresh.write(|tx| missed::insert(tx, &missed_by(2)));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    let others = [
        Missed { kind: "food".into(), ..missed_by(2) },
        Missed { planned: "2026-12-08".into(), ..missed_by(2) },
        Missed { home: vec![8; 32], ..missed_by(3) },
    ];
    fresh.write(move |tx| others.iter().try_for_each(|row| missed::insert(tx, row))).unwrap();
    assert_eq!(open(fresh).len(), 3);
    assert_eq!(open(fresh)[0], missed_by(1));
    assert!(fresh.read(|tx| missed::open(tx, POLICE, &[7; 32])).unwrap().is_empty());
});

on_both!(of_many_who_report_one_collection_at_once_one_does, |fresh| {
    reports(fresh, 8);
    let answers = fresh.at_once(8, |i, tx| missed::insert(tx, &missed_by(i as u64 + 1)));
    let taken = answers.iter().filter(|answer| matches!(answer, Err(Error::Taken(_)))).count();
    assert_eq!((answers.iter().filter(|answer| answer.is_ok()).count(), taken), (1, 7), "{answers:?}");
    assert_eq!(open(fresh).len(), 1);
});

on_both!(one_that_ended_keeps_nobody_away_and_comes_back_where_there_is_room, |fresh| {
    reports(fresh, 2);
    fresh.write(|tx| missed::insert(tx, &missed_by(1))).unwrap();
    fresh.write(|tx| missed::close(&HOUSE, tx, report_id(1))).unwrap();
    assert!(open(fresh).is_empty());
    fresh.write(|tx| missed::reopen(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(open(fresh), [missed_by(1)]);
    fresh.write(|tx| missed::close(&HOUSE, tx, report_id(1))).unwrap();
    fresh.write(|tx| missed::insert(tx, &missed_by(2))).unwrap();
    fresh.write(|tx| missed::reopen(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(open(fresh), [missed_by(2)]);
    assert!(is_not_found(&fresh.write(|tx| missed::close(&officer(), tx, report_id(2)))));
    assert!(is_not_found(&fresh.write(|tx| missed::reopen(&officer(), tx, report_id(2)))));
});

on_both!(homes_of_a_round_count_once_and_staff_are_told_once, |fresh| {
    reports(fresh, 3);
    fresh
        .write(|tx| {
            missed::insert(tx, &missed_by(1))?;
            missed::insert(tx, &Missed { kind: "food".into(), ..missed_by(2) })?;
            missed::insert(tx, &Missed { home: vec![8; 32], is_open: false, ..missed_by(3) })
        })
        .unwrap();
    let homes = |day: &'static str| fresh.read(move |tx| missed::homes(tx, COUNCIL, "R1", day)).unwrap();
    assert_eq!((homes("2026-11-24"), homes("2026-11-25")), (2, 0));
    let answers = fresh.at_once(8, |_, tx| missed::raise(tx, COUNCIL, "R1", "2026-11-24", NOW));
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(true))).count(), 1, "{answers:?}");
    assert!(answers.iter().all(Result::is_ok));
});

on_both!(what_has_waited_too_long_is_told_once_while_it_is_open, |fresh| {
    reports(fresh, 2);
    fresh
        .write(|tx| {
            missed::insert(tx, &missed_by(1))?;
            missed::insert(tx, &Missed { kind: "food".into(), ..missed_by(1) })?;
            missed::insert(tx, &Missed { home: vec![8; 32], is_open: false, ..missed_by(2) })
        })
        .unwrap();
    let waiting = |hours| fresh.read(move |tx| missed::waiting(&HOUSE, tx, NOW.plus_hours(hours), 9)).unwrap();
    assert!(waiting(49).is_empty());
    assert_eq!(waiting(50), [(report_id(1), COUNCIL.to_owned())]);
    fresh.write(|tx| missed::raised(&HOUSE, tx, report_id(1))).unwrap();
    assert!(waiting(99).is_empty());
    assert!(is_not_found(&fresh.read(|tx| missed::waiting(&officer(), tx, NOW, 9))));
    assert!(is_not_found(&fresh.write(|tx| missed::raised(&officer(), tx, report_id(1)))));
});
