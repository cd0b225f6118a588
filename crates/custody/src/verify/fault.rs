//! What does not fit, in words an operator can act on.

use ledger::Tile;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the log says that it has {said} leaves; there are {found}")]
    Size { said: i64, found: u64 },
    #[error("leaf {0} is missing from the database")]
    LeafMissing(u64),
    #[error("leaf {0} is missing from the database and from its tile: the tree cannot be followed beyond it")]
    LeafLost(u64),
    #[error("leaf {index} of entry {entry} was put in behind the end of the log")]
    LeafBeyond { index: i64, entry: Uuid },
    #[error(
        "leaf {index} of entry {entry} was changed or swapped in the database: its body is not the one that was sealed"
    )]
    LeafBody { index: u64, entry: Uuid },
    #[error("leaf {index} of entry {entry} was changed in the database: its {column} is not that of its body")]
    LeafColumn { index: u64, entry: Uuid, column: &'static str },
    #[error("entry {entry}, sealed as leaf {index}, is missing from the journal")]
    EntryMissing { index: u64, entry: Uuid },
    #[error("entry {entry}, sealed as leaf {index}, was changed in the journal: {what}")]
    EntryChanged { index: u64, entry: Uuid, what: String },
    #[error(
        "entry {entry}, sealed as leaf {index}, has lost its secret or has another one: its facts cannot be compared"
    )]
    Secret { index: u64, entry: Uuid },
    #[error(
        "leaf {index} of subject {subject} does not follow from the one before it: leaf {counter} of that subject was {after} + 1"
    )]
    Chain { index: u64, subject: Uuid, counter: u64, after: u64 },
    #[error(
        "entry {0} stands in the journal and is neither sealed nor waiting: it was put in, or taken out of the queue"
    )]
    EntryAdrift(Uuid),
    #[error("entry {0} is sealed and waits to be sealed again")]
    EntryTwice(Uuid),
    #[error("the words of entry {0} were changed")]
    WordsChanged(Uuid),
    #[error("words were put to entry {0}, which had none")]
    WordsPutIn(Uuid),
    #[error("subject {subject} has {count} leaves and is missing from the list of subjects")]
    SubjectMissing { subject: Uuid, count: u64 },
    #[error(
        "subject {subject} was changed: it has {count} leaves, the list of subjects says {said} or another last one"
    )]
    SubjectChanged { subject: Uuid, count: u64, said: i64 },
    #[error("subject {0} was put in: it has no leaf")]
    SubjectPutIn(Uuid),
    #[error("{0} is missing")]
    TileMissing(Tile),
    #[error("{tile} was changed, first at its place {place}{}", .leaf.map(|leaf| format!(" (leaf {leaf})")).unwrap_or_default())]
    TileChanged { tile: Tile, place: u64, leaf: Option<u64> },
    #[error("the file {0} was put in: the log has no such tile")]
    FilePutIn(String),
    #[error("the file checkpoint is missing")]
    CheckpointFileMissing,
    #[error("the file checkpoint was changed: {0}")]
    CheckpointFile(String),
    #[error(
        "the file checkpoint is of size {size}, the newest that was signed of {newest}: an old one was put back, or no server runs on this folder"
    )]
    CheckpointOld { size: u64, newest: u64 },
    #[error("the checkpoint of size {0} is missing from the database")]
    CheckpointMissing(i64),
    #[error("the checkpoint of size {size} was changed in the database: {why}")]
    CheckpointChanged { size: i64, why: String },
    #[error("the checkpoint of size {size} was signed over other leaves than these{}", if *.more > 0 { format!(", and so were {more} after it") } else { String::new() })]
    Root { size: u64, more: u64 },
    #[error("the answers of report {report} ({part}) were changed")]
    AnswersChanged { report: Uuid, part: String },
    #[error("answers ({part}) were put to report {report}, which had none of that kind")]
    AnswersPutIn { report: Uuid, part: String },
    #[error("what was paid for report {0} was changed: its row does not follow from its newest entry")]
    PaymentChanged(Uuid),
    #[error("the outcome of {agency} of report {report} was changed: it is not that of the entry by which it ended")]
    OutcomeChanged { report: Uuid, agency: String },
    #[error("file {file} of report {report} is missing: an entry records it, and there is no row of it")]
    FileMissing { file: Uuid, report: Uuid },
    #[error("file {0} was put in: no entry records it")]
    FileUnrecorded(Uuid),
    #[error("the row of file {0} was changed: its size or hash is not the one that was sealed")]
    FileRow(Uuid),
    #[error("the row of the picture {0} was changed: its hash is not the one that was sealed")]
    PictureRow(String),
    #[error("the row of the picture {0} is missing")]
    PictureMissing(String),
    #[error("the bytes of {0} were changed")]
    BytesChanged(String),
    #[error("the bytes of {0} are missing")]
    BytesMissing(String),
    #[error("the bytes of {name} cannot be read: {why}")]
    BytesUnread { name: String, why: String },
    #[error("{0} reports have no entry of their receipt, {1} entries of a receipt have no report")]
    Strays(i64, i64),
}
