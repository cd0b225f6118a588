use crate::{
    engine::{Fresh, wait},
    fixtures::*,
    publication::publication,
};
use rights::Actor;
use std::fs;
use store::{
    Tx,
    subscriber::{self, Subscriber, Why},
    subscription::{self, Cadence, Hears, Kind, Subscription},
};

pub fn person(n: u64) -> Subscriber {
    Subscriber {
        id: id(20, n),
        mark: format!("mark-{n}").into_bytes(),
        address: format!("robin.quokkaquokka.{n}@example.org"),
        token: format!("page-{n}").into_bytes(),
        created_at: NOW,
        confirmed_at: None,
        stopped_at: None,
        stopped_why: None,
    }
}

pub fn near(n: u64, of: u64) -> Subscription {
    Subscription {
        id: id(21, n),
        subscriber: person(of).id,
        token: format!("confirms-{n}").into_bytes(),
        kind: Kind::Near,
        lat: Some(51.0),
        lon: Some(-3.0),
        metres: Some(500),
        code: String::new(),
        report: None,
        words: "Zzyzxroad".into(),
        service: None,
        hears: Hears::New,
        cadence: Cadence::Daily,
        created_at: NOW,
        since: None,
    }
}

/// Seventeen and more, so that both forms of the statement are run.
pub fn spots() -> Vec<String> {
    (0..18).map(|n| format!("c{n}")).collect()
}

/// Two people, each with one subscription that is confirmed, and the public report 1.
pub fn two(tx: &mut Tx) -> store::Result<()> {
    a_house(tx)?;
    store::publication::insert(tx, &publication(1), "")?;
    for n in [1, 2] {
        subscriber::insert(tx, &person(n))?;
        subscription::insert(tx, &near(n, n), &spots())?;
        subscriber::confirm(&HOUSE, tx, person(n).id, NOW)?;
        subscription::confirm(&HOUSE, tx, near(n, n).id, NOW)?;
    }
    Ok(())
}

fn watching(fresh: &Fresh, spot: &'static str) -> usize {
    fresh.read(move |tx| subscription::watching(&HOUSE, tx, spot)).unwrap().len()
}

on_both!(an_address_is_kept_once_and_found_by_its_mark_and_by_its_token, |fresh| {
    fresh.write(two).unwrap();
    let again = Subscriber { id: id(20, 9), token: b"other".to_vec(), ..person(1) };
    fresh.write(move |tx| subscriber::insert(tx, &again)).unwrap();
    let known = Subscriber { confirmed_at: Some(NOW), ..person(1) };
    let (by_mark, by_id, by_token, other) = fresh
        .read(|tx| {
            Ok((
                subscriber::by_mark(&HOUSE, tx, b"mark-1")?,
                subscriber::by_id(&HOUSE, tx, person(1).id)?,
                subscriber::by_token(tx, b"page-1")?,
                subscriber::by_token(tx, b"other")?,
            ))
        })
        .unwrap();
    assert_eq!([by_mark, by_id, by_token, other], [Some(known.clone()), Some(known.clone()), Some(known), None]);
    for actor in [Actor::Anonymous, officer(), resident(report_id(1))] {
        assert!(is_not_found(&fresh.read(move |tx| subscriber::by_mark(&actor, tx, b"mark-1"))));
    }
});

