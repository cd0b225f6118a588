/// What went wrong below. A caller shows none of it to a visitor.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor may not, or there is no such thing: the two are one (house rule 5).
    #[error(transparent)]
    NotFound(#[from] rights::NotFound),
    /// A unique index or a primary key already holds this.
    #[error("already there: {0}")]
    Taken(String),
    /// A CHECK, NOT NULL or REFERENCES refused the row.
    #[error("refused by the schema: {0}")]
    Refused(String),
    /// The row changed since it was read.
    #[error("changed by someone else meanwhile")]
    Stale,
    /// The disk is full, or the file cannot be written.
    #[error("the database cannot be written: {0}")]
    Unwritable(String),
    /// Another process holds the database, or all connections are busy.
    #[error("the database is busy")]
    Busy,
    /// PostgreSQL asks for the job to be run again (40001, 40P01).
    #[error("a conflict with another writer")]
    Conflict,
    /// The transaction was broken, by a statement of this job that failed or by another job of the same commit; nothing
    /// was kept.
    #[error("the commit was lost; nothing was kept")]
    Lost,
    /// The connection is gone.
    #[error("the database cannot be reached: {0}")]
    Gone(String),
    /// A job panicked; its changes were rolled back.
    #[error("a job broke off")]
    Panicked,
    /// A cell does not hold what the code expects.
    #[error("column {column} does not hold a {kind:?}")]
    Misread { column: usize, kind: crate::Kind },
    /// A migration does not match what is stored.
    #[error("the schema does not fit this version: {0}")]
    Schema(String),
    #[error("the database said: {0}")]
    Other(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
