use crate::{
    assessment::assessment,
    clock::clock,
    crime::crime,
    engine::{Fresh, wait},
    everything,
    fixtures::*,
};
use std::thread;
use store::{
    Db, Error,
    migrate::{MIGRATIONS, Migrated},
};

pub type List = &'static [(i64, &'static str)];

/// The list with one more, which changes tables that have rows.
pub fn with(next: &[&'static str]) -> List {
    let mut list = MIGRATIONS.to_vec();
    for text in next {
        list.push((list.len() as i64 + 1, text));
    }
    Vec::leak(list)
}

pub const PLANTED: &str = "ALTER TABLE report ADD COLUMN colour TEXT; \
    CREATE TABLE planted (report UUID PRIMARY KEY NOT NULL REFERENCES report (id), n BIGINT NOT NULL); \
    INSERT INTO planted (report, n) SELECT id, first_received_at FROM report;";

fn applied(fresh: &Fresh) -> i64 {
    fresh.read(|tx| tx.one::<(i64,)>("SELECT COUNT(*) FROM migration", &[])).unwrap().0
}

on_both!(a_migration_runs_over_tables_with_rows_in_them, |fresh| {
    everything::call(fresh);
    let last = MIGRATIONS.len() as i64;
    let done = wait(fresh.db.migrate_by(with(&[PLANTED]))).unwrap();
    assert_eq!(done, Migrated { from: last, to: last + 1 });
    let row = fresh.read(|tx| tx.one::<(uuid::Uuid, i64)>("SELECT report, n FROM planted", &[])).unwrap();
    assert_eq!(row, (report_id(1), NOW.0));
    let colour = fresh.read(|tx| tx.one::<(Option<String>,)>("SELECT colour FROM report", &[])).unwrap();
    assert_eq!(colour, (None,));
});

on_both!(each_migration_runs_over_the_rows_of_the_one_before, |fresh| {
    // Whatever the list holds: the rows stay, and running up to the last is the same as running at once.
    everything::call(fresh);
    let before = fresh.read(store::report::count).unwrap();
    wait(fresh.db.migrate()).unwrap();
    assert_eq!(fresh.read(store::report::count).unwrap(), before);
});

/// A row with the columns of its time: what writes rows now knows more.
pub fn as_in_the_fifth(tx: &mut store::Tx, n: u64) -> Result<(), Error> {
    let new = new_report(n);
    tx.run(
        "INSERT INTO report (id, reference, service, definition, type_code, first_received_at, anonymous, sensitive, \
         tracking, place, area, boundaries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            &new.id,
            &new.reference,
            &new.service,
            &new.definition,
            &new.type_code,
            &new.first_received_at,
            &new.anonymous,
            &new.sensitive,
            &new.tracking,
            &new.spot.place,
            &new.spot.area,
            &new.boundaries,
        ],
    )?;
    Ok(())
}

on_both!(the_sixth_runs_over_reports_that_were_there_before, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(5)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        (1..=2).try_for_each(|n| as_in_the_fifth(tx, n))
    })
    .unwrap();
    assert_eq!(wait(bare.db.migrate_to(6)).unwrap(), Migrated { from: 5, to: 6 });
    wait(bare.db.migrate()).unwrap();
    bare.write(people).unwrap();
    for n in [1, 2] {
        assert_eq!(bare.read(move |tx| store::report::by_id(tx, report_id(n))).unwrap(), new_report(n).head());
    }
    // The old reports take what is new.
    let (clocks, crimes) = bare
        .write(|tx| {
            store::journal::write(&HOUSE, tx, &entry(1, 1))?;
            store::report::open_following(&officer(), tx, report_id(1), NOW)?;
            store::clock::insert(tx, &clock(1))?;
            store::assessment::insert(&officer(), tx, &assessment(1))?;
            store::crime::insert(&officer(), tx, &crime(1))?;
            store::crime::join(&officer(), tx, crime(1).id, report_id(2), NOW)?;
            Ok((store::clock::of_report(tx, report_id(1), COUNCIL)?, store::crime::of_report(tx, report_id(2))?))
        })
        .unwrap();
    assert_eq!((clocks, crimes), (vec![clock(1)], vec![crime(1)]));
});

on_both!(a_second_run_does_nothing, |fresh| {
    let last = MIGRATIONS.len() as i64;
    assert_eq!(wait(fresh.db.migrate()).unwrap(), Migrated { from: last, to: last });
    assert_eq!(applied(fresh), last);
});

on_both!(changed_text_under_an_applied_number_is_refused, |fresh| {
    let mut changed = MIGRATIONS.to_vec();
    changed[0].1 = "CREATE TABLE report (id UUID)";
    let refused = wait(fresh.db.migrate_by(Vec::leak(changed)));
    assert!(matches!(&refused, Err(Error::Schema(why)) if why.contains("has changed")), "{refused:?}");
});

