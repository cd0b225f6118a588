//! What the engine counts of itself, for operators.

use super::{Db, Engine};
use crate::Error;
use telemetry::{Count, Family, Level, Reading, Source, Spread};

/// What stopped a statement or a commit, where it was not the job's own doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Unwritable,
    Busy,
    Conflict,
    Lost,
    Gone,
    Other,
}

impl Fault {
    const ALL: [(Fault, &'static str); 6] = [
        (Fault::Unwritable, "unwritable"),
        (Fault::Busy, "busy"),
        (Fault::Conflict, "conflict"),
        (Fault::Lost, "lost"),
        (Fault::Gone, "gone"),
        (Fault::Other, "other"),
    ];

    /// None for what a job may well meet: nothing found, a key that is taken, a row that changed.
    pub(super) fn of(error: &Error) -> Option<Fault> {
        match error {
            Error::Unwritable(_) => Some(Fault::Unwritable),
            Error::Busy => Some(Fault::Busy),
            Error::Conflict => Some(Fault::Conflict),
            Error::Lost => Some(Fault::Lost),
            Error::Gone(_) => Some(Fault::Gone),
            Error::Other(_) | Error::Schema(_) => Some(Fault::Other),
            Error::NotFound(_) | Error::Taken(_) | Error::Refused(_) | Error::Stale => None,
            // Of a job that panics and of a row that is not understood another count tells.
            Error::Panicked | Error::Misread { .. } => None,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Figures {
    pub commits: Count,
    /// Write jobs that were answered after a commit.
    pub jobs: Count,
    pub reads: Count,
    /// Jobs that wait for the writer, or for a connection.
    pub waiting: Level,
    pub wait: Spread,
    /// Connections of the pool that run a job.
    pub busy: Level,
    pub panics: Count,
    faults: [Count; Fault::ALL.len()],
}

impl Figures {
    pub(super) fn fault(&self, fault: Fault) {
        self.faults[fault as usize].one();
    }

    pub(super) fn error(&self, error: &Error) {
        if let Some(fault) = Fault::of(error) {
            self.fault(fault);
        }
    }
}

const INFO: Family = Family::info("moothall_database", "The engine that keeps the data");
const COMMITS: Family = Family::counter("moothall_database_commits", "Commits of writes");
const JOBS: Family = Family::counter(
    "moothall_database_jobs",
    "Jobs done: reads, and writes that were answered after a commit. Writes for each commit tell how many share one",
);
const WAITING: Family =
    Family::gauge("moothall_database_waiting", "Jobs that wait: for the one writer, or for a connection of the pool");
const WAIT: Family = Family::histogram(
    "moothall_database_wait",
    "How long a job waited before it began: a write for the one writer, any job for a connection of the pool",
);
const CONNECTIONS: Family = Family::gauge(
    "moothall_database_connections",
    "Connections of the pool, and how many of them run a job; only where there is a pool",
);
const FAULTS: Family = Family::counter(
    "moothall_database_faults",
    "What stopped a statement or a commit: the disk is full (unwritable), another process holds the file (busy), two writers \
     met and one runs again (conflict), a commit was lost with all its jobs (lost), the server is away (gone)",
);
const PANICS: Family = Family::counter("moothall_panics", "Panics that were caught, by where");

impl Source for Db {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &*self.figures;
        out.extend([
            INFO.is(&[("engine", self.system())], 1_i64),
            COMMITS.is(&[], figures.commits.get()),
            JOBS.is(&[("kind", "read")], figures.reads.get()),
            JOBS.is(&[("kind", "write")], figures.jobs.get()),
            WAITING.is(&[], figures.waiting.get()),
            WAIT.is(&[], &figures.wait),
            PANICS.is(&[("where", "database")], figures.panics.get()),
        ]);
        for ((_, kind), count) in Fault::ALL.iter().zip(&figures.faults) {
            out.push(FAULTS.is(&[("kind", kind)], count.get()));
        }
        if let Engine::Pg(_) = &*self.engine {
            out.push(CONNECTIONS.is(&[("state", "all")], super::pg::CONNECTIONS as i64));
            out.push(CONNECTIONS.is(&[("state", "busy")], figures.busy.get()));
        }
    }
}

impl Db {
    /// The engine's name, as OpenTelemetry has it.
    pub(super) fn system(&self) -> &'static str {
        match &*self.engine {
            Engine::Lite(_) => "sqlite",
            Engine::Pg(_) => "postgresql",
        }
    }
}
