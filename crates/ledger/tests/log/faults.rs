use crate::{Shelf, entry, log};
use ledger::{Edge, Fault, Hash, Tile, TileError, check};

const SIZE: u64 = 70_000;

fn tile(path: &str) -> Tile {
    Tile::parse(path).unwrap()
}

/// A log as only its last checkpoint needs it.
fn kept() -> (Edge, Shelf) {
    log(SIZE, SIZE)
}

fn faults(shelf: &Shelf, root: Hash) -> Vec<Fault> {
    check(shelf, SIZE, root, |_, _| {})
}

#[test]
fn a_whole_log_has_no_fault_and_hands_on_every_entry() {
    for size in [0, 1, 255, 256, 257, 1_000, 65_536, SIZE] {
        let (edge, shelf) = log(size, 10_000);
        let mut next = 0;
        let faults = check(&shelf, size, edge.root(), |index, bytes| {
            assert_eq!((index, bytes), (next, entry(index).as_slice()));
            next += 1;
        });
        assert_eq!((faults, next), (vec![], size));
    }
}

#[test]
fn what_was_changed_is_named() {
    let (edge, whole) = kept();
    let change = |path: &str, at: usize| {
        let mut shelf = whole.clone();
        shelf.get_mut(&tile(path)).unwrap()[at] ^= 0x20;
        faults(&shelf, edge.root())
    };
    // Byte 3 lies in the first entry of the bundle; in the last bundle the root would not show it either.
    assert_eq!(change("tile/entries/002", 3), [Fault::Entry(512)]);
    assert_eq!(change("tile/entries/273.p/112", 3), [Fault::Entry(69_888)]);
    let above = Fault::Node { tile: tile("tile/1/000"), position: 2 };
    assert_eq!(change("tile/0/002", 5 * 32), [Fault::Entry(517), above]);
    assert_eq!(change("tile/0/273.p/112", 0), [Fault::Entry(69_888), Fault::Root]);
    let top = Fault::Node { tile: tile("tile/2/000.p/1"), position: 0 };
    assert_eq!(change("tile/1/000", 2 * 32), [above, top]);
    assert_eq!(change("tile/2/000.p/1", 0), [top, Fault::Root]);
    assert_eq!(change("tile/entries/002", 0), [Fault::Tile(TileError::Shape(tile("tile/entries/002")))]);
    assert_eq!(faults(&whole, Hash([0; 32])), [Fault::Root]);
}

#[test]
fn what_was_removed_or_swapped_is_named() {
    let (edge, whole) = kept();
    for path in
        ["tile/entries/002", "tile/entries/273.p/112", "tile/0/002", "tile/0/273.p/112", "tile/1/000", "tile/2/000.p/1"]
    {
        let mut shelf = whole.clone();
        shelf.remove(&tile(path));
        assert_eq!(faults(&shelf, edge.root()), [Fault::Tile(TileError::Missing(tile(path)))], "{path}");
    }
    let mut shelf = whole.clone();
    let [a, b] = ["tile/entries/002", "tile/entries/003"].map(|path| whole[&tile(path)].clone());
    shelf.insert(tile("tile/entries/002"), b);
    shelf.insert(tile("tile/entries/003"), a);
    assert_eq!(faults(&shelf, edge.root()), (512..1_024).map(Fault::Entry).collect::<Vec<_>>());
    // Both rows of a place gone: the hash is still in the tile above.
    let mut shelf = whole;
    shelf.remove(&tile("tile/entries/002"));
    shelf.remove(&tile("tile/0/002"));
    let missing = |path| Fault::Tile(TileError::Missing(tile(path)));
    assert_eq!(faults(&shelf, edge.root()), [missing("tile/entries/002"), missing("tile/0/002")]);
}

#[test]
fn an_entry_put_in_or_left_out_is_named_from_its_place_on() {
    let (edge, whole) = kept();
    let entries: Vec<Vec<u8>> = (0..SIZE + 1).filter(|index| *index != 69_990).map(entry).collect();
    let mut other = Edge::default();
    let shelf: Shelf = other.append(&entries).unwrap().into_iter().collect();
    assert_eq!(faults(&shelf, edge.root()), [Fault::Root], "a log that fits itself is another log");
    let mut mixed = whole;
    mixed.extend(shelf.into_iter().filter(|(tile, _)| tile.path().starts_with("tile/entries")));
    assert_eq!(faults(&mixed, edge.root()), (69_990..SIZE).map(Fault::Entry).collect::<Vec<_>>());
}
