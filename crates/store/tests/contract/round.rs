use crate::{data_set::set, fixtures::*, premises::home};
use store::{
    data_set, premises,
    round::{self, Round, RoundDay},
};

pub fn fortnightly(load: i64, code: &str) -> Round {
    Round {
        load,
        code: code.into(),
        kind: "rubbish".into(),
        container: "wheelie_bin".into(),
        put_out: String::new(),
        every_weeks: 2,
        first_day: Some("2026-12-11".into()),
        last_day: None,
    }
}

pub fn moved() -> RoundDay {
    RoundDay { instead_of: "2026-12-25".into(), day: "2026-12-28".into(), why: "Christmas Day".into() }
}

on_both!(a_home_has_the_rounds_that_are_in_force_for_its_agency, |fresh| {
    fresh
        .write(|tx| {
            premises::insert(tx, &home(1, 1, "BS23 1AA"), &["R1".to_owned(), "R9".to_owned()])?;
            data_set::put_in_force(tx, &set("premises-a", 1))
        })
        .unwrap();
    let of = |fresh: &crate::engine::Fresh| fresh.read(|tx| round::of(tx, &home(1, 1, "BS23 1AA"))).unwrap();
    assert_eq!(of(fresh), []);
    for load in [2, 3] {
        fresh
            .write(move |tx| {
                round::insert(tx, &fortnightly(load, "R1"))?;
                round::insert(tx, &fortnightly(load, "R2"))?;
                round::insert_day(tx, load, "R1", &moved())?;
                round::insert_day(tx, load, "R1", &moved())?;
                data_set::put_in_force(tx, &set(&round::set(COUNCIL), load))
            })
            .unwrap();
    }
    assert_eq!(of(fresh), [fortnightly(3, "R1")]);
    assert_eq!(fresh.read(|tx| round::days(tx, 3, "R1")).unwrap(), [moved()]);
    assert_eq!(fresh.read(|tx| round::came_in(tx, COUNCIL)).unwrap(), Some(NOW));
    assert_eq!(fresh.read(|tx| round::came_in(tx, "nobody")).unwrap(), None);
    assert_eq!(fresh.write(round::sweep).unwrap(), 3);
    assert_eq!(of(fresh), [fortnightly(3, "R1")]);
});
