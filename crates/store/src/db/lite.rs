//! The embedded engine: one writer thread that commits in groups, readers on snapshots.

use super::{FromRow, Row, Statements, Tx};
use crate::{Error, Param, Result, Value};
use futures_channel::oneshot;
use rusqlite::{Connection, OpenFlags, types::ToSqlOutput, types::ValueRef};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc,
    },
    time::{Duration, Instant},
};

/// At most this many jobs share a commit …
const JOBS: usize = 64;
/// … or as many as fit in this time. The writer never waits for callers to fill a group.
const WORK: Duration = Duration::from_millis(5);
/// How long to wait for another process that holds the file.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// Prepared statements kept for each connection: more than the code has.
const CACHE: usize = 512;

pub(super) struct Lite {
    path: PathBuf,
    /// Idle readers. A reader is opened when none is idle; no more are ever busy than there are callers.
    readers: Mutex<Vec<Connection>>,
    statements: Statements,
    jobs: mpsc::Sender<Box<dyn Job>>,
    counts: Arc<(AtomicU64, AtomicU64)>,
}

impl Lite {
    pub fn open(path: &Path, statements: Statements) -> Result<Lite> {
        let writer = connect(path, true)?;
        let (jobs, queue) = mpsc::channel();
        let counts = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let (seen, counted) = (statements.clone(), counts.clone());
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_forever(&writer, &seen, &queue, &counted))
            .map_err(|e| Error::Other(e.to_string()))?;
        Ok(Lite { path: path.to_owned(), readers: Mutex::default(), statements, jobs, counts })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn commits(&self) -> (u64, u64) {
        (self.counts.0.load(Relaxed), self.counts.1.load(Relaxed))
    }

    /// Runs inline on the caller's thread: a hop to another thread costs more than most reads.
    pub fn read<T, E: From<Error>>(
        &self,
        job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let idle = self.readers.lock().ok().and_then(|mut readers| readers.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, false)?,
        };
        begin(&connection, "BEGIN")?;
        let done = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = tx(&connection, &self.statements);
            let done = job(&mut tx);
            tx.end(done)
        }));
        // A connection that cannot end its snapshot is dropped, not kept.
        if run(&connection, &Statements::default(), "ROLLBACK", &[]).is_ok()
            && let Ok(mut readers) = self.readers.lock()
        {
            readers.push(connection);
        }
        done.unwrap_or_else(|_| Err(Error::Panicked.into()))
    }

    pub async fn write<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        F: FnMut(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(Work { job, done: None, reply });
        self.jobs.send(work).map_err(|_| Error::Gone("the writer has stopped".into()))?;
        answer.await.unwrap_or_else(|_| Err(Error::Gone("the writer has stopped".into()).into()))
    }
}

fn connect(path: &Path, writes: bool) -> Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if writes {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(path, flags).map_err(error)?;
    connection.busy_timeout(BUSY).map_err(error)?;
    connection.set_prepared_statement_cache_capacity(CACHE);
    connection
        .execute_batch(if writes {
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF"
        } else {
            "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF"
        })
        .map_err(error)?;
    Ok(connection)
}

fn tx<'c>(connection: &'c Connection, statements: &'c Statements) -> Tx<'c> {
    Tx::new(super::Inner::Lite { connection, statements })
}

fn begin(connection: &Connection, how: &str) -> Result<()> {
    run(connection, &Statements::default(), how, &[]).map(|_| ())
}

/// A job and the one who waits for it.
trait Job: Send {
    /// Runs in a savepoint; true keeps what it did.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Called once, after the commit that holds the job, or with what stopped it.
    fn answer(self: Box<Self>, committed: std::result::Result<(), Error>);
}

struct Work<F, T, E> {
    job: F,
    done: Option<std::result::Result<T, E>>,
    reply: oneshot::Sender<std::result::Result<T, E>>,
}

impl<F, T, E> Job for Work<F, T, E>
where
    F: FnMut(&mut Tx) -> std::result::Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let done = catch_unwind(AssertUnwindSafe(|| {
            let done = (self.job)(tx);
            tx.end(done)
        }))
        .unwrap_or_else(|_| Err(Error::Panicked.into()));
        let keep = done.is_ok();
        self.done = Some(done);
        keep
    }

    fn answer(self: Box<Self>, committed: std::result::Result<(), Error>) {
        let done = match (self.done, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(Error::Lost.into()),
        };
        // The caller may have gone away; what it asked for is kept all the same.
        let _ = self.reply.send(done);
    }
}

