//! SQL stands in `store` alone, and the name of a database in `store/src/db.rs` and its folder alone.

use crate::{found::Found, repository::Repository, rust_code::Code};

/// Pairs of words that only SQL has both of, in this order, in capitals.
const SQL: [(&str, &str); 7] = [
    ("SELECT ", ""),
    ("INSERT ", "INTO "),
    ("UPDATE ", " SET "),
    ("DELETE ", "FROM "),
    ("CREATE ", "TABLE "),
    ("ALTER ", "TABLE "),
    ("PRAGMA ", ""),
];
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    for (file, home, rest) in repository.shipped() {
        let code = Code::shipped(file.text());
        if home != "store" {
            for literal in code.literals.iter().filter(|literal| is_sql(&literal.text)) {
                found.fault(&file.path, literal.line, "SQL outside store");
            }
        }
        if home == "store" && (rest == "src/db.rs" || rest.starts_with("src/db/")) {
            continue;
        }
        let words = code.literals.iter().map(|literal| (literal.line, literal.text.as_str()));
        for (line, text) in code.code.lines().enumerate().map(|(at, line)| (at + 1, line)).chain(words) {
            let text = text.to_ascii_lowercase();
            if let Some(engine) = ENGINES.iter().find(|engine| text.contains(**engine)) {
                found.fault(&file.path, line, format!("names {engine}: that belongs in store/src/db.rs"));
            }
        }
    }
    for file in repository.files.iter().filter(|file| file.extension() == "sql") {
        if !file.path.starts_with("crates/store/") {
            found.fault(&file.path, 0, "SQL outside store");
        }
    }
    found
}

fn is_sql(text: &str) -> bool {
    SQL.iter().any(|(first, then)| text.find(first).is_some_and(|at| text[at + first.len() - 1..].contains(then)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> Vec<String> {
        find(&Repository::of(&[(path, text)])).faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn sql_outside_store_is_found() {
        let text = "fn a() {\n  tx.run(\"UPDATE report SET stage = $1\");\n}";
        assert_eq!(faults("crates/casework/src/a.rs", text), ["crates/casework/src/a.rs:2: SQL outside store"]);
        assert!(faults("crates/store/src/report.rs", text).is_empty());
        assert_eq!(faults("crates/web/a.sql", ""), ["crates/web/a.sql: SQL outside store"]);
    }

    #[test]
    fn words_for_people_are_not_sql() {
        let text =
            "\"Select a place\"; \"We update you\"; // SELECT 1\n#[cfg(test)] mod tests { fn a() { \"SELECT 1\"; } }";
        assert!(faults("crates/web/src/a.rs", text).is_empty());
    }

    #[test]
    fn the_name_of_a_database_outside_the_driver_is_found() {
        assert_eq!(faults("crates/store/src/report.rs", "use rusqlite::Row;").len(), 1);
        assert_eq!(faults("crates/moothall/src/config.rs", "\"postgres://\"").len(), 1);
        assert!(faults("crates/store/src/db/lite.rs", "use rusqlite::Row;").is_empty());
        assert!(faults("crates/store/src/report.rs", "// PostgreSQL sorts so").is_empty());
    }
}
