use uuid::Uuid;

/// Why the ledger does not go on. Nothing that was acknowledged is lost by it: entries wait.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("tiles cannot be read or written: {0}")]
    Shelf(#[from] std::io::Error),
    #[error("the name of the ledger cannot be one of a key: {0}")]
    Name(#[from] ledger::KeyError),
    #[error("entry {entry} cannot be sealed: {why}")]
    Unsealable { entry: Uuid, why: ledger::LeafError },
    #[error("the checkpoint of size {size} in the database is not one that this house signed: {why}")]
    Unsigned { size: i64, why: String },
    /// What is there contradicts what was signed: an older database was put back, or rows were changed. Signing on would
    /// make two histories.
    #[error(
        "a checkpoint of {size} leaves was published, and the database does not agree with it: nothing more is signed"
    )]
    Forked { size: u64 },
    /// The house was filled from a copy and nobody has said what was published after it.
    #[error(
        "the ledger rests, since this house was restored from a backup: nothing is sealed or signed until `moothall ledger` says how it goes on"
    )]
    Rests,
    #[error("the ledger does not rest: there is nothing to decide")]
    Awake,
    #[error("the log is named {0} now: start the server anew")]
    Renamed(String),
    #[error("this is no checkpoint of this ledger that its key has signed: {0}")]
    Foreign(String),
    #[error("a leaf in the database is longer than one can be: {0}")]
    TooLong(#[from] ledger::TooLong),
    #[error("leaf {0} is missing from the database")]
    Gap(u64),
    #[error("the proof of leaf {0} does not hold: the tiles are damaged")]
    Proof(u64),
    #[error("a task of the ledger broke off")]
    BrokenOff,
}
