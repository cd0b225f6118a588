use crate::{engine::Fresh, fixtures::*, publication::publication};
use rights::Actor;
use store::{
    Time,
    journal::{self, NewEntry},
    publication::{self, After, Shown, Stand},
    request::{self, Near, Past, Wanted},
};
use uuid::Uuid;

/// Reports of the council; every third waits for somebody to look at it.
fn house(fresh: &Fresh, last: u64) {
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=last).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                store::sub_case::insert(tx, &sub_case(n, COUNCIL))?;
                let shown = if n.is_multiple_of(3) { Shown::Waits } else { Shown::Public };
                publication::insert(tx, &publication::Publication { shown, ..publication(n) }, "")
            })
        })
        .unwrap();
}

fn numbers(fresh: &Fresh, actor: Actor, wanted: Wanted, after: Option<After>, most: i64) -> Vec<u64> {
    let rows = fresh.read(move |tx| request::newest(&actor, tx, &COUNCIL.into(), &wanted, after.as_ref(), most));
    let number = |reference: &str| (1..100).find(|n| new_report(*n).reference == reference).unwrap();
    rows.unwrap().iter().map(|row| number(&row.reference)).collect()
}

on_both!(everybody_gets_what_is_public_and_the_house_all_of_the_agency, |fresh| {
    house(fresh, 7);
    let of = |actor| numbers(fresh, actor, Wanted::default(), None, 10);
    assert_eq!(of(Actor::Anonymous), [7, 5, 4, 2, 1]);
    assert_eq!(of(officer()), [7, 5, 4, 2, 1]);
    assert_eq!(of(HOUSE), [7, 6, 5, 4, 3, 2, 1]);
    let police = fresh.read(|tx| request::newest(&HOUSE, tx, &POLICE.into(), &Wanted::default(), None, 10)).unwrap();
    assert_eq!(police, []);
    let last = publication(5);
    let after = After { key: last.received_at.micros(), reference: last.reference };
    assert_eq!(numbers(fresh, HOUSE, Wanted::default(), Some(after), 2), [4, 3]);
});

on_both!(each_filter_of_a_program_narrows_the_list, |fresh| {
    house(fresh, 12);
    fresh.write(|tx| publication::set_stand(tx, report_id(2), Stand::Fixed, NOW.plus_hours(50))).unwrap();
    fresh.write(|tx| publication::set_stand(tx, report_id(4), Stand::Closed, NOW.plus_hours(60))).unwrap();
    let all = Wanted::default;
    let named = |n: u64| new_report(n).reference;
    // The fixtures lie on a grid of a thousandth of a degree: 1 and 2 beside each other, 11 a row on.
    let near = Near { lat: 51.0, lon: -2.999, narrowing: 0.396, square: (0.0011f64).powi(2) };
    for (wanted, expected) in [
        (Wanted { references: vec![named(1), named(3), named(5)], ..all() }, vec![5, 1]),
        (Wanted { services: vec!["example".into(), "none".into()], ..all() }, vec![10, 8, 4, 2]),
        (Wanted { stands: vec![Stand::Fixed, Stand::Closed], ..all() }, vec![4, 2]),
        (Wanted { from: Some(NOW.plus_hours(10)), to: Some(NOW.plus_hours(11)), ..all() }, vec![10]),
        (Wanted { changed_from: Some(NOW.plus_hours(50)), changed_to: Some(NOW.plus_hours(60)), ..all() }, vec![2]),
        (Wanted { near: Some(near), ..all() }, vec![11, 2, 1]),
    ] {
        assert_eq!(numbers(fresh, Actor::Anonymous, wanted.clone(), None, 20), expected, "{wanted:?}");
    }
});

on_both!(what_an_agency_told_is_read_by_the_house_oldest_first, |fresh| {
    house(fresh, 3);
    fresh
        .write(|tx| {
            for (n, kind, agency) in [
                (1, "stage.set", COUNCIL),
                (2, "report.closed", COUNCIL),
                (3, "stage.set", POLICE),
                (4, "note.added", COUNCIL),
            ] {
                let new = entry(n, 1 + n % 3);
                let at = NOW.plus_hours(n as i64);
                journal::write(&HOUSE, tx, &NewEntry { at, kind, agency: Some(agency.into()), ..new })?;
            }
            Ok(())
        })
        .unwrap();
    let begin = Past { at: Time(0), id: Uuid::nil() };
    let told = |past: Past, before: Time, references: Vec<String>| {
        let rows = fresh
            .read(move |tx| request::told(&HOUSE, tx, &COUNCIL.into(), (&references, &[]), (&past, before), 10))
            .unwrap();
        rows.into_iter().map(|row| row.kind).collect::<Vec<_>>()
    };
    assert_eq!(told(begin, Time(i64::MAX), vec![]), ["stage.set", "report.closed"]);
    assert_eq!(told(begin, NOW.plus_hours(2), vec![]), ["stage.set"]);
    assert_eq!(told(begin, Time(i64::MAX), vec![new_report(3).reference]), ["report.closed"]);
    let first = Past { at: NOW.plus_hours(1), id: entry_id(1) };
    assert_eq!(told(first, Time(i64::MAX), vec![]), ["report.closed"]);
    for actor in [Actor::Anonymous, officer(), resident(report_id(1))] {
        let read = move |tx: &mut store::Tx| {
            request::told(&actor, tx, &COUNCIL.into(), (&[], &[]), (&begin, Time(i64::MAX)), 10)
        };
        assert!(is_not_found(&fresh.read(read)));
    }
});

