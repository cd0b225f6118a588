//! Tiles as they lie on the shelf, against those that the leaves make.

use super::{Fault, listing::Listing};
use crate::{Shelf, shelf::Shelved};
use ledger::{Level, Tile, Tiles as _};
use std::collections::BTreeSet;

/// Bytes of a hash.
const HASH: usize = 32;

pub struct Compared<'a> {
    shelf: Shelved<'a>,
    listing: &'a Listing,
    /// The size that the shelf must have tiles for.
    covered: u64,
    seen: BTreeSet<Tile>,
    /// Read a moment ago, since leaves ask for the same.
    last: Vec<(Tile, Option<Vec<u8>>)>,
}

impl<'a> Compared<'a> {
    pub fn new(shelf: &'a dyn Shelf, listing: &'a Listing, covered: u64) -> Compared<'a> {
        Compared { shelf: Shelved(shelf), listing, covered, seen: BTreeSet::new(), last: Vec::new() }
    }

    fn read(&mut self, tile: Tile) -> Option<Vec<u8>> {
        if let Some((_, bytes)) = self.last.iter().find(|(known, _)| *known == tile) {
            return bytes.clone();
        }
        let bytes = self.shelf.tile(tile);
        self.last.push((tile, bytes.clone()));
        bytes
    }

    /// The widest tile that lies at a place: what the shelf says of its entries or hashes.
    pub fn widest(&mut self, level: Level, index: u64) -> Option<Vec<u8>> {
        self.last.clear();
        let tile = *self.listing.at(level, index).last()?;
        self.read(tile)
    }

    /// Compares what lies at the place of a tile with the bytes it must have.
    pub fn compare(&mut self, made: Tile, bytes: &[u8], faults: &mut Vec<Fault>) {
        let listing = self.listing;
        let held = listing.at(made.level(), made.index());
        if let Some(wanted) = Tile::of(made.level(), made.index(), self.covered)
            && !held.iter().any(|tile| *tile == wanted || tile.width() == 256)
        {
            faults.push(Fault::TileMissing(wanted));
        }
        // Wider than the tree is: named at the end, with what nobody asked for.
        for tile in held.iter().filter(|tile| tile.width() <= made.width()) {
            self.seen.insert(*tile);
            let Some(found) = self.read(*tile) else {
                // It may have gone since, when its full tile came.
                continue;
            };
            let expected = beginning(made.level(), bytes, tile.width());
            if found != expected {
                let place = differs(made.level(), &found, expected);
                let leaf =
                    matches!(made.level(), Level::Entries | Level::Hashes(0)).then(|| made.index() * 256 + place);
                faults.push(Fault::TileChanged { tile: *tile, place, leaf });
            }
        }
    }

    /// How many tiles were compared, and those that the log does not have.
    pub fn end(self) -> (u64, Vec<Tile>) {
        let others = self.listing.all().filter(|tile| !self.seen.contains(tile)).collect();
        (self.seen.len() as u64, others)
    }
}

/// The first entries or hashes of a tile.
fn beginning(level: Level, bytes: &[u8], width: u16) -> &[u8] {
    let length = match level {
        Level::Hashes(_) => usize::from(width) * HASH,
        Level::Entries => {
            let entries = ledger::entries(bytes).unwrap_or_default();
            entries.iter().take(usize::from(width)).map(|entry| entry.len() + 2).sum()
        }
    };
    bytes.get(..length).unwrap_or(bytes)
}

/// The first place at which they differ.
fn differs(level: Level, found: &[u8], expected: &[u8]) -> u64 {
    let place = match level {
        Level::Hashes(_) => found.chunks(HASH).zip(expected.chunks(HASH)).take_while(|(a, b)| a == b).count(),
        Level::Entries => match (ledger::entries(found), ledger::entries(expected)) {
            (Some(found), Some(expected)) => found.iter().zip(&expected).take_while(|(a, b)| a == b).count(),
            // Cut within an entry: the last one that is whole and the same.
            _ => {
                let same = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
                let mut ends = ledger::entries(expected).unwrap_or_default().into_iter().scan(0, |at, entry| {
                    *at += entry.len() + 2;
                    Some(*at)
                });
                ends.position(|end| end > same).unwrap_or_default()
            }
        },
    };
    place as u64
}
