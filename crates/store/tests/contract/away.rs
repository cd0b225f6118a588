use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use store::away::{self, Away};

/// Person 1 of the council, for a week.
pub fn week() -> Away {
    Away { staff: staff_id(1), from_on: "2026-11-30".into(), back_on: "2026-12-07".into(), set_at: NOW }
}

fn back(fresh: &Fresh, day: &'static str) -> Option<String> {
    fresh.read(move |tx| away::back_on(&HOUSE, tx, staff_id(1), day)).unwrap()
}

on_both!(somebody_is_away_from_the_first_day_until_they_are_back, |fresh| {
    fresh.write(people).unwrap();
    fresh.write(|tx| away::keep(&officer(), tx, &week())).unwrap();
    for day in ["2026-11-29", "2026-12-07", "2027-12-01"] {
        assert_eq!(back(fresh, day), None, "{day}");
    }
    for day in ["2026-11-30", "2026-12-06"] {
        assert_eq!(back(fresh, day).as_deref(), Some("2026-12-07"), "{day}");
    }
    let longer = Away { back_on: "2026-12-14".into(), ..week() };
    let kept = longer.clone();
    fresh.write(move |tx| away::keep(&officer(), tx, &kept)).unwrap();
    let own = fresh.read(|tx| away::of_colleague(&officer(), tx, staff_id(1))).unwrap();
    assert_eq!(own, Some(longer));
    let ended =
        fresh.write(|tx| Ok((away::end(&officer(), tx, staff_id(1))?, away::end(&officer(), tx, staff_id(1))?)));
    assert_eq!(ended.unwrap(), (true, false));
    assert_eq!(back(fresh, "2026-12-01"), None);
});

on_both!(others_are_set_away_by_those_who_manage_staff_and_only_at_their_own_agency, |fresh| {
    fresh.write(people).unwrap();
    let worker = || officer_with(COUNCIL, &[Right::SeeQueue]);
    let manager = || officer_with(COUNCIL, &[Right::ManageStaff]);
    let of = |n| Away { staff: staff_id(n), ..week() };
    fresh.write(move |tx| away::keep(&worker(), tx, &of(1))).unwrap();
    fresh.write(move |tx| away::keep(&manager(), tx, &of(2))).unwrap();
    assert!(is_not_found(&fresh.write(move |tx| away::keep(&worker(), tx, &of(2)))));
    assert!(is_not_found(&fresh.write(move |tx| away::keep(&manager(), tx, &of(3)))), "the police");
    assert!(is_not_found(&fresh.write(move |tx| away::end(&worker(), tx, staff_id(2)))));
    assert!(is_not_found(&fresh.read(move |tx| away::of_colleague(&worker(), tx, staff_id(2)))));
    for actor in [HOUSE, resident(report_id(1)), Actor::Anonymous] {
        assert!(is_not_found(&fresh.write(move |tx| away::keep(&actor, tx, &of(1)))));
    }
    assert!(is_not_found(&fresh.read(move |tx| away::back_on(&manager(), tx, staff_id(1), "2026-12-01"))));
    let backwards = Away { back_on: week().from_on, ..week() };
    assert!(fresh.write(move |tx| away::keep(&officer(), tx, &backwards)).is_err());
});
