//! SQLite's writer: jobs that wait share a commit, and no job harms another.

use crate::{
    engine::{Fresh, pause, wait},
    fixtures::*,
};
use std::{
    sync::mpsc,
    thread::{self, JoinHandle},
};
use store::{Db, Error, Tx, data_set, throttle};

type Job = Box<dyn FnMut(&mut Tx) -> Result<(), Error> + Send>;

/// Runs the jobs in one group: they queue while a first job holds the writer. Their answers, and the commits and jobs
/// counted meanwhile.
fn as_one_group(db: &Db, jobs: Vec<Job>) -> (Vec<Result<(), Error>>, (u64, u64)) {
    let before = db.commits();
    let (running, is_running) = mpsc::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let (holder, hold) = (db.clone(), move |_: &mut Tx| {
        running.send(()).unwrap();
        may_go.recv().unwrap();
        // Longer than the work of one commit may be, so that the group ends with this job.
        pause(40);
        Ok::<_, Error>(())
    });
    let holding = thread::spawn(move || wait(holder.write(hold)));
    is_running.recv().unwrap();
    let callers: Vec<JoinHandle<_>> = jobs
        .into_iter()
        .map(|job| {
            let db = db.clone();
            let caller = thread::spawn(move || wait(db.write(job)));
            // In this order.
            pause(5);
            caller
        })
        .collect();
    go.send(()).unwrap();
    holding.join().unwrap().unwrap();
    let answers = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
    let after = db.commits();
    (answers, (after.0 - before.0, after.1 - before.1))
}

fn knock(door: &'static str) -> Job {
    Box::new(move |tx| throttle::knock(tx, door, b"o", NOW, 60).map(|_| ()))
}

fn knocks(fresh: &Fresh, door: &'static str) -> i64 {
    fresh.read(move |tx| throttle::knocks(tx, door, b"o", NOW, 60)).unwrap()
}

#[test]
fn jobs_that_wait_share_one_commit() {
    let fresh = Fresh::sqlite();
    let (answers, (commits, jobs)) = as_one_group(&fresh.db, (0..40).map(|_| knock("a")).collect());
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!((jobs, knocks(&fresh, "a")), (41, 40));
    // Two where the machine is idle; a group also ends when its time is over.
    assert!(commits <= 10, "{commits} commits");
}

#[test]
fn a_job_that_fails_harms_no_neighbour() {
    let fresh = Fresh::sqlite();
    let fails: Job = Box::new(|tx| {
        throttle::knock(tx, "failed", b"o", NOW, 60)?;
        Err(Error::Stale)
    });
    let refused: Job = Box::new(|tx| {
        throttle::knock(tx, "failed", b"o", NOW, 60)?;
        store::report::insert(tx, &new_report(1))
    });
    let (answers, (commits, jobs)) = as_one_group(&fresh.db, vec![knock("a"), fails, knock("b"), refused, knock("c")]);
    assert!(matches!(&answers[1], Err(Error::Stale)), "{answers:?}");
    assert!(matches!(&answers[3], Err(Error::Refused(_))), "{answers:?}");
    assert!([0, 2, 4].iter().all(|i| answers[*i].is_ok()), "{answers:?}");
    assert!(commits < jobs, "{commits} commits");
    assert_eq!((knocks(&fresh, "a"), knocks(&fresh, "b"), knocks(&fresh, "c")), (1, 1, 1));
    assert_eq!(knocks(&fresh, "failed"), 0);
}

#[test]
fn a_job_that_panics_harms_no_neighbour() {
    let fresh = Fresh::sqlite();
    let panics: Job = Box::new(|tx| {
        throttle::knock(tx, "failed", b"o", NOW, 60)?;
        panic!("on purpose");
    });
    let (answers, (commits, jobs)) = as_one_group(&fresh.db, vec![knock("a"), panics, knock("b")]);
    assert!(matches!(&answers[1], Err(Error::Panicked)), "{answers:?}");
    assert!(answers[0].is_ok() && answers[2].is_ok(), "{answers:?}");
    assert!(commits < jobs, "{commits} commits");
    assert_eq!((knocks(&fresh, "a"), knocks(&fresh, "b"), knocks(&fresh, "failed")), (1, 1, 0));
}

/// Lets the file grow by no page more than it has; 0 lifts that.
fn limit(tx: &mut Tx, pages_more: i64) -> Result<(), Error> {
    let (pages,): (i64,) = tx.one("PRAGMA page_count", &[])?;
    let most = if pages_more < 0 { 1_000_000_000 } else { pages + pages_more };
    tx.run(&format!("PRAGMA max_page_count = {most}"), &[]).map(|_| ())
}

fn much(load: i64) -> Job {
    Box::new(move |tx| {
        let geometry = "x".repeat(200_000);
        store::area::insert(tx, load, &store::area::Area { geometry, ..crate::data_set::area("A") })
    })
}

#[test]
fn a_full_disk_fails_the_whole_group_and_the_writer_goes_on() {
    let fresh = Fresh::sqlite();
    fresh.write(|tx| limit(tx, 1)).unwrap();
    let (answers, _) = as_one_group(&fresh.db, vec![knock("a"), much(1), knock("b")]);
    assert!(matches!(&answers[0], Err(Error::Lost | Error::Unwritable(_))), "{answers:?}");
    assert!(matches!(&answers[1], Err(Error::Unwritable(_))), "{answers:?}");
    // The third is in the group that was lost or in the next one, which has room for it.
    assert_eq!(knocks(&fresh, "a"), 0);
    assert_eq!(knocks(&fresh, "b"), i64::from(answers[2].is_ok()));
    fresh.write(|tx| limit(tx, -1)).unwrap();
    let (answers, _) = as_one_group(&fresh.db, vec![knock("a"), much(1), knock("b")]);
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(knocks(&fresh, "a"), 1);
}

#[test]
fn a_job_that_overlooks_a_full_disk_is_not_acknowledged() {
    let fresh = Fresh::sqlite();
    fresh.write(|tx| limit(tx, 1)).unwrap();
    let overlooks: Job = Box::new(|tx| {
        throttle::knock(tx, "a", b"o", NOW, 60)?;
        let _ = much(1)(tx);
        let _ = throttle::knock(tx, "b", b"o", NOW, 60);
        Ok(())
    });
    let (answers, _) = as_one_group(&fresh.db, vec![overlooks]);
    assert!(matches!(&answers[0], Err(Error::Lost)), "{answers:?}");
    assert_eq!((knocks(&fresh, "a"), knocks(&fresh, "b")), (0, 0));
}

#[test]
fn the_writer_goes_on_after_another_process_held_the_file() {
    let fresh = Fresh::sqlite();
    let other = rusqlite::Connection::open(fresh.db.file().unwrap()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy = fresh.write(data_set::changed);
    assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
    assert_eq!(fresh.read(data_set::generation).unwrap(), 0);
    other.execute_batch("ROLLBACK").unwrap();
    fresh.write(data_set::changed).unwrap();
    assert_eq!(fresh.read(data_set::generation).unwrap(), 1);
}

#[test]
fn a_file_that_cannot_be_opened_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = store::DatabasePlace::File(folder.path().join("no/such/folder.db"));
    assert!(matches!(Db::open(&nowhere), Err(Error::Unwritable(_))));
}
