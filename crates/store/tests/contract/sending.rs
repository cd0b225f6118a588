//! The outbox of back offices: in order within a report, each attempt kept, staff send again what was refused.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::Right;
use serde_json::json;
use store::{
    Error, Time, Tx,
    sending::{self, Kind, Sending, Settled, State},
};
use uuid::Uuid;

const CLAIM: Uuid = Uuid::from_u128(79);

fn lease() -> Time {
    NOW.plus_hours(1)
}

fn two_reports(tx: &mut Tx) -> Result<(), Error> {
    a_house(tx)?;
    a_report(tx, 2)
}

fn put(fresh: &Fresh, all: &[(u64, u64)]) {
    let all = all.to_vec();
    let insert = move |tx: &mut Tx| {
        all.iter().try_for_each(|(n, report)| sending::insert(tx, &new_sending(*n, *report, Kind::Update)))
    };
    fresh.write(insert).unwrap();
}

fn claim(fresh: &Fresh, now: Time) -> Option<Sending> {
    fresh.write(move |tx| sending::claim(&HOUSE, tx, COUNCIL, CLAIM, now, lease())).unwrap()
}

fn settle(fresh: &Fresh, id: Uuid, state: State, at: Time) -> Result<(), Error> {
    let (token, problem) = (Some("T-1".to_owned()), Some("it answered 404".to_owned()));
    let settled = Settled { state, at, token, problem, tried: json!([{ "at": NOW, "said": "404" }]) };
    fresh.write(move |tx| sending::settle(&HOUSE, tx, id, CLAIM, &settled))
}

fn id_of(n: u64) -> Uuid {
    new_sending(n, 1, Kind::Update).id
}

on_both!(those_of_a_report_go_out_in_the_order_they_were_written, |fresh| {
    fresh.write(two_reports).unwrap();
    assert!(!fresh.write(|tx| sending::begun(tx, report_id(1), COUNCIL)).unwrap());
    // Ids that sort the other way round, as those of two nodes may.
    put(fresh, &[(9, 1), (8, 1), (7, 2)]);
    assert!(fresh.write(|tx| sending::begun(tx, report_id(1), COUNCIL)).unwrap());
    assert!(!fresh.write(|tx| sending::begun(tx, report_id(1), POLICE)).unwrap());
    let first = claim(fresh, NOW).unwrap();
    assert_eq!((first.id, first.tries, first.state, first.claim), (id_of(7), 1, State::Sending, Some(CLAIM)));
    let second = claim(fresh, NOW).unwrap();
    assert_eq!(second.id, id_of(9));
    assert_eq!(claim(fresh, NOW), None, "its report's first is on its way");
    settle(fresh, second.id, State::Waiting, NOW.plus_seconds(300)).unwrap();
    assert_eq!(claim(fresh, NOW.plus_seconds(299)), None);
    let again = claim(fresh, NOW.plus_seconds(300)).unwrap();
    assert_eq!((again.id, again.tries, again.token.as_deref()), (id_of(9), 2, Some("T-1")));
    assert_eq!(again.tried, json!([{ "at": NOW, "said": "404" }]));
    settle(fresh, again.id, State::Void, NOW).unwrap();
    assert_eq!(claim(fresh, NOW).unwrap().id, id_of(8), "what is void holds up nothing");
    assert!(matches!(settle(fresh, again.id, State::Sent, NOW), Err(Error::Stale)));
    let kept = fresh.read(|tx| sending::of_report(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(kept.iter().map(|row| (row.id, row.turn)).collect::<Vec<_>>(), [(id_of(9), 1), (id_of(8), 2)]);
});

on_both!(a_lost_claim_waits_again, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, &[(1, 1)]);
    claim(fresh, NOW).unwrap();
    let lost = |at: Time| fresh.write(move |tx| sending::take_back_lost_claims(&HOUSE, tx, at)).unwrap();
    assert_eq!((lost(lease().plus_seconds(-1)), lost(lease())), (0, 1));
    assert!(matches!(settle(fresh, id_of(1), State::Sent, NOW), Err(Error::Stale)));
});

on_both!(staff_see_and_retry_what_is_refused_in_their_own_agency, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, &[(1, 1), (2, 1)]);
    claim(fresh, NOW).unwrap();
    settle(fresh, id_of(1), State::Dead, NOW).unwrap();
    assert_eq!(claim(fresh, NOW), None);
    let mine = wait(fresh.db.look(&officer(), glance(1), |look| sending::stuck(&officer(), look))).unwrap();
    assert_eq!(mine.iter().map(|(row, of)| (row.id, of.clone())).collect::<Vec<_>>(), [(id_of(1), reference(1))]);
    let all = wait(fresh.db.look(&officer(), glance(2), |look| sending::for_staff(&officer(), look, report_id(1))));
    assert_eq!(all.unwrap().len(), 2);
    assert_eq!(fresh.read(|tx| sending::waiting(&officer(), tx)).unwrap(), (1, Some(NOW)));
    assert_eq!(fresh.read(|tx| sending::unsent(tx, 10)).unwrap().iter().map(|row| row.1).sum::<i64>(), 2);
    let police = || officer_with(POLICE, Right::ALL);
    let theirs =
        wait(fresh.db.look(&police(), glance(3), move |look| sending::for_staff(&police(), look, report_id(1))));
    assert_eq!(theirs.unwrap(), vec![]);
    assert!(is_not_found(&fresh.write(move |tx| sending::retry(&police(), tx, id_of(1), NOW))));
    fresh.write(|tx| sending::retry(&officer(), tx, id_of(1), NOW)).unwrap();
    assert_eq!(claim(fresh, NOW).map(|row| row.tries), Some(1));
    assert!(is_not_found(&fresh.write(|tx| sending::claim(&officer(), tx, COUNCIL, CLAIM, NOW, lease()))));
});

on_both!(a_report_that_was_told_and_not_answered_is_in_doubt, |fresh| {
    fresh.write(two_reports).unwrap();
    let in_doubt = || fresh.read(|tx| sending::in_doubt(&HOUSE, tx, COUNCIL)).unwrap();
    fresh.write(|tx| sending::insert(tx, &new_sending(1, 1, Kind::Request))).unwrap();
    assert!(!in_doubt(), "nobody has tried");
    let claimed = claim(fresh, NOW).unwrap();
    assert!(in_doubt());
    settle(fresh, claimed.id, State::Waiting, NOW).unwrap();
    assert!(in_doubt());
    let claimed = claim(fresh, NOW).unwrap();
    settle(fresh, claimed.id, State::Sent, NOW).unwrap();
    assert!(!in_doubt());
    assert!(is_not_found(&fresh.read(|tx| sending::in_doubt(&officer(), tx, COUNCIL))));
});

on_both!(what_is_stuck_is_counted_for_each_agency, |fresh| {
    fresh.write(two_reports).unwrap();
    let count = |agency: &'static str| fresh.read(move |tx| store::stuck::count(&HOUSE, tx, agency)).unwrap();
    assert_eq!(count(COUNCIL), store::stuck::Stuck::default());
    put(fresh, &[(1, 1), (2, 2)]);
    let claimed = claim(fresh, NOW).unwrap();
    settle(fresh, claimed.id, State::Dead, NOW).unwrap();
    let stuck = count(COUNCIL);
    assert_eq!((stuck.untold, stuck.messages, stuck.hooks, stuck.nobodys), (1, 0, 0, 0));
    assert_eq!(count(POLICE), store::stuck::Stuck::default());
    assert!(is_not_found(&fresh.read(|tx| store::stuck::count(&officer(), tx, COUNCIL))));
});
