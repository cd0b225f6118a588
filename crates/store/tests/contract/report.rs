use crate::{engine::wait, fixtures::*};
use rights::Right;
use store::{
    Error,
    report::{self, Head, NewReport, Tracking},
};

on_both!(a_report_is_found_by_reference_and_by_id, |fresh| {
    fresh.write(|tx| a_report(tx, 1)).unwrap();
    let (by_reference, by_id) =
        fresh.read(|tx| Ok((report::by_reference(tx, &reference(1))?, report::by_id(tx, report_id(1))?))).unwrap();
    assert_eq!(by_reference, Some(by_id.clone()));
    let new = new_report(1);
    assert_eq!(new.head(), by_id);
    assert_eq!((by_id.id, by_id.reference, by_id.tracking), (new.id, new.reference, new.tracking));
    assert_eq!((by_id.area, by_id.first_received_at, by_id.withdrawn_at), (new.spot.area, NOW, None));
    assert_eq!(fresh.read(|tx| report::by_reference(tx, &reference(2))).unwrap(), None);
    assert!(is_not_found(&fresh.read(|tx| report::by_id(tx, report_id(2)))));
});

on_both!(a_reference_that_is_taken_says_so, |fresh| {
    fresh.write(|tx| a_report(tx, 1)).unwrap();
    assert!(fresh.read(|tx| report::reference_taken(tx, &reference(1))).unwrap());
    assert!(!fresh.read(|tx| report::reference_taken(tx, &reference(2))).unwrap());
    let twice = fresh.write(|tx| report::insert(tx, &report::NewReport { reference: reference(1), ..new_report(2) }));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    assert_eq!(fresh.read(report::count).unwrap(), 1);
});

on_both!(a_reference_has_nine_characters, |fresh| {
    let short = fresh.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        report::insert(tx, &report::NewReport { reference: "SHORT".into(), ..new_report(1) })
    });
    assert!(matches!(short, Err(Error::Refused(_))), "{short:?}");
});

on_both!(the_exact_place_is_for_the_reporter_and_for_staff_with_the_right, |fresh| {
    fresh.write(a_house).unwrap();
    let spot = new_report(1).spot;
    assert_eq!(fresh.read(|tx| report::own_spot(&resident(report_id(1)), tx, report_id(1))).unwrap(), spot);
    assert!(is_not_found(&fresh.read(|tx| report::own_spot(&resident(report_id(2)), tx, report_id(1)))));
    assert!(is_not_found(&fresh.read(|tx| report::own_spot(&officer(), tx, report_id(1)))));
    let seen = wait(fresh.db.look(&officer(), glance(1), |look| report::spot(&officer(), look, report_id(1))));
    assert_eq!(seen.unwrap(), spot);
    let without = officer_with(COUNCIL, &[Right::SeeQueue]);
    let refused =
        wait(fresh.db.look(&without.clone(), glance(2), move |look| report::spot(&without, look, report_id(1))));
    assert!(is_not_found(&refused), "{refused:?}");
});

on_both!(a_report_is_withdrawn_once_and_by_its_reporter, |fresh| {
    fresh.write(a_house).unwrap();
    let stranger = fresh.write(|tx| report::withdraw(&resident(report_id(2)), tx, report_id(1), NOW));
    assert!(is_not_found(&stranger), "{stranger:?}");
    let withdraw = || fresh.write(|tx| report::withdraw(&resident(report_id(1)), tx, report_id(1), NOW));
    withdraw().unwrap();
    assert!(matches!(withdraw(), Err(Error::Stale)));
    assert_eq!(fresh.read(|tx| report::by_id(tx, report_id(1))).unwrap().withdrawn_at, Some(NOW));
});

on_both!(following_a_report_is_opened_once_and_by_those_who_may_reach_its_reporter, |fresh| {
    fresh.write(a_house).unwrap();
    let without = || officer_with(COUNCIL, &[Right::SeeReport, Right::Note]);
    for actor in [without(), resident(report_id(1)), rights::Actor::Anonymous] {
        let refused = fresh.write(move |tx| report::open_following(&actor, tx, report_id(1), NOW));
        assert!(is_not_found(&refused), "{refused:?}");
    }
    let opened =
        |fresh: &crate::engine::Fresh| fresh.read(|tx| report::by_id(tx, report_id(1))).unwrap().follow_opened_at;
    assert_eq!(opened(fresh), None);
    let open = |n, at| fresh.write(move |tx| report::open_following(&officer(), tx, report_id(n), at));
    open(1, NOW).unwrap();
    // The first instant stays; a report that is none cannot be opened either.
    assert!(matches!(open(1, NOW.plus_hours(1)), Err(Error::Stale)));
    assert!(matches!(open(2, NOW), Err(Error::Stale)));
    assert_eq!(opened(fresh), Some(NOW));
    let head = fresh.read(|tx| report::by_reference(tx, &reference(1))).unwrap().unwrap();
    assert_eq!(head, Head { follow_opened_at: Some(NOW), ..new_report(1).head() });
});

