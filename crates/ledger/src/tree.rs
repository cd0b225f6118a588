//! A tree read from its tiles: root and proofs. It trusts the tiles: what it makes is checked where it is used, against
//! a signed checkpoint.

use crate::{
    Hash, Level, Tile, TileError, Tiles,
    hash::split,
    node_hash,
    tile::{FULL, read_hashes},
    tree_hash,
};

/// The first `size` entries of a log.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a, T> {
    tiles: &'a T,
    size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    #[error(transparent)]
    Tile(#[from] TileError),
    #[error("{asked} lies beyond a tree of {size}")]
    Beyond { asked: u64, size: u64 },
}

impl<'a, T: Tiles> Tree<'a, T> {
    pub fn new(tiles: &'a T, size: u64) -> Self {
        Tree { tiles, size }
    }

    /// # Errors
    /// When a tile is missing or misshapen.
    pub fn root(&self) -> Result<Hash, TreeError> {
        if self.size == 0 { Ok(tree_hash(&[])) } else { Ok(self.range(0, self.size)?) }
    }

    /// The path that proves the entry at `index`: siblings from the leaf up (RFC 6962, 2.1.1).
    ///
    /// # Errors
    /// When the tree has no such entry, or a tile is missing or misshapen.
    pub fn inclusion(&self, index: u64) -> Result<Vec<Hash>, TreeError> {
        if index >= self.size {
            return Err(TreeError::Beyond { asked: index, size: self.size });
        }
        let (mut from, mut to, mut path) = (0, self.size, Vec::new());
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                path.push(self.range(middle, to)?);
                to = middle;
            } else {
                path.push(self.range(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The hashes that prove that the first `old` entries are the beginning of this tree (RFC 6962, 2.1.2). Empty where
    /// there is nothing to prove: from an empty tree, and to the same size.
    ///
    /// # Errors
    /// When the old tree is the larger one, or a tile is missing or misshapen.
    pub fn consistency(&self, old: u64) -> Result<Vec<Hash>, TreeError> {
        if old > self.size {
            return Err(TreeError::Beyond { asked: old, size: self.size });
        }
        let (mut from, mut to, mut path) = (0, self.size, Vec::new());
        while old > 0 && old < to {
            let middle = from + split(to - from);
            if old <= middle {
                path.push(self.range(middle, to)?);
                to = middle;
            } else {
                path.push(self.range(from, middle)?);
                from = middle;
            }
        }
        // Once the walk has turned right, whoever checks does not know this part from the old root.
        if from > 0 {
            path.push(self.range(from, to)?);
        }
        path.reverse();
        Ok(path)
    }

    /// The hash over entries `from..to`, at least one. `from` is a multiple of the power of two at or above their count.
    fn range(&self, from: u64, to: u64) -> Result<Hash, TileError> {
        let count = to - from;
        if !count.is_power_of_two() {
            let middle = from + split(count);
            return Ok(node_hash(self.range(from, middle)?, self.range(middle, to)?));
        }
        let height = count.ilog2();
        let level = (height / 8) as u8;
        let first = from >> (8 * level);
        let index = first / u64::from(FULL);
        let level = Level::Hashes(level);
        let Some(tile) = Tile::of(level, index, self.size) else { unreachable!("the range lies within the tree") };
        let hashes = read_hashes(self.tiles, tile)?;
        let position = (first % u64::from(FULL)) as usize;
        Ok(tree_hash(&hashes[position..position + (1 << (height % 8))]))
    }
}
