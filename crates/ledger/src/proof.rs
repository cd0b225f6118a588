//! Checking proofs, as RFC 9162 writes it down (2.1.3.2 and 2.1.4.2). It shares no step with how proofs are made.

use crate::{Hash, node_hash, tree_hash};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("there is no entry {index} in a tree of {size}")]
    NoSuchEntry { index: u64, size: u64 },
    #[error("the tree has shrunk from {old} to {new}")]
    Shrunk { old: u64, new: u64 },
    #[error("the proof has too few or too many hashes for trees of these sizes")]
    Length,
    #[error("the proof does not lead to the root")]
    Root,
    #[error("the proof does not lead to the old root")]
    OldRoot,
}

/// Whether the leaf stands at `index` in the tree of this size and root. The size is only as good as its source: take
/// it from the checkpoint that the root comes from, since a path can fit trees of several sizes.
///
/// # Errors
/// When it does not, or when this proof does not show it.
pub fn verify_inclusion(index: u64, size: u64, leaf: Hash, path: &[Hash], root: Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::NoSuchEntry { index, size });
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(*sibling, hash);
            climb(&mut at, &mut last);
        } else {
            hash = node_hash(hash, *sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    match last {
        0 if hash == root => Ok(()),
        0 => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// Whether the tree of size `old` is the beginning of the tree of size `new`.
///
/// # Errors
/// When it is not, or when this proof does not show it.
pub fn verify_consistency(old: u64, new: u64, path: &[Hash], old_root: Hash, new_root: Hash) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 && old_root != tree_hash(&[]) {
        return Err(ProofError::OldRoot);
    }
    if old == 0 || old == new {
        return match path {
            [] if old < new || old_root == new_root => Ok(()),
            [] => Err(ProofError::Root),
            _ => Err(ProofError::Length),
        };
    }
    // Where the old tree is one whole subtree, its root is the first hash and is left out of the proof.
    let whole = old.is_power_of_two().then_some(old_root);
    let mut hashes = whole.into_iter().chain(path.iter().copied());
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let first = hashes.next().ok_or(ProofError::Length)?;
    let (mut before, mut after) = (first, first);
    for hash in hashes {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at % 2 == 1 || at == last {
            (before, after) = (node_hash(hash, before), node_hash(hash, after));
            climb(&mut at, &mut last);
        } else {
            after = node_hash(after, hash);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    match last {
        0 if before != old_root => Err(ProofError::OldRoot),
        0 if after != new_root => Err(ProofError::Root),
        0 => Ok(()),
        _ => Err(ProofError::Length),
    }
}

/// Up past the levels at which the last node has no sibling.
fn climb(at: &mut u64, last: &mut u64) {
    while *at != 0 && at.is_multiple_of(2) {
        (*at, *last) = (*at >> 1, *last >> 1);
    }
}
