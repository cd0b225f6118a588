use crate::data_set::set;
use store::{
    asset::{self, Around, Asset},
    data_set,
};

pub fn lamp(code: &str) -> Asset {
    Asset {
        code: code.into(),
        number: format!("No {code}"),
        kind: "lamp post".into(),
        about: serde_json::json!({ "height": "6" }),
        lat: 51.3,
        lon: -2.9,
    }
}

pub fn square() -> Around {
    Around { south: 51.2, north: 51.4, west: -3.0, east: -2.8 }
}

const LAMPS: &str = "asset.example.lamps";

on_both!(things_of_a_set_are_found_where_they_stand_and_nowhere_else, |fresh| {
    fresh
        .write(|tx| {
            for one in [lamp("b"), lamp("a"), Asset { lat: 51.5, ..lamp("north") }, Asset { lon: -3.1, ..lamp("west") }]
            {
                asset::insert(tx, 1, &one)?;
            }
            asset::insert(tx, 2, &lamp("of another set"))?;
            data_set::put_in_force(tx, &set(LAMPS, 1))?;
            data_set::put_in_force(tx, &set("asset.example.bins", 2))
        })
        .unwrap();
    assert_eq!(fresh.read(|tx| asset::around(tx, LAMPS, square())).unwrap(), [lamp("a"), lamp("b")]);
    assert_eq!(fresh.read(|tx| asset::around(tx, "asset.nobody.lamps", square())).unwrap(), []);
    // The later row of a code wins.
    fresh.write(|tx| asset::insert(tx, 1, &Asset { number: "new".into(), ..lamp("a") })).unwrap();
    assert_eq!(fresh.read(|tx| asset::around(tx, LAMPS, square())).unwrap()[0].number, "new");
});

on_both!(the_things_of_a_load_that_is_not_in_force_are_swept, |fresh| {
    let swept = fresh.write(|tx| {
        for load in [1, 2] {
            asset::insert(tx, load, &lamp("a"))?;
            data_set::put_in_force(tx, &set(LAMPS, load))?;
        }
        asset::insert(tx, 3, &lamp("c"))?;
        asset::sweep(tx)
    });
    assert_eq!(swept.unwrap(), 2);
    assert_eq!(fresh.read(|tx| asset::around(tx, LAMPS, square())).unwrap(), [lamp("a")]);
});
