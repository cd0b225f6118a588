use crate::{engine::wait, fixtures::*};
use rights::Right;
use store::{
    Error,
    transfer::{self, State, Transfer},
};

on_both!(the_asked_agency_sees_the_summary_and_decides_once, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            transfer::insert(&officer(), tx, &transfer(1))
        })
        .unwrap();
    let police = || officer_with(POLICE, &[Right::SeeQueue, Right::DecideTransfer]);
    let asked = |n, agency| {
        let actor = officer_with(agency, Right::ALL);
        wait(fresh.db.look(&actor.clone(), glance(n), move |look| transfer::asked(&actor, look))).unwrap()
    };
    assert_eq!(asked(1, COUNCIL), []);
    let requests = asked(2, POLICE);
    assert_eq!((requests[0].reference.clone(), requests[0].area.as_str()), (reference(1), "Example Town"));
    let decide = |state| {
        fresh.write(move |tx| transfer::decide(&police(), tx, transfer(1).id, state, NOW, Some("not our road")))
    };
    decide(State::HandedBack).unwrap();
    assert!(matches!(decide(State::Accepted), Err(Error::Stale)));
    let kept = fresh.read(|tx| transfer::of_report(tx, report_id(1))).unwrap();
    let decided = Transfer {
        state: State::HandedBack,
        decided_at: Some(NOW),
        reason: Some("not our road".into()),
        ..transfer(1)
    };
    assert_eq!(kept, [decided]);
    assert_eq!(asked(3, POLICE), []);
});

on_both!(one_transfer_of_a_report_is_open_at_a_time, |fresh| {
    let twice = fresh.write(|tx| {
        a_house(tx)?;
        transfer::insert(&officer(), tx, &transfer(1))?;
        transfer::insert(&officer(), tx, &transfer(2))
    });
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    fresh
        .write(|tx| {
            a_house(tx)?;
            transfer::insert(&officer(), tx, &transfer(1))?;
            transfer::decide(&officer(), tx, transfer(1).id, State::TakenBack, NOW, None)?;
            transfer::insert(&officer(), tx, &transfer(2))
        })
        .unwrap();
});

on_both!(who_may_not_ask_or_decide_finds_nothing, |fresh| {
    fresh.write(a_house).unwrap();
    let without = || officer_with(COUNCIL, &[Right::SeeReport]);
    assert!(is_not_found(&fresh.write(move |tx| transfer::insert(&without(), tx, &transfer(1)))));
    for state in State::ALL {
        let decided = fresh.write(move |tx| transfer::decide(&without(), tx, transfer(1).id, *state, NOW, None));
        assert!(is_not_found(&decided), "{decided:?}");
    }
    let itself =
        fresh.write(|tx| transfer::insert(&officer(), tx, &Transfer { to_agency: COUNCIL.into(), ..transfer(1) }));
    assert!(matches!(itself, Err(Error::Refused(_))), "{itself:?}");
});
