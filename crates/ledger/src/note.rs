//! Signed notes: a text, an empty line, and signature lines (<https://c2sp.org/signed-note>).

use crate::{Signer, Verifier, key::is_name};
use data_encoding::BASE64;
use std::{fmt, str};

/// Far above what a log and its witnesses need, far below what would take time to read.
const MOST_SIGNATURES: usize = 100;
const MOST_BYTES: usize = 1_000_000;

/// A text and who signed it. The text ends with a line feed and has no other control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// One signature line, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub name: String,
    pub id: u32,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("the note is longer than {MOST_BYTES} bytes or has more than {MOST_SIGNATURES} signatures")]
    TooLong,
    #[error("the note is no UTF-8 text, or has control characters")]
    Characters,
    #[error("the note is not a text, an empty line and signatures")]
    Shape,
    #[error("signature line {0} is malformed")]
    Line(usize),
    #[error("two known keys are named {0}+{1:08x}")]
    Ambiguous(String, u32),
    #[error("the signature by {0}+{1:08x} is not valid")]
    Invalid(String, u32),
    #[error("no known key has signed")]
    NobodyKnown,
}

impl Note {
    /// A text that nobody has signed yet.
    ///
    /// # Errors
    /// When the text cannot be that of a note.
    pub fn new(text: &str) -> Result<Note, NoteError> {
        if text.len() > MOST_BYTES {
            return Err(NoteError::TooLong);
        }
        if text.contains(|sign: char| sign < ' ' && sign != '\n') {
            return Err(NoteError::Characters);
        }
        if !text.ends_with('\n') {
            return Err(NoteError::Shape);
        }
        Ok(Note { text: text.to_owned(), signatures: Vec::new() })
    }

    /// Signs; an earlier signature by the same key gives way.
    pub fn sign(&mut self, signer: &Signer) {
        self.signatures.retain(|one| !signer.verifier().made(one));
        self.signatures.push(signer.sign(&self.text));
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// # Errors
    /// When the bytes are not exactly a note with at least one signature line.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MOST_BYTES {
            return Err(NoteError::TooLong);
        }
        let whole = str::from_utf8(bytes).map_err(|_| NoteError::Characters)?;
        if whole.contains(|sign: char| sign < ' ' && sign != '\n') {
            return Err(NoteError::Characters);
        }
        // The text may hold empty lines of its own: the last one ends it.
        let end = whole.rfind("\n\n").ok_or(NoteError::Shape)?;
        let mut note = Note::new(&whole[..=end])?;
        let lines = whole[end + 2..].strip_suffix('\n').ok_or(NoteError::Shape)?;
        for (number, line) in (1..).zip(lines.split('\n')) {
            if number > MOST_SIGNATURES {
                return Err(NoteError::TooLong);
            }
            note.signatures.push(Signature::parse(line).ok_or(NoteError::Line(number))?);
        }
        Ok(note)
    }

    /// Which of the known keys have signed this text. Signatures by other keys are let be.
    ///
    /// # Errors
    /// When none has, or when a signature by one of them is not valid, beside whatever valid ones.
    pub fn signers<'k>(&self, known: &'k [Verifier]) -> Result<Vec<&'k Verifier>, NoteError> {
        let mut found: Vec<&Verifier> = Vec::new();
        for signature in &self.signatures {
            let mut keys = known.iter().filter(|key| key.made(signature));
            let Some(key) = keys.next() else { continue };
            if keys.next().is_some() {
                return Err(NoteError::Ambiguous(signature.name.clone(), signature.id));
            }
            if !key.verifies(&self.text, signature) {
                return Err(NoteError::Invalid(signature.name.clone(), signature.id));
            }
            if !found.contains(&key) {
                found.push(key);
            }
        }
        if found.is_empty() { Err(NoteError::NobodyKnown) } else { Ok(found) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl Signature {
    fn parse(line: &str) -> Option<Signature> {
        let (name, bytes) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = BASE64.decode(bytes.as_bytes()).ok()?;
        let (id, bytes) = bytes.split_first_chunk()?;
        (is_name(name) && !bytes.is_empty()).then(|| Signature {
            name: name.to_owned(),
            id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.to_be_bytes().as_slice(), &self.bytes].concat();
        write!(f, "— {} {}", self.name, BASE64.encode(&bytes))
    }
}
