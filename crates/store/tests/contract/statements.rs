//! Every statement prepares on both engines, follows the house dialect and uses an index.

use crate::{
    booking::booked,
    clock::clock,
    crime::crime,
    engine::Fresh,
    everything,
    fixtures::*,
    missed::missed_by,
    ordered::ordered_by,
    payment::due,
    property::{mark, met},
};
use std::collections::BTreeSet;

/// Statements of one engine alone, by a part of their text: they differ by nature and stand in `db/dialect.rs`.
const LITE_ONLY: [&str; 7] = [
    "DELETE FROM report_word WHERE rowid",
    "INSERT OR REPLACE INTO report_word (rowid",
    "SELECT words FROM report_word WHERE rowid",
    "COALESCE(MAX(number), 0) + 1",
    "MATCH $1",
    "sqlite_master",
    "EXPLAIN QUERY PLAN",
];
const PG_ONLY: [&str; 7] = [
    "pg_advisory_xact_lock",
    "nextval(",
    "array_to_tsvector",
    "@@",
    "information_schema",
    "pg_class",
    "DELETE FROM report_word WHERE number",
];

/// Statements that read a whole table, by a part of their text, and why that is right.
const WHOLE_TABLE: [(&str, &str); 39] = [
    ("SELECT COUNT(*) FROM report", "checks and the bench, never a page"),
    ("SELECT COUNT(*) FROM journal AS j WHERE j.kind", "a check of the whole house"),
    ("FROM staff ORDER BY agency, login", "the demonstration's list; a few hundred rows at most"),
    ("FROM definition ORDER BY service", "read once at start"),
    (
        "FROM neighbourhood WHERE until IS NULL ORDER BY",
        "teams in force, read into memory at start and after an import",
    ),
    ("FROM offer AS o WHERE NOT EXISTS", "read into memory at start and after a change; a few rows for each service"),
    ("FROM site_message WHERE ended_at IS NULL", "the index of what is shown or waits for its day, read into memory"),
    ("FROM data_set ORDER BY kind", "a row for each data set, about five"),
    ("JOIN area AS a", "boundaries are read into memory at start and after an import"),
    ("JOIN postcode AS p", "read into memory at start and after an import"),
    ("JOIN place AS p", "read into memory at start and after an import"),
    ("DELETE FROM area WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM postcode WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM place WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM asset WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM premises WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM premises_round WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM round WHERE NOT EXISTS", "after an import"),
    ("DELETE FROM round_day WHERE NOT EXISTS", "after an import"),
    ("FROM delivery ORDER BY id DESC LIMIT 200", "the key's index from its end, 200 rows"),
    ("FROM delivery WHERE state <> 'sent' GROUP BY", "the index of what is still to be sent, which holds nothing else"),
    ("FROM migration ORDER BY n", "a row for each migration"),
    (
        "FROM news WHERE matched_at IS NULL",
        "the index of what waits, which holds nothing else, as many as one step takes",
    ),
    ("FROM unsealed AS u JOIN journal", "the queue of the sealer, in order, as many as one chunk takes"),
    ("FROM (SELECT entry FROM unsealed LIMIT", "the queue of the sealer, no more of it than is asked for"),
    ("COUNT(*) FROM leaf", "how many leaves there are: a check of the whole ledger"),
    ("FROM journal), (SELECT COUNT(*) FROM unsealed)", "a check of the whole ledger"),
    ("SELECT j.id FROM journal AS j WHERE NOT EXISTS", "a check of the whole ledger that has found a fault"),
    ("SELECT u.entry FROM unsealed AS u WHERE EXISTS", "a check of the whole ledger that has found a fault"),
    ("FROM checkpoint ORDER BY size DESC LIMIT 1", "the key's index from its end, one row"),
    ("FROM answer AS a LEFT JOIN journal", "a check of the whole house, a page at a time by key"),
    ("pragma_table_info(m.name)", "the engine's own catalogue"),
    ("pragma_foreign_key_list(m.name)", "the engine's own catalogue"),
    (
        "UPDATE delivery SET state = 'dead'",
        "the index of what waits or is being sent, in a house just filled from a copy",
    ),
    ("UPDATE news SET matched_at = at", "the index of what waits, in a house just filled from a copy"),
    (
        "UPDATE alert SET due_at = NULL WHERE due_at IS NOT NULL",
        "the index of what is due, in a house just filled from a copy",
    ),
    ("AS carried ORDER BY", "a copy reads all of a table, the first page of it here"),
    ("AS carried", "a house that is to be filled from a copy is emptied"),
    ("SELECT CAST(1 AS BIGINT) FROM", "whether there is a row at all: one is read"),
];

fn seen(fresh: &Fresh) -> Vec<String> {
    everything::call(fresh);
    let statements = fresh.db.statements();
    assert!(statements.len() > 100, "only {} statements were seen", statements.len());
    statements
}

