//! What a back office says: an id is taken once, what waits is erased when it is taken in, and one asks at a time.

use crate::{engine::wait, fixtures::*};
use rights::Right;
use store::{
    Error,
    fetched::{self, Fetched, State},
};
use uuid::Uuid;

const CLAIM: Uuid = Uuid::from_u128(80);

on_both!(an_id_is_taken_once_and_what_was_said_goes_when_it_is_taken_in, |fresh| {
    fresh.write(a_house).unwrap();
    let keep = |row: Fetched| fresh.write(move |tx| fetched::keep(&HOUSE, tx, &row)).unwrap();
    assert!(keep(fetched(2)) && keep(fetched(1)));
    assert!(!keep(Fetched { body: None, ..fetched(1) }));
    assert!(keep(Fetched { state: State::Ours, ..fetched(3) }));
    assert!(keep(Fetched { agency: POLICE.into(), ..fetched(1) }), "another agency's ids are its own");
    let waiting = |after| fresh.read(move |tx| fetched::waiting(&HOUSE, tx, COUNCIL, after, 10)).unwrap();
    let ids = |rows: Vec<(store::Time, String)>| rows.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    assert_eq!(ids(waiting((store::Time(0), ""))), ["u1", "u2"]);
    assert_eq!(ids(waiting((fetched(1).said_at, "u1"))), ["u2"]);
    fresh.write(|tx| fetched::wait(&HOUSE, tx, COUNCIL, "u2", "nobody's")).unwrap();
    let held = |id: &'static str| fresh.write(move |tx| fetched::held(&HOUSE, tx, COUNCIL, id)).unwrap();
    assert_eq!(held("u2"), Some(Fetched { problem: Some("nobody's".into()), ..fetched(2) }));
    fresh.write(|tx| fetched::end(&HOUSE, tx, COUNCIL, "u1", State::Taken)).unwrap();
    assert_eq!((held("u1"), held("u3")), (None, None));
    let unmatched = wait(fresh.db.look(&officer(), glance(1), |look| fetched::unmatched(&officer(), look))).unwrap();
    assert_eq!(unmatched.iter().map(|row| row.update_id.as_str()).collect::<Vec<_>>(), ["u2"]);
    let bodies = fresh.read(|tx| {
        tx.all::<(String,)>("SELECT update_id FROM fetched WHERE agency = $1 AND body IS NOT NULL", &[&COUNCIL])
    });
    assert_eq!(bodies.unwrap().len(), 2, "what waits, and what was kept as ours with a body");
    let nobody = || officer_with(COUNCIL, &[]);
    assert!(is_not_found(&wait(fresh.db.look(&nobody(), glance(2), move |look| fetched::unmatched(&nobody(), look)))));
    assert!(is_not_found(&fresh.write(|tx| fetched::keep(&officer(), tx, &fetched(9)))));
    assert!(fresh.read(|tx| fetched::polls(&officer_with(COUNCIL, Right::ALL), tx)).unwrap().is_empty());
});

on_both!(one_asks_at_a_time_from_where_the_last_one_came_to, |fresh| {
    let ask = |claim: Uuid, now: store::Time| {
        let times = (NOW.plus_hours(-2), now, now.plus_seconds(60));
        fresh.write(move |tx| fetched::ask(&HOUSE, tx, (COUNCIL, "updates"), claim, times)).unwrap()
    };
    let first = ask(CLAIM, NOW).unwrap();
    assert_eq!((first.reached, first.fails, first.claim), (NOW.plus_hours(-2), 0, Some(CLAIM)));
    assert_eq!(ask(Uuid::nil(), NOW), None, "another one asks");
    let done = fetched::Poll { reached: NOW, next_at: NOW.plus_seconds(300), ..first.clone() };
    let kept = done.clone();
    fresh.write(move |tx| fetched::asked(&HOUSE, tx, COUNCIL, &kept)).unwrap();
    let late = done.clone();
    assert!(matches!(fresh.write(move |tx| fetched::asked(&HOUSE, tx, COUNCIL, &late)), Err(Error::Stale)));
    assert_eq!(ask(CLAIM, NOW.plus_seconds(299)), None);
    assert_eq!(ask(CLAIM, NOW.plus_seconds(300)).unwrap().reached, NOW);
    assert_eq!(fresh.read(|tx| fetched::polls(&officer(), tx)).unwrap().len(), 1);
});
