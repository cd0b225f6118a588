use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use store::relief::{self, Relief};

/// The council's part of this report, before its front team.
pub fn before_the_front(n: u64) -> Relief {
    Relief { sub_case: case_id(n), agency: COUNCIL.into(), team: "front".into(), since: NOW }
}

fn waiting(fresh: &Fresh, team: &'static str) -> Vec<i64> {
    fresh.read(move |tx| relief::waiting(&officer(), tx, team)).unwrap()
}

on_both!(a_team_sees_what_waits_for_it_the_longest_waiting_first, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            a_report(tx, 2)?;
            relief::raise(tx, &Relief { since: NOW.plus_hours(1), ..before_the_front(1) })?;
            relief::raise(tx, &before_the_front(2))?;
            // It waits since it first did.
            relief::raise(tx, &Relief { since: NOW.plus_hours(9), ..before_the_front(2) })
        })
        .unwrap();
    assert_eq!((waiting(fresh, "front"), waiting(fresh, "back")), (vec![20, 10], vec![]));
    fresh.write(|tx| relief::end(tx, case_id(2))).unwrap();
    assert_eq!(waiting(fresh, "front"), [10]);
    let theirs = fresh.read(|tx| relief::waiting(&officer_with(POLICE, Right::ALL), tx, "front"));
    assert_eq!(theirs.unwrap(), Vec::<i64>::new());
    for actor in [officer_with(COUNCIL, &[]), HOUSE, resident(report_id(1)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.read(move |tx| relief::waiting(&actor, tx, "front"))));
    }
});
