use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::Right;
use store::{
    Error, Time,
    delivery::{self, Delivery, State},
};
use uuid::Uuid;

const CLAIM: Uuid = Uuid::from_u128(77);

fn lease() -> Time {
    NOW.plus_hours(1)
}

fn with_one(fresh: &Fresh) {
    fresh
        .write(|tx| {
            a_house(tx)?;
            delivery::insert(tx, &delivery(1))
        })
        .unwrap();
}

fn claim(fresh: &Fresh, now: Time) -> Option<Delivery> {
    fresh.write(move |tx| delivery::claim(&HOUSE, tx, CLAIM, now, lease())).unwrap()
}

fn settle(fresh: &Fresh, claim: Uuid, state: State) -> Result<(), Error> {
    fresh.write(move |tx| delivery::settle(&HOUSE, tx, delivery(1).id, claim, state, NOW, Some("said no")))
}

on_both!(a_delivery_is_claimed_when_it_is_due, |fresh| {
    with_one(fresh);
    assert_eq!(claim(fresh, NOW.plus_seconds(-1)), None);
    let claimed = claim(fresh, NOW).unwrap();
    assert_eq!(
        claimed,
        Delivery { state: State::Sending, claim: Some(CLAIM), next_at: lease(), tries: 1, ..delivery(1) }
    );
    assert_eq!(claim(fresh, NOW), None);
});

on_both!(only_the_claim_that_holds_settles, |fresh| {
    with_one(fresh);
    claim(fresh, NOW).unwrap();
    assert!(matches!(settle(fresh, Uuid::nil(), State::Sent), Err(Error::Stale)));
    settle(fresh, CLAIM, State::Sent).unwrap();
    assert!(matches!(settle(fresh, CLAIM, State::Sent), Err(Error::Stale)));
    let sent = fresh.read(|tx| delivery::latest(&HOUSE, tx)).unwrap();
    assert_eq!((sent[0].state, sent[0].sent_at, sent[0].claim), (State::Sent, Some(NOW), None));
    assert_eq!(fresh.read(delivery::counts).unwrap(), (0, 0, 0));
});

on_both!(a_mail_that_came_back_is_left_to_staff_once_and_not_when_it_is_old, |fresh| {
    with_one(fresh);
    let back = |since: Time| {
        fresh.write(move |tx| delivery::came_back(&HOUSE, tx, delivery(1).id, since, "it came back (5.1.1)")).unwrap()
    };
    let sending = || fresh.read(|tx| delivery::is_sending(&HOUSE, tx, delivery(1).id)).unwrap();
    assert!(!back(NOW) && !sending(), "it waits");
    claim(fresh, NOW);
    assert!(!back(NOW) && sending());
    settle(fresh, CLAIM, State::Sent).unwrap();
    assert!(!sending() && !back(NOW.plus_seconds(1)), "it was sent before");
    assert!(back(NOW));
    assert!(!back(NOW), "once");
    let dead = wait(fresh.db.look(&officer(), glance(1), |look| delivery::stuck(&officer(), look))).unwrap();
    assert_eq!(dead[0].problem.as_deref(), Some("it came back (5.1.1)"));
    let stranger = fresh.write(|tx| delivery::came_back(&officer(), tx, delivery(1).id, NOW, ""));
    assert!(is_not_found(&stranger));
    assert!(is_not_found(&fresh.read(|tx| delivery::is_sending(&officer(), tx, delivery(1).id))));
});

on_both!(a_lost_claim_is_left_to_staff, |fresh| {
    with_one(fresh);
    claim(fresh, NOW).unwrap();
    let lost = |at: Time| fresh.write(move |tx| delivery::give_up_lost_claims(&HOUSE, tx, at)).unwrap();
    assert_eq!(lost(lease().plus_seconds(-1)), 0);
    assert_eq!(lost(lease()), 1);
    assert_eq!(fresh.read(delivery::counts).unwrap(), (0, 1, 0));
    let dead = wait(fresh.db.look(&officer(), glance(1), |look| delivery::stuck(&officer(), look))).unwrap();
    assert_eq!((dead.len(), dead[0].state), (1, State::Dead));
    assert!(matches!(settle(fresh, CLAIM, State::Sent), Err(Error::Stale)));
});