on_both!(photos_are_those_of_the_reporter_that_nobody_hid, |fresh| {
    house(fresh, 4);
    fresh
        .write(|tx| {
            for n in 1..=3 {
                store::held::hold(tx, &photo(n), &until(b"a"))?;
                let place = store::held::Place {
                    report: report_id(n),
                    entry: entry_id(n),
                    question: "photos",
                    part: store::answer::Part::Plain,
                    ordinal: 0,
                };
                store::journal::write(&HOUSE, tx, &entry(n, n))?;
                store::held::claim(tx, b"a", photo(n).id, &place)?;
            }
            tx.run("UPDATE held SET hidden_at = 1 WHERE id = $1", &[&photo(2).id])
        })
        .unwrap();
    let photos = |reports: Vec<Uuid>| fresh.read(move |tx| request::photos(tx, &reports)).unwrap();
    assert_eq!(photos((1..=4).map(report_id).collect()), [(report_id(1), photo(1).id), (report_id(3), photo(3).id)]);
    assert_eq!(photos(vec![]), []);
    let pictured = || Wanted { with_photo: true, ..Wanted::default() };
    assert_eq!(numbers(fresh, Actor::Anonymous, pictured(), None, 10), [1]);
    assert_eq!(numbers(fresh, HOUSE, pictured(), None, 10), [1], "what is not public shows no photo");
});

/// Reports of which the first two have a public page; the fourth is of a sensitive flow.
fn private_house(fresh: &Fresh) {
    fresh
        .write(|tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=6).try_for_each(|n| {
                store::report::insert(
                    tx,
                    &store::report::NewReport {
                        sensitive: n == 4,
                        tracking: store::report::Tracking::Link,
                        ..new_report(n)
                    },
                )?;
                let case = sub_case(n, COUNCIL);
                let at = NOW.plus_hours(n as i64);
                let case = store::sub_case::SubCase { lat: Some(51.0), lon: Some(-3.0), received_at: at, ..case };
                store::sub_case::insert(tx, &case)?;
                store::answer::insert(tx, report_id(n), &answer(store::answer::Part::Plain))?;
                store::answer::insert(tx, report_id(n), &answer(store::answer::Part::Evidence))?;
                if n <= 2 { publication::insert(tx, &publication(n), "") } else { Ok(()) }
            })
        })
        .unwrap();
}

fn answer(part: store::answer::Part) -> store::answer::Answer {
    store::answer::Answer { part, body: serde_json::json!({ "a": 1 }), salt: vec![0; 16] }
}

on_both!(what_has_no_public_page_is_read_by_the_house_for_the_services_it_names, |fresh| {
    private_house(fresh);
    let read = |actor: Actor, wanted: Wanted, after: Option<After>| {
        fresh.read(move |tx| request::private(&actor, tx, &COUNCIL.into(), &wanted, after.as_ref(), 10))
    };
    let of = |wanted: Wanted, after: Option<After>| {
        read(HOUSE, wanted, after).unwrap().into_iter().map(|row| row.report).collect::<Vec<_>>()
    };
    let service = sub_case(1, COUNCIL).service;
    let all = || Wanted { private: vec![service.clone()], ..Wanted::default() };
    assert_eq!(of(all(), None), [report_id(6), report_id(5), report_id(3)]);
    assert!(of(Wanted::default(), None).is_empty());
    let after = After { key: NOW.plus_hours(6).micros(), reference: new_report(6).reference };
    assert_eq!(of(all(), Some(after)), [report_id(5), report_id(3)]);
    assert!(of(Wanted { services: vec!["none".into()], ..all() }, None).is_empty());
    assert_eq!(of(Wanted { references: vec![new_report(3).reference], ..all() }, None), [report_id(3)]);
    assert_eq!(of(Wanted { from: Some(NOW.plus_hours(6)), ..all() }, None), [report_id(6)]);
    assert!(of(Wanted { stands: vec![Stand::Closed], ..all() }, None).is_empty());
    for actor in [Actor::Anonymous, officer(), resident(report_id(3))] {
        assert!(is_not_found(&read(actor, all(), None)));
    }
});

on_both!(answers_of_many_reports_come_in_one_statement_without_evidence, |fresh| {
    private_house(fresh);
    let read = |actor: Actor, reports: Vec<Uuid>| fresh.read(move |tx| request::answers(&actor, tx, &reports));
    let found = read(HOUSE, vec![report_id(3), report_id(5)]).unwrap();
    let found: Vec<_> = found.into_iter().map(|(report, part, _)| (report, part)).collect();
    let plain = store::answer::Part::Plain;
    assert_eq!(found, [(report_id(3), plain), (report_id(5), plain)]);
    assert!(read(HOUSE, vec![]).unwrap().is_empty());
    assert!(is_not_found(&read(officer(), vec![report_id(3)])));
});
