use crate::{Shelf, entry, leaf, log};
use ledger::{Edge, EdgeError, Hash, LONGEST, Level, Tile, TileError, TooLong, Tree, entries, leaf_hash, tree_hash};
use proptest::{collection::vec, prelude::*};

fn whole(size: u64) -> Hash {
    tree_hash(&(0..size).map(leaf).collect::<Vec<_>>())
}

#[test]
fn a_log_grown_in_any_batches_has_the_tiles_and_root_of_the_whole_tree() {
    for size in [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1_000, 65_536, 70_000] {
        for batch in if size < 65_536 { [1, 7, 256] } else { [250, 256, 100_000] } {
            let (edge, shelf) = log(size, batch);
            assert_eq!((edge.size(), edge.root()), (size, whole(size)), "{size} by {batch}");
            for tile in Tile::all(size) {
                assert!(shelf.contains_key(&tile), "{tile} of {size} by {batch}");
            }
            assert_eq!(Tree::new(&shelf, size).root().unwrap(), edge.root(), "{size} by {batch}");
        }
    }
}

#[test]
fn tiles_hold_what_the_specification_says() {
    let (_, shelf) = log(1_000, 1_000);
    for tile in Tile::all(1_000) {
        let (from, width, bytes) = (tile.index() * 256, u64::from(tile.width()), &shelf[&tile]);
        match tile.level() {
            Level::Entries => {
                let expected: Vec<Vec<u8>> = (from..from + width).map(entry).collect();
                assert_eq!(entries(bytes).unwrap(), expected, "{tile}");
            }
            Level::Hashes(level) => {
                let leaves = 256u64.pow(u32::from(level));
                let hash = |node: u64| tree_hash(&(node * leaves..(node + 1) * leaves).map(leaf).collect::<Vec<_>>());
                let expected: Vec<u8> = (from..from + width).flat_map(|node| hash(node).0).collect();
                assert_eq!(bytes, &expected, "{tile}");
            }
        }
    }
    assert_eq!(shelf[&Tile::parse("tile/0/000").unwrap()].len(), 8_192);
}

#[test]
fn a_log_taken_up_again_goes_on_as_if_it_had_never_stopped() {
    for size in [0, 1, 255, 256, 257, 65_536, 66_000] {
        let (mut edge, shelf) = log(size, 1_000);
        let mut again = Edge::load(&shelf, size, edge.root()).unwrap();
        assert_eq!(again, edge, "{size}");
        let more: Vec<_> = (size..size + 300).map(entry).collect();
        assert_eq!(again.append(&more).unwrap(), edge.append(&more).unwrap(), "{size}");
        assert_eq!(again.root(), whole(size + 300), "{size}");
    }
}

#[test]
fn a_log_whose_edge_was_changed_is_not_taken_up() {
    let (edge, shelf) = log(600, 600);
    let load = |shelf: &Shelf| Edge::load(shelf, 600, edge.root());
    let changed = |path: &str, at: usize| {
        let mut shelf = shelf.clone();
        shelf.get_mut(&Tile::parse(path).unwrap()).unwrap()[at] ^= 1;
        load(&shelf)
    };
    assert_eq!(changed("tile/entries/002.p/88", 4), Err(EdgeError::Entry(512)));
    assert_eq!(changed("tile/0/002.p/88", 32), Err(EdgeError::Entry(513)));
    assert_eq!(changed("tile/1/000.p/2", 0), Err(EdgeError::Root));
    assert_eq!(
        changed("tile/entries/002.p/88", 0),
        Err(EdgeError::Tile(TileError::Shape(tile("tile/entries/002.p/88"))))
    );
    let mut without = shelf.clone();
    without.remove(&tile("tile/0/002.p/88"));
    assert_eq!(load(&without), Err(EdgeError::Tile(TileError::Missing(tile("tile/0/002.p/88")))));
    assert_eq!(Edge::load(&shelf, 600, Hash([0; 32])), Err(EdgeError::Root));
}

fn tile(path: &str) -> Tile {
    Tile::parse(path).unwrap()
}

#[test]
fn an_entry_too_long_stops_its_batch_before_anything_changed() {
    let (mut edge, _) = log(10, 10);
    let before = edge.clone();
    assert_eq!(edge.append(&[vec![0; 3], vec![0; LONGEST + 1]]), Err(TooLong(LONGEST + 1)));
    assert_eq!(edge, before);
    edge.append(&[vec![0; LONGEST]]).unwrap();
    assert_eq!(edge.append::<Vec<u8>>(&[]).unwrap(), []);
}

#[test]
fn an_older_tree_is_read_where_only_full_tiles_are_left() {
    let (_, shelf) = log(65_536, 65_536);
    for size in [1, 255, 300, 1_000, 65_535] {
        assert_eq!(Tree::new(&shelf, size).root().unwrap(), whole(size), "{size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_entries_in_any_batches_give_the_root_of_the_whole(
        batches in vec(vec(vec(any::<u8>(), 0..40), 0..120), 0..8)
    ) {
        let (mut edge, mut shelf, mut leaves) = (Edge::default(), Shelf::new(), Vec::new());
        for batch in &batches {
            shelf.extend(edge.append(batch).unwrap());
            leaves.extend(batch.iter().map(|entry| leaf_hash(entry)));
            prop_assert_eq!(edge.root(), tree_hash(&leaves));
            prop_assert_eq!(Tree::new(&shelf, edge.size()).root().unwrap(), edge.root());
        }
    }
}
