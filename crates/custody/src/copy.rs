//! What of the ledger was published, made from one snapshot of the database: for a copy of the house. The shelf goes on while
//! a copy is made; tiles are the same bytes whoever makes them.

use crate::{CHECKPOINT, Error, HOUSE};
use ledger::{Checkpoint, Edge, Note};
use store::{Tx, checkpoint, leaf};

/// Leaves read at once: full tiles of hashes, some megabytes at most.
const STRETCH: i64 = 4096;
/// Hashes in a full tile (<https://c2sp.org/tlog-tiles>).
const FULL: u16 = 256;

/// How the tiles came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Nothing was signed yet.
    Nothing,
    /// This note is the newest, and the tiles have its root.
    Sound(String),
    /// The leaves do not lead to what was signed: rows are missing or were changed. The files are not to be kept.
    Unsound { size: u64 },
}

/// Hands each file of the newest checkpoint to `put`, the checkpoint last.
pub fn published<E: From<Error>>(
    tx: &mut Tx,
    mut put: impl FnMut(&str, &[u8]) -> Result<(), E>,
) -> Result<Published, E> {
    let Some(last) = checkpoint::latest(tx).map_err(Error::from)? else { return Ok(Published::Nothing) };
    let size = last.size.unsigned_abs();
    let signed = Note::parse(last.note.as_bytes()).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
    let mut edge = Edge::default();
    while edge.size() < size {
        let from = edge.size() as i64;
        let rows = leaf::bodies(&HOUSE, tx, from, STRETCH.min(last.size - from)).map_err(Error::from)?;
        if rows.is_empty() || (from..).zip(&rows).any(|(expected, (idx, _, _))| expected != *idx) {
            return Ok(Published::Unsound { size });
        }
        let bodies: Vec<Vec<u8>> = rows.into_iter().map(|(_, _, body)| body).collect();
        let made = edge.append(&bodies).map_err(Error::from)?;
        let ended = edge.size() == size;
        for (tile, bytes) in made.iter().filter(|(tile, _)| ended || tile.width() == FULL) {
            put(&tile.path(), bytes)?;
        }
    }
    match signed {
        Some(signed) if signed.size == size && signed.root == edge.root() && signed.root.0 == last.root.as_slice() => {
            put(CHECKPOINT, last.note.as_bytes())?;
            Ok(Published::Sound(last.note))
        }
        _ => Ok(Published::Unsound { size }),
    }
}
