use crate::{engine::wait, fixtures::*};
use rights::Right;
use serde_json::json;
use store::contact::{self, Contact};

fn contact() -> Contact {
    Contact {
        name: Some("Robin Example".into()),
        email: Some("robin@example.org".into()),
        phone: None,
        safe: json!({ "by": ["email"] }),
    }
}

on_both!(a_reporter_and_the_house_read_the_contact, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            contact::insert(tx, report_id(1), &contact())
        })
        .unwrap();
    for actor in [resident(report_id(1)), HOUSE] {
        let own = fresh.read(move |tx| contact::own(&actor, tx, report_id(1))).unwrap();
        assert_eq!(own, Some(contact()));
    }
    let stranger = fresh.read(|tx| contact::own(&resident(report_id(2)), tx, report_id(1)));
    assert!(is_not_found(&stranger), "{stranger:?}");
    assert_eq!(fresh.read(|tx| contact::own(&HOUSE, tx, report_id(2))).unwrap(), None);
});

on_both!(staff_read_the_contact_by_its_right_alone, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            contact::insert(tx, report_id(1), &contact())
        })
        .unwrap();
    let with = officer_with(COUNCIL, &[Right::SeeContact]);
    let seen = wait(fresh.db.look(&with.clone(), glance(1), move |look| contact::of_report(&with, look, report_id(1))));
    assert_eq!(seen.unwrap(), Some(contact()));
    let without = officer_with(COUNCIL, &[Right::SeeReport]);
    let refused =
        wait(fresh.db.look(&without.clone(), glance(2), move |look| contact::of_report(&without, look, report_id(1))));
    assert!(is_not_found(&refused), "{refused:?}");
});
