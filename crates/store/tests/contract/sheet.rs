use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use rights::{Actor, Right};
use store::{
    queue::Filter,
    sheet::{self, After, PIECE, Row},
    sub_case::SubCase,
};

/// So many parts of the council; every seventh is the police's own, every fifth has ended, every second has a place.
fn house(fresh: &Fresh, last: u64) {
    fresh
        .write(move |tx| {
            people(tx)?;
            store::definition::keep(tx, &definition(), NOW)?;
            (1..=last).try_for_each(|n| {
                store::report::insert(tx, &new_report(n))?;
                let case = SubCase {
                    received_at: NOW.plus_seconds(n as i64 / 3),
                    closed_at: n.is_multiple_of(5).then(|| NOW.plus_hours(n as i64)),
                    cell: n.is_multiple_of(2).then_some(10),
                    ..sub_case(n, if n.is_multiple_of(7) { POLICE } else { COUNCIL })
                };
                store::sub_case::insert(tx, &case)
            })
        })
        .unwrap();
}

fn piece(fresh: &Fresh, actor: &Actor, filter: &Filter, after: Option<After>, n: u64) -> store::Result<Vec<Row>> {
    let (own, filter) = (actor.clone(), filter.clone());
    wait(fresh.db.look(actor, glance(n), move |look| sheet::piece(&own, look, &filter, after.as_ref())))
}

on_both!(pieces_hold_each_part_of_the_agency_once_and_their_entries_name_them_all, |fresh| {
    house(fresh, 230);
    for (closed, from) in [(false, 100), (true, 200)] {
        let filter = Filter { closed, ..Filter::default() };
        let (mut all, mut after, mut n) = (Vec::new(), None, from);
        loop {
            let rows = piece(fresh, &officer(), &filter, after, n).unwrap();
            let named = fresh.read(move |tx| facts_of(tx, n)).unwrap();
            assert_eq!(named["references"].as_array().unwrap().len(), rows.len());
            after = rows.last().map(|row| sheet::after(row, closed));
            let whole = rows.len() as i64 == PIECE;
            all.extend(rows);
            n += 1;
            if !whole {
                break;
            }
        }
        let mut found: Vec<_> = all.iter().map(|row| row.report).collect();
        found.sort_unstable();
        let wanted = (1..=230).filter(|n: &u64| !n.is_multiple_of(7) && n.is_multiple_of(5) == closed).map(report_id);
        assert_eq!(found, wanted.collect::<Vec<_>>());
        // A place that was not shared is not in the row.
        let has_place = |row: &Row| (row.report.as_u128() & 0xffff).is_multiple_of(2);
        assert!(all.iter().all(|row| row.place.is_empty() != has_place(row)));
    }
});

fn facts_of(tx: &mut store::Tx, n: u64) -> store::Result<serde_json::Value> {
    let (facts, kind): (serde_json::Value, String) =
        tx.one("SELECT facts, kind FROM journal WHERE id = $1", &[&glance(n).entry])?;
    assert_eq!(kind, "list.seen");
    Ok(facts)
}

on_both!(who_may_not_open_reports_takes_none_away, |fresh| {
    house(fresh, 3);
    let list_alone = officer_with(COUNCIL, &[Right::SeeQueue]);
    for actor in [Actor::Anonymous, list_alone, officer_with(COUNCIL, &[])] {
        assert!(is_not_found(&piece(fresh, &actor, &Filter::default(), None, 900)));
    }
});
