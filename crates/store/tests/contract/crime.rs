use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    Error,
    crime::{self, Crime},
};

/// A crime that was just recorded.
pub fn crime(n: u64) -> Crime {
    Crime {
        id: id(14, n),
        agency: COUNCIL.into(),
        number: Some(format!("5226/{:06}", 100_000 + n)),
        offence: "theft".into(),
        officer: Some(staff_id(1)),
        interviewed: false,
        recorded_at: NOW,
        outcome: None,
        decided_at: None,
        cancelled_at: None,
        version: 1,
    }
}

fn keep(fresh: &Fresh, crimes: Vec<Crime>) -> Result<(), Error> {
    fresh.write(move |tx| crimes.iter().try_for_each(|one| crime::insert(&officer(), tx, one)))
}

fn by_id(fresh: &Fresh, agency: &'static str, n: u64) -> Option<Crime> {
    fresh.read(move |tx| crime::by_id(tx, agency, crime(n).id)).unwrap()
}

fn by_number(fresh: &Fresh, agency: &'static str, number: &'static str) -> Option<Crime> {
    fresh.read(move |tx| crime::by_number(tx, agency, number)).unwrap()
}

fn join(fresh: &Fresh, n: u64, report: u64, seconds: i64) -> Result<(), Error> {
    let at = NOW.plus_seconds(seconds);
    fresh.write(move |tx| crime::join(&officer(), tx, crime(n).id, report_id(report), at))
}

fn of_report(fresh: &Fresh, report: u64) -> Vec<Crime> {
    fresh.read(move |tx| crime::of_report(tx, report_id(report))).unwrap()
}

fn reports(fresh: &Fresh, glanced: u64, n: u64) -> Vec<String> {
    wait(fresh.db.look(&officer(), glance(glanced), move |look| crime::reports(&officer(), look, crime(n).id))).unwrap()
}

on_both!(every_column_of_a_crime_is_read_back_and_by_its_own_agency_alone, |fresh| {
    fresh.write(a_house).unwrap();
    let full = Crime {
        officer: Some(staff_id(2)),
        interviewed: true,
        recorded_at: NOW.plus_hours(1),
        outcome: Some("charged".into()),
        decided_at: Some(NOW.plus_hours(2)),
        cancelled_at: Some(NOW.plus_hours(3)),
        version: 7,
        ..crime(1)
    };
    let bare = Crime { number: None, officer: None, ..crime(2) };
    keep(fresh, vec![full.clone(), bare.clone()]).unwrap();
    assert_eq!((by_id(fresh, COUNCIL, 1), by_id(fresh, COUNCIL, 2)), (Some(full.clone()), Some(bare)));
    assert_eq!(by_number(fresh, COUNCIL, "5226/100001"), Some(full));
    assert_eq!((by_id(fresh, POLICE, 1), by_number(fresh, POLICE, "5226/100001")), (None, None));
    assert_eq!((by_id(fresh, COUNCIL, 3), by_number(fresh, COUNCIL, "5226/100002")), (None, None));
});

on_both!(a_number_is_one_crimes_of_an_agency_and_may_be_missing_from_many, |fresh| {
    fresh.write(a_house).unwrap();
    let numbered = |n| Crime { number: Some("5226/7".into()), ..crime(n) };
    let unnumbered = |n| Crime { number: None, ..crime(n) };
    keep(fresh, vec![numbered(1), unnumbered(2), unnumbered(3)]).unwrap();
    let twice = keep(fresh, vec![numbered(4)]);
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    // Given later it is just as taken, and the crime stays as it was.
    let later = fresh.write(move |tx| crime::update(&officer(), tx, &numbered(2)));
    assert!(matches!(later, Err(Error::Taken(_))), "{later:?}");
    assert_eq!(by_id(fresh, COUNCIL, 2), Some(unnumbered(2)));
    let theirs = Crime { agency: POLICE.into(), ..numbered(5) };
    keep(fresh, vec![theirs.clone()]).unwrap();
    assert_eq!(by_number(fresh, COUNCIL, "5226/7"), Some(numbered(1)));
    assert_eq!(by_number(fresh, POLICE, "5226/7"), Some(theirs));
    // A number that was given back is free.
    fresh
        .write(move |tx| {
            crime::update(&officer(), tx, &unnumbered(1))?;
            crime::update(&officer(), tx, &numbered(2))
        })
        .unwrap();
    assert_eq!(by_number(fresh, COUNCIL, "5226/7"), Some(Crime { version: 2, ..numbered(2) }));
});