fn write_forever(
    connection: &Connection,
    statements: &Statements,
    queue: &mpsc::Receiver<Box<dyn Job>>,
    counts: &(AtomicU64, AtomicU64),
) {
    while let Ok(first) = queue.recv() {
        let mut group = Vec::new();
        let outcome = write_group(connection, statements, first, queue, &mut group);
        if outcome.is_ok() {
            counts.0.fetch_add(1, Relaxed);
            counts.1.fetch_add(group.len() as u64, Relaxed);
        } else if !connection.is_autocommit() {
            let _ = begin(connection, "ROLLBACK");
        }
        for job in group {
            job.answer(match &outcome {
                Ok(()) => Ok(()),
                Err(Error::Busy) => Err(Error::Busy),
                Err(Error::Unwritable(why)) => Err(Error::Unwritable(why.clone())),
                Err(_) => Err(Error::Lost),
            });
        }
    }
}

/// One commit: every job in a savepoint of its own, so that one that fails harms no neighbour.
#[expect(clippy::disallowed_methods, reason = "bounds the work of one commit; nothing stored depends on it")]
fn write_group(
    connection: &Connection,
    statements: &Statements,
    first: Box<dyn Job>,
    queue: &mpsc::Receiver<Box<dyn Job>>,
    group: &mut Vec<Box<dyn Job>>,
) -> Result<()> {
    let started = Instant::now();
    group.push(first);
    begin(connection, "BEGIN IMMEDIATE")?;
    loop {
        begin(connection, "SAVEPOINT job")?;
        let Some(job) = group.last_mut() else { break };
        let keep = job.run(&mut tx(connection, statements));
        // A full disk inside a savepoint rolls the whole transaction back behind our back.
        if connection.is_autocommit() {
            return Err(Error::Lost);
        }
        if !keep {
            begin(connection, "ROLLBACK TO job")?;
        }
        begin(connection, "RELEASE job")?;
        if group.len() >= JOBS || started.elapsed() >= WORK {
            break;
        }
        match queue.try_recv() {
            Ok(next) => group.push(next),
            Err(_) => break,
        }
    }
    begin(connection, "COMMIT")
}

pub(super) fn error(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{
        CannotOpen, ConstraintViolation, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure,
    };
    let Some(code) = error.sqlite_error() else { return Error::Other(error.to_string()) };
    match (code.code, code.extended_code) {
        // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
        (ConstraintViolation, 2067 | 1555 | 2579) => Error::Taken(error.to_string()),
        (ConstraintViolation, _) => Error::Refused(error.to_string()),
        (DatabaseBusy | DatabaseLocked, _) => Error::Busy,
        (DiskFull | SystemIoFailure | ReadOnly | CannotOpen, _) => Error::Unwritable(error.to_string()),
        _ => Error::Other(error.to_string()),
    }
}

struct Bound<'a>(Value<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Bool(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Value::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Value::Float(x) => ToSqlOutput::Borrowed(ValueRef::Real(*x)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Value::Json(json) => ToSqlOutput::Owned(rusqlite::types::Value::Text(json.to_string())),
        })
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[&dyn Param]) -> Result<()> {
    // What is left unbound would silently be NULL.
    if statement.parameter_count() != params.len() {
        return Err(Error::Other(format!("{} parameters for {}", params.len(), statement.parameter_count())));
    }
    for (i, param) in params.iter().enumerate() {
        let value = param.value();
        if value.holds_nul() {
            return Err(Error::Refused("U+0000 in a text".into()));
        }
        statement.raw_bind_parameter(i + 1, Bound(value)).map_err(error)?;
    }
    Ok(())
}

pub(super) fn run(c: &Connection, seen: &Statements, sql: &str, params: &[&dyn Param]) -> Result<u64> {
    seen.note(sql);
    let mut statement = c.prepare_cached(sql).map_err(error)?;
    bind(&mut statement, params)?;
    if statement.column_count() > 0 {
        let mut rows = statement.raw_query();
        let mut n = 0;
        while rows.next().map_err(error)?.is_some() {
            n += 1;
        }
        return Ok(n);
    }
    Ok(statement.raw_execute().map_err(error)? as u64)
}

pub(super) fn each(
    c: &Connection,
    seen: &Statements,
    sql: &str,
    params: &[&dyn Param],
    take: &mut dyn FnMut(&Row) -> Result<()>,
) -> Result<()> {
    seen.note(sql);
    let mut statement = c.prepare_cached(sql).map_err(error)?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(error)? {
        take(&Row::Lite(row))?;
    }
    Ok(())
}

/// Reads on to the end, since a statement left half read (an INSERT … RETURNING) has not taken effect yet.
pub(super) fn first<T: FromRow>(
    c: &Connection,
    seen: &Statements,
    sql: &str,
    params: &[&dyn Param],
) -> Result<Option<T>> {
    let mut found = None;
    each(c, seen, sql, params, &mut |row| {
        if found.is_none() {
            found = Some(T::from_row(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}
