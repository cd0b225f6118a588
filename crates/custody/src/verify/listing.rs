//! What lies on the shelf, by place.

use crate::CHECKPOINT;
use ledger::{Level, Tile};
use std::collections::BTreeMap;

/// Tiles by level and index, and names that are no tile's.
#[derive(Default)]
pub struct Listing {
    places: BTreeMap<(Level, u64), Vec<Tile>>,
    pub strays: Vec<String>,
}

impl Listing {
    pub fn of(names: Vec<String>) -> Listing {
        let mut listing = Listing::default();
        for name in names {
            match Tile::parse(&name) {
                Some(tile) => listing.places.entry((tile.level(), tile.index())).or_default().push(tile),
                None if name == CHECKPOINT => {}
                None => listing.strays.push(name),
            }
        }
        listing.places.values_mut().for_each(|tiles| tiles.sort_unstable_by_key(|tile| tile.width()));
        listing.strays.sort();
        listing
    }

    /// The tiles of a place, the narrowest first.
    pub fn at(&self, level: Level, index: u64) -> &[Tile] {
        self.places.get(&(level, index)).map_or(&[], Vec::as_slice)
    }

    pub fn all(&self) -> impl Iterator<Item = Tile> {
        self.places.values().flatten().copied()
    }
}
