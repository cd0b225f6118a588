use crate::data_set::set;
use store::{
    data_set,
    place::{self, Place, Postcode},
};

pub fn postcode(text: &str, lat: f64) -> Postcode {
    Postcode { postcode: text.into(), lat, lon: -2.98 }
}

pub fn place(name: &str) -> Place {
    Place { name: name.into(), kind: "town".into(), within: "Example District".into(), lat: 51.34, lon: -2.97 }
}

on_both!(the_later_of_two_rows_with_one_postcode_wins, |fresh| {
    fresh
        .write(|tx| {
            place::insert_postcode(tx, 1, &postcode("BS23 1AA", 51.0))?;
            place::insert_postcode(tx, 1, &postcode("BS23 1AA", 51.5))?;
            place::insert_postcode(tx, 1, &postcode("BS22 1AA", 51.2))?;
            place::insert_postcode(tx, 2, &postcode("BS99 1AA", 51.2))?;
            data_set::put_in_force(tx, &set("postcodes", 1))
        })
        .unwrap();
    let all = fresh
        .read(|tx| {
            let mut all = Vec::new();
            place::postcodes(tx, |postcode| all.push(postcode))?;
            Ok(all)
        })
        .unwrap();
    assert_eq!(all, [postcode("BS22 1AA", 51.2), postcode("BS23 1AA", 51.5)]);
});

on_both!(places_come_in_the_order_of_their_file, |fresh| {
    fresh
        .write(|tx| {
            place::insert(tx, 1, 2, &place("Second"))?;
            place::insert(tx, 1, 1, &place("First"))?;
            place::insert(tx, 2, 1, &place("Not in force"))?;
            data_set::put_in_force(tx, &set("places", 1))
        })
        .unwrap();
    assert_eq!(fresh.read(place::places).unwrap(), [place("First"), place("Second")]);
});

on_both!(a_sweep_takes_the_rows_of_old_loads, |fresh| {
    fresh
        .write(|tx| {
            for load in [1, 2] {
                place::insert(tx, load, 1, &place("Somewhere"))?;
                place::insert_postcode(tx, load, &postcode("BS23 1AA", 51.0))?;
            }
            data_set::put_in_force(tx, &set("places", 2))
        })
        .unwrap();
    assert_eq!(fresh.write(place::sweep).unwrap(), 2);
    assert_eq!(fresh.read(place::places).unwrap(), [place("Somewhere")]);
});
