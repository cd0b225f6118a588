//! What several callers do at once. PostgreSQL does not run writers one after the other as SQLite does.

use crate::{crime::crime, engine::Fresh, fixtures::*};
use store::{
    Error, access, attempt, checkpoint,
    crime::{self, Crime},
    delivery::{self, Delivery},
    journal, leaf, report, staff, sub_case, throttle,
    transfer::{self, State},
};

const CALLERS: usize = 8;

fn won<T>(answers: &[Result<T, Error>]) -> usize {
    answers.iter().filter(|answer| answer.is_ok()).count()
}

fn all_others_are_taken<T: std::fmt::Debug>(answers: &[Result<T, Error>]) {
    let taken = answers.iter().filter(|answer| matches!(answer, Err(Error::Taken(_)))).count();
    assert_eq!((won(answers), taken), (1, answers.len() - 1), "{answers:?}");
}

fn all_others_are_stale<T: std::fmt::Debug>(answers: &[Result<T, Error>]) {
    let stale = answers.iter().filter(|answer| matches!(answer, Err(Error::Stale))).count();
    assert_eq!((won(answers), stale), (1, answers.len() - 1), "{answers:?}");
}

on_both!(of_many_who_send_one_attempt_one_makes_a_report, |fresh| {
    fresh
        .write(|tx| {
            store::definition::keep(tx, &definition(), NOW)?;
            attempt::insert(tx, &attempt(b"t"))
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        a_report(tx, i as u64 + 1)?;
        attempt::sent(tx, b"t", report_id(i as u64 + 1), b"")
    });
    all_others_are_stale(&answers);
    let winner = answers.iter().position(Result::is_ok).unwrap();
    let (found, count, strays) = fresh
        .read(|tx| Ok((attempt::find(tx, b"t", NOW)?.unwrap(), report::count(tx)?, journal::strays(&HOUSE, tx)?)))
        .unwrap();
    assert_eq!((found.report, count, strays), (Some(report_id(winner as u64 + 1)), 1, (0, 0)));
});

on_both!(of_many_who_change_one_version_one_changes_it, |fresh| {
    fresh.write(a_house).unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        let case = sub_case::SubCase { stage: format!("stage-{i}"), ..sub_case(1, COUNCIL) };
        sub_case::update(&HOUSE, tx, &case)
    });
    all_others_are_stale(&answers);
    let winner = answers.iter().position(Result::is_ok).unwrap();
    let kept = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap().remove(0);
    assert_eq!((kept.stage, kept.version), (format!("stage-{winner}"), 2));
});

on_both!(many_who_claim_get_one_delivery_each, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            (1..=CALLERS as u64).try_for_each(|n| delivery::insert(tx, &delivery(n)))
        })
        .unwrap();
    let claim = |fresh: &Fresh| {
        fresh.at_once(CALLERS, |i, tx| delivery::claim(&HOUSE, tx, id(8, i as u64), NOW, NOW.plus_hours(1)))
    };
    let mut claimed: Vec<Delivery> = claim(fresh).into_iter().map(|answer| answer.unwrap().unwrap()).collect();
    claimed.sort_by_key(|delivery| delivery.id);
    claimed.dedup_by_key(|delivery| delivery.id);
    assert_eq!(claimed.len(), CALLERS);
    assert!(claim(fresh).into_iter().all(|answer| answer.unwrap().is_none()));
});

on_both!(of_many_who_settle_a_claim_one_does, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            delivery::insert(tx, &delivery(1))?;
            delivery::claim(&HOUSE, tx, id(8, 1), NOW, NOW)
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |_, tx| {
        delivery::settle(&HOUSE, tx, delivery(1).id, id(8, 1), delivery::State::Sent, NOW, None)
    });
    all_others_are_stale(&answers);
});

on_both!(one_reference_is_given_once, |fresh| {
    fresh.write(|tx| store::definition::keep(tx, &definition(), NOW)).unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        report::insert(tx, &report::NewReport { reference: reference(7), ..new_report(i as u64 + 1) })
    });
    all_others_are_taken(&answers);
});

