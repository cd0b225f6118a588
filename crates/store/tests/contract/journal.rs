use crate::{engine::wait, fixtures::*};
use rights::Right;
use serde_json::json;
use store::journal::{self, Audience, Entry, NewEntry};

fn ids(entries: &[Entry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.id.as_u64_pair().1 & 0xffff).collect()
}

fn one_for_each(tx: &mut store::Tx) -> Result<(), store::Error> {
    a_house(tx)?;
    for (n, audience) in (2..).zip(Audience::ALL) {
        let new = NewEntry { kind: "something", audience: *audience, ..entry(n, 1) };
        journal::write(&officer(), tx, &new)?;
    }
    let foreign = NewEntry {
        kind: "something",
        audience: Audience::Agency,
        agency: Some(POLICE.into()),
        content: Some(json!({ "words": "for the police alone" })),
        ..entry(6, 1)
    };
    journal::write(&HOUSE, tx, &foreign)
}

on_both!(a_resident_reads_what_is_meant_for_residents, |fresh| {
    fresh.write(one_for_each).unwrap();
    let seen = fresh.read(|tx| journal::for_resident(&resident(report_id(1)), tx, report_id(1))).unwrap();
    assert_eq!(ids(&seen), [1, 2]);
    let stranger = fresh.read(|tx| journal::for_resident(&resident(report_id(2)), tx, report_id(1)));
    assert!(is_not_found(&stranger), "{stranger:?}");
});

on_both!(a_witness_reads_the_kinds_that_are_named_and_no_other, |fresh| {
    fresh.write(one_for_each).unwrap();
    let read = |who: rights::Actor, kinds: &'static [&'static str]| {
        fresh.read(move |tx| journal::for_resident_of(&who, tx, report_id(1), kinds))
    };
    assert_eq!(ids(&read(witness(report_id(1)), &["something"]).unwrap()), [2], "not what staff write for each other");
    assert_eq!(ids(&read(witness(report_id(1)), &[]).unwrap()), [0u64; 0]);
    assert!(is_not_found(&read(witness(report_id(2)), &["something"])));
    // What opens the whole to a reporter opens nothing here.
    assert!(is_not_found(&fresh.read(|tx| journal::for_resident(&witness(report_id(1)), tx, report_id(1)))));
});

on_both!(staff_read_their_own_agencys_entries, |fresh| {
    fresh.write(one_for_each).unwrap();
    let see = |n, rights: &'static [Right]| {
        let actor = officer_with(COUNCIL, rights);
        wait(fresh.db.look(&actor.clone(), glance(n), move |look| journal::for_staff(&actor, look, report_id(1))))
    };
    assert_eq!(ids(&see(10, &[Right::SeeReport]).unwrap()), [1, 2, 3, 4]);
    assert_eq!(ids(&see(11, &[Right::SeeReport, Right::SeeHistory]).unwrap()), [1, 2, 3, 4]);
    assert!(is_not_found(&see(12, &[Right::SeeQueue])));
});

on_both!(the_history_is_of_ones_own_agency_and_newest_first, |fresh| {
    fresh.write(one_for_each).unwrap();
    let see = |n, agency, rights: &'static [Right]| {
        let actor = officer_with(agency, rights);
        wait(fresh.db.look(&actor.clone(), glance(n), move |look| journal::history(&actor, look, report_id(1))))
    };
    assert_eq!(ids(&see(20, COUNCIL, &[Right::SeeHistory]).unwrap()), [5]);
    // The look before is in it by now.
    assert_eq!(ids(&see(21, COUNCIL, &[Right::SeeHistory]).unwrap()), [20, 5]);
    assert_eq!(see(22, POLICE, &[Right::SeeHistory]).unwrap(), []);
    assert!(is_not_found(&see(23, COUNCIL, &[Right::SeeReport])));
});

on_both!(an_entry_is_read_as_it_was_written, |fresh| {
    fresh.write(one_for_each).unwrap();
    let all = fresh.read(|tx| journal::of_report(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(ids(&all), [1, 2, 3, 4, 5, 6]);
    let last = &all[5];
    assert_eq!(last.content, Some(json!({ "words": "for the police alone" })));
    assert_eq!((last.actor.as_str(), last.actor_name.as_str()), ("house", "contract"));
    assert_eq!((all[1].actor.as_str(), all[1].actor_name.as_str()), ("staff", "Robin Example"));
    assert_eq!((all[0].actor.as_str(), all[0].actor_name.as_str()), ("resident", ""));
    assert_eq!((last.at, last.facts.clone(), last.agency.as_deref()), (NOW, json!({ "n": 6 }), Some(POLICE)));
    let staff = fresh.read(|tx| journal::of_report(&officer(), tx, report_id(1)));
    assert!(is_not_found(&staff), "{staff:?}");
});

on_both!(an_entry_waits_for_the_sealer_and_keeps_the_hash_of_its_words, |fresh| {
    fresh.write(one_for_each).unwrap();
    let (waiting, hash, salt, body) = fresh
        .read(|tx| {
            let (n,): (i64,) = tx.one("SELECT COUNT(*) FROM unsealed", &[])?;
            let (hash,): (Vec<u8>,) = tx.one("SELECT content_hash FROM journal WHERE id = $1", &[&entry_id(6)])?;
            let (salt, body): (Vec<u8>, serde_json::Value) =
                tx.one("SELECT salt, body FROM content WHERE entry = $1", &[&entry_id(6)])?;
            Ok((n, hash, salt, body))
        })
        .unwrap();
    assert_eq!(waiting, 6);
    assert_eq!(journal::content_hash(&salt, &body), hash);
    assert_ne!(journal::content_hash(&[8; 16], &body), hash);
});

on_both!(a_hash_does_not_depend_on_the_order_of_names, |fresh| {
    let body = json!({ "zebra": { "b": 1, "a": [2.5, "é"] }, "ant": null, "m": 1_000_000 });
    let hash = journal::content_hash(&SALT, &body);
    let new = NewEntry { content: Some(body), ..entry(2, 1) };
    fresh
        .write(move |tx| {
            a_house(tx)?;
            journal::write(&HOUSE, tx, &new)
        })
        .unwrap();
    let entries = fresh.read(|tx| journal::of_report(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(journal::content_hash(&SALT, entries[1].content.as_ref().unwrap()), hash);
});

on_both!(a_report_without_an_entry_is_a_stray, |fresh| {
    fresh.write(a_house).unwrap();
    assert_eq!(fresh.read(|tx| journal::strays(&HOUSE, tx)).unwrap(), (0, 0));
    fresh.write(|tx| store::report::insert(tx, &new_report(2))).unwrap();
    fresh.write(|tx| journal::write(&HOUSE, tx, &NewEntry { report: None, ..entry(9, 1) })).unwrap();
    assert_eq!(fresh.read(|tx| journal::strays(&HOUSE, tx)).unwrap(), (1, 1));
    let staff = fresh.read(|tx| journal::strays(&officer(), tx));
    assert!(is_not_found(&staff), "{staff:?}");
});

on_both!(an_entry_of_a_report_that_is_not_there_is_refused, |fresh| {
    let stray = fresh.write(|tx| journal::write(&HOUSE, tx, &entry(1, 9)));
    assert!(matches!(stray, Err(store::Error::Refused(_))), "{stray:?}");
});