on_both!(only_a_sensitive_report_with_a_pin_waits_to_be_followed, |fresh| {
    fresh.write(|tx| store::definition::keep(tx, &definition(), NOW)).unwrap();
    let mut waited = Vec::new();
    for (n, tracking) in (1..).zip(Tracking::ALL) {
        for (n, sensitive) in [(n, true), (n + 10, false)] {
            let new = NewReport { sensitive, tracking: *tracking, ..new_report(n) };
            let begun = new.head();
            fresh.write(move |tx| report::insert(tx, &new)).unwrap();
            let kept = fresh.read(move |tx| report::by_id(tx, report_id(n))).unwrap();
            assert_eq!(kept, begun);
            if kept.follow_waits() {
                waited.push(kept);
            }
        }
    }
    let of: Vec<_> = waited.iter().map(|head| (head.sensitive, head.tracking)).collect();
    assert_eq!(of, [(true, Tracking::LinkAndPin)]);
    let id = waited[0].id;
    fresh.write(move |tx| report::open_following(&officer(), tx, id, NOW)).unwrap();
    assert!(!fresh.read(move |tx| report::by_id(tx, id)).unwrap().follow_waits());
});

on_both!(staff_read_the_language_a_report_was_answered_in_and_each_look_is_entered, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| report::insert(tx, &NewReport { language: Some("ar".into()), ..new_report(88) })).unwrap();
    let staff = officer();
    for (n, (number, language)) in [(88, Some("ar".to_owned())), (1, None)].into_iter().enumerate() {
        let one = report_id(number);
        let looked = fresh.db.look(&staff, glance(n as u64 + 1), move |look| report::language(&officer(), look, one));
        assert_eq!(wait(looked).unwrap(), language);
    }
});

on_both!(staff_read_the_land_a_report_lay_in_as_it_was_then, |fresh| {
    fresh.write(a_house).unwrap();
    let layers = serde_json::json!([{ "agency": COUNCIL, "layer": "verge", "map": "Verges, May 2026", "load": 7 }]);
    let new = NewReport { layers: layers.clone(), ..new_report(88) };
    fresh.write(move |tx| report::insert(tx, &new)).unwrap();
    for (n, (number, kept)) in [(88, layers), (1, serde_json::json!([]))].into_iter().enumerate() {
        let (one, staff) = (report_id(number), officer());
        let looked = fresh.db.look(&staff, glance(n as u64 + 1), move |look| report::layers(&officer(), look, one));
        assert_eq!(wait(looked).unwrap(), kept);
    }
    let without = officer_with(COUNCIL, &[Right::SeeQueue]);
    let refused =
        wait(fresh.db.look(&without.clone(), glance(9), move |look| report::layers(&without, look, report_id(1))));
    assert!(is_not_found(&refused), "{refused:?}");
});

on_both!(reports_from_before_lay_in_no_land_that_is_known, |fresh| {
    let bare = if fresh.is_sqlite() {
        crate::engine::Fresh::bare_sqlite()
    } else {
        crate::engine::Fresh::bare_postgres().unwrap()
    };
    wait(bare.db.migrate_to(29)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        crate::migrate::as_in_the_fifth(tx, 1)
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    bare.write(people).unwrap();
    let staff = officer();
    let looked = bare.db.look(&staff, glance(1), |look| report::layers(&officer(), look, report_id(1)));
    assert_eq!(wait(looked).unwrap(), serde_json::json!([]));
});

on_both!(staff_read_who_of_them_filed_a_report_and_for_whom, |fresh| {
    fresh.write(a_house).unwrap();
    let filed = report::Filed { by: staff_id(1), filed_as: report::FiledAs::Another, role: "officer".into() };
    let new = NewReport { filed: Some(filed.clone()), device: report::Device::Unknown, ..new_report(88) };
    fresh.write(move |tx| report::insert(tx, &new)).unwrap();
    for (n, (number, kept)) in [(88, Some(filed)), (1, None)].into_iter().enumerate() {
        let (one, staff) = (report_id(number), officer());
        let looked = fresh.db.look(&staff, glance(n as u64 + 1), move |look| report::filed(&officer(), look, one));
        assert_eq!(wait(looked).unwrap().map(|(filed, _)| filed), kept);
    }
    let without = officer_with(COUNCIL, &[Right::SeeQueue]);
    let refused =
        wait(fresh.db.look(&without.clone(), glance(9), move |look| report::filed(&without, look, report_id(1))));
    assert!(is_not_found(&refused), "{refused:?}");
});

on_both!(reports_from_before_were_filed_by_nobody_but_their_sender, |fresh| {
    let bare = if fresh.is_sqlite() {
        crate::engine::Fresh::bare_sqlite()
    } else {
        crate::engine::Fresh::bare_postgres().unwrap()
    };
    wait(bare.db.migrate_to(34)).unwrap();
    bare.write(|tx| {
        people(tx)?;
        store::definition::keep(tx, &definition(), NOW)?;
        crate::migrate::as_in_the_fifth(tx, 1)
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    let staff = officer();
    let looked = bare.db.look(&staff, glance(1), |look| report::filed(&officer(), look, report_id(1)));
    assert_eq!(wait(looked).unwrap(), None);
});
