//! The outbox of records systems: in order within a report and within a crime, whoever claims.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::Right;
use std::thread;
use store::{
    Db, Error, Time, Tx, crime,
    hook::{self, Hook, NewHook, State},
};
use uuid::Uuid;

const CLAIM: Uuid = Uuid::from_u128(78);

fn lease() -> Time {
    NOW.plus_hours(1)
}

/// Two reports, and a crime recorded from both.
fn two_reports(tx: &mut Tx) -> Result<(), Error> {
    a_house(tx)?;
    a_report(tx, 2)?;
    crime::insert(&HOUSE, tx, &a_crime(1))?;
    crime::join(&HOUSE, tx, a_crime(1).id, report_id(1), NOW)?;
    crime::join(&HOUSE, tx, a_crime(1).id, report_id(2), NOW.plus_seconds(1))
}

fn put(fresh: &Fresh, all: Vec<NewHook>) {
    fresh.write(move |tx| all.iter().try_for_each(|new| hook::insert(tx, new))).unwrap();
}

fn claim(fresh: &Fresh, now: Time) -> Option<Hook> {
    fresh.write(move |tx| hook::claim(&HOUSE, tx, COUNCIL, CLAIM, now, lease())).unwrap()
}

fn settle(fresh: &Fresh, id: Uuid, claim: Uuid, state: State) -> Result<(), Error> {
    fresh.write(move |tx| hook::settle(&HOUSE, tx, id, claim, state, NOW, Some("it answered 404")))
}

fn send(fresh: &Fresh) -> Option<Uuid> {
    let id = claim(fresh, NOW)?.id;
    settle(fresh, id, CLAIM, State::Sent).unwrap();
    Some(id)
}

on_both!(what_is_due_is_claimed_once_and_settled_by_its_claim, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, vec![new_hook(1, 1, None)]);
    assert_eq!(claim(fresh, NOW.plus_seconds(-1)), None);
    let other = fresh.write(|tx| hook::claim(&HOUSE, tx, POLICE, CLAIM, NOW, lease())).unwrap();
    assert_eq!(other, None, "another agency's");
    let claimed = claim(fresh, NOW).unwrap();
    assert_eq!((claimed.state, claimed.tries, claimed.turn), (State::Sending, 1, 1));
    assert_eq!((claimed.next_at, claimed.claim, claimed.body), (lease(), Some(CLAIM), new_hook(1, 1, None).body));
    assert_eq!(claim(fresh, NOW), None);
    assert!(matches!(settle(fresh, claimed.id, Uuid::nil(), State::Sent), Err(Error::Stale)));
    settle(fresh, claimed.id, CLAIM, State::Sent).unwrap();
    assert!(matches!(settle(fresh, claimed.id, CLAIM, State::Sent), Err(Error::Stale)));
    let kept = fresh.read(|tx| hook::of_report(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!((kept[0].state, kept[0].sent_at, kept[0].claim), (State::Sent, Some(NOW), None));
});

on_both!(those_of_a_report_and_of_a_crime_go_out_in_the_order_they_were_written, |fresh| {
    fresh.write(two_reports).unwrap();
    let crime = Some(a_crime(1).id);
    // Ids that sort the other way round, as those of two nodes may.
    put(fresh, vec![new_hook(9, 1, None), new_hook(8, 1, crime), new_hook(7, 2, None), new_hook(6, 2, crime)]);
    put(fresh, vec![new_hook(5, 1, None)]);
    let turn = |n: u64| fresh.read(move |tx| hook::of_report(&HOUSE, tx, report_id(n))).unwrap();
    assert_eq!(turn(1).iter().map(|row| row.turn).collect::<Vec<_>>(), [1, 2, 3]);
    // The crime's second is behind its first, though it is another report's.
    assert_eq!(turn(2).iter().map(|row| row.turn).collect::<Vec<_>>(), [1, 3]);
    let first = claim(fresh, NOW).unwrap();
    assert_eq!(first.id, new_hook(7, 2, None).id);
    settle(fresh, first.id, CLAIM, State::Sent).unwrap();
    let sent: Vec<Uuid> = std::iter::from_fn(|| send(fresh)).collect();
    let expected = [9, 8, 5, 6].map(|n| new_hook(n, 1, None).id);
    assert_eq!(sent, expected);
});

on_both!(what_is_on_its_way_refused_or_waits_keeps_back_what_follows_it, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, vec![new_hook(1, 1, None), new_hook(2, 1, None), new_hook(3, 2, None)]);
    let first = claim(fresh, NOW).unwrap();
    assert_eq!(send(fresh), Some(new_hook(3, 2, None).id), "the other report goes on");
    assert_eq!(claim(fresh, NOW), None, "on its way");
    fresh
        .write(move |tx| hook::settle(&HOUSE, tx, first.id, CLAIM, State::Waiting, NOW.plus_seconds(30), None))
        .unwrap();
    assert_eq!(claim(fresh, NOW), None, "waits");
    assert_eq!(claim(fresh, NOW.plus_seconds(30)).unwrap().id, first.id);
    settle(fresh, first.id, CLAIM, State::Dead).unwrap();
    assert_eq!(claim(fresh, NOW.plus_hours(9)), None, "refused");
    fresh.write(move |tx| hook::retry(&officer(), tx, first.id, NOW)).unwrap();
    assert_eq!(send(fresh), Some(first.id));
    assert_eq!(send(fresh), Some(new_hook(2, 1, None).id));
});

