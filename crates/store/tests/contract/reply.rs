//! Mails with which people answered ours.

use crate::fixtures::*;
use store::reply;

on_both!(a_mail_is_taken_once_until_its_address_has_ended, |fresh| {
    fresh.write(a_house).unwrap();
    let keep = |mark: &'static [u8]| {
        fresh.write(move |tx| reply::keep(&HOUSE, tx, mark, report_id(1), NOW.plus_hours(1))).unwrap()
    };
    assert!(keep(b"one"));
    assert!(!keep(b"one"));
    assert!(keep(b"two"));
    fresh.write(|tx| reply::forget(&HOUSE, tx, b"two")).unwrap();
    assert!(keep(b"two"), "it was not taken after all");
    assert_eq!(fresh.write(|tx| reply::sweep(&HOUSE, tx, NOW)).unwrap(), 0);
    assert_eq!(fresh.write(|tx| reply::sweep(&HOUSE, tx, NOW.plus_hours(1))).unwrap(), 2);
    assert!(keep(b"one"));
});

on_both!(only_the_house_takes_mails, |fresh| {
    fresh.write(a_house).unwrap();
    for actor in [officer(), resident(report_id(1)), rights::Actor::Anonymous] {
        let (one, two, three) = (actor.clone(), actor.clone(), actor);
        let kept = fresh.write(move |tx| reply::keep(&one, tx, b"m", report_id(1), NOW));
        assert!(is_not_found(&kept));
        assert!(is_not_found(&fresh.write(move |tx| reply::forget(&two, tx, b"m"))));
        assert!(is_not_found(&fresh.write(move |tx| reply::sweep(&three, tx, NOW))));
    }
});
