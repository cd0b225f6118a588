//! Any row that is changed, removed, put in or swapped is named. Each case spoils a copy of the same house.

use crate::house::{House, entry_id, report_id};
use rusqlite::types::Value;

/// More faults than this from one change would hide which it was.
const MOST: usize = 6;

async fn spoilt(house: &House, sql: &str, named: &[&str]) {
    let copy = house.copy().await;
    copy.tamper(sql);
    let faults = copy.faults().await;
    for name in named {
        assert!(faults.iter().any(|fault| fault.contains(name)), "{sql}: {name:?} is not in {faults:#?}");
    }
    assert!(!faults.is_empty() && faults.len() <= MOST, "{sql}: {faults:#?}");
}

/// A value of the same type that is another one, as SQL.
fn another(value: &Value) -> String {
    match value {
        Value::Null => "'x'".to_owned(),
        Value::Integer(n) => (n + 100_000).to_string(),
        Value::Real(x) => (x + 1.0).to_string(),
        Value::Text(text) if text.starts_with('{') => "'{\"made\":\"up\"}'".to_owned(),
        Value::Text(text) => format!("'{}x'", text.replace('\'', "''")),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            bytes[0] ^= 0x40;
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("x'{digits}'")
        }
    }
}

/// Every column of the rows of a table that a condition picks, changed one by one.
async fn every_column(house: &House, table: &str, row: &str, except: &[&str], named: &str) {
    let connection = rusqlite::Connection::open(house.file()).unwrap();
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} WHERE {row}")).unwrap();
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let values: Vec<Value> = statement.query_row([], |row| (0..columns.len()).map(|n| row.get(n)).collect()).unwrap();
    for (column, value) in columns.iter().zip(&values).filter(|(column, _)| !except.contains(&column.as_str())) {
        // A key that was null stays a key.
        let other = match (column.as_str(), value) {
            ("staff" | "report", Value::Null) => "x'01900000000070038000000000000001'".to_owned(),
            ("content_hash", Value::Null) => "x'00'".to_owned(),
            ("before", Value::Null) => "7".to_owned(),
            _ => another(value),
        };
        spoilt(house, &format!("UPDATE {table} SET {column} = {other} WHERE {row}"), &[named]).await;
    }
}

fn blob(id: uuid::Uuid) -> String {
    format!("x'{}'", id.simple())
}

#[tokio::test]
async fn any_column_of_a_leaf_that_is_changed_is_named() {
    let house = House::lived().await;
    for idx in [0, 300, 599] {
        every_column(&house, "leaf", &format!("idx = {idx}"), &[], &format!("leaf {idx}")).await;
    }
}

#[tokio::test]
async fn any_column_of_an_entry_that_is_changed_is_named() {
    let house = House::lived().await;
    // One of a resident with words, one of staff, one of the house without a report.
    for n in [303, 306, 309] {
        let row = format!("id = {}", blob(entry_id(n)));
        every_column(&house, "journal", &row, &[], &entry_id(n).to_string()).await;
    }
}

#[tokio::test]
async fn any_column_of_a_subject_a_checkpoint_or_the_log_that_is_changed_is_named() {
    let house = House::lived().await;
    let (row, id) = (format!("id = {}", blob(report_id(30))), report_id(30).to_string());
    every_column(&house, "subject", &row, &[], &id).await;
    // When it was signed is our own note, and not signed.
    for size in [0, 100, 310, 600] {
        every_column(&house, "checkpoint", &format!("size = {size}"), &["at"], "checkpoint").await;
        every_column(&house, "checkpoint", &format!("size = {size}"), &["at", "size"], &format!("size {size}")).await;
    }
    every_column(&house, "log", "one = 1", &["one", "origin"], "the log says").await;
    spoilt_origin(&house).await;
}

/// Another name is another log: every checkpoint is of the first.
async fn spoilt_origin(house: &House) {
    let copy = house.copy().await;
    copy.tamper("UPDATE log SET origin = 'elsewhere.example/ledger'");
    let faults = copy.faults().await;
    assert_eq!(faults.iter().filter(|fault| fault.contains("checkpoint")).count(), 6, "{faults:#?}");
}

