use crate::{data_set::set, fixtures::*};
use store::{
    data_set,
    premises::{self, Premises},
};

pub fn home(load: i64, number: i64, postcode: &str) -> Premises {
    Premises {
        uprn: number.to_string(),
        load,
        agency: COUNCIL.into(),
        address: format!("{number} Example Road"),
        folded: format!("{number} example road"),
        postcode: postcode.into(),
        lat: Some(51.34),
        lon: None,
    }
}

on_both!(homes_are_found_by_number_postcode_and_the_beginning_of_their_address, |fresh| {
    fresh
        .write(|tx| {
            for (number, postcode) in [(1, "BS23 1AA"), (2, "BS23 1AA"), (12, "BS23 1AB")] {
                premises::insert(tx, &home(1, number, postcode), &[])?;
            }
            premises::insert(tx, &home(2, 3, "BS23 1AA"), &[])?;
            data_set::put_in_force(tx, &set("premises-a", 1))
        })
        .unwrap();
    let uprns = |rows: Vec<Premises>| rows.into_iter().map(|row| row.uprn).collect::<Vec<_>>();
    assert_eq!(fresh.read(|tx| premises::by_uprn(tx, "2")).unwrap(), Some(home(1, 2, "BS23 1AA")));
    assert_eq!(fresh.read(|tx| premises::by_uprn(tx, "3")).unwrap(), None, "its load is not in force");
    assert_eq!(uprns(fresh.read(|tx| premises::at_postcode(tx, "BS23 1AA")).unwrap()), ["1", "2"]);
    assert_eq!(uprns(fresh.read(|tx| premises::beginning(tx, "1")).unwrap()), ["1", "12"]);
    assert_eq!(uprns(fresh.read(|tx| premises::beginning(tx, "1 example")).unwrap()), ["1"]);
    assert_eq!(fresh.write(premises::sweep).unwrap(), 1);
});

on_both!(a_row_that_comes_again_changes_the_home_and_doubles_nothing, |fresh| {
    fresh
        .write(|tx| {
            premises::insert(tx, &home(1, 1, "BS23 1AA"), &["R1".to_owned()])?;
            premises::insert(tx, &home(1, 1, "BS23 1AB"), &["R1".to_owned()])?;
            data_set::put_in_force(tx, &set("premises-a", 1))
        })
        .unwrap();
    assert_eq!(fresh.read(|tx| premises::at_postcode(tx, "BS23 1AA")).unwrap(), []);
    assert_eq!(fresh.read(|tx| premises::at_postcode(tx, "BS23 1AB")).unwrap().len(), 1);
});
