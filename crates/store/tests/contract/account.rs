use crate::fixtures::*;
use rights::Actor;
use store::{
    account::{self, Account, SignIn},
    contact, report,
};

pub fn robin(n: u64) -> Account {
    Account {
        id: id(30, n),
        email: format!("robin{n}@example.org"),
        mark: format!("mark {n}").into_bytes(),
        name: None,
        phone: None,
        one_page: false,
        created_at: NOW,
        seen_at: NOW,
    }
}

pub fn link(n: u64) -> SignIn {
    SignIn {
        id: id(31, n),
        token: format!("token {n}").into_bytes(),
        email: format!("robin{n}@example.org"),
        created_at: NOW,
        expires_at: NOW.plus_hours(1),
    }
}

fn own(n: u64) -> Actor {
    Actor::Account(id(30, n))
}

on_both!(a_link_is_taken_once_and_while_it_lives, |fresh| {
    fresh.write(|tx| account::keep_sign_in(&HOUSE, tx, &link(1))).unwrap();
    let awaited = |hours| fresh.read(move |tx| account::awaited(&HOUSE, tx, id(31, 1), NOW.plus_hours(hours))).unwrap();
    assert_eq!(awaited(0).as_deref(), Some("robin1@example.org"));
    assert_eq!(awaited(1), None);
    let take =
        |hours| fresh.write(move |tx| account::take_sign_in(&HOUSE, tx, b"token 1", NOW.plus_hours(hours))).unwrap();
    assert_eq!(take(1), None, "too late");
    assert_eq!(take(0), Some(link(1)));
    assert_eq!(take(0), None, "it was used");
    assert_eq!(awaited(0), None);
});

on_both!(an_address_has_one_account_however_often_it_is_opened, |fresh| {
    let first = fresh.write(|tx| account::open(&HOUSE, tx, &robin(1))).unwrap();
    assert_eq!(first, (id(30, 1), true));
    let again = Account { id: id(30, 9), seen_at: NOW.plus_hours(5), ..robin(1) };
    assert_eq!(fresh.write(move |tx| account::open(&HOUSE, tx, &again)).unwrap(), (id(30, 1), false));
    let found = fresh.read(|tx| account::find(&own(1), tx, id(30, 1))).unwrap();
    assert_eq!(found, Some(Account { seen_at: NOW.plus_hours(5), ..robin(1) }));
});

on_both!(only_its_owner_reads_and_changes_an_account, |fresh| {
    fresh.write(|tx| account::open(&HOUSE, tx, &robin(1))).unwrap();
    fresh.write(|tx| account::open(&HOUSE, tx, &robin(2))).unwrap();
    fresh.write(|tx| account::change(&own(1), tx, id(30, 1), Some("Robin"), Some("+441632960001"), true)).unwrap();
    let kept = fresh.read(|tx| account::find(&own(1), tx, id(30, 1))).unwrap().unwrap();
    assert_eq!(
        (kept.name.as_deref(), kept.phone.as_deref(), kept.one_page),
        (Some("Robin"), Some("+441632960001"), true)
    );
    for stranger in [own(2), officer(), Actor::Anonymous] {
        let who = stranger.clone();
        assert!(is_not_found(&fresh.read(move |tx| account::find(&who, tx, id(30, 1)))));
        let who = stranger.clone();
        assert!(is_not_found(&fresh.write(move |tx| account::change(&who, tx, id(30, 1), None, None, false))));
        let who = stranger.clone();
        assert!(is_not_found(&fresh.read(move |tx| account::reports(&who, tx, id(30, 1), 100))));
        let who = stranger.clone();
        assert!(is_not_found(&fresh.write(move |tx| account::sign_out(&who, tx, id(30, 1), None))));
        assert!(is_not_found(&fresh.write(move |tx| account::forget(&stranger, tx, id(30, 1)))));
    }
    assert!(is_not_found(&fresh.write(|tx| account::open(&own(1), tx, &robin(3)))));
    assert!(is_not_found(&fresh.read(|tx| account::signed_in(&own(1), tx, b"a", NOW))));
});

