//! What differs between the engines by nature: word search, named locks, migrations' bookkeeping.

use super::{Db, Inner, Tx, lite};
use crate::{Error, Result};
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Found rows are capped: a page shows half as many, and a count over all would read the whole index.
const MOST_FOUND: i64 = 50;
/// Different words of one report that count, from the first; with the next it keeps below the 1 MB PostgreSQL takes.
const MOST_INDEXED: usize = 3000;
/// Letters of a word that count.
const LONGEST_WORD: usize = 64;

impl Tx<'_> {
    /// Holds a lock of this name to the end of a write. The embedded engine has one writer and needs none; a read has its
    /// snapshot before it could wait.
    pub fn lock(&mut self, name: &str) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => Ok(()),
            Inner::Pg(tx) if !tx.writes() => Ok(()),
            Inner::Pg(_) => self.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[&name]).map(|_| ()),
        }
    }

    /// The next number of a part. The embedded engine has one writer; writers of a server draw from a sequence.
    pub(crate) fn next_number(&mut self) -> Result<i64> {
        let (number,) = match &self.inner {
            Inner::Lite { .. } => self.one::<(i64,)>("SELECT COALESCE(MAX(number), 0) + 1 FROM sub_case", &[])?,
            Inner::Pg(_) => self.one::<(i64,)>("SELECT nextval('sub_case_number')", &[])?,
        };
        Ok(number)
    }

    /// Puts words under a number, in place of what was there: without case and accents, cut where they are neither letter
    /// nor digit. The engines' own cutters differ (an e-mail address is one word to PostgreSQL), so they get none to do.
    pub fn index_words(&mut self, number: i64, words: &str) -> Result<()> {
        let mut seen = BTreeSet::new();
        let words: Vec<String> = folded(words).filter(|word| seen.insert(word.clone())).take(MOST_INDEXED).collect();
        let words = words.join(" ");
        match &self.inner {
            Inner::Lite { .. } => {
                self.run("INSERT OR REPLACE INTO report_word (rowid, words) VALUES ($1, $2)", &[&number, &words])?;
            }
            Inner::Pg(_) => {
                self.run(
                    "INSERT INTO report_word (number, words) VALUES ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), ''))) \
                     ON CONFLICT (number) DO UPDATE SET words = excluded.words",
                    &[&number, &words],
                )?;
            }
        }
        Ok(())
    }

    /// Forgets the words under a number.
    pub fn forget_words(&mut self, number: i64) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => self.run("DELETE FROM report_word WHERE rowid = $1", &[&number])?,
            Inner::Pg(_) => self.run("DELETE FROM report_word WHERE number = $1", &[&number])?,
        };
        Ok(())
    }

    /// The numbers under which every one of the words stands, the last one as a whole word or its beginning; newest first.
    /// `label` is a word that must stand there whole: the agency whose words they are.
    ///
    /// For a beginning the engine gathers every report with a word that begins so: it is asked for only where whole words
    /// do not fill the list.
    pub fn find_words(&mut self, label: &str, words: &str) -> Result<Vec<i64>> {
        let words: Vec<String> = folded(words).take(8).collect();
        let label = folded(label).collect::<String>();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let whole = self.found_by(&label, &words, false)?;
        if whole.len() as i64 == MOST_FOUND { Ok(whole) } else { self.found_by(&label, &words, true) }
    }

    fn found_by(&mut self, label: &str, words: &[String], beginning: bool) -> Result<Vec<i64>> {
        let last = words.len() - 1;
        let terms = |quote: char, star: &str, and: &str| {
            let term = |(n, word)| format!("{quote}{word}{quote}{}", if beginning && n == last { star } else { "" });
            let words: Vec<String> = words.iter().enumerate().map(term).collect();
            format!("{quote}{label}{quote}{and}{}", words.join(and))
        };
        let rows: Vec<(i64,)> = match &self.inner {
            Inner::Lite { .. } => self.all(
                "SELECT rowid FROM report_word WHERE report_word MATCH $1 ORDER BY rowid DESC LIMIT $2",
                &[&terms('"', "*", " "), &MOST_FOUND],
            )?,
            Inner::Pg(_) => self.all(
                "SELECT number FROM report_word WHERE words @@ CAST(CAST($1 AS TEXT) AS tsquery) \
                 ORDER BY number DESC LIMIT $2",
                &[&terms('\'', ":*", " & "), &MOST_FOUND],
            )?,
        };
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }

    /// Columns of every table as the engine itself describes them: table, column.
    pub fn columns(&mut self) -> Result<Vec<(String, String)>> {
        match &self.inner {
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

    /// How the engine would run a statement whatever its parameters are, a line each.
    pub fn plan(&mut self, sql: &str) -> Result<Vec<String>> {
        match &self.inner {
            Inner::Lite { connection, .. } => {
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                let mut statement = connection.prepare(&sql).map_err(lite::error)?;
                let mut rows = statement.raw_query();
                let mut lines = Vec::new();
                while let Some(row) = rows.next().map_err(lite::error)? {
                    lines.push(row.get(3).map_err(lite::error)?);
                }
                Ok(lines)
            }
            Inner::Pg(_) => {
                // EXPLAIN (GENERIC_PLAN) came with version 16.
                self.batch(&format!("SET LOCAL plan_cache_mode TO force_generic_plan; PREPARE asked AS {sql}"))?;
                let count: (i64,) = self.one(
                    "SELECT CAST(cardinality(parameter_types) AS BIGINT) FROM pg_prepared_statements WHERE name = 'asked'",
                    &[],
                )?;
                let nulls = vec!["NULL"; usize::try_from(count.0).unwrap_or(0)].join(", ");
                let execute = if nulls.is_empty() { "asked".to_owned() } else { format!("asked({nulls})") };
                let rows: Vec<(String,)> = self.all(&format!("EXPLAIN EXECUTE {execute}"), &[])?;
                self.batch("DEALLOCATE asked; SET LOCAL plan_cache_mode TO auto")?;
                Ok(rows.into_iter().map(|(line,)| line).collect())
            }
        }
    }

    /// Runs a migration's text.
    ///
    /// SQLite builds a table in memory for every `IN` of more than two values, each time a row is checked; a chain of
    /// `OR` says the same and builds nothing.
    pub(crate) fn create(&mut self, text: &str) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => self.batch(&checks_as_chains(text)),
            Inner::Pg(_) => self.batch(text),
        }
    }

    /// What [`Tx::next_number`] draws from, beginning after the numbers in use.
    pub(crate) fn create_numbers(&mut self) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => Ok(()),
            Inner::Pg(_) => self.batch(
                "CREATE SEQUENCE sub_case_number; \
                 SELECT setval('sub_case_number', (SELECT COALESCE(MAX(number), 0) + 1 FROM sub_case), false)",
            ),
        }
    }

    pub(crate) fn create_word_index(&mut self) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => self.batch(
                // How long a report is, is never asked. Without `detail` the index would be read from end to end.
                "CREATE VIRTUAL TABLE report_word USING fts5(words, columnsize = 0, \
                 tokenize = 'unicode61 remove_diacritics 2'); \
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
                let connection = rusqlite::Connection::open(path).map_err(lite::error)?;
                connection.busy_timeout(lite::BUSY).map_err(lite::error)?;
                let busy: i64 = connection
                    .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                    .map_err(lite::error)?;
                // A reader on an old snapshot keeps the file: nothing was emptied.
                if busy == 0 { Ok(()) } else { Err(Error::Busy) }
            }
        }
    }
}

