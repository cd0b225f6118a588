//! What only a server does: conflicts between writers, and going away.

use crate::{
    engine::{Fresh, pause},
    fixtures::*,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread,
};
use store::{Db, Error, data_set, throttle};

/// Ends every connection of the pool, as a restart of the server does.
fn cut_off(fresh: &Fresh) -> i64 {
    let (own, sql) = (
        fresh.client(),
        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let mut own = own;
    let n = own.query_one(sql, &[]).unwrap().get(0);
    pause(50);
    n
}

#[test]
fn a_restart_between_jobs_fails_none() {
    let Some(fresh) = Fresh::postgres() else { return };
    for round in 1..=3 {
        // Enough callers at once that several connections are there to be cut off.
        assert!(fresh.at_once(16, |_, tx| data_set::generation(tx)).iter().all(Result::is_ok));
        assert!(cut_off(&fresh) > 1);
        let writes = fresh.at_once(16, move |i, tx| throttle::knock(tx, "door", &[i as u8, round], NOW, 60));
        assert!(writes.iter().all(Result::is_ok), "{writes:?}");
        assert!(cut_off(&fresh) > 1);
        for _ in 0..16 {
            fresh.read(data_set::generation).unwrap();
        }
    }
}

#[test]
fn a_restart_in_the_middle_of_a_job_runs_it_again() {
    let Some(fresh) = Fresh::postgres() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    let (counted, mut client) = (runs.clone(), fresh.client());
    let killer = thread::spawn(move || {
        // Waits until the job sits in its statement.
        for _ in 0..200 {
            let ended = client
                .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", &[])
                .unwrap();
            if !ended.is_empty() {
                return;
            }
            pause(10);
        }
        panic!("the job never slept");
    });
    fresh
        .write(move |tx| {
            data_set::changed(tx)?;
            if counted.fetch_add(1, SeqCst) == 0 {
                tx.all::<(bool,)>("SELECT pg_sleep(10) IS NULL", &[])?;
            }
            Ok(())
        })
        .unwrap();
    killer.join().unwrap();
    assert_eq!(runs.load(SeqCst), 2);
    assert_eq!(fresh.read(data_set::generation).unwrap(), 1);
}

#[test]
fn a_deadlock_runs_the_job_again() {
    let Some(fresh) = Fresh::postgres() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let answers = fresh.at_once(2, move |i, tx| {
        counted.fetch_add(1, SeqCst);
        let doors = if i == 0 { ["a", "b"] } else { ["b", "a"] };
        throttle::knock(tx, doors[0], b"o", NOW, 60)?;
        pause(300);
        throttle::knock(tx, doors[1], b"o", NOW, 60)
    });
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert!(runs.load(SeqCst) > 2, "no deadlock arose");
    let knocks = fresh.read(|tx| throttle::knocks(tx, "a", b"o", NOW, 60)).unwrap();
    assert_eq!(knocks, 2);
}

#[test]
fn a_serialization_failure_runs_the_job_again() {
    let Some(fresh) = Fresh::postgres() else { return };
    fresh.write(data_set::changed).unwrap();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let answers = fresh.at_once(2, move |_, tx| {
        counted.fetch_add(1, SeqCst);
        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", &[])?;
        data_set::generation(tx)?;
        pause(300);
        data_set::changed(tx)
    });
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert!(runs.load(SeqCst) > 2, "no conflict arose");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 3);
}

#[test]
fn a_conflict_without_end_is_an_error() {
    let Some(fresh) = Fresh::postgres() else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    fresh
        .client()
        .batch_execute(
            "CREATE FUNCTION quarrel() RETURNS BIGINT LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$",
        )
        .unwrap();
    let never = fresh.write(move |tx| {
        counted.fetch_add(1, SeqCst);
        tx.one::<(i64,)>("SELECT quarrel()", &[])
    });
    assert!(matches!(never, Err(Error::Conflict)), "{never:?}");
    assert_eq!(runs.load(SeqCst), 8);
}

#[test]
fn a_server_that_is_not_there_is_an_error() {
    // Port 9 (discard) of this machine: nothing answers there.
    let nowhere = store::DatabasePlace::parse("postgres://nobody@127.0.0.1:9/nothing?connect_timeout=2");
    assert!(matches!(Db::open(&nowhere), Err(Error::Gone(_))));
}

#[test]
fn a_write_is_on_the_disk_whatever_the_server_is_set_to() {
    let Some(fresh) = Fresh::bare_postgres() else { return };
    let mut client = fresh.client();
    let name: String = client.query_one("SELECT current_database()::text", &[]).unwrap().get(0);
    client.batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit TO off")).unwrap();
    let again = Db::open(&fresh.place).unwrap();
    let setting =
        crate::engine::wait(again.write(|tx| tx.one::<(String,)>("SELECT current_setting('synchronous_commit')", &[])));
    assert_eq!(setting.map_err(|e: Error| e.to_string()), Ok(("on".into(),)));
}
