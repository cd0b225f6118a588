//! What the engines count of themselves, and the spans of the three verbs.

use crate::{
    engine::{Fresh, wait},
    fixtures::*,
};
use store::{Db, Error, throttle};
use telemetry::{Kind, Reading, Root, Source, Tracer, Value, Word};

fn readings(db: &Db) -> Vec<Reading> {
    let mut out = Vec::new();
    db.readings(&mut out);
    out
}

/// One number, by its name and perhaps the value of its label.
fn number(db: &Db, name: &str, label: &str) -> i64 {
    let fits = |reading: &Reading| {
        reading.family.name == name && (label.is_empty() || reading.labels.iter().any(|(_, value)| *value == label))
    };
    match readings(db).into_iter().find(fits).map(|reading| reading.value) {
        Some(Value::Whole(n)) => n,
        Some(Value::Spread(spread)) => spread.count() as i64,
        other => panic!("{name} {label}: {other:?}"),
    }
}

fn knock(fresh: &Fresh) {
    fresh.write(|tx| throttle::knock(tx, "a", b"o", NOW, 60)).unwrap();
}

on_both!(jobs_and_commits_are_counted, |fresh| {
    let of = |name, label| number(&fresh.db, name, label);
    let before = ["read", "write"].map(|kind| of("moothall_database_jobs", kind));
    let (commits, waited) = (of("moothall_database_commits", ""), of("moothall_database_wait", ""));
    (0..3).for_each(|_| knock(fresh));
    fresh.read(|tx| throttle::knocks(tx, "a", b"o", NOW, 60)).unwrap();
    assert_eq!(["read", "write"].map(|kind| of("moothall_database_jobs", kind)), [before[0] + 1, before[1] + 3]);
    assert_eq!(of("moothall_database_commits", ""), commits + 3);
    // A read of the embedded engine waits for nobody.
    let more = if fresh.is_sqlite() { 3 } else { 4 };
    assert_eq!(of("moothall_database_wait", ""), waited + more);
    assert_eq!(of("moothall_database_waiting", ""), 0);
    let engine = if fresh.is_sqlite() { "sqlite" } else { "postgresql" };
    assert_eq!(of("moothall_database", engine), 1);
});

on_both!(a_panic_is_counted_and_what_a_job_may_well_meet_is_no_fault, |fresh| {
    let faults = || {
        let all = readings(&fresh.db).into_iter().filter(|reading| reading.family.name == "moothall_database_faults");
        all.map(|reading| (reading.labels[0].1, reading.value))
            .filter(|(_, n)| *n != Value::Whole(0))
            .collect::<Vec<_>>()
    };
    let taken = |tx: &mut store::Tx| {
        tx.run("INSERT INTO unsealed (entry) VALUES ($1)", &[&entry_id(1)])?;
        Err::<(), _>(Error::Stale)
    };
    fresh.write(taken).unwrap_err();
    fresh.read(|tx| tx.one::<(i64,)>("SELECT size FROM log WHERE one = 2", &[])).unwrap_err();
    assert_eq!(faults(), []);
    fresh.write(|_| -> Result<(), Error> { panic!("as a test") }).unwrap_err();
    fresh.read(|_| -> Result<(), Error> { panic!("as a test") }).unwrap_err();
    assert_eq!(number(&fresh.db, "moothall_panics", "database"), 2);
    fresh.read(|tx| tx.one::<(i64,)>("SELECT nothing FROM nowhere", &[])).unwrap_err();
    assert_eq!(faults(), [("other", Value::Whole(1))]);
});

on_both!(the_three_verbs_are_spans_of_whoever_asks, |fresh| {
    fresh.write(a_house).unwrap();
    let tracer = Tracer::new(1.0);
    let root = Root { name: ("asked", ""), kind: Kind::Server, id: [7; 16], at: 0, parent: None };
    let span = tracer.begin(root).unwrap();
    let db = fresh.db.clone();
    wait(span.around(async {
        db.read(|tx| throttle::knocks(tx, "a", b"o", NOW, 60)).await.unwrap();
        db.write(|_| Err::<(), _>(Error::Stale)).await.unwrap_err();
        db.look(&officer(), glance(9), |_| Ok::<_, Error>(())).await.unwrap();
    }));
    let spans = tracer.take();
    let (names, parents): (Vec<_>, Vec<_>) = spans.iter().map(|span| (span.name.0, span.parent)).unzip();
    assert_eq!(names, ["db.read", "db.write", "db.read", "db.write", "db.look"]);
    let (asked, look) = (spans[0].parent, spans[4].id);
    assert_eq!(parents, [asked, asked, look, look, asked]);
    let engine = if fresh.is_sqlite() { "sqlite" } else { "postgresql" };
    let said = |outcome| vec![("db.system.name", Word::Text(engine)), ("outcome", Word::Text(outcome))];
    assert_eq!((&spans[0].words, &spans[1].words), (&said("done"), &said("not done")));
    knock(fresh);
    assert!(tracer.take().is_empty(), "what nobody traces makes no span");
});
