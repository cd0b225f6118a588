//! Templates as versioned rows: one of each in force, none ever lost.

use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use store::{
    Error,
    template::{self, Moment, Template},
};

pub fn answer(n: u64, version: i64) -> Template {
    Template {
        id: id(30, n * 100 + version as u64),
        line: id(31, n),
        version,
        agency: COUNCIL.into(),
        name: format!("Template {n}"),
        service: String::new(),
        moment: Moment::Stage,
        state: "planned".into(),
        code: String::new(),
        words: format!("We come on {{date}}, version {version}."),
        mail: String::new(),
        everybody: format!("For everybody, version {version}."),
        automatic: true,
        active: true,
        since: NOW.plus_hours(version),
        until: None,
        by_staff: staff_id(1),
    }
}

fn put(fresh: &Fresh, row: Template) -> Result<(), Error> {
    fresh.write(move |tx| template::put(&officer(), tx, &row))
}

on_both!(one_version_of_a_template_is_in_force_and_the_others_stay, |fresh| {
    fresh.write(people).unwrap();
    put(fresh, answer(1, 1)).unwrap();
    put(fresh, answer(2, 1)).unwrap();
    let next = Template { automatic: false, active: false, ..answer(1, 2) };
    put(fresh, next.clone()).unwrap();
    assert_eq!(fresh.read(|tx| template::in_force(tx, COUNCIL)).unwrap(), [next.clone(), answer(2, 1)]);
    assert!(fresh.read(|tx| template::in_force(tx, POLICE)).unwrap().is_empty());
    assert_eq!(fresh.read(|tx| template::one(tx, COUNCIL, id(31, 1))).unwrap(), Some(next));
    assert_eq!(fresh.read(|tx| template::one(tx, POLICE, id(31, 1))).unwrap(), None);
    let old = fresh.read(|tx| template::version(tx, answer(1, 1).id)).unwrap().unwrap();
    assert_eq!((old.version, old.until), (1, Some(NOW.plus_hours(2))));
    assert_eq!(fresh.read(|tx| template::automatic(tx, COUNCIL, Moment::Stage)).unwrap(), [answer(2, 1)]);
    assert!(fresh.read(|tx| template::automatic(tx, COUNCIL, Moment::Filed)).unwrap().is_empty());
    let told = fresh.read(|tx| template::history(&officer(), tx, id(31, 1))).unwrap();
    let told: Vec<_> = told.iter().map(|past| (past.version, past.active, past.by_name.as_str())).collect();
    assert_eq!(told, [(2, false, "Robin Example 1"), (1, true, "Robin Example 1")]);
});

on_both!(a_template_that_comes_too_late_is_stale, |fresh| {
    fresh.write(people).unwrap();
    put(fresh, answer(1, 1)).unwrap();
    put(fresh, answer(1, 2)).unwrap();
    for late in [1, 2, 4] {
        assert!(matches!(put(fresh, answer(1, late)), Err(Error::Stale)), "{late}");
    }
    assert!(matches!(put(fresh, answer(3, 2)), Err(Error::Stale)));
});

on_both!(templates_are_written_by_those_with_the_right_and_for_their_own_agency, |fresh| {
    fresh.write(people).unwrap();
    for actor in [officer_with(COUNCIL, &[Right::SetStage]), officer_with(POLICE, Right::ALL), Actor::Anonymous, HOUSE]
    {
        let who = actor.clone();
        let wrote = fresh.write(move |tx| template::put(&who, tx, &answer(1, 1)));
        assert!(matches!(wrote, Err(Error::NotFound(_))), "{actor:?}");
        let read = fresh.read(move |tx| template::history(&actor, tx, id(31, 1)));
        assert!(read.map_or(true, |rows| rows.is_empty()));
    }
});
