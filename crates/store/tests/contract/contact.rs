use crate::{engine::wait, fixtures::*};
use rights::{Actor, Right};
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

on_both!(earlier_reports_of_a_person_are_counted_in_the_own_agency_alone, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            for n in 2..=5 {
                store::report::insert(
                    tx,
                    &store::report::NewReport {
                        // Report 5 came later.
                        first_received_at: if n == 5 { NOW.plus_hours(1) } else { NOW.plus_hours(-1) },
                        ..new_report(n)
                    },
                )?;
                let agency = if n == 4 { POLICE } else { COUNCIL };
                store::sub_case::insert(tx, &sub_case(n, agency))?;
                contact::mark(tx, report_id(n), b"email")?;
            }
            // Report 2 has the same telephone too, and counts once.
            for (n, hash) in [(1, b"email".as_slice()), (1, b"phone"), (1, b"phone"), (2, b"phone")] {
                contact::mark(tx, report_id(n), hash)?;
            }
            Ok(())
        })
        .unwrap();
    let count = |actor: Actor, n: u64, agency: &'static str| {
        let who = actor.clone();
        let job = move |look: &mut store::Look| contact::earlier(&who, look, report_id(1), agency);
        wait(fresh.db.look(&actor, glance(n), job))
    };
    assert_eq!(count(officer(), 1, COUNCIL).unwrap(), 2);
    assert_eq!(count(officer(), 2, POLICE).unwrap(), 1);
    let without: Vec<_> = Right::ALL.iter().copied().filter(|right| *right != Right::SeeContact).collect();
    assert!(is_not_found(&count(officer_with(COUNCIL, &without), 3, COUNCIL)));
});
