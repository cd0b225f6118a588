//! The ledger: an append-only Merkle log of what happened, that anybody can check without trusting who keeps it.
//!
//! Pure: nothing here reads a file, knows the time or draws a random number. Keys and salts are arguments; tiles are
//! read through [`Tiles`], and what is to be stored comes back from [`Edge::append`] as paths and bytes. The caller
//! stores them durably first and publishes the checkpoint last: a checkpoint on disk whose tiles are not is a lost log.
//!
//! Sources:
//! - the tree, inclusion and consistency: RFC 6962, section 2.1; how proofs are checked: RFC 9162, section 2.1;
//! - files and their paths: <https://c2sp.org/tlog-tiles>;
//! - signatures, keys: <https://c2sp.org/signed-note>; `+` keys in text: the Go checksum database's `note` package;
//! - the signed head: <https://c2sp.org/tlog-checkpoint>;
//! - the proof that a person can keep: <https://c2sp.org/tlog-proof>.
//!
//! What those pages leave open, and how it is settled here:
//! - tlog-proof does not say whether `extra` may be present and empty: it is refused, as it would have two spellings;
//! - a checkpoint's key name SHOULD match its origin: here it must, so that one log's head cannot pass for another's;
//! - an empty tree is consistent with every later one, with an empty proof (RFC 9162 begins at one leaf);
//! - a note may hold at most 100 signatures and 1,000,000 bytes (the specification asks for at least 16 signatures);
//! - tiles above level 7 would stand for more than 2⁶⁴ entries: their paths are refused, although the specification
//!   counts levels to 63.
//!
//! Absent: cosignatures of witnesses (signature type 0x04 and ML-DSA) are carried and left unread, like every signature
//! by an unknown key. Nothing here prunes.

mod audit;
mod bundle;
pub mod canonical;
mod checkpoint;
pub mod commitment;
mod edge;
mod hash;
mod history;
mod key;
mod leaf;
mod note;
mod proof;
mod proof_file;
mod tile;
mod tree;

pub use audit::{Fault, check};
pub use bundle::{LONGEST, TooLong, entries};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use edge::{Edge, EdgeError};
pub use hash::{Hash, NotAHash, leaf_hash, node_hash, tree_hash};
pub use history::{Broken, History};
pub use key::{KeyError, Signer, Verifier};
pub use leaf::{Leaf, LeafError};
pub use note::{Note, NoteError, Signature};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use proof_file::{ProofFile, ProofFileError};
pub use tile::{Level, Tile, TileError, Tiles};
pub use tree::{Tree, TreeError};

/// A number as every format here spells it: ASCII digits, no sign, no leading nought.
fn decimal(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}