/// Enough rows that an index is worth more than the table.
fn fill(fresh: &Fresh) {
    fresh
        .write(|tx| {
            for n in 2..1500 {
                store::report::insert(tx, &new_report(n))?;
                let closed_at = (n % 3 == 0).then_some(NOW);
                store::sub_case::insert(tx, &store::sub_case::SubCase { closed_at, ..sub_case(n, COUNCIL) })?;
                store::journal::write(&HOUSE, tx, &entry(n + 100_000, n))?;
                store::delivery::insert(tx, &delivery(n))?;
                store::clock::insert(tx, &store::clock::Clock { report: report_id(n), ..clock(n) })?;
                store::contact::mark(tx, report_id(n), &n.to_be_bytes())?;
                store::property::keep(tx, &mark(n, n, store::property::Side::Lost))?;
                store::payment::insert(tx, &due(n))?;
                store::booking::take(tx, &store::booking::Booking { day: format!("day {n}"), ..booked(n) }, 9)?;
                store::booking::give_day(tx, "another", "bulky", &format!("day {n}"), 1)?;
                store::ordered::insert(
                    tx,
                    &store::ordered::Ordered { home: n.to_be_bytes().to_vec(), ..ordered_by(n) },
                )?;
                store::missed::insert(tx, &store::missed::Missed { home: n.to_be_bytes().to_vec(), ..missed_by(n) })?;
                store::property::met(
                    tx,
                    &store::property::Match { lost: report_id(n), found: report_id(1), ..met(n) },
                )?;
                store::crime::insert(&officer(), tx, &crime(n))?;
                store::crime::join(&officer(), tx, crime(n).id, report_id(n), NOW)?;
                let new = store::hook::NewHook { entry: entry_id(n + 100_000), ..new_hook(n, n, None) };
                store::hook::insert(tx, &new)?;
                let entry = entry_id(n + 100_000);
                let new = new_sending(n + 10, n, store::sending::Kind::Request);
                store::sending::insert(tx, &store::sending::NewSending { entry, ..new })?;
                store::outside::keep(&HOUSE, tx, &outside(n))?;
                store::fetched::keep(&HOUSE, tx, &fetched(n))?;
            }
            Ok(())
        })
        .unwrap();
}

fn reviewed(sql: &str) -> bool {
    WHOLE_TABLE.iter().any(|(part, _)| sql.contains(part))
        || ["information_schema", "pg_class"].iter().any(|own| sql.contains(own))
}

/// The numbers of the placeholders in the order they stand.
fn placeholders(sql: &str) -> Vec<usize> {
    sql.split('$')
        .skip(1)
        .filter_map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok())
        .collect()
}

#[test]
fn placeholders_are_numbered_in_the_order_of_their_first_use() {
    for sql in seen(&Fresh::sqlite()) {
        let mut highest = 0;
        for n in placeholders(&sql) {
            assert!(n <= highest + 1, "${n} comes before ${}: {sql}", highest + 1);
            highest = highest.max(n);
        }
        assert!(!sql.contains('?'), "{sql}");
    }
}

#[test]
fn no_statement_holds_a_word_of_one_engine() {
    let words = ["now()", "CURRENT_", "SKIP LOCKED", "ILIKE", "::", "->", "OFFSET", "IFNULL", "datetime(", "||"];
    for sql in seen(&Fresh::sqlite()) {
        if LITE_ONLY.iter().any(|part| sql.contains(part)) {
            continue;
        }
        for word in words {
            assert!(!sql.contains(word), "{word} in {sql}");
        }
    }
}

#[test]
fn both_engines_prepare_every_statement() {
    let Some(server) = Fresh::postgres() else { return };
    let file = Fresh::sqlite();
    let all: BTreeSet<String> = seen(&file).into_iter().chain(seen(&server)).collect();
    let lite = rusqlite::Connection::open(file.db.file().unwrap()).unwrap();
    let mut pg = server.client();
    let (mut by_lite, mut by_pg) = (0, 0);
    for sql in &all {
        if !PG_ONLY.iter().any(|part| sql.contains(part)) {
            lite.prepare(sql).unwrap_or_else(|e| panic!("SQLite: {e}: {sql}"));
            by_lite += 1;
        }
        if !LITE_ONLY.iter().any(|part| sql.contains(part)) {
            pg.prepare(sql).unwrap_or_else(|e| panic!("PostgreSQL: {e}: {sql}"));
            by_pg += 1;
        }
    }
    assert!(by_lite + LITE_ONLY.len() + PG_ONLY.len() >= all.len() && by_pg > 100);
}

on_both!(no_statement_reads_a_whole_table_that_grows, |fresh| {
    let statements = seen(fresh);
    fill(fresh);
    let sqlite = fresh.is_sqlite();
    let mut scans = Vec::new();
    for sql in statements.into_iter().filter(|sql| !reviewed(sql) && !sql.starts_with("EXPLAIN")) {
        let asked = sql.clone();
        let plan = fresh
            .write(move |tx| {
                if !sqlite {
                    tx.run("SET LOCAL enable_seqscan = off", &[])?;
                }
                tx.plan(&asked)
            })
            .unwrap_or_else(|e| panic!("{e}: {sql}"));
        // SQLite has nothing to plan in a plain INSERT.
        assert!(!plan.is_empty() || sqlite && sql.starts_with("INSERT"), "no plan: {sql}");
        let scan =
            plan.iter().find(|line| if sqlite { full_scan_of_sqlite(line) } else { line.contains("Seq Scan on") });
        if let Some(line) = scan {
            scans.push(format!("{}\n    {sql}", line.trim()));
        }
    }
    assert!(scans.is_empty(), "{} statements read a whole table:\n{}", scans.len(), scans.join("\n"));
});

/// `SCAN x` reads a table, `SCAN x USING INDEX` an index, from one end to the other; `SEARCH` goes to the rows. What is
/// scanned inside (`few`, a constant row, rows that stand in the statement, a word index) is bounded.
fn full_scan_of_sqlite(line: &str) -> bool {
    let bounded = ["VIRTUAL TABLE", "CONSTANT ROW", "-ROW VALUES CLAUSE"];
    line.starts_with("SCAN ") && !bounded.iter().any(|what| line.contains(what)) && line != "SCAN few"
}

#[test]
fn every_reviewed_statement_is_still_there() {
    let statements = seen(&Fresh::sqlite());
    for (part, why) in WHOLE_TABLE {
        assert!(statements.iter().any(|sql| sql.contains(part)), "no longer there ({why}): {part}");
    }
}
