//! The growing end of the log. It holds fewer than 256 hashes a level and one unfinished bundle (at most 16 MiB,
//! usually some 100 KiB), however large the tree is.

use crate::{
    Hash, Level, Tile, TileError, Tiles,
    bundle::{self, LONGEST, TooLong},
    leaf_hash,
    tile::{FULL, LEVELS, read_hashes, write_hashes},
    tree_hash,
};

/// The right edge of a tree: enough to append and to know the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// Per level the hashes of its partial tile: `(size >> 8 × level) mod 256` of them.
    rows: Vec<Vec<Hash>>,
    bundle: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    #[error(transparent)]
    Tile(#[from] TileError),
    #[error("entry {0} does not have the hash that its tile holds")]
    Entry(u64),
    #[error("the tiles do not have the root of the checkpoint")]
    Root,
}

impl Edge {
    /// Takes up a log again at the size and root of its last checkpoint.
    ///
    /// # Errors
    /// When a tile of the edge is missing or does not fit that root: then nothing may be appended.
    pub fn load(tiles: &impl Tiles, size: u64, root: Hash) -> Result<Edge, EdgeError> {
        // Behind the last full tile stands the partial one, or none.
        let partial = |level, nodes: u64| Tile::of(level, nodes / u64::from(FULL), size);
        let mut edge = Edge { size, ..Edge::default() };
        for level in (0..LEVELS).take_while(|level| size >> (8 * level) > 0) {
            let tile = partial(Level::Hashes(level), size >> (8 * level));
            edge.rows.push(tile.map_or(Ok(Vec::new()), |tile| read_hashes(tiles, tile))?);
        }
        if let Some(tile) = partial(Level::Entries, size) {
            edge.bundle = bundle::read(tiles, tile)?;
            let entries = bundle::entries(&edge.bundle).unwrap_or_default();
            let differs = entries.iter().zip(&edge.rows[0]).position(|(entry, hash)| leaf_hash(entry) != *hash);
            if let Some(position) = differs {
                return Err(EdgeError::Entry(size - entries.len() as u64 + position as u64));
            }
        }
        if edge.root() == root { Ok(edge) } else { Err(EdgeError::Root) }
    }

    /// How many entries the log has; also the index that the next one will get.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn root(&self) -> Hash {
        fold(&self.rows)
    }

    /// Appends entries and gives what must be stored before a checkpoint of the new size is published: every tile that
    /// became full, then the partial tiles of the new edge.
    ///
    /// # Errors
    /// When an entry is too long; then none was appended.
    pub fn append<E: AsRef<[u8]>>(&mut self, entries: &[E]) -> Result<Vec<(Tile, Vec<u8>)>, TooLong> {
        if let Some(long) = entries.iter().map(|entry| entry.as_ref().len()).find(|length| *length > LONGEST) {
            return Err(TooLong(long));
        }
        let mut stored = Vec::new();
        for entry in entries {
            self.push(entry.as_ref(), &mut stored)?;
        }
        if !entries.is_empty() {
            self.partials(&mut stored);
        }
        Ok(stored)
    }

    fn push(&mut self, entry: &[u8], stored: &mut Vec<(Tile, Vec<u8>)>) -> Result<(), TooLong> {
        bundle::push(&mut self.bundle, entry)?;
        self.size += 1;
        if self.size.is_multiple_of(u64::from(FULL)) {
            let bytes = std::mem::take(&mut self.bundle);
            stored
                .extend(Tile::of(Level::Entries, self.size / u64::from(FULL) - 1, self.size).map(|tile| (tile, bytes)));
        }
        let mut hash = leaf_hash(entry);
        for level in 0..LEVELS {
            if self.rows.len() == usize::from(level) {
                self.rows.push(Vec::new());
            }
            let row = &mut self.rows[usize::from(level)];
            row.push(hash);
            if row.len() < usize::from(FULL) {
                break;
            }
            hash = tree_hash(row);
            let index = (self.size >> (8 * level)) / u64::from(FULL) - 1;
            let bytes = write_hashes(row);
            row.clear();
            stored.extend(Tile::of(Level::Hashes(level), index, self.size).map(|tile| (tile, bytes)));
        }
        Ok(())
    }

    fn partials(&self, stored: &mut Vec<(Tile, Vec<u8>)>) {
        if !self.bundle.is_empty() {
            let tile = Tile::of(Level::Entries, self.size / u64::from(FULL), self.size);
            stored.extend(tile.map(|tile| (tile, self.bundle.clone())));
        }
        for (level, row) in (0..LEVELS).zip(&self.rows).filter(|(_, row)| !row.is_empty()) {
            let tile = Tile::of(Level::Hashes(level), (self.size >> (8 * level)) / u64::from(FULL), self.size);
            stored.extend(tile.map(|tile| (tile, write_hashes(row))));
        }
    }
}

/// The root from the partial rows, lowest first. What lies below a row is one more node at its right end: RFC 6962
/// splits off the largest power of two first, so the smaller trees nest to the right.
pub(crate) fn fold(rows: &[Vec<Hash>]) -> Hash {
    let below = rows.iter().fold(None, |below: Option<Hash>, row| {
        let nodes: Vec<Hash> = row.iter().copied().chain(below).collect();
        (!nodes.is_empty()).then(|| tree_hash(&nodes))
    });
    below.unwrap_or_else(|| tree_hash(&[]))
}