/// `CHECK (x IN ('a', 'b'))` as `CHECK ((x = 'a' OR x = 'b'))`, wherever a line of the schema says so.
fn checks_as_chains(text: &str) -> String {
    let chained = |line: &str| {
        let (before, rest) = line.split_once("CHECK (")?;
        let (column, rest) = rest.split_once(" IN (")?;
        let (values, after) = rest.split_once(')')?;
        let chain: Vec<String> = values.split(", ").map(|value| format!("{column} = {value}")).collect();
        Some(format!("{before}CHECK (({}){after}", chain.join(" OR ")))
    };
    text.lines().map(|line| chained(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// Words as they are looked for.
fn folded(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{checks_as_chains, folded};

    fn words(text: &str) -> Vec<String> {
        folded(text).collect()
    }

    #[test]
    fn a_check_keeps_its_meaning_and_its_line() {
        assert_eq!(
            checks_as_chains("  part TEXT NOT NULL CHECK (part IN ('plain', 'place')),\n  n BIGINT CHECK (n > 0)\n"),
            "  part TEXT NOT NULL CHECK ((part = 'plain' OR part = 'place')),\n  n BIGINT CHECK (n > 0)\n"
        );
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(words("CAFÉ Zoë İzmir"), ["cafe", "zoe", "izmir"]);
    }

    #[test]
    fn an_address_is_as_many_words_as_it_has_parts() {
        assert_eq!(words("robin@example.org, 01632-960123"), ["robin", "example", "org", "01632", "960123"]);
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert_eq!(words("  --- '\" * & | ! () :* "), Vec::<String>::new());
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(words(&"x".repeat(5000))[0].len(), 64);
    }
}
