use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    Error,
    payment::{self, Method, Payment, Settled, State},
};

/// What is to be paid for report `n`.
pub fn due(n: u64) -> Payment {
    Payment {
        id: id(31, n),
        report: report_id(n),
        agency: COUNCIL.into(),
        what: "Bins and boxes".into(),
        amount: 4250,
        state: State::Due,
        method: None,
        attempt: None,
        gateway_id: None,
        gateway_url: None,
        began_at: None,
        paid_at: None,
        next_at: NOW,
        tries: 0,
        claim: None,
        problem: None,
        created_at: NOW,
    }
}

pub fn settled(state: State) -> Settled {
    Settled {
        state,
        method: None,
        gateway_id: Some("pay1".into()),
        gateway_url: Some("https://pay.example/next".into()),
        paid_at: None,
        next_at: NOW.plus_hours(1),
        problem: None,
    }
}

fn of(fresh: &Fresh, n: u64) -> Payment {
    fresh.read(move |tx| payment::own(&HOUSE, tx, report_id(n))).unwrap().unwrap()
}

fn with_due(fresh: &Fresh) {
    fresh
        .write(|tx| {
            a_house(tx)?;
            payment::insert(tx, &due(1))
        })
        .unwrap();
}

fn cashier() -> Actor {
    officer_with(COUNCIL, &[Right::SeeReport, Right::RecordPayment, Right::RefundPayment])
}

on_both!(a_report_has_one_payment_and_strangers_see_none, |fresh| {
    with_due(fresh);
    assert_eq!(of(fresh, 1), due(1));
    let twice = fresh.write(|tx| payment::insert(tx, &Payment { id: id(31, 2), ..due(1) }));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    let staff = officer_with(COUNCIL, &[Right::Note]);
    assert!(is_not_found(&fresh.read(move |tx| payment::for_act(&staff, tx, report_id(1), COUNCIL))));
    assert!(is_not_found(&fresh.read(|tx| payment::own(&Actor::Anonymous, tx, report_id(1)))));
    assert_eq!(fresh.read(|tx| payment::for_act(&cashier(), tx, report_id(1), COUNCIL)).unwrap(), Some(due(1)));
    assert_eq!(fresh.read(|tx| payment::for_act(&cashier(), tx, report_id(1), POLICE)).unwrap(), None);
    let seen =
        wait(fresh.db.look(&cashier(), glance(1), |look| payment::of_report(&cashier(), look, report_id(1), COUNCIL)));
    assert_eq!(seen.unwrap(), Some(due(1)));
});

on_both!(of_many_who_begin_to_pay_one_does, |fresh| {
    with_due(fresh);
    let answers = fresh.at_once(8, |i, tx| payment::begin(&HOUSE, tx, due(1).id, id(32, i as u64), NOW));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(Error::Stale))));
    // What is being paid is recorded by nobody, and what is recorded is paid by nobody.
    let record = fresh.write(|tx| payment::record(&cashier(), tx, due(1).id, (State::Paid, Method::Cash), NOW));
    assert!(matches!(record, Err(Error::Stale)), "{record:?}");
});

on_both!(what_is_recorded_cannot_be_begun_and_is_given_back_once, |fresh| {
    with_due(fresh);
    fresh.write(|tx| payment::record(&cashier(), tx, due(1).id, (State::Paid, Method::Cash), NOW)).unwrap();
    let begun = fresh.write(|tx| payment::begin(&HOUSE, tx, due(1).id, id(32, 1), NOW));
    assert!(matches!(begun, Err(Error::Stale)), "{begun:?}");
    let answers = fresh.at_once(8, |_, tx| payment::refund(&cashier(), tx, due(1).id, State::Refunded, NOW));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(is_not_found(&fresh.write(|tx| payment::refund(
        &officer_with(COUNCIL, &[]),
        tx,
        due(1).id,
        State::Refunded,
        NOW
    ))));
});

on_both!(one_claim_at_a_time_and_one_that_ran_out_settles_nothing, |fresh| {
    with_due(fresh);
    let claim = |n: u64, now: store::Time| {
        fresh.write(move |tx| payment::claim(&HOUSE, tx, COUNCIL, id(33, n), now, now.plus_hours(1))).unwrap()
    };
    assert_eq!(claim(1, NOW), None, "nobody has begun");
    fresh.write(|tx| payment::begin(&HOUSE, tx, due(1).id, id(32, 1), NOW)).unwrap();
    let answers =
        fresh.at_once(8, |i, tx| payment::claim(&HOUSE, tx, COUNCIL, id(33, i as u64), NOW, NOW.plus_hours(1)));
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(Some(_)))).count(), 1, "{answers:?}");
    // Its taker died; another takes it, and the first comes too late.
    assert!(claim(9, NOW.plus_hours(2)).is_some());
    let late = answers.iter().position(|answer| matches!(answer, Ok(Some(_)))).unwrap() as u64;
    let stale = fresh.write(move |tx| payment::settle(&HOUSE, tx, due(1).id, id(33, late), &settled(State::Away)));
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    fresh.write(|tx| payment::settle(&HOUSE, tx, due(1).id, id(33, 9), &settled(State::Away))).unwrap();
    let row = of(fresh, 1);
    assert_eq!((row.state, row.claim, row.tries), (State::Away, None, 2));
    assert!(is_not_found(&fresh.write(|tx| payment::settle(
        &officer(),
        tx,
        due(1).id,
        id(33, 9),
        &settled(State::Paid)
    ))));
});

on_both!(a_try_of_which_the_gateway_says_what_cannot_be_is_settled_by_hand_and_no_other, |fresh| {
    with_due(fresh);
    let problem = "another";
    let settle = || {
        let to = (State::Paid, Method::Reference);
        fresh.write(move |tx| payment::settle_by_hand(&cashier(), tx, due(1).id, to, problem, NOW))
    };
    assert!(matches!(settle(), Err(Error::Stale)), "nobody tries");
    fresh.write(|tx| payment::begin(&HOUSE, tx, due(1).id, id(32, 1), NOW)).unwrap();
    fresh.write(|tx| payment::claim(&HOUSE, tx, COUNCIL, id(33, 1), NOW, NOW)).unwrap();
    fresh.write(|tx| payment::settle(&HOUSE, tx, due(1).id, id(33, 1), &settled(State::Away))).unwrap();
    assert!(matches!(settle(), Err(Error::Stale)), "nothing is wrong with it");
    fresh.write(|tx| payment::claim(&HOUSE, tx, COUNCIL, id(33, 2), NOW.plus_hours(2), NOW.plus_hours(3))).unwrap();
    let wrong = Settled { problem: Some(problem.into()), ..settled(State::Away) };
    fresh.write(move |tx| payment::settle(&HOUSE, tx, due(1).id, id(33, 2), &wrong)).unwrap();
    settle().unwrap();
    let row = of(fresh, 1);
    assert_eq!((row.state, row.method, row.gateway_url), (State::Paid, Some(Method::Reference), None));
    assert!(matches!(settle(), Err(Error::Stale)), "once");
    let to = (State::Paid, Method::Cash);
    assert!(is_not_found(
        &fresh
            .write(move |tx| { payment::settle_by_hand(&officer_with(COUNCIL, &[]), tx, due(1).id, to, problem, NOW) })
    ));
});
