//! Teams as versioned rows: one of each in force, none ever lost.

use crate::{engine::Fresh, fixtures::*};
use rights::Right;
use serde_json::json;
use store::{
    Error,
    neighbourhood::{self, Neighbourhood},
};

pub fn team(agency: &str, code: &str, version: i64) -> Neighbourhood {
    Neighbourhood {
        id: id(20, (version as u64) * 100 + code.len() as u64 + agency.len() as u64 * 10_000),
        agency: agency.into(),
        code: code.into(),
        version,
        name: format!("Team {code}"),
        body: json!({ "about": format!("version {version}") }),
        source: "example file".into(),
        since: NOW.plus_hours(version),
        until: None,
        by_staff: None,
    }
}

fn put(fresh: &Fresh, row: Neighbourhood) -> Result<(), Error> {
    fresh.write(move |tx| neighbourhood::put(&HOUSE, tx, &row))
}

on_both!(one_version_of_a_team_is_in_force_and_the_others_stay, |fresh| {
    fresh.write(people).unwrap();
    put(fresh, team(COUNCIL, "pier", 1)).unwrap();
    put(fresh, team(COUNCIL, "harbour", 1)).unwrap();
    put(fresh, team(POLICE, "pier", 1)).unwrap();
    let edited = Neighbourhood { by_staff: Some(staff_id(1)), source: "staff".into(), ..team(COUNCIL, "pier", 2) };
    let kept = edited.clone();
    fresh.write(move |tx| neighbourhood::put(&officer(), tx, &kept)).unwrap();

    assert_eq!(fresh.read(|tx| neighbourhood::one(tx, COUNCIL, "pier")).unwrap(), Some(edited));
    let all = fresh.read(neighbourhood::in_force).unwrap();
    let codes: Vec<_> = all.iter().map(|row| (row.agency.as_str(), row.code.as_str(), row.version)).collect();
    assert_eq!(codes, [(COUNCIL, "harbour", 1), (COUNCIL, "pier", 2), (POLICE, "pier", 1)]);
    let own = fresh.read(|tx| neighbourhood::of_agency(tx, COUNCIL)).unwrap();
    assert_eq!(own.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["harbour", "pier"]);

    let versions = fresh.read(|tx| neighbourhood::history(&officer(), tx, "pier")).unwrap();
    let told: Vec<_> = versions.iter().map(|v| (v.version, v.until, v.by_name.as_deref())).collect();
    assert_eq!(told, [(2, None, Some("Robin Example 1")), (1, Some(NOW.plus_hours(2)), None)]);
    assert_eq!(versions[1].body, json!({ "about": "version 1" }));
});

on_both!(a_version_that_comes_too_late_is_stale, |fresh| {
    put(fresh, team(COUNCIL, "pier", 1)).unwrap();
    put(fresh, team(COUNCIL, "pier", 2)).unwrap();
    for late in [1, 2, 4] {
        assert!(matches!(put(fresh, team(COUNCIL, "pier", late)), Err(Error::Stale)), "{late}");
    }
    assert!(matches!(put(fresh, team(COUNCIL, "new", 2)), Err(Error::Stale)));
});

on_both!(staff_write_and_read_the_history_of_their_own_agency_with_the_right_alone, |fresh| {
    fresh.write(people).unwrap();
    put(fresh, team(POLICE, "pier", 1)).unwrap();
    let stranger = officer_with(COUNCIL, Right::ALL);
    let blind = officer_with(POLICE, &[Right::SeeQueue, Right::ManageStaff]);
    for actor in [stranger, blind, rights::Actor::Anonymous] {
        let who = actor.clone();
        let write = fresh.write(move |tx| neighbourhood::put(&who, tx, &team(POLICE, "pier", 2)));
        assert!(matches!(write, Err(Error::NotFound(_))), "{actor:?}");
        let seen = fresh.read(move |tx| neighbourhood::history(&actor, tx, "pier"));
        assert!(seen.map_or(true, |rows| rows.is_empty()));
    }
    assert_eq!(fresh.read(|tx| neighbourhood::one(tx, POLICE, "pier")).unwrap().unwrap().version, 1);
});

on_both!(of_two_who_write_the_same_version_at_once_one_is_stale, |fresh| {
    put(fresh, team(COUNCIL, "pier", 1)).unwrap();
    let results: Vec<_> = std::thread::scope(|scope| {
        let write = |n: u64| {
            let row = Neighbourhood { id: id(21, n), ..team(COUNCIL, "pier", 2) };
            move || fresh.write(move |tx| neighbourhood::put(&HOUSE, tx, &row))
        };
        let both = [scope.spawn(write(1)), scope.spawn(write(2))];
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert!(results.iter().any(|result| matches!(result, Err(Error::Stale))), "{results:?}");
});
