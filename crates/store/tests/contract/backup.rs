//! All rows, table by table, out of one house and into another, of the same engine and of the other.

use crate::{
    engine::{Fresh, wait},
    everything,
    fixtures::*,
    migrate::{PLANTED, with},
};
use serde_json::json;
use std::collections::BTreeSet;
use store::{
    Cell, Error, Kind, Tx, answer,
    backup::{self, Carried, Cells, LEFT_OUT},
    delivery, log, migrate,
    report::NewReport,
    sub_case,
};

type Rows = Vec<(Carried, Vec<Cells>)>;

/// Every row that is carried, three at a time.
fn all(tx: &mut Tx) -> Result<Rows, Error> {
    let mut found = Vec::new();
    for table in backup::tables(tx)? {
        let mut rows: Vec<Cells> = Vec::new();
        loop {
            let page = backup::page(&HOUSE, tx, &table, rows.last(), 3)?;
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        found.push((table, rows));
    }
    Ok(found)
}

fn fill(fresh: &Fresh, rows: Rows) {
    assert!(fresh.write(|tx| backup::begin(&HOUSE, tx)).unwrap());
    assert!(fresh.read(backup::filling).unwrap());
    for (table, rows) in rows {
        fresh.write(move |tx| backup::fill(&HOUSE, tx, &table, &rows)).unwrap();
    }
    fresh
        .write(|tx| {
            backup::filled(&HOUSE, tx)?;
            backup::end(&HOUSE, tx)
        })
        .unwrap();
    assert!(!fresh.read(backup::filling).unwrap());
}

/// A house that is filled from a copy, with the one row that every house has.
pub fn copying(tx: &mut Tx) -> Result<(), Error> {
    assert!(backup::begin(&HOUSE, tx)?);
    let tables = backup::tables(tx)?;
    let log = tables.iter().find(|table| table.name == "log").unwrap();
    backup::fill(&HOUSE, tx, log, &[vec![Cell::Int(1), Cell::Int(0), Cell::Null]])?;
    for table in &tables {
        backup::page(&HOUSE, tx, table, None, 1)?;
        let behind = table.columns.iter().map(|(_, kind)| zero(*kind)).collect();
        backup::page(&HOUSE, tx, table, Some(&behind), 1)?;
    }
    assert!(backup::filling(tx)?);
    backup::filled(&HOUSE, tx)?;
    backup::end(&HOUSE, tx)?;
    assert!(!migrate::applied(tx)?.is_empty());
    log::rest(&HOUSE, tx)?;
    assert!(log::rests(tx)?);
    log::wake(&HOUSE, tx, None)
}

fn zero(kind: Kind) -> Cell {
    match kind {
        Kind::Bool => Cell::Bool(false),
        Kind::Int => Cell::Int(0),
        Kind::Float => Cell::Float(0.0),
        Kind::Text => Cell::Text(String::new()),
        Kind::Bytes => Cell::Bytes(Vec::new()),
        Kind::Uuid => Cell::Uuid(uuid::Uuid::nil()),
        Kind::Json => Cell::Json(json!({})),
    }
}

on_both!(every_table_of_the_catalogue_is_carried_or_named_with_a_reason, |fresh| {
    let there: BTreeSet<String> = fresh.read(|tx| tx.columns()).unwrap().into_iter().map(|(table, _)| table).collect();
    let carried: BTreeSet<String> = fresh.read(backup::tables).unwrap().into_iter().map(|table| table.name).collect();
    let left: BTreeSet<String> = LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(carried.union(&left).cloned().collect::<BTreeSet<_>>(), there);
    assert!(carried.is_disjoint(&left) && carried.len() > 20, "{carried:?}");
    assert!(LEFT_OUT.iter().all(|(_, why)| why.split(' ').count() > 4));
});

on_both!(a_table_of_a_later_migration_is_carried_without_being_named, |fresh| {
    everything::call(fresh);
    wait(fresh.db.migrate_by(with(&[PLANTED]))).unwrap();
    let tables = fresh.read(backup::tables).unwrap();
    let at = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
    assert!(at("planted") > at("report") && at("report") > at("definition") && at("delivery") > at("journal"));
    let rows = fresh.read(all).unwrap();
    assert_eq!(rows[at("planted")].1[0], [Cell::Uuid(report_id(1)), Cell::Int(NOW.0)]);
});

/// Values at the ends of what a column can hold.
fn odd(tx: &mut Tx) -> Result<(), Error> {
    for (name, n) in [("least", i64::MIN), ("most", i64::MAX), ("'\"\n\u{1}é€😀 \\", -1)] {
        tx.run("INSERT INTO generation (name, n) VALUES ($1, $2)", &[&name, &n])?;
    }
    for (postcode, lat) in [("A", 1e-300), ("B", 0.1 + 0.2), ("C", f64::MAX), ("D", 51.0)] {
        let sql = "INSERT INTO postcode (load, postcode, lat, lon) VALUES (1, $1, $2, -0.5)";
        tx.run(sql, &[&postcode, &lat])?;
    }
    let bytes: Vec<u8> = (0..=255).collect();
    let token = attempt(&bytes);
    store::attempt::insert(tx, &token)?;
    let body = json!({ "z": [1, 2.5, null, true, "\u{1}\\\"é😀"], "a": { "n": i64::MAX, "x": 0.1, "e": "" }, "": [] });
    answer::insert(tx, report_id(1), &answer::Answer { part: answer::Part::Special, body, salt: bytes })
}

on_both!(a_house_filled_from_a_copy_has_the_same_rows_on_either_engine, |fresh| {
    everything::call(fresh);
    fresh.write(odd).unwrap();
    let rows = fresh.read(all).unwrap();
    let some = rows.iter().filter(|(_, rows)| !rows.is_empty()).count();
    assert!(some > 20, "only {some} tables have rows");
    let next = fresh.write(sub_case::next_number).unwrap();
    for other in [Some(Fresh::sqlite()), Fresh::postgres()].into_iter().flatten() {
        fill(&other, rows.clone());
        assert_eq!(other.read(all).unwrap(), rows);
        // Numbers go on behind those that came.
        assert!(other.write(sub_case::next_number).unwrap() >= next);
    }
});

on_both!(a_house_with_something_in_it_is_not_emptied, |fresh| {
    fresh.write(a_house).unwrap();
    let before = fresh.read(all).unwrap();
    assert!(!fresh.write(|tx| backup::begin(&HOUSE, tx)).unwrap());
    assert!(!fresh.read(backup::filling).unwrap());
    assert_eq!(fresh.read(all).unwrap(), before);
});

on_both!(a_filling_that_was_cut_off_begins_again, |fresh| {
    let empty = fresh.read(all).unwrap();
    assert!(fresh.write(|tx| backup::begin(&HOUSE, tx)).unwrap());
    fresh.write(a_house).unwrap();
    fresh.write(|tx| tx.index_words(1, "others words")).unwrap();
    assert!(fresh.read(backup::filling).unwrap());
    fill(fresh, empty.clone());
    assert_eq!(fresh.read(all).unwrap(), empty);
    assert!(fresh.read(|tx| tx.find_words("others", "words")).unwrap().is_empty());
});

on_both!(a_column_is_read_as_the_kind_of_its_type, |fresh| {
    fresh.write(a_house).unwrap();
    assert_eq!((Kind::of_type("jsonb"), Kind::of_type("tsvector")), (Some(Kind::Json), None));
    let kinds = fresh
        .read(|tx| {
            let mut read = Vec::new();
            tx.each("SELECT id, reference, anonymous FROM report", &[], |row| {
                read.push((row.cell(0, Kind::Uuid)?, row.cell(1, Kind::Text)?, row.cell(2, Kind::Bool)?));
                assert!(matches!(row.cell(1, Kind::Int), Err(Error::Misread { column: 1, kind: Kind::Int })));
                Ok(())
            })?;
            Ok(read)
        })
        .unwrap();
    assert_eq!(kinds, [(Cell::Uuid(report_id(1)), Cell::Text(reference(1)), Cell::Bool(false))]);
});

on_both!(a_row_that_refers_to_nothing_is_refused, |fresh| {
    assert!(fresh.write(|tx| backup::begin(&HOUSE, tx)).unwrap());
    let refused = fresh.write(|tx| {
        let tables = backup::tables(tx)?;
        let unsealed = tables.iter().find(|table| table.name == "unsealed").unwrap();
        backup::fill(&HOUSE, tx, unsealed, &[vec![Cell::Uuid(entry_id(1))]])
    });
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
});

on_both!(only_the_house_itself_copies, |fresh| {
    let table = fresh.read(backup::tables).unwrap().remove(0);
    let (one, other) = (table.clone(), table);
    assert!(is_not_found(&fresh.read(move |tx| backup::page(&officer(), tx, &one, None, 1))));
    assert!(is_not_found(&fresh.write(move |tx| backup::fill(&officer(), tx, &other, &[]))));
    assert!(is_not_found(&fresh.write(|tx| backup::begin(&officer(), tx))));
    assert!(is_not_found(&fresh.write(|tx| backup::filled(&officer(), tx))));
    assert!(is_not_found(&fresh.write(|tx| backup::end(&officer(), tx))));
    assert!(is_not_found(&fresh.write(|tx| log::rest(&officer(), tx))));
    assert!(is_not_found(&fresh.write(|tx| log::wake(&officer(), tx, None))));
    assert!(is_not_found(&fresh.write(|tx| delivery::give_up_copied(&officer(), tx))));
    assert!(is_not_found(&fresh.read(|tx| sub_case::behind(&officer(), tx, report_id(0), 1))));
});

on_both!(a_ledger_rests_until_it_is_woken_and_may_get_another_name, |fresh| {
    fresh.write(|tx| log::name(&HOUSE, tx, "one.example/ledger")).unwrap();
    assert!(!fresh.read(log::rests).unwrap());
    for _ in 0..2 {
        fresh.write(|tx| log::rest(&HOUSE, tx)).unwrap();
    }
    assert!(fresh.read(log::rests).unwrap());
    fresh.write(|tx| log::wake(&HOUSE, tx, None)).unwrap();
    assert!(!fresh.read(log::rests).unwrap());
    fresh.write(|tx| log::wake(&HOUSE, tx, Some("one.example/ledger-2"))).unwrap();
    assert_eq!(fresh.read(log::state).unwrap().origin.as_deref(), Some("one.example/ledger-2"));
});

on_both!(mail_that_waited_in_a_copy_is_not_sent_by_itself, |fresh| {
    fresh.write(a_house).unwrap();
    let kept = fresh
        .write(|tx| {
            for n in 1..=3 {
                delivery::insert(tx, &delivery(n))?;
            }
            delivery::claim(&HOUSE, tx, id(8, 1), NOW, NOW.plus_seconds(60))?;
            assert_eq!(delivery::give_up_copied(&HOUSE, tx)?, 3);
            assert_eq!(delivery::give_up_copied(&HOUSE, tx)?, 0);
            delivery::latest(&HOUSE, tx)
        })
        .unwrap();
    assert!(kept.iter().all(|one| one.state == delivery::State::Dead && one.claim.is_none()), "{kept:?}");
});

on_both!(a_house_is_filled_at_the_schema_of_an_older_copy_and_migrated_on, |fresh| {
    fresh.write(a_house).unwrap();
    // One part to which the place was shared: what later schemas keep of it is worked out from what the older one has.
    fresh
        .write(|tx| {
            let place = json!(["summary", "place"]);
            let report = NewReport { cell_10: Some(10), ..new_report(77) };
            store::report::insert(tx, &report)?;
            let (cell, lat, lon) = (report.cell_10, report.spot.lat, report.spot.lon);
            sub_case::insert(tx, &sub_case::SubCase { shared: place, cell, lat, lon, ..sub_case(77, COUNCIL) })
        })
        .unwrap();
    // By what a report came was not kept then, and nothing tells it afterwards.
    fresh
        .write(|tx| {
            tx.run("UPDATE report SET channel = ''", &[])?;
            tx.run("UPDATE sub_case SET channel = ''", &[])
        })
        .unwrap();
    let older = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(older.db.migrate_to(2)).unwrap();
    assert!(older.write(|tx| backup::begin(&HOUSE, tx)).unwrap());
    let rows = fresh.read(all).unwrap();
    for table in older.read(backup::tables).unwrap() {
        let (now, rows) = rows.iter().find(|(now, _)| now.name == table.name).unwrap();
        let known: Vec<usize> =
            table.columns.iter().map(|column| now.columns.iter().position(|one| one == column).unwrap()).collect();
        let rows: Vec<Cells> =
            rows.iter().map(|row| known.iter().map(|column| row[*column].clone()).collect()).collect();
        older.write(move |tx| backup::fill(&HOUSE, tx, &table, &rows)).unwrap();
    }
    older
        .write(|tx| {
            backup::filled(&HOUSE, tx)?;
            log::rest(&HOUSE, tx)?;
            backup::end(&HOUSE, tx)
        })
        .unwrap();
    wait(older.db.migrate()).unwrap();
    assert!(older.read(log::rests).unwrap() && older.read(log::state).unwrap().size == 0);
    older.write(|tx| log::wake(&HOUSE, tx, None)).unwrap();
    assert_eq!(older.read(all).unwrap(), rows);
});
