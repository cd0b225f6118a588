use crate::{engine::Fresh, fixtures::*, publication::publication};
use rights::{Actor, Right};
use store::{
    duplicate::{self, Duplicate},
    publication as public,
};

pub fn same(report: u64, original: u64) -> Duplicate {
    Duplicate { report: report_id(report), original: report_id(original), agency: COUNCIL.into(), me_too: 3, at: NOW }
}

fn three(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=3).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                public::insert(tx, &publication(n), "")
            })
        })
        .unwrap();
}

fn me_too(fresh: &Fresh, n: u64) -> i64 {
    fresh.read(move |tx| public::of_report(&HOUSE, tx, report_id(n))).unwrap().unwrap().me_too
}

on_both!(the_people_of_a_duplicate_count_for_the_original_until_it_is_a_report_of_its_own_again, |fresh| {
    three(fresh);
    for n in [2, 3] {
        fresh.write(move |tx| duplicate::keep(&officer(), tx, &same(n, 1))).unwrap();
    }
    assert_eq!(me_too(fresh, 1), 6);
    assert_eq!(fresh.read(|tx| duplicate::of_original(tx, report_id(1))).unwrap(), [report_id(2), report_id(3)]);
    assert_eq!(fresh.read(|tx| duplicate::original(tx, report_id(2))).unwrap(), Some(report_id(1)));
    // It is the same as one other and no more.
    assert!(fresh.write(|tx| duplicate::keep(&officer(), tx, &same(2, 3))).is_err());
    assert!(fresh.write(|tx| duplicate::keep(&officer(), tx, &same(1, 1))).is_err());
    for _ in 0..2 {
        fresh.write(|tx| duplicate::end(tx, report_id(2))).unwrap();
        assert_eq!(me_too(fresh, 1), 3);
    }
    assert_eq!(fresh.read(|tx| duplicate::original(tx, report_id(2))).unwrap(), None);
});

on_both!(everybody_reads_what_it_is_the_same_as_only_where_that_is_public, |fresh| {
    three(fresh);
    fresh.write(|tx| duplicate::keep(&officer(), tx, &same(2, 1))).unwrap();
    let read = |fresh: &Fresh| fresh.read(|tx| duplicate::in_public(tx, report_id(2))).unwrap();
    assert_eq!(read(fresh), Some(publication(1).reference));
    fresh.write(|tx| store::private::keep(&officer(), tx, report_id(1))).unwrap();
    assert_eq!(read(fresh), None);
});

on_both!(nobody_says_that_reports_are_the_same_without_the_right, |fresh| {
    three(fresh);
    let without: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::Close).collect();
    for actor in [officer_with(COUNCIL, &without), resident(report_id(2)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.write(move |tx| duplicate::keep(&actor, tx, &same(2, 1)))));
    }
    assert_eq!(me_too(fresh, 1), 0);
});
