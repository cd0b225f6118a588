use crate::{engine::Fresh, fixtures::*, publication::publication};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error, publication as public, report,
    service::{self, Public},
    sub_case, wording,
};

pub fn reclassed() -> Public {
    Public {
        service: "other".into(),
        definition: definition().hash,
        body: json!({ "details": "kept" }),
        photos: json!([]),
    }
}

fn two(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=2).try_for_each(|n| {
                report::insert(tx, &new_report(n))?;
                sub_case::insert(tx, &sub_case(n, COUNCIL))
            })?;
            let of_police = sub_case::SubCase { report: report_id(1), ..sub_case(3, POLICE) };
            sub_case::insert(tx, &of_police)?;
            public::insert(tx, &publication(1), "")
        })
        .unwrap();
}

on_both!(a_report_and_the_part_of_its_agency_are_of_another_service_and_of_the_definition_it_answered, |fresh| {
    two(fresh);
    fresh.write(|tx| service::put(&officer(), tx, (report_id(1), case_id(1)), "other")).unwrap();
    let head = fresh.read(|tx| report::by_id(tx, report_id(1))).unwrap();
    let asked = (head.service.as_str(), head.type_code.as_str(), head.definition.as_str());
    assert_eq!(asked, ("other", "other", "hash-of-one"));
    let parts = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap();
    let of = |agency: &str| parts.iter().find(|part| part.agency == agency).unwrap().service.clone();
    assert_eq!((of(COUNCIL), of(POLICE)), ("other".into(), sub_case(3, POLICE).service));
    let untouched = fresh.read(|tx| report::by_id(tx, report_id(2))).unwrap();
    assert_eq!(untouched, new_report(2).head());
});

on_both!(what_everybody_reads_is_of_the_new_service_and_of_a_newer_version, |fresh| {
    two(fresh);
    let version = |fresh: &Fresh| fresh.read(|tx| wording::version(&officer(), tx, report_id(1))).unwrap();
    let before = version(fresh).unwrap();
    fresh.write(|tx| tx.run("UPDATE publication SET photos = $1", &[&json!(["a"])])).unwrap();
    fresh.write(|tx| service::publish(&officer(), tx, report_id(1), &reclassed(), NOW.plus_hours(50))).unwrap();
    let row = fresh.read(|tx| public::of_report(&HOUSE, tx, report_id(1))).unwrap().unwrap();
    assert_eq!((row.service, row.body, row.changed_at), ("other".into(), reclassed().body, NOW.plus_hours(50)));
    assert_eq!(row.photos, json!([]));
    assert_eq!(version(fresh), Some(before + 1));
    let none = fresh.write(|tx| service::publish(&officer(), tx, report_id(2), &reclassed(), NOW));
    assert!(matches!(none, Err(Error::Stale)));
});

on_both!(nobody_changes_a_service_without_the_right, |fresh| {
    two(fresh);
    let without: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::ChangeService).collect();
    for actor in [officer_with(COUNCIL, &without), resident(report_id(1)), Actor::Anonymous] {
        let (one, other) = (actor.clone(), actor.clone());
        assert!(is_not_found(&fresh.write(move |tx| service::put(&one, tx, (report_id(1), case_id(1)), "other"))));
        assert!(is_not_found(&fresh.write(move |tx| service::publish(&other, tx, report_id(1), &reclassed(), NOW))));
    }
    assert_eq!(fresh.read(|tx| report::by_id(tx, report_id(1))).unwrap(), new_report(1).head());
});
