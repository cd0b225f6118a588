use crate::{engine::Fresh, fixtures::*};
use rights::Actor;
use serde_json::json;
use store::{
    Error,
    pin::View,
    publication::{self, After, Filter, Order, Publication, Shown, Stand},
};

/// Of this report, on a grid as in the tests of pins.
pub fn publication(n: u64) -> Publication {
    let (row, column) = ((n / 10) as i64, (n % 10) as i64);
    Publication {
        report: report_id(n),
        reference: new_report(n).reference,
        service: if n.is_multiple_of(2) { "example" } else { "other" }.into(),
        definition: definition().hash,
        agency: COUNCIL.into(),
        place: "near Example Road".into(),
        area: "Exampleton".into(),
        lat: Some(51.0 + row as f64 / 1000.0),
        lon: Some(-3.0 + column as f64 / 1000.0),
        cell: Some(row * 100 + column * 10),
        body: json!({ "size": "large" }),
        photos: json!([]),
        shown: Shown::Public,
        doubtful: false,
        stand: Stand::Open,
        received_at: NOW.plus_hours(n as i64),
        changed_at: NOW.plus_hours(n as i64),
        closed_at: None,
        me_too: 0,
        said_by: String::new(),
    }
}

fn house(fresh: &Fresh, last: u64) {
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=last).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                publication::insert(tx, &publication(n), "")
            })
        })
        .unwrap();
}

fn everywhere() -> View {
    View { south: 50.0, west: -4.0, north: 52.0, east: -2.0, spans: vec![(0, i64::MAX)] }
}

fn newest(fresh: &Fresh, filter: Filter, after: Option<After>, most: i64) -> Vec<u64> {
    let rows = fresh.read(move |tx| publication::newest(tx, &filter, Order::Received, after.as_ref(), most)).unwrap();
    rows.iter().map(|row| row.report.as_u128() as u64 & 0xffff).collect()
}

on_both!(what_is_not_public_is_in_no_list_on_no_map_and_at_no_address, |fresh| {
    house(fresh, 4);
    for (n, to) in [(2, Shown::Hidden), (3, Shown::Waits)] {
        fresh.write(move |tx| publication::set_shown(&officer(), tx, report_id(n), Shown::Public, to)).unwrap();
    }
    assert_eq!(newest(fresh, Filter::default(), None, 10), [4, 1]);
    let spots = fresh.read(|tx| publication::within(tx, &Filter::default(), &everywhere())).unwrap();
    assert_eq!(spots.len(), 2);
    let hidden = new_report(2).reference;
    assert_eq!(fresh.read(move |tx| publication::public(tx, &hidden)).unwrap(), None);
    let all: Vec<String> = (1..=4).map(|n| new_report(n).reference).collect();
    assert_eq!(fresh.read(move |tx| publication::named(tx, &all)).unwrap().len(), 2);
    // Its reporter and staff know that it is there.
    for actor in [officer(), HOUSE, resident(report_id(2))] {
        let own = fresh.read(move |tx| publication::of_report(&actor, tx, report_id(2))).unwrap();
        assert_eq!(own.map(|own| own.shown), Some(Shown::Hidden));
    }
    for actor in [Actor::Anonymous, resident(report_id(1)), officer_with(COUNCIL, &[])] {
        let other = actor.clone();
        assert!(is_not_found(&fresh.read(move |tx| publication::of_report(&actor, tx, report_id(2)))));
        let set =
            move |tx: &mut store::Tx| publication::set_shown(&other, tx, report_id(2), Shown::Hidden, Shown::Public);
        assert!(is_not_found(&fresh.write(set)));
    }
});

/// A picture among the answers of a report, and its file.
fn with_photo(tx: &mut store::Tx, n: u64) -> Result<(), Error> {
    tx.run("UPDATE publication SET photos = $1 WHERE report = $2", &[&json!([id(9, n)]), &report_id(n)])?;
    store::journal::write(&HOUSE, tx, &entry(n, n))?;
    let file = store::held::Held { report: Some(report_id(n)), hidden_at: None, ..photo(n) };
    store::held::add(&officer(), tx, &file, entry_id(n))
}

on_both!(a_photo_that_was_hidden_is_asked_for_in_vain, |fresh| {
    house(fresh, 2);
    fresh.write(|tx| with_photo(tx, 2)).unwrap();
    let with_photo = || newest(fresh, Filter { with_photo: true, ..Filter::default() }, None, 9);
    assert_eq!(with_photo(), [2]);
    fresh.write(|tx| store::held::hide(&officer(), tx, photo(2).id, Some(NOW))).unwrap();
    assert_eq!(with_photo(), [0u64; 0]);
});

