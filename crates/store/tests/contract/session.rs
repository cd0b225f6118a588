use crate::fixtures::*;
use store::session::{self, Session};

fn session() -> Session {
    Session {
        token: b"cookie".to_vec(),
        staff: staff_id(1),
        created_at: NOW,
        touched_at: NOW,
        expires_at: NOW.plus_hours(1),
    }
}

on_both!(a_session_in_use_is_lengthened_until_it_is_ended, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            session::insert(&HOUSE, tx, &session())
        })
        .unwrap();
    let at = |hours| fresh.read(move |tx| session::find(&HOUSE, tx, b"cookie", NOW.plus_hours(hours))).unwrap();
    assert_eq!(at(0), Some(session()));
    assert_eq!(at(1), None);
    fresh.write(|tx| session::touch(&HOUSE, tx, b"cookie", NOW.plus_seconds(9), NOW.plus_hours(2))).unwrap();
    assert_eq!(at(1).map(|s| (s.touched_at, s.expires_at)), Some((NOW.plus_seconds(9), NOW.plus_hours(2))));
    fresh.write(|tx| session::end(&HOUSE, tx, b"cookie")).unwrap();
    assert_eq!(at(0), None);
});

on_both!(nobody_but_the_house_handles_sessions, |fresh| {
    fresh.write(people).unwrap();
    assert!(is_not_found(&fresh.write(|tx| session::insert(&officer(), tx, &session()))));
    assert!(is_not_found(&fresh.read(|tx| session::find(&officer(), tx, b"cookie", NOW))));
    assert!(is_not_found(&fresh.write(|tx| session::touch(&officer(), tx, b"cookie", NOW, NOW))));
    assert!(is_not_found(&fresh.write(|tx| session::end(&officer(), tx, b"cookie"))));
    let plain = officer_with(COUNCIL, &[rights::Right::SeeQueue]);
    assert!(is_not_found(&fresh.write(move |tx| session::end_all(&plain, tx, staff_id(1)))));
});

on_both!(a_person_is_signed_out_everywhere_and_nobody_else_is, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            session::insert(&HOUSE, tx, &session())?;
            session::insert(&HOUSE, tx, &Session { token: b"phone".to_vec(), ..session() })?;
            session::insert(&HOUSE, tx, &Session { token: b"other".to_vec(), staff: staff_id(2), ..session() })
        })
        .unwrap();
    assert_eq!(fresh.write(|tx| session::end_all(&officer(), tx, staff_id(1))).unwrap(), 2);
    let open = |token: &'static [u8]| fresh.read(move |tx| session::find(&HOUSE, tx, token, NOW)).unwrap().is_some();
    assert_eq!((open(b"cookie"), open(b"phone"), open(b"other")), (false, false, true));
});
