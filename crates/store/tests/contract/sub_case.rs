use crate::fixtures::*;
use rights::Right;
use store::{
    Error,
    sub_case::{self, Core, SubCase},
};

on_both!(a_change_is_read_back_whole, |fresh| {
    fresh.write(a_house).unwrap();
    let changed = SubCase {
        stage: "visiting".into(),
        core: Core::Open,
        team: "roads".into(),
        assignee: Some(staff_id(2)),
        priority: 1,
        flags: serde_json::json!(["risk"]),
        shared: serde_json::json!(["summary", "place"]),
        acknowledged_at: Some(NOW.plus_seconds(1)),
        first_due_at: Some(NOW.plus_seconds(2)),
        due_at: NOW.plus_seconds(3),
        changed_at: NOW.plus_seconds(4),
        closed_at: Some(NOW.plus_seconds(5)),
        outcome: Some("cleared".into()),
        ..sub_case(1, COUNCIL)
    };
    let written = changed.clone();
    fresh.write(move |tx| sub_case::update(&officer(), tx, &written)).unwrap();
    let found = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap();
    assert_eq!(found, [SubCase { version: 2, ..changed }]);
});

on_both!(a_change_made_from_an_older_one_is_stale, |fresh| {
    fresh.write(a_house).unwrap();
    let update = || fresh.write(|tx| sub_case::update(&HOUSE, tx, &sub_case(1, COUNCIL)));
    update().unwrap();
    assert!(matches!(update(), Err(Error::Stale)));
});

on_both!(a_mark_of_the_house_leaves_the_version_and_all_else, |fresh| {
    fresh.write(a_house).unwrap();
    let marked =
        SubCase { flags: serde_json::json!(["clock_soon"]), priority: 2, team: "roads".into(), ..sub_case(1, COUNCIL) };
    let written = marked.clone();
    fresh.write(move |tx| sub_case::mark(&HOUSE, tx, &written)).unwrap();
    let found = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap();
    assert_eq!(found, [SubCase { team: sub_case(1, COUNCIL).team, ..marked.clone() }]);
    let other = SubCase { version: 9, ..marked.clone() };
    assert!(matches!(fresh.write(move |tx| sub_case::mark(&HOUSE, tx, &other)), Err(Error::Stale)));
    assert!(is_not_found(&fresh.write(move |tx| sub_case::mark(&officer(), tx, &marked))));
});

on_both!(staff_without_the_right_change_nothing, |fresh| {
    fresh.write(a_house).unwrap();
    let without = officer_with(COUNCIL, &[Right::SeeQueue]);
    assert!(is_not_found(&fresh.write(move |tx| sub_case::update(&without, tx, &sub_case(1, COUNCIL)))));
    assert_eq!(fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap()[0].version, 1);
});

on_both!(an_agency_has_one_part_of_a_report, |fresh| {
    fresh.write(a_house).unwrap();
    let second = |case: SubCase| fresh.write(move |tx| sub_case::insert(tx, &case));
    let twice = second(SubCase { id: case_id(2), number: 20, ..sub_case(1, COUNCIL) });
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    second(SubCase { id: case_id(2), number: 20, ..sub_case(1, POLICE) }).unwrap();
    let both = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap();
    assert_eq!(both.iter().map(|c| c.agency.as_str()).collect::<Vec<_>>(), [COUNCIL, POLICE]);
});

#[test]
fn a_case_that_ended_is_worked_by_nobody() {
    let ended: Vec<_> = Core::ALL.iter().copied().filter(|core| core.ended()).collect();
    assert_eq!(ended, [Core::WithOtherAgency, Core::Closed, Core::Withdrawn]);
}

on_both!(numbers_of_parts_ascend, |fresh| {
    let first = fresh.write(sub_case::next_number).unwrap();
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            sub_case::insert(tx, &SubCase { number: first, ..sub_case(1, COUNCIL) })
        })
        .unwrap();
    assert!(fresh.write(sub_case::next_number).unwrap() > first);
});
