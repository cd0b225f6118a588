use crate::{
    engine::{Fresh, wait},
    fixtures::*,
    queue::filters,
};
use rights::Right;
use store::{
    Result,
    pin::{self, Group, MOST, Pin, View},
    queue::{self, Filter},
    report,
    sub_case::{self, Core, SubCase},
};

/// A grid of cells ten numbers wide; the real ones are the map's to make.
fn standing(n: u64) -> SubCase {
    let (row, column) = ((n / 10) as i64, (n % 10) as i64);
    SubCase {
        cell: Some(row * 100 + column * 10),
        lat: Some(51.0 + row as f64 / 1000.0),
        lon: Some(-3.0 + column as f64 / 1000.0),
        priority: 1 + (n as i64 % 3),
        due_at: NOW.plus_hours(n as i64 % 5),
        assignee: n.is_multiple_of(2).then(|| staff_id(2)),
        team: if n.is_multiple_of(5) { "roads" } else { "front" }.into(),
        service: if n.is_multiple_of(6) { "other" } else { "example" }.into(),
        core: if n.is_multiple_of(8) { Core::WaitingResident } else { Core::Open },
        received_at: NOW.plus_seconds(n as i64 % 7),
        closed_at: (n % 10 == 1).then_some(NOW),
        ..sub_case(n, if n.is_multiple_of(4) { POLICE } else { COUNCIL })
    }
}

fn hundred(fresh: &Fresh) {
    fill(fresh, 1..=99, standing).unwrap();
    // Its place was not shared: it stands nowhere.
    fill(fresh, 100..=100, |n| sub_case(n, COUNCIL)).unwrap();
}

fn fill(fresh: &Fresh, numbers: std::ops::RangeInclusive<u64>, case: fn(u64) -> SubCase) -> Result<()> {
    fresh.write(move |tx| {
        if *numbers.start() == 1 {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
        }
        numbers.clone().try_for_each(|n| {
            report::insert(tx, &new_report(n))?;
            sub_case::insert(tx, &case(n))
        })
    })
}

/// Rows 2 to 6 of the grid, columns 1 to 8, in two spans that cover a little more.
fn view() -> View {
    View { south: 51.0019, west: -2.9991, north: 51.0061, east: -2.9919, spans: vec![(200, 390), (400, 690)] }
}

fn seen(fresh: &Fresh, filter: Filter, view: View) -> Vec<Pin> {
    wait(fresh.db.look(&officer(), next_glance(), move |look| pin::within(&officer(), look, &filter, &view))).unwrap()
}

fn groups(fresh: &Fresh, filter: Filter, view: View, size: i64) -> Vec<Group> {
    let job = move |look: &mut store::Look| pin::groups(&officer(), look, &filter, &view, size);
    wait(fresh.db.look(&officer(), next_glance(), job)).unwrap()
}

fn next_glance() -> store::Glance {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static N: AtomicU64 = AtomicU64::new(5000);
    glance(N.fetch_add(1, Relaxed))
}

fn numbers(pins: &[Pin]) -> Vec<i64> {
    let mut numbers: Vec<i64> = pins.iter().map(|pin| pin.number / 10).collect();
    numbers.sort_unstable();
    numbers
}

fn expected(keep: impl Fn(&SubCase) -> bool) -> Vec<i64> {
    let stands = |n: u64| (2..=6).contains(&(n / 10)) && (1..=8).contains(&(n % 10));
    let fits = |case: &SubCase| case.agency == COUNCIL && case.closed_at.is_none() && keep(case);
    (1..=99).filter(|n| stands(*n) && fits(&standing(*n))).map(|n| n as i64).collect()
}

on_both!(pins_are_the_open_reports_of_the_agency_that_stand_in_the_view, |fresh| {
    hundred(fresh);
    let pins = seen(fresh, Filter::default(), view());
    assert_eq!(numbers(&pins), expected(|_| true));
    let pin = pins.iter().find(|pin| pin.number == 230).unwrap();
    assert_eq!((pin.lat, pin.lon, pin.service.as_str(), pin.priority), (51.002, -2.997, "example", 3));
    assert_eq!(pin.due_at, NOW.plus_hours(3));
});

on_both!(a_filter_narrows_pins_and_groups_alike, |fresh| {
    hundred(fresh);
    let soon = NOW.plus_hours(2);
    for (filter, keep) in filters(soon) {
        let wanted = expected(|case| keep(case, soon));
        assert!(!wanted.is_empty());
        assert_eq!(numbers(&seen(fresh, filter.clone(), view())), wanted, "{filter:?}");
        let counted: i64 = groups(fresh, filter.clone(), view(), 100).iter().map(|group| group.count).sum();
        assert_eq!(counted as usize, wanted.len(), "{filter:?}");
    }
});

