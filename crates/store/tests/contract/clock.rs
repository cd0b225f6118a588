use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error, Time,
    clock::{self, Broken, Clock, Kept, MOST_BROKEN, SeenBy},
    sub_case::{self, SubCase},
};

/// A limit of the council's part in report 1, which still runs.
pub fn clock(n: u64) -> Clock {
    Clock {
        id: id(12, n),
        report: report_id(1),
        agency: COUNCIL.into(),
        rule: "answered".into(),
        seen_by: SeenBy::Resident,
        words: "You hear from us within two days".into(),
        source: "an example standard".into(),
        started_at: NOW,
        due_at: NOW.plus_hours(48),
        promised_at: None,
        steps: json!([[NOW.plus_hours(24).0, "supervisor"]]),
        next_at: Some(NOW.plus_hours(24)),
        broken_at: None,
        stopped_at: None,
    }
}

/// So many microseconds after [`NOW`].
fn after(n: i64) -> Time {
    Time(NOW.0 + n)
}

fn keep(fresh: &Fresh, clocks: Vec<Clock>) {
    fresh.write(move |tx| clocks.iter().try_for_each(|one| clock::insert(tx, one))).unwrap();
}

fn kept(fresh: &Fresh) -> Vec<Clock> {
    fresh.read(|tx| clock::of_report(tx, report_id(1), COUNCIL)).unwrap()
}

fn ids(clocks: &[Clock]) -> Vec<u64> {
    clocks.iter().map(|one| one.id.as_u64_pair().1 & 0xffff).collect()
}

on_both!(every_column_of_a_clock_is_read_back, |fresh| {
    fresh.write(a_house).unwrap();
    // Each instant is another, so that none can stand in the place of its neighbour.
    let full = Clock {
        seen_by: SeenBy::Staff,
        started_at: after(1),
        due_at: after(2),
        promised_at: Some(after(3)),
        steps: json!([[5, "officer"], [6, "supervisor"]]),
        next_at: Some(after(4)),
        broken_at: Some(after(5)),
        stopped_at: Some(after(6)),
        ..clock(1)
    };
    let bare = Clock { steps: json!([]), next_at: None, ..clock(2) };
    keep(fresh, vec![bare.clone(), full.clone()]);
    assert_eq!(kept(fresh), [full, bare]);
});

on_both!(the_clocks_of_a_part_stand_soonest_due_first_and_are_no_other_parts, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            a_report(tx, 2)
        })
        .unwrap();
    let due = |n, at| Clock { due_at: after(at), ..clock(n) };
    keep(
        fresh,
        vec![
            due(4, 20),
            due(3, 20),
            due(2, 30),
            // One that has stopped is still shown.
            Clock { stopped_at: Some(NOW), ..due(1, 40) },
            due(5, 10),
            Clock { agency: POLICE.into(), ..due(6, 0) },
            Clock { report: report_id(2), ..due(7, 0) },
        ],
    );
    assert_eq!(ids(&kept(fresh)), [5, 3, 4, 2, 1]);
    assert!(fresh.read(|tx| clock::of_report(tx, report_id(3), COUNCIL)).unwrap().is_empty());
    let limits = fresh.read(|tx| clock::limits(tx, report_id(1), COUNCIL)).unwrap();
    let running = kept(fresh).into_iter().filter(|one| one.stopped_at.is_none());
    assert_eq!(limits, running.map(|one| (one.rule, one.due_at)).collect::<Vec<_>>());
});

on_both!(a_clock_runs_once_and_on_a_report_that_is_there, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![clock(1)]);
    let twice = fresh.write(|tx| clock::insert(tx, &clock(1)));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    let nowhere = fresh.write(|tx| clock::insert(tx, &Clock { report: report_id(9), ..clock(2) }));
    assert!(matches!(nowhere, Err(Error::Refused(_))), "{nowhere:?}");
});