on_both!(a_browser_is_signed_in_until_its_time_is_up_or_it_signs_out, |fresh| {
    fresh.write(|tx| account::open(&HOUSE, tx, &robin(1))).unwrap();
    for token in [b"a", b"b", b"c"] {
        let until = NOW.plus_hours(1);
        fresh.write(move |tx| account::keep_signed_in(&HOUSE, tx, token, id(30, 1), NOW, until)).unwrap();
    }
    let at = |token: &'static [u8], hours| {
        fresh.read(move |tx| account::signed_in(&HOUSE, tx, token, NOW.plus_hours(hours))).unwrap().map(|a| a.id)
    };
    assert_eq!((at(b"a", 0), at(b"a", 1), at(b"x", 0)), (Some(id(30, 1)), None, None));
    assert_eq!(fresh.write(|tx| account::sign_out(&own(1), tx, id(30, 1), Some(b"a"))).unwrap(), 1);
    assert_eq!((at(b"a", 0), at(b"b", 0)), (None, Some(id(30, 1))));
    assert_eq!(fresh.write(|tx| account::sign_out(&own(1), tx, id(30, 1), None)).unwrap(), 2);
});

on_both!(the_list_holds_reports_of_the_address_that_a_link_opens_and_no_sensitive_one, |fresh| {
    fresh
        .write(|tx| {
            store::definition::keep(tx, &definition(), NOW)?;
            account::open(&HOUSE, tx, &robin(1))?;
            for (n, tracking, sensitive) in [
                (1, report::Tracking::Link, false),
                (2, report::Tracking::LinkAndPin, false),
                (3, report::Tracking::Link, true),
                (4, report::Tracking::Link, false),
            ] {
                report::insert(tx, &report::NewReport { tracking, sensitive, ..new_report(n) })?;
                contact::mark(tx, report_id(n), if n == 4 { b"another" } else { b"mark 1" })?;
            }
            Ok::<_, store::Error>(())
        })
        .unwrap();
    let listed = fresh.read(|tx| account::reports(&own(1), tx, id(30, 1), 100)).unwrap();
    assert_eq!(listed.iter().map(|mine| mine.report).collect::<Vec<_>>(), [report_id(1)]);
    for n in 1..=4 {
        let found = fresh.read(move |tx| account::report(&own(1), tx, id(30, 1), &reference(n))).unwrap();
        assert_eq!(found.map(|mine| mine.report), (n == 1).then(|| report_id(1)), "{n}");
    }
});

on_both!(who_ends_an_account_leaves_nothing_of_it, |fresh| {
    fresh
        .write(|tx| {
            account::open(&HOUSE, tx, &robin(1))?;
            account::keep_sign_in(&HOUSE, tx, &link(1))?;
            account::keep_signed_in(&HOUSE, tx, b"a", id(30, 1), NOW, NOW.plus_hours(9))
        })
        .unwrap();
    fresh.write(|tx| account::forget(&own(1), tx, id(30, 1))).unwrap();
    assert_eq!(fresh.read(|tx| account::find(&own(1), tx, id(30, 1))).unwrap(), None);
    assert_eq!(fresh.read(|tx| account::awaited(&HOUSE, tx, id(31, 1), NOW)).unwrap(), None);
    assert_eq!(fresh.read(|tx| account::signed_in(&HOUSE, tx, b"a", NOW)).unwrap(), None);
    assert!(is_not_found(&fresh.write(|tx| account::forget(&own(1), tx, id(30, 1)))));
});

on_both!(the_sweep_takes_what_has_run_out_and_nothing_else, |fresh| {
    fresh
        .write(|tx| {
            account::open(&HOUSE, tx, &robin(1))?;
            account::open(&HOUSE, tx, &Account { seen_at: NOW.plus_hours(-99), ..robin(2) })?;
            account::keep_sign_in(&HOUSE, tx, &link(1))?;
            account::keep_sign_in(&HOUSE, tx, &SignIn { expires_at: NOW, ..link(2) })?;
            account::keep_signed_in(&HOUSE, tx, b"a", id(30, 1), NOW, NOW.plus_hours(9))?;
            account::keep_signed_in(&HOUSE, tx, b"b", id(30, 1), NOW, NOW)
        })
        .unwrap();
    let swept = fresh.write(|tx| account::sweep(&HOUSE, tx, NOW, NOW, NOW.plus_hours(-50))).unwrap();
    assert_eq!(swept, 3);
    assert!(fresh.read(|tx| account::signed_in(&HOUSE, tx, b"a", NOW)).unwrap().is_some());
    assert!(fresh.read(|tx| account::awaited(&HOUSE, tx, id(31, 1), NOW)).unwrap().is_some());
});
