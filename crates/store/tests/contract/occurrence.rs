use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error, Tx, journal,
    journal::NewEntry,
    occurrence::{self, Occurrence},
};
use uuid::Uuid;

/// Of report 1; it goes on.
pub fn occurrence(n: u64) -> Occurrence {
    Occurrence {
        id: id(45, n),
        report: report_id(1),
        started_at: NOW.plus_hours(n as i64),
        ended_at: None,
        by_day: false,
        live: true,
        written_at: NOW,
        arrived_at: NOW.plus_seconds(1),
        entry: None,
    }
}

fn own(tx: &mut Tx) -> Result<Vec<occurrence::Told>, Error> {
    occurrence::own(&resident(report_id(1)), tx, report_id(1))
}

fn me() -> Actor {
    resident(report_id(1))
}

fn kept(fresh: &Fresh) -> Vec<Occurrence> {
    fresh.read(own).unwrap().into_iter().map(|told| told.of).collect()
}

on_both!(one_goes_on_at_a_time_until_it_is_stopped, |fresh| {
    fresh.write(a_house).unwrap();
    let insert = |n| fresh.write(move |tx| occurrence::insert(&me(), tx, &occurrence(n)));
    insert(1).unwrap();
    assert!(matches!(insert(2), Err(Error::Stale)), "a second tap");
    let stop = |at| fresh.write(move |tx| occurrence::stop(&me(), tx, report_id(1), id(45, 1), at));
    stop(Some(NOW.plus_hours(3))).unwrap();
    assert!(matches!(stop(None), Err(Error::Stale)));
    insert(2).unwrap();
    let ended = Occurrence { ended_at: Some(NOW.plus_hours(3)), live: false, ..occurrence(1) };
    assert_eq!(kept(fresh), [ended, occurrence(2)]);
});

on_both!(what_is_signed_is_signed_once_and_is_no_slip_any_more, |fresh| {
    fresh.write(a_house).unwrap();
    fresh
        .write(|tx| {
            let said = Some(json!({ "words": "drums" }));
            journal::write(&me(), tx, &NewEntry { content: said, kind: "diary.signed", ..entry(10, 1) })?;
            occurrence::insert(&me(), tx, &occurrence(1))?;
            occurrence::insert(&me(), tx, &Occurrence { live: false, ..occurrence(2) })
        })
        .unwrap();
    let sign = || fresh.write(|tx| occurrence::sign(&me(), tx, report_id(1), id(45, 1), entry_id(10)));
    sign().unwrap();
    assert!(matches!(sign(), Err(Error::Stale)));
    let undo = |n| fresh.write(move |tx| occurrence::undo(&me(), tx, report_id(1), id(45, n)));
    assert!(matches!(undo(1), Err(Error::Stale)));
    undo(2).unwrap();
    let all = fresh.read(own).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].content, Some(json!({ "words": "drums" })));
    let look = |n, actor: Actor| {
        let who = actor.clone();
        wait(fresh.db.look(&who, glance(n), move |look| occurrence::of_report(&actor, look, report_id(1))))
    };
    assert_eq!(look(1, officer()).unwrap(), all);
    assert!(is_not_found(&look(2, officer_with(COUNCIL, &[Right::SeeQueue]))));
});

type Job = fn(&Actor, &mut Tx, Uuid) -> Result<(), Error>;

on_both!(nobody_but_the_reporter_writes_or_reads_a_diary, |fresh| {
    fresh.write(a_house).unwrap();
    fresh.write(|tx| occurrence::insert(&me(), tx, &occurrence(1))).unwrap();
    let one: Uuid = report_id(1);
    for actor in [resident(report_id(2)), officer(), Actor::Anonymous] {
        let all: [Job; 5] = [
            |actor, tx, _| occurrence::insert(actor, tx, &occurrence(2)),
            |actor, tx, one| occurrence::stop(actor, tx, one, id(45, 1), None),
            |actor, tx, one| occurrence::sign(actor, tx, one, id(45, 1), entry_id(1)),
            |actor, tx, one| occurrence::undo(actor, tx, one, id(45, 1)),
            |actor, tx, one| occurrence::own(actor, tx, one).map(|_| ()),
        ];
        for job in all {
            let who = actor.clone();
            assert!(is_not_found(&fresh.write(move |tx| job(&who, tx, one))), "{actor:?}");
        }
    }
    assert_eq!(kept(fresh), [occurrence(1)]);
});