on_both!(what_was_promised_never_moves, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![clock(1), clock(2)]);
    let changes = Clock {
        promised_at: Some(after(3)),
        steps: json!([]),
        next_at: Some(after(4)),
        broken_at: Some(after(5)),
        ..clock(1)
    };
    let asked = Clock {
        agency: POLICE.into(),
        rule: "other".into(),
        seen_by: SeenBy::Staff,
        words: "other".into(),
        source: "other".into(),
        started_at: after(1),
        due_at: after(2),
        ..changes.clone()
    };
    fresh.write(move |tx| clock::update(tx, &asked)).unwrap();
    assert_eq!(kept(fresh), [changes, clock(2)]);
});

on_both!(a_clock_that_has_stopped_is_not_changed, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![clock(1)]);
    let stopped = Clock { stopped_at: Some(NOW), next_at: None, ..clock(1) };
    let update = |one: Clock| fresh.write(move |tx| clock::update(tx, &one));
    update(stopped.clone()).unwrap();
    assert!(matches!(update(Clock { broken_at: Some(NOW), ..stopped.clone() }), Err(Error::Stale)));
    // It does not begin to run again either, and one that is none cannot be changed.
    assert!(matches!(update(clock(1)), Err(Error::Stale)));
    assert!(matches!(update(clock(2)), Err(Error::Stale)));
    assert_eq!(kept(fresh), [stopped]);
});

on_both!(what_waits_is_due_now_or_was_before_the_longest_waiting_first, |fresh| {
    fresh.write(a_house).unwrap();
    let next = |n, at: Option<i64>| Clock { next_at: at.map(after), ..clock(n) };
    keep(
        fresh,
        vec![
            next(1, Some(0)),
            next(2, Some(1)),
            next(3, Some(-5)),
            next(4, None),
            // Of every agency: the house works for all of them.
            Clock { agency: POLICE.into(), ..next(5, Some(-7)) },
            next(7, Some(-5)),
        ],
    );
    let waiting = |at: i64, most| fresh.read(move |tx| clock::waiting(&HOUSE, tx, after(at), most)).unwrap();
    assert_eq!(ids(&waiting(0, 10)), [5, 3, 7, 1]);
    assert_eq!(ids(&waiting(1, 10)), [5, 3, 7, 1, 2]);
    assert_eq!(ids(&waiting(0, 2)), [5, 3]);
    assert_eq!(ids(&waiting(-8, 10)), Vec::<u64>::new());
    assert_eq!(waiting(0, 1), [Clock { agency: POLICE.into(), ..next(5, Some(-7)) }]);
    for actor in [officer(), resident(report_id(1)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.read(move |tx| clock::waiting(&actor, tx, NOW, 10))));
    }
});

/// Report 1 with a part of each agency, the council's with a member of staff.
fn two_parts(fresh: &Fresh) {
    fresh
        .write(|tx| {
            a_house(tx)?;
            sub_case::update(&HOUSE, tx, &SubCase { assignee: Some(staff_id(2)), ..sub_case(1, COUNCIL) })?;
            let part = SubCase { id: case_id(9), number: 90, team: "patrol".into(), ..sub_case(1, POLICE) };
            sub_case::insert(tx, &part)
        })
        .unwrap();
}

fn broken(fresh: &Fresh, agency: &str) -> Vec<Broken> {
    let actor = officer_with(agency, &[Right::SeeMeasures]);
    fresh.read(move |tx| clock::broken(&actor, tx)).unwrap()
}

