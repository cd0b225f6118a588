//! A list of what to go and see: in its order, and a report on one list alone.

use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use store::{Error, Tx, shortlist, sub_case};

fn three(tx: &mut Tx) -> Result<(), Error> {
    people(tx)?;
    store::definition::keep(tx, &definition(), NOW)?;
    for n in 1..=3 {
        store::report::insert(tx, &new_report(n))?;
        sub_case::insert(tx, &sub_case(n, COUNCIL))?;
    }
    Ok(())
}

fn colleague() -> Actor {
    let Actor::Staff(staff) = officer() else { unreachable!() };
    Actor::Staff(rights::Staff { id: staff_id(2), ..staff })
}

fn list(fresh: &Fresh, actor: Actor) -> Vec<uuid::Uuid> {
    fresh.read(move |tx| shortlist::list(&actor, tx)).unwrap().into_iter().map(|row| row.0).collect()
}

on_both!(a_list_keeps_its_order_and_a_report_is_on_one_list, |fresh| {
    fresh.write(three).unwrap();
    for n in 1..=3 {
        assert_eq!(fresh.write(move |tx| shortlist::put(&officer(), tx, report_id(n), NOW)).unwrap(), None);
    }
    let again = fresh.write(|tx| shortlist::put(&officer(), tx, report_id(1), NOW)).unwrap();
    assert_eq!(again, Some(staff_id(1)));
    assert_eq!(list(fresh, officer()), [1, 2, 3].map(report_id));
    fresh.write(|tx| shortlist::order(&officer(), tx, &[3, 1, 2].map(report_id))).unwrap();
    assert_eq!(list(fresh, officer()), [3, 1, 2].map(report_id));
    let taken = fresh.write(|tx| shortlist::put(&colleague(), tx, report_id(1), NOW)).unwrap();
    assert_eq!(taken, Some(staff_id(1)));
    assert_eq!(fresh.read(|tx| shortlist::holder(&officer(), tx, report_id(1))).unwrap(), Some(staff_id(2)));
    assert_eq!((list(fresh, officer()), list(fresh, colleague())), ([3, 2].map(report_id).into(), vec![report_id(1)]));
    assert!(!fresh.write(|tx| shortlist::remove(&officer(), tx, report_id(1))).unwrap(), "a colleague's");
    assert!(fresh.write(|tx| shortlist::remove(&officer(), tx, report_id(3))).unwrap());
    fresh
        .write(|tx| {
            let case = sub_case::of_report(tx, report_id(2))?.remove(0);
            let ended = sub_case::SubCase { closed_at: Some(NOW), core: sub_case::Core::Closed, ..case };
            sub_case::update(&officer(), tx, &ended)
        })
        .unwrap();
    assert!(list(fresh, officer()).is_empty(), "what has ended need not be seen");
});

on_both!(a_list_is_for_those_with_its_right, |fresh| {
    fresh.write(three).unwrap();
    for actor in [officer_with(COUNCIL, &[Right::SeeQueue]), Actor::Anonymous, HOUSE] {
        let who = actor.clone();
        assert!(is_not_found(&fresh.write(move |tx| shortlist::put(&who, tx, report_id(1), NOW))), "{actor:?}");
        assert!(is_not_found(&fresh.read(move |tx| shortlist::list(&actor, tx))));
    }
});