on_both!(each_order_goes_on_where_it_ended, |fresh| {
    house(fresh, 6);
    fresh
        .write(|tx| {
            publication::set_stand(tx, report_id(2), Stand::Open, NOW.plus_hours(90))?;
            publication::me_too(tx, report_id(4), b"a", NOW)?;
            publication::me_too(tx, report_id(4), b"b", NOW)?;
            publication::me_too(tx, report_id(1), b"a", NOW)
        })
        .unwrap();
    for (order, wanted) in [
        (Order::Received, [6, 5, 4, 3, 2, 1]),
        (Order::Changed, [2, 6, 5, 4, 3, 1]),
        (Order::MeToo, [4, 1, 6, 5, 3, 2]),
    ] {
        let (mut all, mut after) = (Vec::new(), None);
        for _ in 0..3 {
            let from = after.clone();
            let rows =
                fresh.read(move |tx| publication::newest(tx, &Filter::default(), order, from.as_ref(), 2)).unwrap();
            after = rows.last().map(|row| publication::after(row, order));
            all.extend(rows.iter().map(|row| row.report));
        }
        assert_eq!(all, wanted.map(report_id), "{order:?}");
        // The same of a part of the map, whatever runs of cells it is made of.
        let halves = |at: i64| View { spans: vec![(at + 1, i64::MAX), (0, at)], ..everywhere() };
        for view in [everywhere(), halves(0), halves(30), View { spans: vec![], ..everywhere() }] {
            let (mut seen, mut after) = (Vec::new(), None);
            for _ in 0..4 {
                let (view, from) = (view.clone(), after.clone());
                let rows = fresh
                    .read(move |tx| publication::highest_within(tx, &Filter::default(), &view, order, from.as_ref(), 2))
                    .unwrap();
                let Some(last) = rows.last() else { break };
                after = Some(publication::behind(last, order));
                seen.extend(rows.into_iter().map(|spot| spot.reference));
            }
            let wanted: Vec<String> = wanted.iter().map(|n| reference(*n)).collect();
            assert_eq!(seen, if view.spans.is_empty() { Vec::new() } else { wanted }, "{order:?} {view:?}");
        }
    }
});

on_both!(groups_add_up_to_what_is_shown_and_count_nothing_that_is_hidden, |fresh| {
    house(fresh, 25);
    fresh.write(|tx| publication::set_shown(&officer(), tx, report_id(3), Shown::Public, Shown::Hidden)).unwrap();
    for (size, most) in [(1, 24), (100, 3), (i64::MAX, 1)] {
        let groups = fresh.read(move |tx| publication::groups(tx, &Filter::default(), &everywhere(), size)).unwrap();
        assert_eq!(groups.iter().map(|group| group.count).sum::<i64>(), 24, "{size}");
        assert_eq!(groups.len(), most, "{size}: {groups:?}");
    }
});

on_both!(who_shows_it_a_second_time_is_told_that_it_changed, |fresh| {
    house(fresh, 1);
    let set = |from, to| fresh.write(move |tx| publication::set_shown(&officer(), tx, report_id(1), from, to));
    set(Shown::Public, Shown::Hidden).unwrap();
    assert!(matches!(set(Shown::Public, Shown::Hidden), Err(Error::Stale)));
});

on_both!(a_list_goes_on_where_it_ended_and_each_filter_narrows_it, |fresh| {
    house(fresh, 12);
    assert_eq!(newest(fresh, Filter::default(), None, 3), [12, 11, 10]);
    let last = publication(10);
    let after = publication::after(&last, Order::Received);
    assert_eq!(newest(fresh, Filter::default(), Some(after), 3), [9, 8, 7]);
    fresh.write(|tx| publication::set_stand(tx, report_id(12), Stand::Fixed, NOW.plus_hours(50))).unwrap();
    fresh.write(|tx| publication::set_stand(tx, report_id(11), Stand::Closed, NOW.plus_hours(80))).unwrap();
    fresh
        .write(|tx| {
            for n in [3, 7] {
                store::ward::publish(tx, report_id(n), "E1")?;
            }
            with_photo(tx, 5)
        })
        .unwrap();
    let filters = [
        (Filter { stand: Some(Stand::Fixed), ..Filter::default() }, vec![12]),
        (Filter { service: Some("example".into()), ..Filter::default() }, vec![12, 10, 8, 6, 4, 2]),
        (Filter { agency: Some(POLICE.into()), ..Filter::default() }, vec![]),
        (
            Filter { ended_after: Some(NOW.plus_hours(60)), from: Some(NOW.plus_hours(10)), ..Filter::default() },
            vec![11, 10],
        ),
        (Filter { to: Some(NOW.plus_hours(2)), ..Filter::default() }, vec![1]),
        (Filter { services: vec!["other".into(), "third".into()], ..Filter::default() }, vec![11, 9, 7, 5, 3, 1]),
        (Filter { ward: Some("E1".into()), ..Filter::default() }, vec![7, 3]),
        (Filter { ward: Some("E2".into()), ..Filter::default() }, vec![]),
        (Filter { with_photo: true, ..Filter::default() }, vec![5]),
        (Filter { ended_before: Some(NOW.plus_hours(60)), ..Filter::default() }, vec![12]),
        (Filter { changed_from: Some(NOW.plus_hours(50)), ..Filter::default() }, vec![12, 11]),
        (
            Filter { changed_from: Some(NOW.plus_hours(9)), changed_to: Some(NOW.plus_hours(60)), ..Filter::default() },
            vec![12, 10, 9],
        ),
    ];
    for (filter, numbers) in filters {
        assert_eq!(newest(fresh, filter.clone(), None, 20), numbers, "{filter:?}");
        let on_map = filter.clone();
        let spots = fresh.read(move |tx| publication::within(tx, &on_map, &everywhere())).unwrap();
        assert_eq!(spots.len(), numbers.len(), "the map and the list agree: {filter:?}");
        let views = [None, Some(everywhere())];
        for view in views {
            let counted = filter.clone();
            let n = fresh.read(move |tx| publication::count(tx, &counted, view.as_ref())).unwrap();
            assert_eq!(n as usize, numbers.len(), "and so does the count: {filter:?}");
        }
    }
});

