//! Checkpoints: the signed head of a log (<https://c2sp.org/tlog-checkpoint>).

use crate::{Hash, Note, NoteError, Signer, Verifier, decimal};

/// How large the log is and what it holds, as a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: an address without a scheme, "example.org/ledger". Also the name of the log's keys.
    pub origin: String,
    /// Entries.
    pub size: u64,
    pub root: Hash,
    /// Lines that follow; we write none.
    pub extensions: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("the checkpoint is not an origin, a size, a root and lines that are not empty")]
    Shape,
    #[error("the checkpoint is of {0}, and no key of that name has signed it")]
    Origin(String),
}

impl Checkpoint {
    pub fn new(origin: &str, size: u64, root: Hash) -> Checkpoint {
        Checkpoint { origin: origin.to_owned(), size, root, extensions: Vec::new() }
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, self.root);
        self.extensions.iter().for_each(|line| text += &format!("{line}\n"));
        text
    }

    /// # Errors
    /// When the text is not exactly that of a checkpoint.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Shape)?.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty()).ok_or(CheckpointError::Shape);
        let origin = line()?.to_owned();
        let size = decimal(line()?).ok_or(CheckpointError::Shape)?;
        let root = line()?.parse().map_err(|_| CheckpointError::Shape)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.contains(&String::new()) {
            return Err(CheckpointError::Shape);
        }
        Ok(Checkpoint { origin, size, root, extensions })
    }

    /// The note that is published. A log signs one only after all tiles of that size are stored, and never two that are
    /// not consistent.
    ///
    /// # Errors
    /// When the origin is not the name of the key, or a line cannot stand in a note.
    pub fn sign(&self, signer: &Signer) -> Result<Note, CheckpointError> {
        if self.origin != signer.verifier().name() {
            return Err(CheckpointError::Origin(self.origin.clone()));
        }
        // A line feed within a line would move the lines after it.
        let text = self.text();
        if Checkpoint::parse(&text)? != *self {
            return Err(CheckpointError::Shape);
        }
        let mut note = Note::new(&text)?;
        note.sign(signer);
        Ok(note)
    }

    /// Reads a published checkpoint that one of the log's keys has signed (several, where keys have been rotated).
    ///
    /// # Errors
    /// When it is malformed, signed by none of them, or of another log.
    pub fn open(bytes: &[u8], keys: &[Verifier]) -> Result<Checkpoint, CheckpointError> {
        let note = Note::parse(bytes)?;
        let signers = note.signers(keys)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        match signers.iter().any(|key| key.name() == checkpoint.origin) {
            true => Ok(checkpoint),
            false => Err(CheckpointError::Origin(checkpoint.origin)),
        }
    }
}
