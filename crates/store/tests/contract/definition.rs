use crate::fixtures::*;
use store::definition::{self, Definition};

on_both!(a_definition_never_changes_under_its_hash, |fresh| {
    let found = fresh
        .write(|tx| {
            definition::keep(tx, &definition(), NOW)?;
            definition::keep(tx, &Definition { body: "other".into(), ..definition() }, NOW)?;
            definition::by_hash(tx, "hash-of-one")
        })
        .unwrap();
    assert_eq!(found, Some(definition()));
    assert_eq!(fresh.read(|tx| definition::by_hash(tx, "other")).unwrap(), None);
});

on_both!(every_version_ever_published_is_there, |fresh| {
    let second = Definition { hash: "a-hash".into(), version: 2, ..definition() };
    let newer = second.clone();
    fresh
        .write(move |tx| {
            definition::keep(tx, &second, NOW)?;
            definition::keep(tx, &definition(), NOW)
        })
        .unwrap();
    assert_eq!(fresh.read(definition::all).unwrap(), vec![definition(), newer]);
});

on_both!(a_report_of_an_unknown_definition_is_refused, |fresh| {
    let stray = fresh.write(|tx| store::report::insert(tx, &new_report(1)));
    assert!(matches!(stray, Err(store::Error::Refused(_))), "{stray:?}");
});
