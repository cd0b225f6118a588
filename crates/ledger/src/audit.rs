//! Reading a whole log again: every entry, every tile, the root.

use crate::{
    Hash, Level, Tile, TileError, Tiles, bundle,
    edge::fold,
    leaf_hash,
    tile::{FULL, LEVELS, read_hashes},
    tree_hash,
};

/// What does not fit. The tiles as stored are taken at their word on the way up: where an entry differs and all above it
/// fits, the entry was changed; where the tile above differs as well (or the root, at the edge), the tile was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Tile(#[from] TileError),
    #[error("entry {0} does not have the hash that its tile holds")]
    Entry(u64),
    #[error("hash {position} of {tile} is not that of the tile below it")]
    Node { tile: Tile, position: u16 },
    #[error("the tiles do not have the root of the checkpoint")]
    Root,
}

/// Compares the entries and tiles of a log with each other and with the root of its checkpoint, and hands each entry on
/// with its index. It holds one bundle and a hash for every 256 entries. An empty answer means: all of it fits.
pub fn check(tiles: &impl Tiles, size: u64, root: Hash, mut each: impl FnMut(u64, &[u8])) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut above = Vec::new();
    let mut last = Vec::new();
    for (index, at) in level(Level::Entries, size) {
        let first = index * u64::from(FULL);
        let mut hashes = vec![None; usize::from(at.width())];
        match bundle::read(tiles, at) {
            Err(error) => faults.push(error.into()),
            Ok(bytes) => {
                let entries = bundle::entries(&bytes).unwrap_or_default();
                for ((number, entry), hash) in (first..).zip(entries).zip(&mut hashes) {
                    *hash = Some(leaf_hash(entry));
                    each(number, entry);
                }
            }
        }
        // The two rows are cut alike, so the tile of hashes is there.
        let Some(tile) = Tile::of(Level::Hashes(0), index, size) else { break };
        let row = compare(tiles, tile, &hashes, &mut faults, |position| Fault::Entry(first + u64::from(position)));
        last = up(tile, row, &mut above);
    }
    rows.push(last);
    for number in (1..LEVELS).take_while(|number| size >> (8 * number) > 0) {
        let below = std::mem::take(&mut above);
        last = Vec::new();
        for ((_, tile), hashes) in level(Level::Hashes(number), size).zip(below.chunks(usize::from(FULL))) {
            let row = compare(tiles, tile, hashes, &mut faults, |position| Fault::Node { tile, position });
            last = up(tile, row, &mut above);
        }
        rows.push(last);
    }
    let known: Option<Vec<Vec<Hash>>> = rows.into_iter().map(|row| row.into_iter().collect()).collect();
    match known {
        Some(rows) if fold(&rows) == root => {}
        Some(_) => faults.push(Fault::Root),
        // A hash that nothing stored can give: what is missing has been named.
        None => {}
    }
    faults
}

fn level(level: Level, size: u64) -> impl Iterator<Item = (u64, Tile)> {
    (0..).map_while(move |index| Tile::of(level, index, size).map(|tile| (index, tile)))
}

/// The tile as stored, or what is known from below where it cannot be read.
fn compare(
    tiles: &impl Tiles,
    tile: Tile,
    below: &[Option<Hash>],
    faults: &mut Vec<Fault>,
    differs: impl Fn(u16) -> Fault,
) -> Vec<Option<Hash>> {
    match read_hashes(tiles, tile) {
        Err(error) => {
            faults.push(error.into());
            below.to_vec()
        }
        Ok(stored) => {
            let pairs = (0u16..).zip(stored.iter().zip(below));
            faults.extend(pairs.filter(|(_, (a, b))| b.is_some_and(|b| b != **a)).map(|(at, _)| differs(at)));
            stored.into_iter().map(Some).collect()
        }
    }
}

/// A full tile hands its hash up and leaves nothing; a partial one stays for the root.
fn up(tile: Tile, row: Vec<Option<Hash>>, above: &mut Vec<Option<Hash>>) -> Vec<Option<Hash>> {
    if tile.width() < FULL {
        return row;
    }
    let row: Option<Vec<Hash>> = row.into_iter().collect();
    above.push(row.map(|row| tree_hash(&row)));
    Vec::new()
}
