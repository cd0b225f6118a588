use crate::{engine::Fresh, fixtures::*};
use store::{
    Error,
    booking::{self, Booking, State},
};

pub const DAY: &str = "2026-12-04";

/// The booking of report `n`, held for an hour.
pub fn booked(n: u64) -> Booking {
    Booking {
        report: report_id(n),
        agency: COUNCIL.into(),
        service: "bulky".into(),
        day: DAY.into(),
        items: 3,
        state: State::Held,
        held_until: Some(NOW.plus_hours(1)),
        remind_at: Some(NOW.plus_hours(2)),
        made_at: NOW,
    }
}

fn reports(fresh: &Fresh, most: u64) {
    fresh
        .write(move |tx| {
            a_house(tx)?;
            (2..=most).try_for_each(|n| a_report(tx, n))
        })
        .unwrap();
}

fn of(fresh: &Fresh, n: u64) -> Booking {
    fresh.read(move |tx| booking::own(&HOUSE, tx, report_id(n))).unwrap().unwrap()
}

on_both!(of_many_who_book_one_day_at_once_as_many_do_as_it_has_places, |fresh| {
    reports(fresh, 8);
    let answers = fresh.at_once(8, |i, tx| booking::take(tx, &booked(i as u64 + 1), 3));
    let took = answers.iter().filter(|answer| matches!(answer, Ok(true))).count();
    assert_eq!(took, 3, "{answers:?}");
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(fresh.read(|tx| booking::taken(tx, COUNCIL, "bulky", DAY)).unwrap(), [(DAY.to_owned(), 3)]);
});

on_both!(of_many_who_move_to_one_day_at_once_as_many_do_as_it_has_places, |fresh| {
    reports(fresh, 8);
    fresh.write(|tx| (1..=8).try_for_each(|n| booking::take(tx, &booked(n), 8).map(drop))).unwrap();
    let answers =
        fresh.at_once(8, |i, tx| booking::change_day(&HOUSE, tx, &booked(i as u64 + 1), "2026-12-07", None, 2));
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(true))).count(), 2, "{answers:?}");
    let taken = fresh.read(|tx| booking::taken(tx, COUNCIL, "bulky", "2026-12-01")).unwrap();
    assert_eq!(taken, [(DAY.to_owned(), 6), ("2026-12-07".to_owned(), 2)]);
});

on_both!(a_place_that_is_given_back_can_be_taken_again, |fresh| {
    reports(fresh, 3);
    assert!(fresh.write(|tx| booking::take(tx, &booked(1), 1)).unwrap());
    assert!(!fresh.write(|tx| booking::take(tx, &booked(2), 1)).unwrap());
    fresh.write(|tx| booking::cancel(&HOUSE, tx, report_id(1))).unwrap();
    let ended = Booking { state: State::Cancelled, held_until: None, remind_at: None, ..booked(1) };
    assert_eq!(of(fresh, 1), ended);
    assert!(fresh.write(|tx| booking::take(tx, &booked(2), 1)).unwrap());
    fresh.write(|tx| booking::lapse(&HOUSE, tx, report_id(2))).unwrap();
    assert_eq!(of(fresh, 2).state, State::Lapsed);
    assert!(!of(fresh, 2).state.is_live());
    assert!(fresh.write(|tx| booking::take(tx, &booked(3), 1)).unwrap());
    for gone in [1, 2] {
        assert!(matches!(fresh.write(move |tx| booking::cancel(&HOUSE, tx, report_id(gone))), Err(Error::Stale)));
        let moved = fresh.write(move |tx| booking::change_day(&HOUSE, tx, &booked(gone), "2026-12-07", None, 5));
        assert!(matches!(moved, Err(Error::Stale)), "{moved:?}");
    }
    assert!(is_not_found(&fresh.write(|tx| booking::cancel(&officer(), tx, report_id(3)))));
    assert!(is_not_found(&fresh.write(|tx| booking::change_day(&officer(), tx, &booked(3), "2026-12-07", None, 5))));
    assert!(is_not_found(&fresh.write(|tx| booking::lapse(&officer(), tx, report_id(3)))));
});

on_both!(what_is_paid_is_held_no_more_and_never_lapses_by_time, |fresh| {
    reports(fresh, 2);
    fresh.write(|tx| (1..=2).try_for_each(|n| booking::take(tx, &booked(n), 5).map(drop))).unwrap();
    let late = |now| fresh.read(move |tx| booking::held_too_long(&HOUSE, tx, now, 10)).unwrap();
    assert!(late(NOW).is_empty());
    assert_eq!(late(NOW.plus_hours(1)), [booked(1), booked(2)]);
    fresh.write(|tx| booking::settle(&HOUSE, tx, report_id(1))).unwrap();
    assert_eq!(of(fresh, 1), Booking { state: State::Booked, held_until: None, ..booked(1) });
    fresh.write(|tx| booking::hold_longer(&HOUSE, tx, report_id(2), NOW.plus_hours(3))).unwrap();
    assert!(late(NOW.plus_hours(2)).is_empty());
    assert_eq!(late(NOW.plus_hours(3)).len(), 1);
    assert!(is_not_found(&fresh.write(|tx| booking::settle(&officer(), tx, report_id(2)))));
    assert!(is_not_found(&fresh.write(|tx| booking::hold_longer(&officer(), tx, report_id(2), NOW))));
    assert!(is_not_found(&fresh.read(|tx| booking::held_too_long(&officer(), tx, NOW, 1))));
});

on_both!(a_reminder_is_due_once_and_of_what_is_booked_alone, |fresh| {
    reports(fresh, 2);
    fresh
        .write(|tx| {
            booking::take(tx, &booked(1), 5)?;
            booking::take(tx, &Booking { state: State::Booked, held_until: None, ..booked(2) }, 5)
        })
        .unwrap();
    let due = |now| fresh.read(move |tx| booking::to_remind(&HOUSE, tx, now, 10)).unwrap();
    assert!(due(NOW).is_empty());
    let found = due(NOW.plus_hours(2));
    assert_eq!(found.iter().map(|row| row.report).collect::<Vec<_>>(), [report_id(2)]);
    let row = found[0].clone();
    let answers = fresh.at_once(4, move |_, tx| booking::reminded(&HOUSE, tx, &row, None));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(due(NOW.plus_hours(9)).is_empty());
    assert!(is_not_found(&fresh.read(|tx| booking::to_remind(&officer(), tx, NOW, 1))));
    assert!(is_not_found(&fresh.write(|tx| booking::reminded(&officer(), tx, &booked(2), None))));
});

on_both!(days_that_a_council_sends_replace_what_it_sent_before, |fresh| {
    let give = |day: &'static str, places| fresh.write(move |tx| booking::give_day(tx, COUNCIL, "bulky", day, places));
    give("2026-12-04", 5).unwrap();
    give("2026-12-01", 2).unwrap();
    give("2026-12-04", 0).unwrap();
    let given = |from: &'static str| fresh.read(move |tx| booking::given(tx, COUNCIL, "bulky", from)).unwrap();
    assert_eq!(given("2026-12-01"), [("2026-12-01".to_owned(), 2), ("2026-12-04".to_owned(), 0)]);
    assert_eq!(given("2026-12-02").len(), 1);
    assert!(fresh.read(|tx| booking::given(tx, POLICE, "bulky", "2026-12-01")).unwrap().is_empty());
});
