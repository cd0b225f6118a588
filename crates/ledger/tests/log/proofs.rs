use crate::{Shelf, leaf, log};
use ledger::{
    Edge, Hash, ProofError, Tile, Tiles, Tree, TreeError, leaf_hash, tree_hash, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A log that still has the partial tiles of every size: each is the beginning of a wider one.
struct Every(Shelf);

impl Tiles for Every {
    fn tile(&self, at: Tile) -> Option<Vec<u8>> {
        let (wider, bytes) = self.0.range(at..).next()?;
        let same = (wider.level(), wider.index()) == (at.level(), at.index());
        same.then(|| bytes[..32 * usize::from(at.width())].to_vec())
    }
}

static LOG: LazyLock<Every> = LazyLock::new(|| Every(log(70_000, 70_000).1));

fn tree(size: u64) -> Tree<'static, Every> {
    Tree::new(&*LOG, size)
}

fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = hash.0;
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash(bytes)
}

/// Sizes small enough for every shape, and large enough for three levels of tiles.
fn sizes() -> impl Strategy<Value = u64> {
    prop_oneof![1u64..20, 250u64..260, 1u64..2_000, 65_500u64..=70_000]
}

#[test]
fn every_proof_of_every_small_tree_holds() {
    for size in 1..=70 {
        let root = tree(size).root().unwrap();
        assert_eq!(root, tree_hash(&(0..size).map(leaf).collect::<Vec<_>>()));
        for index in 0..size {
            let path = tree(size).inclusion(index).unwrap();
            verify_inclusion(index, size, leaf(index), &path, root).unwrap();
        }
        for old in 0..=size {
            let path = tree(size).consistency(old).unwrap();
            let old_root = tree(old).root().unwrap();
            verify_consistency(old, size, &path, old_root, root).unwrap();
            // No other old size goes with this root and this proof.
            for other in (0..=size + 1).filter(|other| *other != old) {
                assert!(verify_consistency(other, size, &path, old_root, root).is_err(), "{old} as {other} of {size}");
            }
        }
    }
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    assert_eq!(tree(7).inclusion(7), Err(TreeError::Beyond { asked: 7, size: 7 }));
    assert_eq!(tree(0).inclusion(0), Err(TreeError::Beyond { asked: 0, size: 0 }));
    assert_eq!(tree(7).consistency(8), Err(TreeError::Beyond { asked: 8, size: 7 }));
    let root = tree(7).root().unwrap();
    let outside = verify_inclusion(7, 7, leaf(7), &[], root);
    assert_eq!(outside, Err(ProofError::NoSuchEntry { index: 7, size: 7 }));
    assert_eq!(verify_consistency(8, 7, &[], root, root), Err(ProofError::Shrunk { old: 8, new: 7 }));
}

#[test]
fn an_empty_tree_is_the_beginning_of_every_tree_and_another_hash_is_not() {
    let (empty, root) = (tree_hash(&[]), tree(9).root().unwrap());
    verify_consistency(0, 9, &[], empty, root).unwrap();
    verify_consistency(0, 0, &[], empty, empty).unwrap();
    assert_eq!(verify_consistency(0, 9, &[], root, root), Err(ProofError::OldRoot));
    assert_eq!(verify_consistency(0, 9, &[root], empty, root), Err(ProofError::Length));
    assert_eq!(verify_consistency(0, 0, &[], empty, root), Err(ProofError::Root));
    assert_eq!(verify_consistency(9, 9, &[], flipped(root, 3), root), Err(ProofError::Root));
}

#[test]
fn a_log_written_anew_is_not_consistent_with_its_past() {
    let (mut edge, mut other) = (Edge::default(), Shelf::new());
    let entries: Vec<Vec<u8>> = (0..300).map(|n| if n == 17 { b"changed".to_vec() } else { crate::entry(n) }).collect();
    other.extend(edge.append(&entries).unwrap());
    let old_root = tree(200).root().unwrap();
    let path = Tree::new(&other, 300).consistency(200).unwrap();
    assert_eq!(verify_consistency(200, 300, &path, old_root, edge.root()), Err(ProofError::OldRoot));
}

#[test]
fn a_node_does_not_pass_for_an_entry() {
    // Without the two prefixes, the bytes of two hashes would be an entry with the hash of their parent.
    let pair = [leaf(0).0, leaf(1).0].concat();
    assert_ne!(leaf_hash(&pair), tree_hash(&[leaf(0), leaf(1)]));
}

proptest! {
    #[test]
    fn an_inclusion_proof_holds_and_with_one_bit_changed_does_not(
        size in sizes(), at: prop::sample::Index, bit in 0usize..256, step: prop::sample::Index, shift in 0u32..64
    ) {
        let index = at.index(size as usize) as u64;
        let (root, path, leaf) = (tree(size).root().unwrap(), tree(size).inclusion(index).unwrap(), leaf(index));
        prop_assert_eq!(verify_inclusion(index, size, leaf, &path, root), Ok(()));
        prop_assert_eq!(verify_inclusion(index, size, leaf, &path, flipped(root, bit)), Err(ProofError::Root));
        prop_assert_eq!(verify_inclusion(index, size, flipped(leaf, bit), &path, root), Err(ProofError::Root));
        prop_assert!(verify_inclusion(index ^ (1 << shift), size, leaf, &path, root).is_err());
        let longer = [path.as_slice(), &[root]].concat();
        prop_assert_eq!(verify_inclusion(index, size, leaf, &longer, root), Err(ProofError::Length));
        if let Some(shorter) = path.len().checked_sub(1) {
            prop_assert_eq!(verify_inclusion(index, size, leaf, &path[..shorter], root), Err(ProofError::Length));
            let mut changed = path.clone();
            let step = step.index(path.len());
            changed[step] = flipped(changed[step], bit);
            prop_assert_eq!(verify_inclusion(index, size, leaf, &changed, root), Err(ProofError::Root));
        }
        // A changed size has another root: the two come together, in a signed checkpoint.
        let other = size ^ (1 << (shift % 16));
        if (1..=70_000).contains(&other) {
            let other_root = tree(other).root().unwrap();
            prop_assert!(verify_inclusion(index, other, leaf, &path, other_root).is_err());
        }
    }

    #[test]
    fn a_consistency_proof_holds_and_with_one_bit_changed_does_not(
        new in sizes(), at: prop::sample::Index, bit in 0usize..256, step: prop::sample::Index, shift in 0u32..64
    ) {
        let old = at.index(new as usize + 1) as u64;
        let (old_root, root) = (tree(old).root().unwrap(), tree(new).root().unwrap());
        let path = tree(new).consistency(old).unwrap();
        prop_assert_eq!(verify_consistency(old, new, &path, old_root, root), Ok(()));
        prop_assert!(verify_consistency(old, new, &path, flipped(old_root, bit), root).is_err());
        prop_assert!(verify_consistency(old ^ (1 << shift), new, &path, old_root, root).is_err());
        let longer = [path.as_slice(), &[root]].concat();
        prop_assert!(verify_consistency(old, new, &longer, old_root, root).is_err());
        // From nothing there is nothing to prove, so that any later root goes.
        if old > 0 {
            prop_assert!(verify_consistency(old, new, &path, old_root, flipped(root, bit)).is_err());
        }
        if let Some(shorter) = path.len().checked_sub(1) {
            prop_assert!(verify_consistency(old, new, &path[..shorter], old_root, root).is_err());
            let mut changed = path.clone();
            let step = step.index(path.len());
            changed[step] = flipped(changed[step], bit);
            prop_assert!(verify_consistency(old, new, &changed, old_root, root).is_err());
        }
    }
}
