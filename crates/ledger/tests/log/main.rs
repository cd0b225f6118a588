//! A log in memory: it grows, proves what it holds, and shows what was changed.

mod checkpoints;
mod faults;
mod growth;
mod proof_files;
mod proofs;

use ledger::{Edge, Hash, Signer, Tile, leaf_hash};
use std::collections::BTreeMap;

pub type Shelf = BTreeMap<Tile, Vec<u8>>;

pub fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

pub fn leaf(index: u64) -> Hash {
    leaf_hash(&entry(index))
}

/// A log of so many entries, appended in batches.
pub fn log(size: u64, batch: u64) -> (Edge, Shelf) {
    let (mut edge, mut shelf) = (Edge::default(), Shelf::new());
    while edge.size() < size {
        let from = edge.size();
        let entries: Vec<_> = (from..size.min(from + batch)).map(entry).collect();
        shelf.extend(edge.append(&entries).unwrap());
    }
    (edge, shelf)
}

pub fn signer() -> Signer {
    Signer::from_seed("ledger.example.org", &[42; 32]).unwrap()
}
