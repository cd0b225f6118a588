use crate::fixtures::*;
use store::{
    area::{self, Area},
    data_set::{self, DataSet},
};

pub fn set(kind: &str, load: i64) -> DataSet {
    DataSet {
        kind: kind.into(),
        load,
        name: "Example data".into(),
        dated: "May 2026".into(),
        attribution: "Contains example data".into(),
        rows_kept: 2,
        rows_refused: 1,
        demonstration: true,
        imported_at: NOW,
    }
}

pub fn area(code: &str) -> Area {
    Area {
        kind: "district".into(),
        code: code.into(),
        name: "Example District".into(),
        dated: "2026".into(),
        geometry: "{}".into(),
    }
}

on_both!(a_load_takes_the_place_of_the_one_before, |fresh| {
    fresh
        .write(|tx| {
            for (load, code) in [(1, "OLD"), (2, "NEW")] {
                area::insert(tx, load, &area(code))?;
                data_set::put_in_force(tx, &set("boundaries", load))?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(fresh.read(data_set::all).unwrap(), vec![set("boundaries", 2)]);
    assert_eq!(fresh.read(area::in_force).unwrap(), vec![area("NEW")]);
    assert_eq!(fresh.write(area::sweep).unwrap(), 1);
    assert_eq!(fresh.write(area::sweep).unwrap(), 0);
    assert_eq!(fresh.read(area::in_force).unwrap(), vec![area("NEW")]);
});

on_both!(an_area_stands_once_in_a_load, |fresh| {
    let twice = fresh.write(|tx| {
        area::insert(tx, 1, &area("A"))?;
        area::insert(tx, 1, &area("A"))
    });
    assert!(matches!(twice, Err(store::Error::Taken(_))), "{twice:?}");
});

on_both!(no_load_number_is_given_twice, |fresh| {
    let mut numbers: Vec<i64> =
        fresh.at_once(12, |_, tx| data_set::next_load(tx)).into_iter().map(Result::unwrap).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
});

on_both!(every_change_raises_the_generation, |fresh| {
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
    fresh.write(data_set::changed).unwrap();
    fresh.write(|tx| data_set::put_in_force(tx, &set("places", 1))).unwrap();
    assert_eq!(fresh.read(data_set::generation).unwrap(), 2);
});