on_both!(a_lost_claim_waits_again, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, vec![new_hook(1, 1, None)]);
    claim(fresh, NOW).unwrap();
    let lost = |at: Time| fresh.write(move |tx| hook::take_back_lost_claims(&HOUSE, tx, at)).unwrap();
    assert_eq!((lost(lease().plus_seconds(-1)), lost(lease())), (0, 1));
    assert!(matches!(settle(fresh, new_hook(1, 1, None).id, CLAIM, State::Sent), Err(Error::Stale)));
    assert_eq!(claim(fresh, lease()).unwrap().tries, 2);
});

on_both!(staff_see_and_retry_what_is_refused_in_their_own_agency, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, vec![new_hook(1, 1, None), new_hook(2, 1, None)]);
    let first = claim(fresh, NOW).unwrap();
    settle(fresh, first.id, CLAIM, State::Dead).unwrap();
    let mine = wait(fresh.db.look(&officer(), glance(1), |look| hook::stuck(&officer(), look))).unwrap();
    assert_eq!(mine.iter().map(|(row, of)| (row.id, of.clone())).collect::<Vec<_>>(), [(first.id, reference(1))]);
    assert_eq!(fresh.read(|tx| hook::waiting(&officer(), tx)).unwrap(), (1, Some(NOW)));
    let police = || officer_with(POLICE, Right::ALL);
    assert_eq!(wait(fresh.db.look(&police(), glance(2), move |look| hook::stuck(&police(), look))).unwrap(), vec![]);
    assert_eq!(fresh.read(move |tx| hook::waiting(&police(), tx)).unwrap(), (0, None));
    assert!(is_not_found(&fresh.write(move |tx| hook::retry(&police(), tx, first.id, NOW))));
    let nobody = || officer_with(COUNCIL, &[]);
    assert!(is_not_found(&fresh.write(move |tx| hook::retry(&nobody(), tx, first.id, NOW))));
    assert!(is_not_found(&fresh.read(move |tx| hook::waiting(&nobody(), tx))));
    fresh.write(move |tx| hook::retry(&officer(), tx, first.id, NOW)).unwrap();
    assert!(is_not_found(&fresh.write(move |tx| hook::retry(&officer(), tx, first.id, NOW))));
    assert_eq!(claim(fresh, NOW).map(|row| row.tries), Some(1));
});

on_both!(what_is_not_told_is_counted_by_state_with_its_oldest, |fresh| {
    fresh.write(two_reports).unwrap();
    put(fresh, (1..=5).map(|n| NewHook { at: NOW.plus_seconds(-(n as i64)), ..new_hook(n, 1, None) }).collect());
    assert_eq!(send(fresh), Some(new_hook(1, 1, None).id));
    let unsent = |most| fresh.read(move |tx| hook::unsent(tx, most)).unwrap();
    let expected = [(State::Waiting, 4, Some(NOW.plus_seconds(-5))), (State::Sending, 0, None), (State::Dead, 0, None)];
    assert_eq!(unsent(10), expected);
    assert_eq!(unsent(3)[0].1, 3);
});

on_both!(nobody_but_the_house_claims_and_reads, |fresh| {
    fresh.write(two_reports).unwrap();
    assert!(is_not_found(&fresh.write(|tx| hook::claim(&officer(), tx, COUNCIL, CLAIM, NOW, lease()))));
    assert!(is_not_found(&fresh.write(|tx| hook::settle(&officer(), tx, CLAIM, CLAIM, State::Sent, NOW, None))));
    assert!(is_not_found(&fresh.write(|tx| hook::take_back_lost_claims(&officer(), tx, NOW))));
    assert!(is_not_found(&fresh.read(|tx| hook::of_report(&officer(), tx, report_id(1)))));
    assert!(is_not_found(&fresh.read(|tx| crime::joined(&officer(), tx, a_crime(1).id))));
    let joined = fresh.read(|tx| crime::joined(&HOUSE, tx, a_crime(1).id)).unwrap();
    assert_eq!(joined, [(report_id(1), reference(1)), (report_id(2), reference(2))]);
});

on_both!(those_written_at_once_still_take_turns, |fresh| {
    fresh.write(two_reports).unwrap();
    let callers = (0..4u64).map(|caller| {
        let db = Db::open(&fresh.place).unwrap();
        thread::spawn(move || {
            for n in 0..10 {
                let new = new_hook(100 + caller * 10 + n, 1 + n % 2, Some(a_crime(1).id));
                wait(db.write(move |tx| hook::insert(tx, &new))).unwrap();
            }
        })
    });
    let callers: Vec<_> = callers.collect();
    callers.into_iter().for_each(|caller| caller.join().unwrap());
    let mut turns = Vec::new();
    for n in [1, 2] {
        turns.extend(
            fresh.read(move |tx| hook::of_report(&HOUSE, tx, report_id(n))).unwrap().iter().map(|row| row.turn),
        );
    }
    turns.sort_unstable();
    assert_eq!(turns, (1..=40).collect::<Vec<_>>());
});