on_both!(files_of_a_report_that_is_not_public_are_nobodys, |fresh| {
    house(fresh, 1);
    let files = |fresh: &Fresh| fresh.read(|tx| store::held::public(tx, report_id(1))).unwrap();
    assert!(files(fresh).is_empty());
    let file = store::held::Held { report: Some(report_id(1)), hidden_at: None, ..photo(1) };
    fresh
        .write(move |tx| {
            store::journal::write(&HOUSE, tx, &entry(1, 1))?;
            store::held::add(&officer(), tx, &file, entry_id(1))
        })
        .unwrap();
    assert_eq!(files(fresh).len(), 1);
    fresh.write(|tx| publication::set_shown(&officer(), tx, report_id(1), Shown::Public, Shown::Hidden)).unwrap();
    assert!(files(fresh).is_empty());
});

on_both!(everybody_counts_once, |fresh| {
    house(fresh, 2);
    let me = |mark: &'static [u8]| fresh.write(move |tx| publication::me_too(tx, report_id(1), mark, NOW)).unwrap();
    assert_eq!((me(b"a"), me(b"a"), me(b"b")), (true, false, true));
    let row = fresh.read(|tx| publication::of_report(&HOUSE, tx, report_id(1))).unwrap().unwrap();
    assert_eq!(row.me_too, 2);
});

on_both!(pictures_are_added_only_while_nobody_has_looked, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            publication::insert(tx, &Publication { shown: Shown::Waits, ..publication(1) }, "")
        })
        .unwrap();
    let photos = |photos: serde_json::Value| {
        fresh.write(move |tx| publication::set_photos(&HOUSE, tx, report_id(1), &photos)).unwrap();
        fresh.read(|tx| publication::of_report(&HOUSE, tx, report_id(1))).unwrap().unwrap().photos
    };
    assert_eq!(photos(serde_json::json!(["a"])), serde_json::json!(["a"]));
    fresh.write(|tx| publication::set_shown(&officer(), tx, report_id(1), Shown::Waits, Shown::Public)).unwrap();
    assert_eq!(photos(serde_json::json!(["a", "b"])), serde_json::json!(["a"]));
    let by_staff = |tx: &mut store::Tx| publication::set_photos(&officer(), tx, report_id(1), &serde_json::json!([]));
    assert!(is_not_found(&fresh.write(by_staff)));
});

on_both!(what_everybody_reads_goes_to_another_agency_and_is_kept_private_where_that_shows_nothing, |fresh| {
    house(fresh, 2);
    for (n, shows, shown) in [(1, true, Shown::Public), (2, false, Shown::Hidden)] {
        fresh.write(move |tx| publication::hand_over(&HOUSE, tx, report_id(n), (POLICE, shows))).unwrap();
        let row = fresh.read(move |tx| publication::of_report(&HOUSE, tx, report_id(n))).unwrap().unwrap();
        assert_eq!((row.agency.as_str(), row.shown), (POLICE, shown));
        let kept = fresh.read(move |tx| store::private::is_kept(&officer(), tx, report_id(n))).unwrap();
        assert_eq!(kept, !shows);
    }
    let by_staff = |tx: &mut store::Tx| publication::hand_over(&officer(), tx, report_id(1), (COUNCIL, true));
    assert!(is_not_found(&fresh.write(by_staff)));
});
