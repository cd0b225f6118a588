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

on_both!(an_account_changes_and_ends_and_what_its_person_had_is_with_the_team_again, |fresh| {
    let open = |n| store::sub_case::SubCase { assignee: Some(staff_id(1)), ..sub_case(n, COUNCIL) };
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            for n in 1..=3 {
                store::report::insert(tx, &new_report(n))?;
            }
            store::sub_case::insert(tx, &open(1))?;
            store::sub_case::insert(tx, &store::sub_case::SubCase { closed_at: Some(NOW), ..open(2) })?;
            store::sub_case::insert(tx, &store::sub_case::SubCase { assignee: Some(staff_id(2)), ..open(3) })
        })
        .unwrap();
    let list = |word: &str| serde_json::json!([word]);
    let changed = staff::Staff {
        roles: list("role"),
        teams: list("team"),
        services: list("example"),
        wards: list("W2"),
        active: false,
        ..member(1, COUNCIL)
    };
    let to = changed.clone();
    fresh.write(move |tx| staff::change(&officer(), tx, &to)).unwrap();
    assert_eq!(fresh.read(|tx| staff::by_id(&HOUSE, tx, staff_id(1))).unwrap(), Some(changed));
    assert_eq!(fresh.write(|tx| store::sub_case::release(&officer(), tx, COUNCIL, staff_id(1))).unwrap(), 1);
    let with = |n: u64| {
        let part = fresh.read(move |tx| store::sub_case::of_report(tx, report_id(n))).unwrap().pop().unwrap();
        (part.assignee, part.version)
    };
    assert_eq!((with(1), with(2), with(3)), ((None, 2), (Some(staff_id(1)), 1), (Some(staff_id(2)), 1)));
    let plain = officer_with(COUNCIL, &[Right::SeeQueue]);
    let me = plain.clone();
    assert!(is_not_found(&fresh.write(move |tx| staff::change(&me, tx, &member(2, COUNCIL)))));
    assert!(is_not_found(&fresh.write(move |tx| store::sub_case::release(&plain, tx, COUNCIL, staff_id(2)))));
    let nobody = fresh.write(|tx| staff::change(&officer(), tx, &member(77, COUNCIL)));
    assert!(is_not_found(&nobody), "{nobody:?}");
});
