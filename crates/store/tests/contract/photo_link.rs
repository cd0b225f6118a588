//! Photos that came as addresses: fetched by one at a time, tried again, and their addresses gone at the end.

use crate::fixtures::*;
use store::{
    Error, Time,
    photo_link::{self, PhotoLink, State},
};
use uuid::Uuid;

const CLAIM: Uuid = Uuid::from_u128(77);

pub fn link(n: u64, report: u64) -> PhotoLink {
    PhotoLink {
        id: Uuid::from_u128(0x7110_0000_0000_7000_8000_0000_0000_0000 | u128::from(n)),
        report: report_id(report),
        agency: COUNCIL.into(),
        question: "photos".into(),
        ordinal: n as i64,
        url: Some("https://photos.example.org/1.jpeg".into()),
        state: State::Waiting,
        tries: 0,
        next_at: NOW,
        claim: None,
        problem: None,
    }
}

on_both!(a_photo_is_fetched_by_one_and_its_address_is_gone_at_the_end, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            (1..=2).try_for_each(|n| photo_link::insert(&HOUSE, tx, &link(n, 1)))
        })
        .unwrap();
    let lease = NOW.plus_hours(1);
    let claim = |now: Time| fresh.write(move |tx| photo_link::claim(&HOUSE, tx, CLAIM, now, lease)).unwrap();
    let settle = |n: u64, state: State, at: Time| {
        let problem = (state != State::Kept).then_some("it answered 500");
        fresh.write(move |tx| photo_link::settle(&HOUSE, tx, (link(n, 1).id, CLAIM), state, at, problem))
    };
    let (one, two) = (claim(NOW).unwrap(), claim(NOW).unwrap());
    assert_eq!((one.id, one.tries, two.id, claim(NOW)), (link(1, 1).id, 1, link(2, 1).id, None));
    settle(1, State::Waiting, NOW.plus_hours(2)).unwrap();
    settle(2, State::Kept, NOW).unwrap();
    assert!(matches!(settle(2, State::GivenUp, NOW), Err(Error::Stale)));
    let rows = fresh.read(|tx| photo_link::of_report(&HOUSE, tx, report_id(1))).unwrap();
    let rows: Vec<_> = rows.into_iter().map(|row| (row.state, row.url.is_some(), row.problem)).collect();
    assert_eq!(rows, [(State::Waiting, true, Some("it answered 500".into())), (State::Kept, false, None)]);
    assert_eq!(claim(NOW.plus_hours(1)), None);
    assert_eq!(claim(NOW.plus_hours(2)).unwrap().tries, 2);
    // Its fetcher dies.
    let back = |now: Time| fresh.write(move |tx| photo_link::take_back_lost_claims(&HOUSE, tx, now)).unwrap();
    assert_eq!((back(NOW), back(lease), claim(NOW.plus_hours(3)).is_some()), (0, 1, true));
    assert!(is_not_found(&fresh.read(|tx| photo_link::of_report(&officer(), tx, report_id(1)))));
});