on_both!(no_try_of_a_pin_is_lost, |fresh| {
    fresh
        .write(|tx| {
            a_report(tx, 1)?;
            access::keep_pin(tx, report_id(1), b"pin")
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |_, tx| {
        let tries = access::pin(tx, report_id(1))?.map_or(0, |pin| pin.tries);
        access::pin_tried(tx, report_id(1), tries + 1, None)
    });
    assert_eq!(won(&answers), CALLERS, "{answers:?}");
    let tries = fresh.read(|tx| access::pin(tx, report_id(1))).unwrap().unwrap().tries;
    assert_eq!(tries, CALLERS as i64);
});

on_both!(a_time_step_is_spent_once, |fresh| {
    fresh.write(people).unwrap();
    let answers = fresh.at_once(CALLERS, |_, tx| {
        let known = staff::by_id(&HOUSE, tx, staff_id(1))?.unwrap();
        if known.totp_step >= 50 {
            return Ok(false);
        }
        staff::tried(&HOUSE, tx, staff_id(1), 0, None, 50)?;
        Ok(true)
    });
    let opened = answers.into_iter().map(Result::unwrap).filter(|opened| *opened).count();
    assert_eq!(opened, 1);
});

on_both!(a_recovery_code_opens_one_door, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            staff::keep_recovery(&HOUSE, tx, staff_id(1), b"code")
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |_, tx| staff::spend_recovery(&HOUSE, tx, staff_id(1), b"code", NOW));
    assert_eq!(answers.into_iter().map(Result::unwrap).filter(|spent| *spent).count(), 1);
});

on_both!(a_transfer_is_decided_once, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            transfer::insert(&officer(), tx, &transfer(1))
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        let state = [State::Accepted, State::HandedBack, State::TakenBack][i % 3];
        transfer::decide(&officer(), tx, transfer(1).id, state, NOW, None)
    });
    all_others_are_stale(&answers);
});

on_both!(of_many_who_propose_a_transfer_one_does, |fresh| {
    fresh.write(a_house).unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| transfer::insert(&officer(), tx, &transfer(i as u64)));
    all_others_are_taken(&answers);
});

on_both!(of_many_who_record_crimes_under_one_number_one_does, |fresh| {
    fresh.write(a_house).unwrap();
    for callers in [2, CALLERS] {
        let number = Some(format!("5226/{callers}"));
        let (wanted, asked) = (number.clone(), number.clone().unwrap());
        let answers = fresh.at_once(callers, move |i, tx| {
            let one = crime(i as u64 + 10 * callers as u64);
            crime::insert(&officer(), tx, &Crime { number: wanted.clone(), ..one.clone() })?;
            crime::join(&officer(), tx, one.id, report_id(1), NOW)
        });
        all_others_are_taken(&answers);
        let winner = answers.iter().position(Result::is_ok).unwrap() as u64;
        let kept = fresh.read(move |tx| crime::by_number(tx, COUNCIL, &asked)).unwrap();
        assert_eq!(kept, Some(Crime { number, ..crime(winner + 10 * callers as u64) }));
    }
    // Of those who lost nothing is left.
    assert_eq!(fresh.read(|tx| crime::of_report(tx, report_id(1))).unwrap().len(), 2);
});

on_both!(of_many_who_give_their_crimes_one_number_one_does, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            (0..CALLERS as u64).try_for_each(|n| crime::insert(&officer(), tx, &Crime { number: None, ..crime(n) }))
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        crime::update(&officer(), tx, &Crime { number: Some("5226/1".into()), ..crime(i as u64) })
    });
    all_others_are_taken(&answers);
    let winner = answers.iter().position(Result::is_ok).unwrap() as u64;
    let kept = fresh.read(|tx| crime::by_number(tx, COUNCIL, "5226/1")).unwrap().unwrap();
    assert_eq!((kept.id, kept.version), (crime(winner).id, 2));
});