on_both!(groups_stand_in_the_middle_of_their_reports_also_where_spans_meet_in_one, |fresh| {
    hundred(fresh);
    let rows = groups(fresh, Filter::default(), view(), 100);
    assert_eq!(rows.len(), 5);
    assert!(rows.is_sorted_by(|a, b| a.count >= b.count));
    // Row 2: 22, 23, 25, 26, 27 (24 and 28 are the police's, 21 is closed).
    let row = rows.iter().find(|group| group.key == 2).unwrap();
    assert_eq!(row.count, 5);
    assert!((row.lat - 51.002).abs() < 1e-9 && (row.lon - (-3.0 + 0.0246)).abs() < 0.03, "{row:?}");
    assert!((row.lon - (-3.0 + (2.0 + 3.0 + 5.0 + 6.0 + 7.0) / 5.0 / 1000.0)).abs() < 1e-9, "{row:?}");

    let halves = View { spans: vec![(200, 249), (250, 299)], ..view() };
    let joined = groups(fresh, Filter::default(), halves, 100);
    assert_eq!(joined.len(), 1);
    assert_eq!((joined[0].key, joined[0].count), (2, 5));
    assert!((joined[0].lon - row.lon).abs() < 1e-9);
});

on_both!(more_pins_than_are_drawn_are_cut_off_one_after_the_last, |fresh| {
    fill(fresh, 1..=1003, |n| SubCase {
        cell: Some(n as i64),
        lat: Some(51.0),
        lon: Some(-3.0),
        ..sub_case(n, COUNCIL)
    })
    .unwrap();
    let view = View { south: 50.0, west: -4.0, north: 52.0, east: -2.0, spans: vec![(0, 600), (601, i64::MAX)] };
    assert_eq!(seen(fresh, Filter::default(), view.clone()).len(), MOST + 1);
    assert_eq!(groups(fresh, Filter::default(), view, 1 << 40)[0].count, 1003);
});

on_both!(a_place_that_is_shared_later_stands_on_the_map_and_a_report_that_ends_leaves_it, |fresh| {
    hundred(fresh);
    let shared = SubCase { cell: Some(410), lat: Some(51.004), lon: Some(-2.995), ..sub_case(100, COUNCIL) };
    let ended = SubCase { closed_at: Some(NOW), ..standing(23) };
    fresh
        .write(move |tx| {
            sub_case::update(&officer(), tx, &shared)?;
            sub_case::update(&officer(), tx, &ended)
        })
        .unwrap();
    let now = numbers(&seen(fresh, Filter::default(), view()));
    assert!(now.contains(&100) && !now.contains(&23), "{now:?}");
});

on_both!(a_pin_leads_to_its_report_for_its_own_agency_alone, |fresh| {
    hundred(fresh);
    let found = |number: i64| fresh.read(move |tx| pin::reference(&officer(), tx, number)).unwrap();
    assert_eq!(found(230), Some(reference(23)));
    // The police's, and nobody's.
    assert_eq!((found(240), found(5)), (None, None));
    let blind = officer_with(COUNCIL, &[Right::SeeReport]);
    assert!(fresh.read(move |tx| pin::reference(&blind, tx, 230)).is_err());

    let asked = [230, 240, 220, 5];
    let lines =
        wait(fresh.db.look(&officer(), next_glance(), move |look| queue::numbered(&officer(), look, &asked))).unwrap();
    let references: Vec<String> = lines.into_iter().map(|line| line.reference).collect();
    assert_eq!(references, [reference(23), reference(22)]);
});

on_both!(what_stands_in_a_cell_is_the_agencys_own_and_open_the_newest_first, |fresh| {
    fill(fresh, 1..=8, |n| SubCase {
        cell: Some(if n == 6 { 8 } else { 7 }),
        closed_at: (n == 3).then_some(NOW),
        ..sub_case(n, if n.is_multiple_of(4) { POLICE } else { COUNCIL })
    })
    .unwrap();
    // Its place was not shared.
    fill(fresh, 9..=9, |n| sub_case(n, COUNCIL)).unwrap();
    let at = |agency, cell, most| {
        let actor = officer_with(agency, &[Right::SeeQueue]);
        fresh.read(move |tx| pin::at_cell(&actor, tx, cell, most)).unwrap()
    };
    assert_eq!(at(COUNCIL, 7, 10), [70, 50, 20, 10]);
    assert_eq!(at(COUNCIL, 7, 2), [70, 50]);
    assert_eq!(at(COUNCIL, 8, 10), [60]);
    assert_eq!(at(POLICE, 7, 10), [80, 40]);
    assert!(at(POLICE, 8, 10).is_empty() && at(COUNCIL, 9, 10).is_empty());
    for actor in [officer_with(COUNCIL, &[Right::SeeReport]), HOUSE, resident(report_id(1))] {
        let refused = fresh.read(move |tx| pin::at_cell(&actor, tx, 7, 10));
        assert!(is_not_found(&refused), "{refused:?}");
    }
});

on_both!(a_look_at_the_map_is_kept_with_the_part_that_was_seen, |fresh| {
    hundred(fresh);
    seen(fresh, Filter::default(), view());
    let kept = fresh
        .read(|tx| tx.all::<(serde_json::Value,)>("SELECT facts FROM journal WHERE kind = $1", &[&"list.seen"]))
        .unwrap();
    let facts =
        serde_json::json!({ "reason": "casework", "references": [], "map": "51.00190,-2.99910,51.00610,-2.99190" });
    assert_eq!(kept, [(facts,)]);
});