#[tokio::test]
async fn any_column_of_words_answers_and_secrets_that_is_changed_is_named() {
    let house = House::lived().await;
    let entry = entry_id(303);
    let row = format!("entry = {}", blob(entry));
    every_column(&house, "content", &row, &["entry"], &entry.to_string()).await;
    every_column(&house, "opening", &row, &[], &entry.to_string()).await;
    let row = format!("report = {}", blob(report_id(30)));
    every_column(&house, "answer", &row, &["report", "part"], &report_id(30).to_string()).await;
    spoilt(&house, &format!("UPDATE answer SET part = 'place' WHERE {row}"), &["were put to report"]).await;
}

#[tokio::test]
async fn any_row_that_is_removed_is_named() {
    let house = House::lived().await;
    for idx in [0, 255, 256, 300, 599] {
        spoilt(&house, &format!("DELETE FROM leaf WHERE idx = {idx}"), &[&format!("leaf {idx} is missing")]).await;
    }
    for n in [10, 303, 309, 609] {
        let entry = entry_id(n).to_string();
        spoilt(&house, &format!("DELETE FROM journal WHERE id = {}", blob(entry_id(n))), &[&entry, "is missing"]).await;
        let row = blob(entry_id(n));
        spoilt(&house, &format!("DELETE FROM opening WHERE entry = {row}"), &[&entry, "secret"]).await;
    }
    for n in [1, 30, 60] {
        let sql = format!("DELETE FROM subject WHERE id = {}", blob(report_id(n)));
        spoilt(&house, &sql, &[&report_id(n).to_string(), "is missing"]).await;
    }
    for size in [0, 100, 310, 600] {
        let named = format!("the checkpoint of size {size} is missing");
        spoilt(&house, &format!("DELETE FROM checkpoint WHERE size = {size}"), &[&named]).await;
    }
}

#[tokio::test]
async fn any_row_that_is_put_in_is_named() {
    let house = House::lived().await;
    let made_up = entry_id(9999);
    let columns = "at, verb, kind, report, agency, actor, staff, actor_name, audience, facts, content_hash";
    let like = blob(entry_id(306));
    let sql = format!(
        "INSERT INTO journal (id, {columns}) SELECT {}, {columns} FROM journal WHERE id = {like}",
        blob(made_up)
    );
    spoilt(&house, &sql, &[&format!("entry {made_up}"), "neither sealed nor waiting"]).await;
    for idx in [600, 601, 1_000_000_000] {
        let sql = format!(
            "INSERT INTO leaf (idx, entry, subject, counter, hash, body) \
             SELECT {idx}, {}, subject, 99, hash, body FROM leaf WHERE idx = 5",
            blob(made_up)
        );
        spoilt(&house, &sql, &[&format!("leaf {idx}"), &made_up.to_string()]).await;
    }
    let sql = format!("INSERT INTO subject (id, count, head) VALUES ({}, 1, x'00')", blob(report_id(99)));
    spoilt(&house, &sql, &[&report_id(99).to_string(), "put in"]).await;
    for size in [50, 700] {
        let sql = format!(
            "INSERT INTO checkpoint (size, before, root, at, note) SELECT {size}, before, root, at, note \
             FROM checkpoint WHERE size = 310"
        );
        spoilt(&house, &sql, &[&format!("size {size}")]).await;
    }
    let sql = format!("INSERT INTO unsealed (entry) VALUES ({})", blob(entry_id(303)));
    spoilt(&house, &sql, &[&entry_id(303).to_string(), "waits to be sealed again"]).await;
    let words = format!("INSERT INTO content (entry, salt, body) VALUES ({}, x'00', '{{}}')", blob(entry_id(306)));
    spoilt(&house, &words, &[&entry_id(306).to_string(), "put to entry"]).await;
}

#[tokio::test]
async fn what_waits_and_is_taken_out_of_the_queue_is_named() {
    let house = House::lived().await;
    house.live(61, 61).await;
    spoilt(
        &house,
        &format!("DELETE FROM unsealed WHERE entry = {}", blob(entry_id(613))),
        &[&entry_id(613).to_string()],
    )
    .await;
}