on_both!(a_crime_is_changed_from_the_version_that_was_read, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![crime(1), crime(2)]).unwrap();
    let changes = Crime {
        number: Some("5226/8".into()),
        offence: "robbery".into(),
        officer: Some(staff_id(2)),
        interviewed: true,
        outcome: Some("charged".into()),
        decided_at: Some(NOW.plus_hours(1)),
        cancelled_at: Some(NOW.plus_hours(2)),
        ..crime(1)
    };
    // Whose it is and when it was recorded does not change.
    let asked = Crime { agency: POLICE.into(), recorded_at: NOW.plus_hours(9), ..changes.clone() };
    let update = || {
        let asked = asked.clone();
        fresh.write(move |tx| crime::update(&officer(), tx, &asked))
    };
    update().unwrap();
    assert!(matches!(update(), Err(Error::Stale)));
    let nobody = fresh.write(|tx| crime::update(&officer(), tx, &crime(9)));
    assert!(matches!(nobody, Err(Error::Stale)), "{nobody:?}");
    assert_eq!(by_id(fresh, COUNCIL, 1), Some(Crime { version: 2, ..changes }));
    assert_eq!(by_id(fresh, COUNCIL, 2), Some(crime(2)));
});

on_both!(a_crime_refers_to_what_is_there, |fresh| {
    fresh.write(a_house).unwrap();
    let nobody = keep(fresh, vec![Crime { officer: Some(staff_id(9)), ..crime(1) }]);
    assert!(matches!(nobody, Err(Error::Refused(_))), "{nobody:?}");
    keep(fresh, vec![crime(1)]).unwrap();
    let twice = keep(fresh, vec![Crime { number: None, ..crime(1) }]);
    assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
    for (n, report) in [(1, 9), (9, 1)] {
        let joined = join(fresh, n, report, 0);
        assert!(matches!(joined, Err(Error::Refused(_))), "{joined:?}");
    }
    assert_eq!(of_report(fresh, 1), []);
});

on_both!(a_crime_and_a_report_that_are_joined_twice_stay_joined_once, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![crime(1), crime(2)]).unwrap();
    join(fresh, 1, 1, 1).unwrap();
    join(fresh, 2, 1, 2).unwrap();
    // The first instant stays: the order does not change.
    join(fresh, 1, 1, 3).unwrap();
    assert_eq!(of_report(fresh, 1), [crime(1), crime(2)]);
    assert_eq!(reports(fresh, 1, 1), [reference(1)]);
});

on_both!(reports_and_crimes_are_many_to_many_in_the_order_they_were_joined, |fresh| {
    fresh
        .write(|tx| {
            people(tx)?;
            (1..=4).try_for_each(|n| a_report(tx, n))
        })
        .unwrap();
    let theirs = Crime { agency: POLICE.into(), ..crime(4) };
    keep(fresh, vec![crime(1), crime(2), crime(3), theirs.clone()]).unwrap();
    // Several crimes of one report: by the instant, then by the crime's id.
    for (n, at) in [(3, 5), (2, 5), (1, 9), (4, 1)] {
        join(fresh, n, 1, at).unwrap();
    }
    assert_eq!(of_report(fresh, 1), [theirs, crime(2), crime(3), crime(1)]);
    // Several reports of one crime: by the instant, then by the report's id.
    for (report, at) in [(4, 7), (3, 7), (2, 8)] {
        join(fresh, 2, report, at).unwrap();
    }
    assert_eq!(reports(fresh, 1, 2), [1, 3, 4, 2].map(reference));
    assert_eq!(reports(fresh, 2, 1), [reference(1)]);
    assert_eq!((of_report(fresh, 2), of_report(fresh, 3)), (vec![crime(2)], vec![crime(2)]));
    assert_eq!((of_report(fresh, 9), reports(fresh, 3, 9)), (vec![], vec![]));
});

on_both!(who_may_not_record_a_crime_or_see_its_reports_finds_nothing, |fresh| {
    fresh.write(a_house).unwrap();
    keep(fresh, vec![crime(1)]).unwrap();
    let without =
        |right| officer_with(COUNCIL, &Right::ALL.iter().copied().filter(|held| *held != right).collect::<Vec<_>>());
    for actor in [without(Right::RecordCrime), resident(report_id(1)), Actor::Anonymous] {
        let [one, two, three] = [(); 3].map(|()| actor.clone());
        assert!(is_not_found(&fresh.write(move |tx| crime::insert(&one, tx, &crime(2)))));
        assert!(is_not_found(&fresh.write(move |tx| crime::update(&two, tx, &crime(1)))));
        assert!(is_not_found(&fresh.write(move |tx| crime::join(&three, tx, crime(1).id, report_id(1), NOW))));
    }
    for (n, actor) in (1..).zip([without(Right::SeeReport), resident(report_id(1)), Actor::Anonymous]) {
        let job = move |look: &mut store::Look| crime::reports(&actor, look, crime(1).id);
        assert!(is_not_found(&wait(fresh.db.look(&officer(), glance(n), job))));
    }
    assert_eq!((by_id(fresh, COUNCIL, 1), by_id(fresh, COUNCIL, 2)), (Some(crime(1)), None));
    assert_eq!(of_report(fresh, 1), []);
});