on_both!(only_what_is_confirmed_not_paused_and_not_stopped_hears, |fresh| {
    fresh.write(two).unwrap();
    fresh.write(|tx| subscription::insert(tx, &near(3, 1), &spots())).unwrap();
    assert_eq!((watching(fresh, "c0"), watching(fresh, "c17"), watching(fresh, "c18")), (2, 2, 0));
    let again = fresh.write(|tx| subscription::confirm(&HOUSE, tx, near(1, 1).id, NOW.plus_hours(5))).unwrap();
    assert!(!again);
    let set = |cadence| {
        let set =
            move |tx: &mut Tx| subscription::set(&HOUSE, tx, near(1, 1).id, (cadence, Hears::All), NOW.plus_hours(1));
        fresh.write(set).unwrap();
    };
    set(Cadence::Off);
    assert_eq!(watching(fresh, "c0"), 1);
    set(Cadence::AtOnce);
    let row = fresh.read(|tx| subscription::of(&HOUSE, tx, person(1).id)).unwrap().remove(0);
    assert_eq!((row.cadence, row.hears, row.since), (Cadence::AtOnce, Hears::All, Some(NOW.plus_hours(1))));
    let stop = |why| fresh.write(move |tx| subscriber::stop(&HOUSE, tx, person(1).id, why, NOW)).unwrap();
    assert_eq!((stop(Why::Bounced), stop(Why::Asked)), (true, false));
    assert_eq!(watching(fresh, "c0"), 1);
    fresh
        .write(|tx| {
            subscriber::confirm(&HOUSE, tx, person(1).id, NOW.plus_hours(2))?;
            subscription::begin_anew(&HOUSE, tx, person(1).id, NOW.plus_hours(2))
        })
        .unwrap();
    assert_eq!(watching(fresh, "c0"), 2);
    let all = fresh.read(|tx| subscription::of(&HOUSE, tx, person(1).id)).unwrap();
    assert_eq!(all.iter().map(|row| row.since).collect::<Vec<_>>(), [Some(NOW.plus_hours(2)), None]);
    fresh.write(|tx| subscription::remove(&HOUSE, tx, near(2, 2).id)).unwrap();
    assert_eq!(watching(fresh, "c0"), 1);
});

on_both!(what_nobody_confirmed_goes, |fresh| {
    fresh.write(two).unwrap();
    fresh
        .write(|tx| {
            subscriber::insert(tx, &person(3))?;
            subscription::insert(tx, &near(3, 3), &[])?;
            subscription::insert(tx, &near(4, 1), &[])
        })
        .unwrap();
    let token = fresh.read(|tx| subscription::by_token(tx, b"confirms-4")).unwrap();
    assert_eq!(token, Some(near(4, 1)));
    let (early, late) = fresh
        .read(|tx| {
            Ok((
                subscriber::unconfirmed(&HOUSE, tx, NOW, 10)?,
                subscriber::unconfirmed(&HOUSE, tx, NOW.plus_seconds(1), 10)?,
            ))
        })
        .unwrap();
    assert_eq!((early, late), (vec![], vec![person(3).id]));
    assert_eq!(fresh.write(|tx| subscription::sweep(&HOUSE, tx, NOW.plus_seconds(1))).unwrap(), 2);
    assert_eq!(fresh.read(|tx| subscription::by_token(tx, b"confirms-4")).unwrap(), None);
});

#[test]
fn who_is_forgotten_is_in_no_file() {
    let fresh = Fresh::sqlite();
    fresh.write(two).unwrap();
    fresh
        .write(|tx| {
            let to_them = store::delivery::Delivery { address: person(1).address, ..delivery(1) };
            store::delivery::insert(tx, &to_them)?;
            let (delivery, subscriber) = (to_them.id, person(1).id);
            store::alert::mail(tx, &store::alert::Mail { delivery, subscriber, subscription: None, made_at: NOW })
        })
        .unwrap();
    let holding = |word: &str| {
        let files = fs::read_dir(fresh.folder()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        files.filter(|bytes| bytes.windows(word.len()).any(|part| part == word.as_bytes())).count()
    };
    assert!(holding("quokkaquokka.1@") > 0);
    fresh.write(|tx| subscriber::forget(&HOUSE, tx, person(1).id)).unwrap();
    wait(fresh.db.truncate()).unwrap();
    assert_eq!((holding("quokkaquokka.1@"), holding("mark-1"), holding("page-1")), (0, 0, 0));
    assert!(holding("quokkaquokka.2@") > 0);
}
