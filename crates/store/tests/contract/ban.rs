use crate::{engine::wait, fixtures::*};
use rights::Actor;
use serde_json::json;
use store::{
    Error,
    ban::{self, Ban, Kind},
    journal::{self, NewEntry},
};

pub fn banned(n: u64) -> Ban {
    let value = format!("robin{n}@example.org");
    Ban { id: id(9, n), agency: COUNCIL.into(), kind: Kind::Email, value, until: NOW.plus_hours(48) }
}

/// Keeps one with its entry, whose content says why.
pub fn keep(tx: &mut store::Tx, n: u64, row: &Ban) -> store::Result<()> {
    let content = Some(json!({ "words": "why" }));
    journal::write(&HOUSE, tx, &NewEntry { content, id: row.id, report: None, ..entry(n, 1) })?;
    ban::insert(&officer(), tx, row)
}

on_both!(one_holds_at_its_agency_until_its_day_or_until_staff_end_it, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            keep(tx, 1, &banned(1))?;
            keep(tx, 2, &Ban { id: id(9, 2), until: NOW.plus_hours(72), ..banned(1) })?;
            keep(tx, 3, &Ban { kind: Kind::Domain, value: "example.net".into(), ..banned(3) })
        })
        .unwrap();
    let holds = |agency: &'static str, kind, hours| {
        fresh.read(move |tx| ban::holds(tx, agency, kind, "robin1@example.org", NOW.plus_hours(hours))).unwrap()
    };
    assert!(holds(COUNCIL, Kind::Email, 71), "the newer one holds");
    assert!(!holds(COUNCIL, Kind::Email, 72) && !holds(COUNCIL, Kind::Phone, 0) && !holds(POLICE, Kind::Email, 0));
    let list = |n| wait(fresh.db.look(&officer(), glance(n), |look| ban::in_force(&officer(), look, NOW))).unwrap();
    assert_eq!(list(77).iter().map(|one| one.id).collect::<Vec<_>>(), [id(9, 3), id(9, 2)]);
    assert_eq!(list(78)[0].content, Some(json!({ "words": "why" })));
    fresh.write(|tx| ban::end(&officer(), tx, id(9, 2), NOW)).unwrap();
    assert!(!holds(COUNCIL, Kind::Email, 0));
    assert!(matches!(fresh.write(|tx| ban::end(&officer(), tx, id(9, 2), NOW)), Err(Error::Stale)));
    assert!(is_not_found(&fresh.write(|tx| ban::end(&Actor::Anonymous, tx, id(9, 3), NOW))));
    let elsewhere = Ban { agency: POLICE.into(), ..banned(4) };
    assert!(is_not_found(&fresh.write(move |tx| ban::insert(&officer(), tx, &elsewhere))));
});
