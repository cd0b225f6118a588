//! The embedded engine: one writer thread that commits in groups, readers on snapshots.

mod statement;

use super::{Figures, Statements, Tx};
use crate::{Error, Result};
use futures_channel::oneshot;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};
use telemetry::Stopwatch;

pub(super) use statement::{each, error, first, run};

/// At most this many jobs share a commit …
const JOBS: usize = 64;
/// … or as many as fit in this time. The writer never waits for callers to fill a group.
const WORK: Duration = Duration::from_millis(20);
/// How long to wait for another process that holds the file.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// Pages that all readers together may keep, in KiB, and the least that one may.
const READ_CACHE: i64 = 65_536;
const LEAST_CACHE: i64 = 2_048;
/// Prepared statements kept for each connection: more than the code has.
const CACHE: usize = 512;

pub(super) struct Lite {
    path: PathBuf,
    /// Idle readers. A reader is opened when none is idle; no more are ever busy than there are callers.
    readers: Mutex<Vec<Connection>>,
    statements: Statements,
    jobs: mpsc::Sender<Waiting>,
    figures: Arc<Figures>,
}

/// A job in the queue of the writer, and since when.
struct Waiting {
    job: Box<dyn Job>,
    since: Stopwatch,
}

impl Lite {
    pub fn open(path: &Path, statements: Statements, figures: Arc<Figures>) -> Result<Lite> {
        let writer = connect(path, true)?;
        let (jobs, queue) = mpsc::channel();
        let (seen, counted) = (statements.clone(), figures.clone());
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_forever(&writer, &seen, &queue, &counted))
            .map_err(|e| Error::Other(e.to_string()))?;
        Ok(Lite { path: path.to_owned(), readers: Mutex::default(), statements, jobs, figures })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs inline on the caller's thread: a hop to another thread costs more than most reads.
    pub fn read<T, E: From<Error>>(
        &self,
        job: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let idle = self.readers.lock().ok().and_then(|mut readers| readers.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.path, false).inspect_err(|error| self.figures.error(error))?,
        };
        begin(&connection, "BEGIN").inspect_err(|error| self.figures.error(error))?;
        self.figures.reads.one();
        let mut tx = tx(&connection, &self.statements);
        let done = catch_unwind(AssertUnwindSafe(|| {
            let done = job(&mut tx);
            tx.end(done)
        }));
        tx.fault.into_iter().for_each(|fault| self.figures.fault(fault));
        // A connection that cannot end its snapshot is dropped, not kept.
        if run(&connection, &Statements::default(), "ROLLBACK", &[]).is_ok()
            && let Ok(mut readers) = self.readers.lock()
        {
            readers.push(connection);
        }
        done.unwrap_or_else(|_| {
            self.figures.panics.one();
            Err(Error::Panicked.into())
        })
    }

    pub async fn write<T, E, F>(&self, job: F) -> std::result::Result<T, E>
    where
        F: FnMut(&mut Tx) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Work { job, done: None, reply, figures: self.figures.clone() });
        self.figures.waiting.up();
        self.jobs
            .send(Waiting { job, since: Stopwatch::start() })
            .map_err(|_| Error::Gone("the writer has stopped".into()))?;
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
    // One plan for every value: otherwise a statement over a partial index is prepared anew whenever its values change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;
    connection
        .execute_batch(if writes {
            // The writer alone has a cache of 32 MB; what a savepoint copies stays in memory. The write-ahead file grows
            // to 16 MB before its pages are written into the database, since most of them are written many times.
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; \
             PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4096"
        } else {
            "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF"
        })
        .map_err(error)?;
    if !writes {
        // As many readers are busy as there are threads that run requests: they share what all may keep.
        let readers = std::thread::available_parallelism().map_or(1, |n| n.get() as i64);
        connection.pragma_update(None, "cache_size", -(READ_CACHE / readers).max(LEAST_CACHE)).map_err(error)?;
    }
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
    /// Runs, perhaps a second time after all was taken back; true keeps what it did.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Called once, after the commit that holds the job, or with what stopped it.
    fn answer(self: Box<Self>, committed: std::result::Result<(), Error>);
}

struct Work<F, T, E> {
    job: F,
    done: Option<std::result::Result<T, E>>,
    reply: oneshot::Sender<std::result::Result<T, E>>,
    figures: Arc<Figures>,
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
        .unwrap_or_else(|_| {
            self.figures.panics.one();
            Err(Error::Panicked.into())
        });
        tx.fault.take().into_iter().for_each(|fault| self.figures.fault(fault));
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

fn write_forever(connection: &Connection, statements: &Statements, queue: &mpsc::Receiver<Waiting>, figures: &Figures) {
    while let Ok(first) = queue.recv() {
        let mut group = Vec::new();
        let outcome = write_group(connection, statements, first, queue, figures, &mut group);
        match &outcome {
            Ok(()) => {
                figures.commits.one();
                figures.jobs.add(group.len() as u64);
            }
            Err(error) => {
                figures.error(error);
                if !connection.is_autocommit() {
                    let _ = begin(connection, "ROLLBACK");
                }
            }
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

/// One commit for as many jobs as wait. They run without savepoints, since a savepoint copies every page it meets; where
/// one fails all are taken back and run again, each in a savepoint of its own, so that it harms no neighbour.
fn write_group(
    connection: &Connection,
    statements: &Statements,
    first: Waiting,
    queue: &mpsc::Receiver<Waiting>,
    figures: &Figures,
    group: &mut Vec<Box<dyn Job>>,
) -> Result<()> {
    let take = |waiting: Waiting| {
        figures.waiting.down();
        figures.wait.took(waiting.since.elapsed());
        waiting.job
    };
    let started = Stopwatch::start();
    let mut next = Some(take(first));
    begin(connection, "BEGIN IMMEDIATE").inspect_err(|_| group.extend(next.take()))?;
    while let Some(mut job) = next {
        let keep = job.run(&mut tx(connection, statements));
        group.push(job);
        // A full disk rolls the whole transaction back behind our back.
        if connection.is_autocommit() {
            return Err(Error::Lost);
        }
        if !keep {
            begin(connection, "ROLLBACK")?;
            return if group.len() == 1 { Ok(()) } else { write_apart(connection, statements, group) };
        }
        let full = group.len() >= JOBS || started.elapsed() >= WORK;
        next = if full { None } else { queue.try_recv().ok().map(take) };
    }
    begin(connection, "COMMIT")
}

/// The same jobs again in one commit, each in a savepoint: those that fail are undone alone.
fn write_apart(connection: &Connection, statements: &Statements, group: &mut [Box<dyn Job>]) -> Result<()> {
    begin(connection, "BEGIN IMMEDIATE")?;
    for job in group {
        begin(connection, "SAVEPOINT job")?;
        let keep = job.run(&mut tx(connection, statements));
        if connection.is_autocommit() {
            return Err(Error::Lost);
        }
        if !keep {
            begin(connection, "ROLLBACK TO job")?;
        }
        begin(connection, "RELEASE job")?;
    }
    begin(connection, "COMMIT")
}
