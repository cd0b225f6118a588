//! Tiles: the tree cut into files of up to 256 hashes or entries (<https://c2sp.org/tlog-tiles>).

use crate::{Hash, decimal};
use std::{collections::BTreeMap, fmt};

/// Hashes or entries in a full tile.
pub(crate) const FULL: u16 = 256;
/// Bytes of a hash.
const HASH: usize = 32;
/// Level 7 is the last that a tree of at most 2⁶⁴ − 1 entries can reach.
pub(crate) const LEVELS: u8 = 8;

/// Which row of files: hashes at a level (0 holds the hashes of entries), or the entries themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Hashes(u8),
    Entries,
}

/// The place of one tile. Always one that some tree has: level 0 to 7, width 1 to 256, within 2⁶⁴ entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: Level,
    index: u64,
    width: u16,
}

/// Where tiles are read from: a folder, a table, a map. None for a tile that is not there.
pub trait Tiles {
    fn tile(&self, at: Tile) -> Option<Vec<u8>>;
}

impl Tiles for BTreeMap<Tile, Vec<u8>> {
    fn tile(&self, at: Tile) -> Option<Vec<u8>> {
        self.get(&at).cloned()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    #[error("{0} is missing")]
    Missing(Tile),
    #[error("{0} has the wrong length or is cut within an entry")]
    Shape(Tile),
}

impl Tile {
    /// The tile at a place as it is in a tree of `size` entries; None where that tree has no such tile.
    pub fn of(level: Level, index: u64, size: u64) -> Option<Tile> {
        let nodes = match level {
            Level::Entries => size,
            Level::Hashes(level) => size.checked_shr(8 * u32::from(level))?,
        };
        let width = nodes.checked_sub(index.checked_mul(u64::from(FULL))?)?.min(u64::from(FULL)) as u16;
        (width > 0).then_some(Tile { level, index, width })
    }

    /// All tiles of a tree of `size` entries: the entries, then the hashes from level 0 up.
    pub fn all(size: u64) -> impl Iterator<Item = Tile> {
        let levels = [Level::Entries].into_iter().chain((0..LEVELS).map(Level::Hashes));
        levels.flat_map(move |level| (0..).map_while(move |index| Tile::of(level, index, size)))
    }

    pub fn level(self) -> Level {
        self.level
    }

    /// Counts from 0 within the level.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds: 256 when full.
    pub fn width(self) -> u16 {
        self.width
    }

    /// The same place, full.
    pub(crate) fn full(self) -> Tile {
        Tile { width: FULL, ..self }
    }

    /// "tile/0/x001/234.p/17": the path below the prefix of the log.
    pub fn path(self) -> String {
        let digits = self.index.to_string();
        let digits = format!("{digits:0>width$}", width = digits.len().next_multiple_of(3));
        let groups = digits.len() / 3;
        let mut path = match self.level {
            Level::Entries => "tile/entries".to_owned(),
            Level::Hashes(level) => format!("tile/{level}"),
        };
        for group in 0..groups {
            path += if group + 1 < groups { "/x" } else { "/" };
            path += &digits[3 * group..3 * group + 3];
        }
        if self.width < FULL {
            path += &format!(".p/{}", self.width);
        }
        path
    }

    /// The tile that a path names; None for every other spelling.
    pub fn parse(path: &str) -> Option<Tile> {
        let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = match level {
            "entries" => Level::Entries,
            _ => Level::Hashes(decimal(level).filter(|level| *level < u64::from(LEVELS))? as u8),
        };
        let (place, width) = match place.split_once(".p/") {
            Some((place, width)) => (place, decimal(width).filter(|width| *width < u64::from(FULL))? as u16),
            None => (place, FULL),
        };
        let index = place.replace(['x', '/'], "").parse().ok()?;
        let tile = Tile { level, index, width };
        // One spelling each: what is written back must be what was read.
        (width > 0 && tile.fits() && tile.path() == path).then_some(tile)
    }

    /// Whether a tree of at most 2⁶⁴ − 1 entries can have it.
    fn fits(self) -> bool {
        let below = match self.level {
            Level::Entries => 0,
            Level::Hashes(level) => 8 * u32::from(level),
        };
        let nodes = u128::from(self.index) * u128::from(FULL) + u128::from(self.width);
        nodes << below <= u128::from(u64::MAX)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// The hashes of a tile.
pub(crate) fn read_hashes(tiles: &impl Tiles, at: Tile) -> Result<Vec<Hash>, TileError> {
    let wanted = usize::from(at.width) * HASH;
    let bytes = match tiles.tile(at) {
        Some(bytes) if bytes.len() == wanted => bytes,
        Some(_) => return Err(TileError::Shape(at)),
        // A partial tile may be gone once the full one is there, and is its beginning.
        None => match tiles.tile(at.full()) {
            Some(bytes) if bytes.len() == usize::from(FULL) * HASH => bytes,
            Some(_) => return Err(TileError::Shape(at.full())),
            None => return Err(TileError::Missing(at)),
        },
    };
    let (hashes, _) = bytes[..wanted].as_chunks::<HASH>();
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

pub(crate) fn write_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}