on_both!(staff_see_and_retry_what_is_stuck_in_their_own_agency, |fresh| {
    with_one(fresh);
    claim(fresh, NOW).unwrap();
    settle(fresh, CLAIM, State::Dead).unwrap();
    let police = officer_with(POLICE, Right::ALL);
    let theirs =
        wait(fresh.db.look(&police, glance(1), |look| delivery::stuck(&officer_with(POLICE, Right::ALL), look)));
    assert_eq!(theirs.unwrap(), vec![]);
    let foreign = fresh.write(move |tx| delivery::retry(&police, tx, delivery(1).id, NOW));
    assert!(is_not_found(&foreign), "{foreign:?}");
    fresh.write(|tx| delivery::retry(&officer(), tx, delivery(1).id, NOW)).unwrap();
    assert_eq!(fresh.read(delivery::counts).unwrap(), (1, 0, 0));
    let again = fresh.write(|tx| delivery::retry(&officer(), tx, delivery(1).id, NOW));
    assert!(is_not_found(&again), "{again:?}");
    assert_eq!(claim(fresh, NOW).map(|d| d.tries), Some(1));
});

on_both!(held_and_waiting_are_counted_apart, |fresh| {
    with_one(fresh);
    fresh.write(|tx| delivery::insert(tx, &Delivery { state: State::Held, ..delivery(2) })).unwrap();
    assert_eq!(fresh.read(delivery::counts).unwrap(), (1, 0, 1));
});

on_both!(what_is_not_sent_is_counted_by_state_with_its_oldest, |fresh| {
    with_one(fresh);
    fresh
        .write(|tx| {
            for n in 2..6 {
                delivery::insert(tx, &Delivery { created_at: NOW.plus_seconds(-(n as i64)), ..delivery(n) })?;
            }
            delivery::insert(tx, &Delivery { state: State::Sent, ..delivery(6) })?;
            delivery::insert(tx, &Delivery { state: State::Dead, ..delivery(7) })
        })
        .unwrap();
    let unsent = |most| fresh.read(move |tx| delivery::unsent(tx, most)).unwrap();
    assert_eq!(
        unsent(10),
        [
            (State::Waiting, 5, Some(NOW.plus_seconds(-5))),
            (State::Sending, 0, None),
            (State::Dead, 1, Some(NOW)),
            (State::Held, 0, None)
        ]
    );
    assert_eq!(unsent(3)[0].1, 3);
});

on_both!(the_deliveries_of_a_report_come_oldest_first, |fresh| {
    with_one(fresh);
    fresh.write(|tx| delivery::insert(tx, &Delivery { created_at: NOW.plus_seconds(-9), ..delivery(2) })).unwrap();
    let seen = wait(fresh.db.look(&officer(), glance(1), |look| delivery::of_report(&officer(), look, report_id(1))));
    assert_eq!(seen.unwrap().iter().map(|d| d.id).collect::<Vec<_>>(), [delivery(2).id, delivery(1).id]);
    let latest = fresh.read(|tx| delivery::latest(&HOUSE, tx)).unwrap();
    assert_eq!(latest.iter().map(|d| d.id).collect::<Vec<_>>(), [delivery(2).id, delivery(1).id]);
});

on_both!(nobody_but_the_house_claims, |fresh| {
    with_one(fresh);
    let claimed = fresh.write(|tx| delivery::claim(&officer(), tx, CLAIM, NOW, lease()));
    assert!(is_not_found(&claimed), "{claimed:?}");
    let read = fresh.read(|tx| delivery::latest(&officer(), tx));
    assert!(is_not_found(&read), "{read:?}");
});

on_both!(a_mail_that_goes_at_once_stands_under_no_report_and_is_due_when_it_is_written, |fresh| {
    let to = ("robin@example.org".to_owned(), "code");
    let mail = Delivery::email(delivery(2).id, entry_id(1), to, serde_json::json!({ "code": "1" }), NOW);
    assert_eq!((mail.report, mail.agency.as_deref(), mail.sent_at), (None, None, None));
    let written = mail.clone();
    fresh
        .write(move |tx| {
            a_house(tx)?;
            delivery::insert(tx, &written)
        })
        .unwrap();
    assert_eq!(
        claim(fresh, NOW),
        Some(Delivery { state: State::Sending, claim: Some(CLAIM), next_at: lease(), tries: 1, ..mail })
    );
});
