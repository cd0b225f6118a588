use crate::{fixtures::*, publication::publication};
use rights::Actor;
use serde_json::json;
use store::{
    Error, publication as public,
    wording::{self, Wording},
};

pub fn reworded() -> Wording {
    Wording { body: json!({ "details": "other words" }), photos: json!(["a"]), doubtful: false }
}

on_both!(who_changes_public_words_says_which_they_saw, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            public::insert(tx, &publication(1), "")
        })
        .unwrap();
    let change =
        |actor: Actor, version| fresh.write(move |tx| wording::change(&actor, tx, report_id(1), version, &reworded()));
    assert!(matches!(change(officer(), 2), Err(Error::Stale)));
    change(officer(), 1).unwrap();
    assert!(matches!(change(officer(), 1), Err(Error::Stale)));
    change(resident(report_id(1)), 2).unwrap();
    for stranger in [Actor::Anonymous, resident(report_id(2))] {
        assert!(is_not_found(&change(stranger.clone(), 3)));
        assert!(is_not_found(&fresh.read(move |tx| wording::version(&stranger, tx, report_id(1)))));
    }
    let of = |n| fresh.read(move |tx| wording::version(&officer(), tx, report_id(n))).unwrap();
    assert_eq!((of(1), of(2)), (Some(3), None));
    let row = fresh.read(|tx| public::of_report(&HOUSE, tx, report_id(1))).unwrap().unwrap();
    assert_eq!((row.body, row.photos), (reworded().body, reworded().photos));
});