/// Two rows of a table change what they hold.
fn swap(house: &House, table: &str, columns: &[&str], key: &str, one: &str, other: &str) -> String {
    let connection = rusqlite::Connection::open(house.file()).unwrap();
    let held = |row: &str| -> Vec<String> {
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} FROM {table} WHERE {key} = {row}", quoted.join(", "));
        connection.query_row(&sql, [], |row| (0..columns.len()).map(|n| row.get(n)).collect()).unwrap()
    };
    let put = |row: &str, values: Vec<String>| {
        let set: Vec<String> =
            columns.iter().zip(values).map(|(column, value)| format!("{column} = {value}")).collect();
        format!("UPDATE {table} SET {} WHERE {key} = {row}", set.join(", "))
    };
    format!("{}; {}", put(one, held(other)), put(other, held(one)))
}

#[tokio::test]
async fn any_two_rows_that_are_swapped_are_named() {
    let house = House::lived().await;
    for (one, other) in [(3, 4), (100, 400), (255, 256)] {
        let sql = swap(&house, "leaf", &["hash", "body"], "idx", &one.to_string(), &other.to_string());
        spoilt(&house, &sql, &[&format!("leaf {one}"), &format!("leaf {other}")]).await;
    }
    let (one, other) = (entry_id(303), entry_id(402));
    let names = [one.to_string(), other.to_string()];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    spoilt(&house, &swap(&house, "journal", &["facts"], "id", &blob(one), &blob(other)), &names).await;
    let all = ["at", "verb", "kind", "report", "agency", "actor", "actor_name", "audience", "facts", "content_hash"];
    spoilt(&house, &swap(&house, "journal", &all, "id", &blob(one), &blob(other)), &names).await;
    spoilt(&house, &swap(&house, "content", &["salt", "body"], "entry", &blob(one), &blob(other)), &names).await;
    spoilt(&house, &swap(&house, "opening", &["secret"], "entry", &blob(one), &blob(other)), &names).await;
    let (one, other) = (report_id(5), report_id(50));
    let names = [one.to_string(), other.to_string()];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    spoilt(&house, &swap(&house, "subject", &["head"], "id", &blob(one), &blob(other)), &names).await;
    let swapped = swap(&house, "checkpoint", &["root", "note"], "size", "100", "310");
    spoilt(&house, &swapped, &["size 100", "size 310"]).await;
}

/// Somebody who changes journal, leaf and tiles alike meets what was signed.
#[tokio::test]
async fn a_history_rewritten_everywhere_but_in_what_was_signed_is_named() {
    let house = House::lived().await;
    let copy = house.copy().await;
    copy.tamper("DELETE FROM checkpoint");
    copy.tamper("UPDATE leaf SET body = CAST('made up' AS BLOB) WHERE idx = 150");
    std::fs::remove_dir_all(copy.folder()).unwrap();
    copy.ledger().await.publish().await.unwrap();
    // The tiles are now made of the changed rows; the old checkpoints come back.
    copy.tamper("DELETE FROM checkpoint");
    let sql = "INSERT INTO checkpoint SELECT * FROM old.checkpoint";
    let connection = rusqlite::Connection::open(copy.file()).unwrap();
    connection.execute_batch(&format!("ATTACH DATABASE '{}' AS old; {sql}", house.file().display())).unwrap();
    let faults = copy.faults().await;
    let root = "the checkpoint of size 310 was signed over other leaves than these, and so were 2 after it";
    assert!(faults.iter().any(|fault| fault == root), "{faults:#?}");
}

#[tokio::test]
async fn words_that_were_erased_are_counted_and_no_fault() {
    let house = House::lived().await;
    house.tamper(&format!("DELETE FROM content WHERE entry IN ({}, {})", blob(entry_id(303)), blob(entry_id(402))));
    let found = house.verify().await;
    assert_eq!((found.faults.len(), found.withheld, found.disposed), (0, 2, 0));
    // An entry of erasure on the one report says what became of its words.
    house
        .db
        .write(|tx| {
            let erased = store::journal::NewEntry {
                verb: store::journal::Verb::Erasure,
                ..crate::house::entry(7000, Some(30), "words.erased", None)
            };
            store::journal::write(&rights::Actor::House("test"), tx, &erased)
        })
        .await
        .unwrap();
    house.ledger().await.step().await.unwrap();
    let found = house.verify().await;
    assert_eq!((found.faults.len(), found.withheld, found.disposed), (0, 1, 1));
}
