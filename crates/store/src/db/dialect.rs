//! What differs between the engines by nature: named locks, numbers, migrations' bookkeeping. For words see `words`.

use super::{Db, Inner, Tx, lite};
use crate::{Error, Result};

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
            Inner::Pg(_) => {
                self.batch("CREATE SEQUENCE sub_case_number")?;
                self.renumber()
            }
        }
    }

    /// Lets [`Tx::next_number`] go on behind the numbers in use: rows that were loaded drew none.
    pub(crate) fn renumber(&mut self) -> Result<()> {
        match &self.inner {
            Inner::Lite { .. } => Ok(()),
            Inner::Pg(_) => self
                .batch("SELECT setval('sub_case_number', (SELECT COALESCE(MAX(number), 0) + 1 FROM sub_case), false)"),
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

#[cfg(test)]
mod tests {
    use super::checks_as_chains;

    #[test]
    fn a_check_keeps_its_meaning_and_its_line() {
        assert_eq!(
            checks_as_chains("  part TEXT NOT NULL CHECK (part IN ('plain', 'place')),\n  n BIGINT CHECK (n > 0)\n"),
            "  part TEXT NOT NULL CHECK ((part = 'plain' OR part = 'place')),\n  n BIGINT CHECK (n > 0)\n"
        );
    }
}
