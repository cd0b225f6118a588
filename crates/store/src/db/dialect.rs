//! What differs between the engines by nature: word search, named locks, migrations' bookkeeping.

use super::{Db, Inner, Tx};
use crate::{Error, Result};

/// Found rows are capped: nobody reads more, and a count over all would read the whole index.
pub const MOST_FOUND: i64 = 500;

impl Tx<'_> {
    /// Holds a lock of this name to the end of the transaction. The embedded engine has one writer and needs none.
    pub fn lock(&mut self, name: &str) -> Result<()> {
        match &self.0 {
            Inner::Lite { .. } => Ok(()),
            Inner::Pg(_) => self.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[&name]).map(|_| ()),
        }
    }

    /// Puts words under a number, in place of what was there.
    pub fn index_words(&mut self, number: i64, words: &str) -> Result<()> {
        match &self.0 {
            Inner::Lite { .. } => {
                self.run("DELETE FROM report_word WHERE rowid = $1", &[&number])?;
                self.run("INSERT INTO report_word (rowid, words) VALUES ($1, $2)", &[&number, &words])?;
            }
            Inner::Pg(_) => {
                self.run(
                    "INSERT INTO report_word (number, words) VALUES ($1, to_tsvector('simple', $2)) \
                     ON CONFLICT (number) DO UPDATE SET words = excluded.words",
                    &[&number, &words],
                )?;
            }
        }
        Ok(())
    }

    /// Forgets the words under a number.
    pub fn forget_words(&mut self, number: i64) -> Result<()> {
        match &self.0 {
            Inner::Lite { .. } => self.run("DELETE FROM report_word WHERE rowid = $1", &[&number])?,
            Inner::Pg(_) => self.run("DELETE FROM report_word WHERE number = $1", &[&number])?,
        };
        Ok(())
    }

    /// The numbers under which every one of the words stands, each as a whole word or its beginning; newest first.
    /// `label` is a word that must stand there whole: the agency whose words they are.
    pub fn find_words(&mut self, label: &str, words: &str) -> Result<Vec<i64>> {
        let words: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(8)
            .map(str::to_lowercase)
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(i64,)> = match &self.0 {
            Inner::Lite { .. } => {
                let words = words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ");
                let query = format!("\"{label}\" {words}");
                self.all(
                    "SELECT rowid FROM report_word WHERE report_word MATCH $1 ORDER BY rowid DESC LIMIT $2",
                    &[&query, &MOST_FOUND],
                )?
            }
            Inner::Pg(_) => {
                let words = words.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" & ");
                let query = format!("'{label}' & {words}");
                self.all(
                    "SELECT number FROM report_word WHERE words @@ to_tsquery('simple', $1) \
                     ORDER BY number DESC LIMIT $2",
                    &[&query, &MOST_FOUND],
                )?
            }
        };
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }

    /// Columns of every table as the engine itself describes them: table, column.
    pub fn columns(&mut self) -> Result<Vec<(String, String)>> {
        match &self.0 {
            Inner::Lite { .. } => self.all(
                "SELECT m.name, p.name FROM sqlite_master AS m, pragma_table_info(m.name) AS p \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'report_word_%' \
                 ORDER BY m.name, p.name",
                &[],
            ),
            Inner::Pg(_) => self.all(
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
                 WHERE table_schema = current_schema() ORDER BY 1, 2",
                &[],
            ),
        }
    }

    /// How the engine would run a statement, a line each.
    pub fn plan(&mut self, sql: &str) -> Result<Vec<String>> {
        match &self.0 {
            Inner::Lite { .. } => {
                let mut lines = Vec::new();
                self.each(&format!("EXPLAIN QUERY PLAN {sql}"), &[], |row| {
                    lines.push(row.get(3)?);
                    Ok(())
                })?;
                Ok(lines)
            }
            Inner::Pg(_) => {
                let rows: Vec<(String,)> = self.all(&format!("EXPLAIN (GENERIC_PLAN) {sql}"), &[])?;
                Ok(rows.into_iter().map(|(line,)| line).collect())
            }
        }
    }

    pub(crate) fn create_word_index(&mut self) -> Result<()> {
        match &self.0 {
            Inner::Lite { .. } => self.batch(
                "CREATE VIRTUAL TABLE report_word USING fts5(words, tokenize = 'unicode61 remove_diacritics 2'); \
                 INSERT INTO report_word (report_word, rank) VALUES ('secure-delete', 1);",
            ),
            Inner::Pg(_) => self.batch(
                "CREATE TABLE report_word (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL); \
                 CREATE INDEX report_word_by_word ON report_word USING GIN (words);",
            ),
        }
    }
}

impl Db {
    /// Is this the embedded engine? For commands that only make sense on a file.
    pub fn embedded(&self) -> bool {
        self.file().is_some()
    }

    /// Writes what lies in the write-ahead file into the database and empties it (erasure, house.md §8.11).
    pub async fn truncate(&self) -> Result<()> {
        match self.file() {
            None => Ok(()),
            Some(path) => {
                let connection = rusqlite::Connection::open(path).map_err(super::lite::error)?;
                connection
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                    .map_err(|e| Error::Other(e.to_string()))
            }
        }
    }
}
