//! What reports and services are called by a back office.

use crate::fixtures::*;
use store::outside::{self, Outside, Service};

on_both!(a_report_keeps_its_first_name_and_a_name_is_one_reports, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            a_report(tx, 2)?;
            assert!(outside::keep(&HOUSE, tx, &outside(1))?);
            assert!(outside::keep(&HOUSE, tx, &outside(1))?);
            // A back office that gives one id to two reports.
            assert!(!outside::keep(&HOUSE, tx, &Outside { outside_id: "T1".into(), ..outside(2) })?);
            assert!(!outside::keep(&HOUSE, tx, &Outside { outside_id: "T9".into(), ..outside(1) })?);
            assert!(outside::keep(&HOUSE, tx, &Outside { customer_reference: Some("FS-1".into()), ..outside(2) })?);
            Ok(())
        })
        .unwrap();
    let named = |name: &'static str| fresh.read(move |tx| outside::named(&HOUSE, tx, COUNCIL, name)).unwrap();
    assert_eq!([named("T1"), named("T2")], [Some(report_id(1)), Some(report_id(2))]);
    assert_eq!([named("FS-1"), named("T9")], [None, None], "a reference of two reports names neither");
    let kept = fresh.read(|tx| outside::of_report(&officer(), tx, report_id(1), COUNCIL)).unwrap();
    assert_eq!(kept, Some(outside(1)));
    assert_eq!(fresh.read(|tx| outside::of_report(&HOUSE, tx, report_id(1), POLICE)).unwrap(), None);
    let worked = |after: &'static str| fresh.read(move |tx| outside::worked(&HOUSE, tx, COUNCIL, after, 1)).unwrap();
    assert_eq!((worked(""), worked("T1")), (vec!["T1".to_owned()], vec!["T2".to_owned()]));
    let is_named = |n: u64| fresh.read(move |tx| outside::is_named(tx, report_id(n), COUNCIL)).unwrap();
    assert_eq!((is_named(1), is_named(7)), (true, false));
    let oldest = |agency: &'static str| fresh.read(move |tx| outside::oldest_worked(&HOUSE, tx, agency)).unwrap();
    assert_eq!((oldest(COUNCIL), oldest(POLICE)), (Some(outside(1).known_at), None));
    assert!(is_not_found(&fresh.read(|tx| outside::oldest_worked(&officer(), tx, COUNCIL))));
    assert!(is_not_found(&fresh.read(|tx| outside::named(&officer(), tx, COUNCIL, "T1"))));
});

on_both!(a_changed_service_is_a_new_version_and_a_vanished_one_is_flagged, |fresh| {
    let gone = Service { gone_at: Some(NOW), ..outside_service("b", 1) };
    let all = [outside_service("a", 1), outside_service("a", 2), gone.clone()];
    fresh.write(move |tx| all.iter().try_for_each(|one| outside::keep_service(&HOUSE, tx, COUNCIL, one))).unwrap();
    let services = fresh.read(|tx| outside::services(tx, COUNCIL)).unwrap();
    assert_eq!(services, [outside_service("a", 2), gone.clone()]);
    assert_eq!(fresh.read(|tx| outside::gone(&officer(), tx)).unwrap(), [gone]);
});