on_both!(broken_limits_are_the_own_agencys_and_still_run_the_oldest_first, |fresh| {
    two_parts(fresh);
    let passed = |n, at| Clock { due_at: after(at), broken_at: Some(NOW), words: format!("limit {n}"), ..clock(n) };
    keep(
        fresh,
        vec![
            passed(3, -10),
            passed(2, -10),
            Clock { promised_at: Some(after(99)), ..passed(1, -20) },
            Clock { stopped_at: Some(NOW), ..passed(4, -30) },
            // Its end has passed and nobody has noticed yet.
            Clock { broken_at: None, ..passed(5, -40) },
            Clock { agency: POLICE.into(), ..passed(6, -50) },
        ],
    );
    let row = |n: u64, at| Broken {
        reference: reference(1),
        service: "example".into(),
        team: "front".into(),
        assignee: Some("Robin Example 2".into()),
        rule: "answered".into(),
        words: format!("limit {n}"),
        due_at: after(at),
        promised_at: None,
    };
    let oldest = Broken { promised_at: Some(after(99)), ..row(1, -20) };
    assert_eq!(broken(fresh, COUNCIL), [oldest, row(2, -10), row(3, -10)]);
    let theirs = Broken { team: "patrol".into(), assignee: None, ..row(6, -50) };
    assert_eq!(broken(fresh, POLICE), [theirs]);
    assert_eq!(broken(fresh, "nowhere"), []);
});

on_both!(broken_limits_are_for_those_who_see_measures, |fresh| {
    two_parts(fresh);
    keep(fresh, vec![Clock { broken_at: Some(NOW), ..clock(1) }]);
    let without = Right::ALL.iter().copied().filter(|right| *right != Right::SeeMeasures).collect::<Vec<_>>();
    // The house is of no agency.
    for actor in [officer_with(COUNCIL, &without), HOUSE, resident(report_id(1)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.read(move |tx| clock::broken(&actor, tx))));
    }
});

on_both!(a_board_shows_no_more_than_it_holds_and_those_the_oldest, |fresh| {
    two_parts(fresh);
    let passed = |n| Clock { due_at: after(-(n as i64)), broken_at: Some(NOW), ..clock(n) };
    let most = MOST_BROKEN as u64;
    keep(fresh, (1..=most + 1).map(passed).collect());
    let board = broken(fresh, COUNCIL);
    assert_eq!(board.len() as i64, MOST_BROKEN);
    assert_eq!((board[0].due_at, board.last().unwrap().due_at), (after(-(most as i64) - 1), after(-2)));
});

on_both!(limits_that_ended_in_a_span_are_counted_met_late_or_open, |fresh| {
    two_parts(fresh);
    let ended = |n, due: i64, stopped: Option<i64>| Clock {
        due_at: after(due),
        stopped_at: stopped.map(after),
        // A later date that was given makes no limit met.
        promised_at: Some(after(1000)),
        ..clock(n)
    };
    keep(
        fresh,
        vec![
            ended(1, 10, Some(9)),
            ended(2, 10, Some(10)),
            ended(3, 10, Some(11)),
            ended(4, 19, None),
            ended(5, 19, Some(500)),
            ended(6, 15, Some(-5)),
            // Outside by one on either side.
            ended(7, 9, Some(1)),
            ended(8, 20, Some(1)),
            Clock { rule: "other".into(), ..ended(9, 15, None) },
            Clock { agency: POLICE.into(), ..ended(10, 15, Some(99)) },
        ],
    );
    let count = |agency: &'static str, rule: &'static str, from, to| {
        fresh.read(move |tx| clock::kept(tx, agency, rule, after(from), after(to))).unwrap()
    };
    assert_eq!(count(COUNCIL, "answered", 10, 20), Kept { met: 3, late: 2, open: 1 });
    assert_eq!(count(COUNCIL, "answered", 9, 21), Kept { met: 5, late: 2, open: 1 });
    assert_eq!(count(COUNCIL, "answered", 11, 19), Kept { met: 1, late: 0, open: 0 });
    assert_eq!(count(COUNCIL, "other", 10, 20), Kept { met: 0, late: 0, open: 1 });
    assert_eq!(count(POLICE, "answered", 10, 20), Kept { met: 0, late: 1, open: 0 });
    for nothing in [count(COUNCIL, "answered", 10, 10), count(POLICE, "other", 0, 99), count("", "answered", 0, 99)] {
        assert_eq!(nothing, Kept::default());
    }
});
