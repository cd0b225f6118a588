//! The thin layer over the two engines: one SQL text, one row type, plain functions on one [`Tx`].
//!
//! Three verbs: [`Db::read`] (one snapshot), [`Db::write`] (one durable transaction) and [`Db::look`] (staff reading
//! personal data: the consultation is committed before the value is released). Only this file and its folder know the
//! name of a database.

mod dialect;
mod figures;
mod layout;
mod lite;
mod look;
mod pg;
mod row;
mod words;

use crate::{Error, Param, Result};
use figures::{Fault, Figures};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};
use telemetry::{Kind, Span, within};

pub use layout::{Field, Table};
pub use look::{Glance, Look, Shown};
pub use row::{FromRow, Row};

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An embedded database file.
    File(PathBuf),
    /// A server, `postgres://user@host/name`.
    Server(String),
}

impl Place {
    /// `postgres://…` and `postgresql://…` are servers; anything else is a file.
    pub fn parse(text: &str) -> Place {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Place::Server(text.to_owned())
        } else {
            Place::File(PathBuf::from(text))
        }
    }
}

/// The database. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    statements: Statements,
    figures: Arc<Figures>,
}

enum Engine {
    Lite(lite::Lite),
    Pg(pg::Pool),
}

/// Every statement text that was run, for the test that checks their plans.
#[derive(Clone, Default)]
struct Statements(Option<Arc<Mutex<BTreeSet<String>>>>);

impl Statements {
    fn note(&self, sql: &str) {
        if let Some(seen) = &self.0
            && let Ok(mut seen) = seen.lock()
            && !seen.contains(sql)
        {
            seen.insert(sql.to_owned());
        }
    }
}

impl Db {
    /// Opens the database, without changing its schema; see [`Db::migrate`].
    pub fn open(place: &Place) -> Result<Db> {
        Self::open_with(place, Statements::default())
    }

    /// As [`Db::open`], and keeps the text of every statement run: see [`Db::statements`].
    pub fn open_watched(place: &Place) -> Result<Db> {
        Self::open_with(place, Statements(Some(Arc::default())))
    }

    fn open_with(place: &Place, statements: Statements) -> Result<Db> {
        let figures = Arc::<Figures>::default();
        let engine = match place {
            Place::File(path) => Engine::Lite(lite::Lite::open(path, statements.clone(), figures.clone())?),
            Place::Server(url) => Engine::Pg(pg::Pool::open(url, statements.clone(), figures.clone())?),
        };
        Ok(Db { engine: Arc::new(engine), statements, figures })
    }

    /// The statements run so far, where the database was opened to watch them.
    pub fn statements(&self) -> Vec<String> {
        self.statements.0.as_ref().and_then(|s| s.lock().ok()).map_or_else(Vec::new, |s| s.iter().cloned().collect())
    }

    /// The file of an embedded database.
    pub fn file(&self) -> Option<&Path> {
        match &*self.engine {
            Engine::Lite(lite) => Some(lite.path()),
            Engine::Pg(_) => None,
        }
    }

    /// Runs `job` on one snapshot. It must only read.
    pub async fn read<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let work = async {
            match &*self.engine {
                Engine::Lite(lite) => lite.read(job),
                Engine::Pg(pool) => pool.read(job).await,
            }
        };
        within("db.read", Kind::Client, work, |span, done| self.note(span, done)).await
    }

    /// Runs `job` in one transaction and answers after it is durable. `Ok` commits, `Err` rolls back.
    ///
    /// A job may run twice: time, ids and randomness are drawn before.
    pub async fn write<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        F: FnMut(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let work = async {
            match &*self.engine {
                Engine::Lite(lite) => lite.write(job).await,
                Engine::Pg(pool) => pool.write(job).await,
            }
        };
        within("db.write", Kind::Client, work, |span, done| self.note(span, done)).await
    }

    /// What a span says of a job: never its statements, which are not known here, nor why it did not come to its end.
    fn note<T, E>(&self, span: &mut Span, done: &std::result::Result<T, E>) {
        span.note("db.system.name", self.system());
        span.note("outcome", if done.is_ok() { "done" } else { "not done" });
    }

    /// Commits and jobs since the start: how many submissions shared a commit.
    pub fn commits(&self) -> (u64, u64) {
        (self.figures.commits.get(), self.figures.jobs.get())
    }
}

/// One transaction on either engine. Everything in `store` and `casework` is a plain function on it.
///
/// A statement that fails breaks the transaction: PostgreSQL refuses what comes after it, and a full disk makes SQLite
/// roll back behind our back. So on both engines what comes after is [`Error::Lost`], and so is the job, even when it
/// answers `Ok`: what it did before is not there.
pub struct Tx<'c> {
    inner: Inner<'c>,
    broken: bool,
    fault: Option<Fault>,
}

enum Inner<'c> {
    Lite { connection: &'c rusqlite::Connection, statements: &'c Statements },
    Pg(&'c mut (dyn pg::Server + 'c)),
}

impl<'c> Tx<'c> {
    fn new(inner: Inner<'c>) -> Self {
        Tx { inner, broken: false, fault: None }
    }

    fn sound(&self) -> Result<()> {
        if self.broken { Err(Error::Lost) } else { Ok(()) }
    }

    /// Remembers a failed statement. A row that was read but not understood breaks nothing.
    fn noted<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(error) = &done {
            self.broken |= !matches!(error, Error::Misread { .. } | Error::NotFound(_) | Error::Stale);
            self.fault = self.fault.or(Fault::of(error));
        }
        done
    }

    /// What a job came to, in view of the statements that failed in it.
    fn end<T, E: From<Error>>(&self, done: std::result::Result<T, E>) -> std::result::Result<T, E> {
        if done.is_ok() {
            self.sound()?
        }
        done
    }
}

impl Tx<'_> {
    /// Every row.
    pub fn all<T: FromRow>(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row, if any.
    pub fn maybe<T: FromRow>(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Option<T>> {
        self.sound()?;
        let done = match &mut self.inner {
            Inner::Lite { connection, statements } => lite::first(connection, statements, sql, params),
            Inner::Pg(tx) => {
                tx.rows(sql, params).and_then(|rows| rows.first().map(|row| T::from_row(&Row::Pg(row))).transpose())
            }
        };
        self.noted(done)
    }

    /// The one row there must be; none is [`rights::NotFound`].
    pub fn one<T: FromRow>(&mut self, sql: &str, params: &[&dyn Param]) -> Result<T> {
        self.maybe(sql, params)?.ok_or(Error::NotFound(rights::NotFound))
    }

    /// Runs a statement; the number of rows it changed.
    pub fn run(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64> {
        self.sound()?;
        let done = match &mut self.inner {
            Inner::Lite { connection, statements } => lite::run(connection, statements, sql, params),
            Inner::Pg(tx) => tx.run(sql, params),
        };
        self.noted(done)
    }

    /// Hands each row to `take`.
    pub fn each(&mut self, sql: &str, params: &[&dyn Param], mut take: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        self.sound()?;
        let done = match &mut self.inner {
            Inner::Lite { connection, statements } => lite::each(connection, statements, sql, params, &mut take),
            Inner::Pg(tx) => tx.rows(sql, params).and_then(|rows| rows.iter().try_for_each(|row| take(&Row::Pg(row)))),
        };
        self.noted(done)
    }

    /// Several statements at once, for migrations.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.sound()?;
        let done = match &mut self.inner {
            Inner::Lite { connection, .. } => connection.execute_batch(sql).map_err(lite::error),
            Inner::Pg(tx) => tx.batch(sql),
        };
        self.noted(done)
    }
}
