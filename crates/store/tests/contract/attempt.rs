use crate::fixtures::*;
use store::{Error, attempt};

on_both!(an_attempt_is_found_until_it_runs_out, |fresh| {
    fresh.write(|tx| attempt::insert(tx, &attempt(b"t"))).unwrap();
    assert_eq!(fresh.read(|tx| attempt::find(tx, b"t", NOW)).unwrap(), Some(attempt(b"t")));
    assert_eq!(fresh.read(|tx| attempt::find(tx, b"t", NOW.plus_hours(2))).unwrap(), None);
    assert_eq!(fresh.read(|tx| attempt::find(tx, b"u", NOW)).unwrap(), None);
});

on_both!(an_older_page_does_not_overwrite_a_newer_answer, |fresh| {
    fresh.write(|tx| attempt::insert(tx, &attempt(b"t"))).unwrap();
    fresh.write(|tx| attempt::save(tx, b"t", b"new", NOW.plus_hours(3), 1)).unwrap();
    let older = fresh.write(|tx| attempt::save(tx, b"t", b"old", NOW.plus_hours(9), 1));
    assert!(matches!(older, Err(Error::Stale)), "{older:?}");
    let found = fresh.read(|tx| attempt::find(tx, b"t", NOW)).unwrap().unwrap();
    assert_eq!((found.sealed, found.expires_at, found.version), (b"new".to_vec(), NOW.plus_hours(3), 2));
});

on_both!(an_attempt_becomes_one_report, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            a_report(tx, 2)?;
            attempt::insert(tx, &attempt(b"t"))?;
            attempt::sent(tx, b"t", report_id(1), b"")
        })
        .unwrap();
    let again = fresh.write(|tx| attempt::sent(tx, b"t", report_id(2), b""));
    assert!(matches!(again, Err(Error::Stale)), "{again:?}");
    let saved = fresh.write(|tx| attempt::save(tx, b"t", b"x", NOW, 2));
    assert!(matches!(saved, Err(Error::Stale)), "{saved:?}");
    let found = fresh.read(|tx| attempt::find(tx, b"t", NOW)).unwrap().unwrap();
    assert_eq!((found.report, found.sealed), (Some(report_id(1)), vec![]));
});

on_both!(an_attempt_that_is_dropped_is_gone, |fresh| {
    fresh.write(|tx| attempt::insert(tx, &attempt(b"t"))).unwrap();
    fresh.write(|tx| attempt::drop(tx, b"t")).unwrap();
    assert_eq!(fresh.read(|tx| attempt::find(tx, b"t", NOW)).unwrap(), None);
});
