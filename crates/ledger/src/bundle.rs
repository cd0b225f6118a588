//! Entry bundles: the entries of a tile, each behind its length as a big-endian 16-bit number.

use crate::{
    Tile, Tiles,
    tile::{FULL, TileError},
};

/// The longest entry, in bytes: its length must fit 16 bits.
pub const LONGEST: usize = 65_535;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entry of {0} bytes is longer than {LONGEST}")]
pub struct TooLong(pub usize);

/// Puts an entry at the end of a bundle.
pub(crate) fn push(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), TooLong> {
    let length = u16::try_from(entry.len()).map_err(|_| TooLong(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle; None when its end cuts one short.
pub fn entries(mut bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        found.push(entry);
        bundle = rest;
    }
    Some(found)
}

/// The bytes of a bundle that holds as many entries as its place says.
pub(crate) fn read(tiles: &impl Tiles, at: Tile) -> Result<Vec<u8>, TileError> {
    let counted = |bytes: Vec<u8>, at: Tile| match entries(&bytes) {
        Some(found) if found.len() == usize::from(at.width()) => Ok(bytes),
        _ => Err(TileError::Shape(at)),
    };
    if let Some(bytes) = tiles.tile(at) {
        return counted(bytes, at);
    }
    // As with hashes: the full bundle begins with the partial one.
    let full = tiles.tile(at.full()).filter(|_| at.width() < FULL).ok_or(TileError::Missing(at))?;
    let full = counted(full, at.full())?;
    let wanted = entries(&full).unwrap_or_default();
    let length = wanted[..usize::from(at.width())].iter().map(|entry| entry.len() + 2).sum();
    Ok(full[..length].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;
    use proptest::{collection::vec, prelude::*};
    use std::collections::BTreeMap;

    #[test]
    fn an_entry_stands_behind_its_length() {
        let mut bundle = Vec::new();
        push(&mut bundle, b"abc").unwrap();
        push(&mut bundle, b"").unwrap();
        push(&mut bundle, &[7; 258]).unwrap();
        assert_eq!(bundle[..9], [0, 3, b'a', b'b', b'c', 0, 0, 1, 2]);
        assert_eq!(entries(&bundle).unwrap(), [b"abc".as_slice(), b"", &[7; 258]]);
    }

    #[test]
    fn the_longest_entry_fits_and_one_byte_more_is_refused() {
        let mut bundle = Vec::new();
        push(&mut bundle, &vec![0; LONGEST]).unwrap();
        assert_eq!(push(&mut bundle, &vec![0; LONGEST + 1]), Err(TooLong(65_536)));
        assert_eq!(bundle.len(), LONGEST + 2, "a refused entry leaves nothing behind");
    }

    #[test]
    fn a_full_bundle_serves_where_the_partial_one_is_gone() {
        let mut bytes = Vec::new();
        (0..=255).for_each(|number| push(&mut bytes, &[number]).unwrap());
        let tile = |size| Tile::of(Level::Entries, 0, size).unwrap();
        let tiles = BTreeMap::from([(tile(256), bytes.clone())]);
        assert_eq!(read(&tiles, tile(2)).unwrap(), bytes[..6]);
        let short = BTreeMap::from([(tile(256), bytes[..6].to_vec())]);
        assert_eq!(read(&short, tile(2)), Err(TileError::Shape(tile(256))));
    }

    proptest! {
        #[test]
        fn entries_come_back_as_they_went_in(went in vec(vec(any::<u8>(), 0..300), 0..20), cut in 1usize..400) {
            let mut bundle = Vec::new();
            for entry in &went {
                push(&mut bundle, entry).unwrap();
            }
            prop_assert_eq!(entries(&bundle).unwrap(), went.iter().map(Vec::as_slice).collect::<Vec<_>>());
            // A cut bundle is shorter by whole entries, or refused.
            if let Some(fewer) = bundle.len().checked_sub(cut).and_then(|end| entries(&bundle[..end])) {
                prop_assert!(fewer.len() < went.len());
            }
        }
    }
}
