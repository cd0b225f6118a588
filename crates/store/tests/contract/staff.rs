use crate::fixtures::*;
use rights::Right;
use store::{Error, staff};

on_both!(a_member_of_staff_is_found_by_login_and_by_id, |fresh| {
    fresh.write(people).unwrap();
    let (login, by_id, all) = fresh
        .read(|tx| {
            Ok((
                staff::by_login(&HOUSE, tx, "person-2")?,
                staff::by_id(&HOUSE, tx, staff_id(2))?,
                staff::all(&HOUSE, tx)?,
            ))
        })
        .unwrap();
    assert_eq!(login, Some(member(2, COUNCIL)));
    assert_eq!(by_id, login);
    assert_eq!(all, [member(1, COUNCIL), member(2, COUNCIL), member(3, POLICE)]);
    assert_eq!(fresh.read(|tx| staff::by_login(&HOUSE, tx, "nobody")).unwrap(), None);
});

on_both!(only_the_house_reads_secrets, |fresh| {
    fresh.write(people).unwrap();
    assert!(is_not_found(&fresh.read(|tx| staff::by_login(&officer(), tx, "person-1"))));
    assert!(is_not_found(&fresh.read(|tx| staff::by_id(&officer(), tx, staff_id(1)))));
    assert!(is_not_found(&fresh.read(|tx| staff::all(&officer(), tx))));
    assert!(is_not_found(&fresh.write(|tx| staff::tried(&officer(), tx, staff_id(1), 0, None, 9))));
});

on_both!(a_login_is_given_once_and_by_those_who_may, |fresh| {
    fresh.write(people).unwrap();
    let twice = fresh.write(|tx| staff::insert(&HOUSE, tx, &staff::Staff { id: staff_id(9), ..member(1, COUNCIL) }));
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    let without = officer_with(COUNCIL, &[Right::SeeQueue]);
    assert!(is_not_found(&fresh.write(move |tx| staff::insert(&without, tx, &member(9, COUNCIL)))));
});

on_both!(colleagues_are_the_active_staff_of_the_own_agency, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            staff::insert(&HOUSE, tx, &staff::Staff { active: false, ..member(4, COUNCIL) })
        })
        .unwrap();
    let seen = fresh.read(|tx| staff::colleagues(&officer(), tx)).unwrap();
    assert_eq!(seen.iter().map(|c| c.id).collect::<Vec<_>>(), [staff_id(1), staff_id(2)]);
    assert!(is_not_found(&fresh.read(|tx| staff::colleagues(&HOUSE, tx))));
});

on_both!(a_time_step_never_goes_back, |fresh| {
    fresh.write(people).unwrap();
    let tried = |fails, step| fresh.write(move |tx| staff::tried(&HOUSE, tx, staff_id(1), fails, Some(NOW), step));
    tried(0, 50).unwrap();
    assert!(matches!(tried(0, 49), Err(Error::Stale)));
    tried(3, 50).unwrap();
    let kept = fresh.read(|tx| staff::by_id(&HOUSE, tx, staff_id(1))).unwrap().unwrap();
    assert_eq!((kept.fails, kept.locked_until, kept.totp_step), (3, Some(NOW), 50));
});

on_both!(a_recovery_code_is_spent_once, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            staff::keep_recovery(&HOUSE, tx, staff_id(1), b"code")
        })
        .unwrap();
    let spend =
        |code: &'static [u8]| fresh.write(move |tx| staff::spend_recovery(&HOUSE, tx, staff_id(1), code, NOW)).unwrap();
    assert_eq!((spend(b"other"), spend(b"code"), spend(b"code")), (false, true, false));
});

on_both!(a_name_is_read_by_the_house_alone_also_of_someone_who_left, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            staff::insert(&HOUSE, tx, &staff::Staff { active: false, ..member(4, COUNCIL) })
        })
        .unwrap();
    let name = |n| fresh.read(move |tx| staff::name(&HOUSE, tx, staff_id(n))).unwrap();
    assert_eq!(name(3).as_deref(), Some("Robin Example 3"));
    assert_eq!(name(4).as_deref(), Some("Robin Example 4"));
    assert_eq!(name(9), None);
    for actor in [officer(), resident(report_id(1)), rights::Actor::Anonymous] {
        assert!(is_not_found(&fresh.read(move |tx| staff::name(&actor, tx, staff_id(3)))));
    }
});
