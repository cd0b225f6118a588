//! Prints what a submission costs `store`; the bench judges it, with release builds.

use crate::{engine::wait, fixtures::*};
use std::{
    fs,
    sync::{Arc, Barrier},
    thread,
};
use store::answer::{self, Part};

const CALLERS: u64 = 64;
const EACH: u64 = 10;

/// User and system time of this process in µs, at the 100 ticks a second that Linux counts in; 0 elsewhere.
fn cpu() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<u64>().ok()).sum::<u64>() * 10_000
}

fn submit(tx: &mut store::Tx, n: u64) -> Result<(), store::Error> {
    let body = serde_json::json!({ "what": "A mattress by the gate", "size": "one item" });
    store::report::insert(tx, &new_report(n))?;
    for part in [Part::Plain, Part::Place] {
        answer::insert(tx, report_id(n), &answer::Answer { part, body: body.clone(), salt: SALT.to_vec() })?;
    }
    store::sub_case::insert(tx, &sub_case(n, COUNCIL))?;
    store::journal::write(&HOUSE, tx, &entry(n, n))?;
    tx.index_words(n as i64 * 10, "xagencyxexamplecouncilx a mattress by the gate")
}

on_both!(a_submission_is_measured_at_64_callers, |fresh| {
    fresh.write(|tx| store::definition::keep(tx, &definition(), NOW)).unwrap();
    let start = Arc::new(Barrier::new(CALLERS as usize + 1));
    let (commits, jobs) = fresh.db.commits();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (db, start) = (fresh.db.clone(), start.clone());
            thread::spawn(move || {
                start.wait();
                for n in 0..EACH {
                    wait(db.write(move |tx| submit(tx, 1 + caller * EACH + n))).unwrap();
                }
            })
        })
        .collect();
    let before = cpu();
    start.wait();
    callers.into_iter().for_each(|caller| caller.join().unwrap());
    let each = (cpu() - before) / (CALLERS * EACH);
    let after = fresh.db.commits();
    let (commits, jobs) = (after.0 - commits, after.1 - jobs);
    println!("a submission: {each} µs of CPU in this process; {jobs} submissions in {commits} commits");
    assert_eq!(jobs, CALLERS * EACH);
});