on_both!(a_newer_schema_is_refused_by_an_older_program, |fresh| {
    wait(fresh.db.migrate_by(with(&[PLANTED]))).unwrap();
    let refused = wait(fresh.db.migrate());
    assert!(matches!(&refused, Err(Error::Schema(why)) if why.contains("newer")), "{refused:?}");
});

on_both!(a_migration_that_fails_leaves_nothing_behind, |fresh| {
    let last = applied(fresh);
    let failed =
        wait(fresh.db.migrate_by(with(&[PLANTED, "CREATE TABLE half (n BIGINT); INSERT INTO nowhere VALUES (1)"])));
    assert!(failed.is_err());
    assert_eq!(applied(fresh), last);
    let tables = fresh.read(|tx| tx.columns()).unwrap();
    assert!(!tables.iter().any(|(table, _)| table == "half" || table == "planted"));
});

fn by_two_at_once(fresh: &Fresh) {
    let other = Db::open(&fresh.place).unwrap();
    let callers = [fresh.db.clone(), other].map(|db| thread::spawn(move || wait(db.migrate())));
    let both = callers.map(|caller| caller.join().unwrap().unwrap());
    let last = MIGRATIONS.len() as i64;
    assert!(both.iter().all(|done| done.to == last));
    assert_eq!(both.iter().filter(|done| done.from == 0).count(), 1);
    assert_eq!(applied(fresh), last);
}

#[test]
fn two_who_migrate_at_once_migrate_once_on_sqlite() {
    by_two_at_once(&Fresh::bare_sqlite());
}

#[test]
fn two_who_migrate_at_once_migrate_once_on_postgres() {
    if let Some(fresh) = Fresh::bare_postgres() {
        by_two_at_once(&fresh);
    }
}

on_both!(a_schema_can_be_brought_to_an_older_version_and_on_from_there, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    assert!(bare.read(applied_there).unwrap().is_empty());
    assert_eq!(wait(bare.db.migrate_to(2)).unwrap(), Migrated { from: 0, to: 2 });
    let there = bare.read(applied_there).unwrap();
    assert_eq!(there.len(), 2);
    store::migrate::known(&there).unwrap();
    assert!(wait(bare.db.migrate_to(1)).is_err());
    assert_eq!(wait(bare.db.migrate()).unwrap().from, 2);
    assert!(store::migrate::known(&[(1, vec![0])]).is_err() && store::migrate::known(&[(99, vec![0])]).is_err());
});

fn applied_there(tx: &mut store::Tx) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    store::migrate::applied(tx)
}

on_both!(the_25th_runs_over_what_was_missed_before_and_escalates_none_of_it, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(24)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        as_in_the_fifth(tx, 1)?;
        tx.run(
            "INSERT INTO missed (report, kind, agency, home, code, planned, at, assisted, is_open) \
             VALUES ($1, 'rubbish', $2, $3, 'R1', '2026-11-24', $4, false, true)",
            &[&report_id(1), &COUNCIL, &vec![7_u8; 32], &NOW],
        )
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    let open = bare.read(|tx| store::missed::open(tx, COUNCIL, &[7; 32])).unwrap();
    assert_eq!((open.len(), open[0].escalate_at), (1, None));
    assert!(bare.read(|tx| store::missed::waiting(&HOUSE, tx, NOW.plus_hours(9999), 9)).unwrap().is_empty());
});

on_both!(the_34th_runs_over_files_that_were_there_before_and_none_is_of_a_remark, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(33)).unwrap();
    bare.write(|tx| {
        tx.run(
            "INSERT INTO held (id, attempt, question, part, ordinal, giver, audience, name, media, size, sha256, taken, \
             scan, received_at, expires_at, version) VALUES ($1, $2, '', 'plain', 0, 'reporter', 'resident', \
             'photo 1.jpg', 'image/jpeg', 7, $3, $4, 'none', $5, $6, 0)",
            &[&photo(1).id, &vec![7_u8; 32], &photo(1).sha256, &photo(1).taken, &NOW, &NOW.plus_hours(24)],
        )
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    assert_eq!(bare.read(|tx| store::held::of_attempt(tx, &[7; 32])).unwrap(), [photo(1)]);
});

on_both!(the_39th_runs_over_reports_that_were_there_before_and_none_was_answered, |fresh| {
    let bare = if fresh.is_sqlite() { Fresh::bare_sqlite() } else { Fresh::bare_postgres().unwrap() };
    wait(bare.db.migrate_to(38)).unwrap();
    bare.write(|tx| {
        store::definition::keep(tx, &definition(), NOW)?;
        as_in_the_fifth(tx, 1)
    })
    .unwrap();
    wait(bare.db.migrate()).unwrap();
    assert!(bare.write(|tx| store::reply::keep(&HOUSE, tx, b"m", report_id(1), NOW)).unwrap());
});
