//! One act on many reports: begun once, each item settled once.

use crate::{engine::wait, fixtures::*};
use rights::Actor;
use serde_json::json;
use store::{
    Error, Tx,
    bulk::{self, Act, Bulk, Item, State},
};

pub fn many(n: u64) -> Bulk {
    Bulk {
        id: id(33, n),
        agency: COUNCIL.into(),
        staff: staff_id(1),
        act: Act::Assign,
        created_at: NOW,
        undone_at: None,
    }
}

pub fn item(n: u64, report: u64) -> Item {
    Item {
        bulk: many(n).id,
        ordinal: report as i64,
        report: report_id(report),
        state: State::Waiting,
        why: String::new(),
        before: json!({}),
        version: 1,
    }
}

fn reports(tx: &mut Tx) -> Result<(), Error> {
    a_house(tx)?;
    a_report(tx, 2)
}

fn two(tx: &mut Tx) -> Result<bool, Error> {
    bulk::begin(&officer(), tx, &many(1), &[item(1, 1), item(1, 2)])
}

fn other() -> Actor {
    let Actor::Staff(staff) = officer() else { unreachable!() };
    Actor::Staff(rights::Staff { id: staff_id(2), ..staff })
}

on_both!(the_same_form_begins_one_act, |fresh| {
    fresh.write(reports).unwrap();
    assert!(fresh.write(two).unwrap());
    assert!(!fresh.write(two).unwrap());
    assert_eq!(fresh.read(|tx| bulk::items(&officer(), tx, many(1).id)).unwrap(), [item(1, 1), item(1, 2)]);
    assert_eq!(fresh.read(|tx| bulk::one(&officer(), tx, many(1).id)).unwrap(), many(1));
});

on_both!(an_item_is_settled_once_and_listed_with_its_reference, |fresh| {
    fresh.write(reports).unwrap();
    fresh.write(two).unwrap();
    let done = Item { state: State::Done, before: json!({ "team": "front" }), version: 2, ..item(1, 1) };
    let (first, again) = (done.clone(), done.clone());
    assert!(fresh.write(move |tx| bulk::settle(&officer(), tx, &first, State::Waiting)).unwrap());
    assert!(!fresh.write(move |tx| bulk::settle(&officer(), tx, &again, State::Waiting)).unwrap());
    let left = Item { state: State::Left, why: "ended".into(), ..item(1, 2) };
    fresh.write(move |tx| bulk::settle(&officer(), tx, &left, State::Waiting)).unwrap();
    assert_eq!(fresh.read(|tx| bulk::items(&officer(), tx, many(1).id)).unwrap()[0], done);
    let listed = wait(fresh.db.look(&officer(), glance(1), |look| bulk::listed(&officer(), look, many(1).id))).unwrap();
    let told = [(reference(1), State::Done, String::new()), (reference(2), State::Left, "ended".into())];
    assert_eq!(listed, told);
    fresh.write(|tx| bulk::undone(&officer(), tx, many(1).id, NOW)).unwrap();
    assert_eq!(fresh.read(|tx| bulk::one(&officer(), tx, many(1).id)).unwrap().undone_at, Some(NOW));
});

on_both!(an_act_on_many_is_there_for_who_began_it_alone, |fresh| {
    fresh.write(reports).unwrap();
    fresh.write(two).unwrap();
    assert!(is_not_found(&fresh.write(|tx| bulk::begin(&other(), tx, &many(1), &[]))));
    assert!(is_not_found(&fresh.read(|tx| bulk::one(&other(), tx, many(1).id))));
    assert!(is_not_found(&fresh.read(|tx| bulk::items(&other(), tx, many(1).id))));
    assert!(is_not_found(&fresh.write(|tx| bulk::undone(&other(), tx, many(1).id, NOW))));
    for actor in [Actor::Anonymous, HOUSE] {
        assert!(is_not_found(&fresh.write(move |tx| bulk::settle(&actor, tx, &item(1, 1), State::Waiting))));
    }
});
