use crate::fixtures::*;
use store::collection::{self, Collection};

pub fn collected(code: &str, uprn: &str) -> Collection {
    Collection {
        agency: COUNCIL.into(),
        code: code.into(),
        planned: "2026-12-25".into(),
        uprn: uprn.into(),
        outcome: "completed".into(),
        reason: None,
        at: NOW,
    }
}

on_both!(the_record_of_a_home_comes_before_that_of_its_round, |fresh| {
    fresh
        .write(|tx| {
            collection::keep(tx, &collected("R1", ""))?;
            let own = Collection {
                outcome: "not_completed".into(),
                reason: Some("not_presented".into()),
                ..collected("R1", "7")
            };
            collection::keep(tx, &own)
        })
        .unwrap();
    let outcome = |uprn: &'static str| {
        fresh.read(move |tx| collection::of(tx, COUNCIL, "R1", "2026-12-25", uprn)).unwrap().map(|row| row.outcome)
    };
    assert_eq!(outcome("7").as_deref(), Some("not_completed"));
    assert_eq!(outcome("8").as_deref(), Some("completed"));
    assert_eq!(fresh.read(|tx| collection::of(tx, COUNCIL, "R1", "2026-12-24", "7")).unwrap(), None);
});

on_both!(a_record_that_comes_again_changes, |fresh| {
    fresh
        .write(|tx| {
            collection::keep(tx, &collected("R1", ""))?;
            collection::keep(tx, &Collection { at: NOW.plus_hours(1), ..collected("R1", "") })
        })
        .unwrap();
    let kept = fresh.read(|tx| collection::of(tx, COUNCIL, "R1", "2026-12-25", "")).unwrap();
    assert_eq!(kept.map(|row| row.at), Some(NOW.plus_hours(1)));
});
