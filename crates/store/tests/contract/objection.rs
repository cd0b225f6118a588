use crate::{engine::wait, fixtures::*, publication::publication};
use rights::Actor;
use serde_json::json;
use store::{
    Error,
    journal::{self, NewEntry},
    objection::{self, Objection, State, Why},
    publication as public,
};

pub fn objection_of(n: u64) -> Objection {
    Objection {
        id: id(9, n),
        report: report_id(1),
        remark: None,
        why: Why::Private,
        state: State::Waits,
        at: NOW,
        address: Some("robin@example.org".into()),
    }
}

/// Keeps one with its entry, whose content are words.
pub fn keep(tx: &mut store::Tx, n: u64, row: &Objection) -> store::Result<()> {
    let content = Some(json!({ "words": format!("words {n}") }));
    journal::write(&HOUSE, tx, &NewEntry { content, id: row.id, ..entry(n, 1) })?;
    objection::insert(tx, row)
}

on_both!(staff_who_moderate_decide_once_and_the_address_goes, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            public::insert(tx, &publication(1), "")?;
            keep(tx, 1, &objection_of(1))?;
            keep(tx, 2, &Objection { remark: Some(id(9, 1)), address: None, ..objection_of(2) })
        })
        .unwrap();
    let all = |n| {
        wait(fresh.db.look(&officer(), glance(n), |look| objection::of_report(&officer(), look, report_id(1)))).unwrap()
    };
    assert_eq!(all(77).iter().map(|one| one.id).collect::<Vec<_>>(), [id(9, 2), id(9, 1)]);
    assert_eq!(all(78)[1].content, Some(json!({ "words": "words 1" })));
    let waits = |n| fresh.read(move |tx| objection::waits(&officer(), tx, report_id(1), id(9, n))).unwrap();
    let waiting = || fresh.read(|tx| objection::waiting(&officer(), tx, report_id(1))).unwrap();
    assert_eq!(waiting(), 2);
    assert!(is_not_found(&fresh.read(|tx| objection::waiting(&Actor::Anonymous, tx, report_id(1)))));
    assert_eq!((waits(1), waits(2), waits(3)), (Some(None), Some(Some(id(9, 1))), None));
    let decide = |actor: Actor, n: u64, n_report: u64| {
        fresh.write(move |tx| objection::decide(&actor, tx, report_id(n_report), id(9, n), State::Hidden))
    };
    assert!(is_not_found(&decide(Actor::Anonymous, 1, 1)));
    assert!(matches!(decide(officer(), 1, 2), Err(Error::Stale)));
    assert_eq!(decide(officer(), 1, 1).unwrap(), Some("robin@example.org".into()));
    assert!(matches!(decide(officer(), 1, 1), Err(Error::Stale)));
    assert_eq!(decide(officer(), 2, 1).unwrap(), None);
    assert_eq!((waits(1), waiting()), (None, 0));
    let kept: (i64,) =
        fresh.read(|tx| tx.one("SELECT COUNT(*) FROM objection WHERE address IS NOT NULL", &[])).unwrap();
    assert_eq!(kept, (0,));
});
