//! The proof that a person can keep (<https://c2sp.org/tlog-proof>): a text file, `.tlog-proof`, that shows without a
//! network that an entry stands in a log.

use crate::{Checkpoint, CheckpointError, Hash, ProofError, Verifier, decimal, leaf_hash, verify_inclusion};
use data_encoding::BASE64;
use std::{fmt, str};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// No tree of 2⁶⁴ entries is higher.
const LONGEST_PATH: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// For the reader's use. Nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    pub index: u64,
    pub path: Vec<Hash>,
    /// The signed checkpoint, byte for byte.
    pub checkpoint: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    #[error("the file does not begin with {FIRST_LINE}")]
    FirstLine,
    #[error("the extra data are no base64, or empty")]
    Extra,
    #[error("the index is missing or no number")]
    Index,
    #[error("hash {0} of the path is malformed")]
    Path(usize),
    #[error("the path is longer than {LONGEST_PATH} hashes")]
    LongPath,
    #[error("no checkpoint stands in the file, or it is no UTF-8 text")]
    NoCheckpoint,
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl ProofFile {
    /// # Errors
    /// When the bytes have not exactly the form of a proof. The checkpoint is looked at by [`ProofFile::verify`] only.
    pub fn parse(bytes: &[u8]) -> Result<ProofFile, ProofFileError> {
        let text = str::from_utf8(bytes).map_err(|_| ProofFileError::NoCheckpoint)?;
        let rest = text.strip_prefix(FIRST_LINE).and_then(|rest| rest.strip_prefix('\n'));
        let (head, checkpoint) =
            rest.ok_or(ProofFileError::FirstLine)?.split_once("\n\n").ok_or(ProofFileError::NoCheckpoint)?;
        let mut lines = head.split('\n').peekable();
        let extra = match lines.next_if(|line| line.starts_with("extra")) {
            Some(line) => {
                let bytes = line.strip_prefix("extra ").and_then(|text| BASE64.decode(text.as_bytes()).ok());
                Some(bytes.filter(|bytes| !bytes.is_empty()).ok_or(ProofFileError::Extra)?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| decimal(line.strip_prefix("index ")?)).ok_or(ProofFileError::Index)?;
        let mut path = Vec::new();
        for (number, line) in (1..).zip(lines) {
            if number > LONGEST_PATH {
                return Err(ProofFileError::LongPath);
            }
            path.push(line.parse().map_err(|_| ProofFileError::Path(number))?);
        }
        Ok(ProofFile { extra, index, path, checkpoint: checkpoint.to_owned() })
    }

    /// Whether the entry stands where the file says, in a log that holds one of these keys. Gives the checkpoint that
    /// shows it. The size comes from the signed checkpoint and from nowhere else.
    ///
    /// # Errors
    /// When the checkpoint is not signed by one of the keys, or the path does not lead from the entry to its root.
    pub fn verify(&self, entry: &[u8], keys: &[Verifier]) -> Result<Checkpoint, ProofFileError> {
        let checkpoint = Checkpoint::open(self.checkpoint.as_bytes(), keys)?;
        verify_inclusion(self.index, checkpoint.size, leaf_hash(entry), &self.path, checkpoint.root)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = self.extra.as_ref().filter(|extra| !extra.is_empty()) {
            writeln!(f, "extra {}", BASE64.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
