//! The root of the tree after each leaf, in a few hashes: the whole subtrees, from the left. It shares no step with the
//! edge that tiles are made of.

use ledger::{Hash, node_hash, tree_hash};

#[derive(Default)]
pub struct Frontier {
    size: u64,
    whole: Vec<Hash>,
}

impl Frontier {
    pub fn push(&mut self, leaf: Hash) {
        let (mut hash, mut size) = (leaf, self.size);
        while size % 2 == 1 {
            let Some(left) = self.whole.pop() else { break };
            hash = node_hash(left, hash);
            size /= 2;
        }
        self.whole.push(hash);
        self.size += 1;
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn root(&self) -> Hash {
        let from_the_right = self.whole.iter().rev().copied();
        from_the_right.reduce(|right, left| node_hash(left, right)).unwrap_or_else(|| tree_hash(&[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::leaf_hash;

    #[test]
    fn its_root_is_that_of_the_whole_tree() {
        let (mut frontier, mut leaves) = (Frontier::default(), Vec::new());
        for n in 0..300u32 {
            assert_eq!(frontier.root(), tree_hash(&leaves), "{n}");
            leaves.push(leaf_hash(&n.to_be_bytes()));
            frontier.push(leaves[leaves.len() - 1]);
            assert_eq!(frontier.size(), leaves.len() as u64);
        }
    }
}