on_both!(of_many_who_change_one_crime_one_does_and_all_may_join_it_to_a_report, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            crime::insert(&officer(), tx, &crime(1))
        })
        .unwrap();
    let answers = fresh.at_once(CALLERS, |i, tx| {
        crime::update(&officer(), tx, &Crime { outcome: Some(format!("outcome-{i}")), ..crime(1) })
    });
    all_others_are_stale(&answers);
    let joined = fresh.at_once(CALLERS, |_, tx| crime::join(&officer(), tx, crime(1).id, report_id(1), NOW));
    assert_eq!(won(&joined), CALLERS, "{joined:?}");
    let winner = answers.iter().position(Result::is_ok).unwrap();
    let kept = fresh.read(|tx| crime::of_report(tx, report_id(1))).unwrap();
    assert_eq!(kept, [Crime { outcome: Some(format!("outcome-{winner}")), version: 2, ..crime(1) }]);
});

on_both!(many_sealers_give_each_entry_one_place_without_gaps, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            for n in 1..=3 {
                a_report(tx, n)?;
            }
            (10..100).try_for_each(|n| journal::write(&HOUSE, tx, &entry(n, n % 3 + 1)))
        })
        .unwrap();
    let mut sealed = 0;
    // While they seal, entries go on coming.
    for round in 0..4u64 {
        let answers = fresh.at_once(CALLERS, move |i, tx| {
            let n = 1000 + round * 100 + i as u64;
            journal::write(&HOUSE, tx, &entry(n, n % 3 + 1))?;
            seal(tx, 5)
        });
        sealed += answers.into_iter().map(Result::unwrap).sum::<usize>();
    }
    assert_eq!(sealed, 93 + 4 * CALLERS);
    let all = fresh.read(|tx| leaf::stretch(&HOUSE, tx, 0, i64::MAX)).unwrap();
    assert!(all.iter().map(|sealed| sealed.leaf.idx).eq(0..all.len() as i64));
    for n in 1..=3 {
        let own = all.iter().filter(|sealed| sealed.leaf.subject == report_id(n));
        let counters: Vec<i64> = own.map(|sealed| sealed.leaf.counter).collect();
        assert!(counters.iter().copied().eq(1..=counters.len() as i64), "{counters:?}");
        let heads = fresh.read(move |tx| store::subject::heads(&HOUSE, tx, &[report_id(n)])).unwrap();
        assert_eq!(heads[0].count, counters.len() as i64);
    }
    let (journal, waiting) = fresh.read(|tx| leaf::counts(&HOUSE, tx)).unwrap();
    assert_eq!((journal, waiting), (93 + 4 * CALLERS as i64, 0));
    assert_eq!(fresh.read(|tx| leaf::adrift(&HOUSE, tx)).unwrap(), (vec![], vec![]));
});

on_both!(of_many_who_keep_checkpoints_each_names_the_one_before, |fresh| {
    let answers = fresh.at_once(CALLERS, |i, tx| checkpoint::keep(&HOUSE, tx, &checkpoint(i as i64 % 4)));
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let all = fresh.read(|tx| checkpoint::after(&HOUSE, tx, -1, 100)).unwrap();
    let before: Vec<Option<i64>> = all.iter().map(|kept| kept.before).collect();
    let expected: Vec<Option<i64>> =
        [None].into_iter().chain(all.iter().map(|kept| Some(kept.size))).take(all.len()).collect();
    assert_eq!(before, expected);
    assert_eq!(all.last().unwrap().size, 3);
});

on_both!(every_knock_counts, |fresh| {
    let mut counted: Vec<i64> = fresh
        .at_once(CALLERS, |_, tx| throttle::knock(tx, "door", b"origin", NOW, 60))
        .into_iter()
        .map(Result::unwrap)
        .collect();
    counted.sort_unstable();
    assert_eq!(counted, (1..=CALLERS as i64).collect::<Vec<_>>());
});
