use crate::{engine::Fresh, fixtures::*, publication::publication};
use rights::{Actor, Right};
use store::{
    neighbourhood, publication as public,
    report::{self, Spot},
    spot::{self, Cells},
    sub_case,
};

const CELLS: Cells = Cells { cell_6: Some(6), cell_8: Some(8), cell_10: Some(10) };

fn there() -> Spot {
    Spot { place: "2 Example Road".into(), area: "Otherton".into(), lat: Some(51.5), lon: Some(-2.9) }
}

fn one(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            store::report::insert(tx, &new_report(1))?;
            store::sub_case::insert(tx, &store::sub_case::SubCase { report: report_id(1), ..sub_case(1, COUNCIL) })?;
            neighbourhood::lies_in(tx, report_id(1), COUNCIL, "N1")?;
            public::insert(tx, &publication(1), "")
        })
        .unwrap();
}

on_both!(a_report_its_parts_and_its_public_row_go_to_the_new_place, |fresh| {
    one(fresh);
    let version = fresh.read(|tx| sub_case::of_report(tx, report_id(1))).unwrap()[0].version;
    fresh
        .write(|tx| {
            spot::put(&officer(), tx, report_id(1), &there(), CELLS, "boundaries 2")?;
            spot::follow(&officer(), tx, case_id(1), &there(), CELLS)?;
            spot::publish(&officer(), tx, report_id(1), &there(), Some(10), NOW.plus_hours(9))?;
            spot::leave(&officer(), tx, report_id(1))?;
            // It lies in another neighbourhood now.
            neighbourhood::lies_in(tx, report_id(1), COUNCIL, "N2")
        })
        .unwrap();
    let (own, head, parts, row) = fresh
        .read(|tx| {
            let own = report::own_spot(&HOUSE, tx, report_id(1))?;
            let (head, parts) = (report::by_id(tx, report_id(1))?, sub_case::of_report(tx, report_id(1))?);
            Ok((own, head, parts, public::of_report(&HOUSE, tx, report_id(1))?.unwrap()))
        })
        .unwrap();
    assert_eq!((own, head.area), (there(), there().area));
    assert_eq!((parts[0].cell, parts[0].lat, parts[0].lon), (Some(10), Some(51.5), Some(-2.9)));
    assert_eq!(parts[0].version, version, "pages that were drawn before stay good");
    assert_eq!((row.place, row.area, row.lat, row.cell), (there().place, there().area, Some(51.5), Some(10)));
    assert_eq!(row.changed_at, NOW.plus_hours(9));
});

on_both!(nobody_moves_it_without_the_right, |fresh| {
    one(fresh);
    let without: Vec<Right> = Right::ALL.iter().copied().filter(|right| *right != Right::EditReport).collect();
    for actor in [officer_with(COUNCIL, &without), resident(report_id(1)), Actor::Anonymous] {
        let by = |n: u8| {
            let actor = actor.clone();
            fresh.write(move |tx| match n {
                0 => spot::put(&actor, tx, report_id(1), &there(), CELLS, ""),
                1 => spot::follow(&actor, tx, case_id(1), &there(), CELLS),
                2 => spot::publish(&actor, tx, report_id(1), &there(), None, NOW),
                _ => spot::leave(&actor, tx, report_id(1)),
            })
        };
        assert!((0..4).all(|n| is_not_found(&by(n))));
    }
    assert_eq!(fresh.read(|tx| report::own_spot(&HOUSE, tx, report_id(1))).unwrap(), new_report(1).spot);
});
