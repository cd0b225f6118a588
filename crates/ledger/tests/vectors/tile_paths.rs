//! The examples of <https://c2sp.org/tlog-tiles>.

use ledger::{Level, Tile};
use proptest::prelude::*;

fn path(level: Level, index: u64, size: u64) -> String {
    Tile::of(level, index, size).unwrap().path()
}

#[test]
fn an_index_is_cut_in_threes() {
    assert_eq!(path(Level::Hashes(0), 1_234_067, u64::MAX), "tile/0/x001/x234/067");
    assert_eq!(path(Level::Entries, 1_234_067, u64::MAX), "tile/entries/x001/x234/067");
    assert_eq!(path(Level::Hashes(0), 0, 5), "tile/0/000.p/5");
    assert_eq!(path(Level::Hashes(1), 999, u64::MAX), "tile/1/999");
    assert_eq!(path(Level::Hashes(0), 1_000, 256_255), "tile/0/x001/000.p/255");
}

#[test]
fn a_tree_of_70_000_has_the_tiles_of_the_specification() {
    let all: Vec<Tile> = Tile::all(70_000).collect();
    let of = |level| all.iter().filter(move |tile| tile.level() == level);
    for level in [Level::Entries, Level::Hashes(0)] {
        assert_eq!(of(level).filter(|tile| tile.width() == 256).count(), 273);
        assert_eq!(of(level).map(|tile| tile.width()).filter(|width| *width < 256).collect::<Vec<_>>(), [112]);
    }
    assert_eq!(of(Level::Hashes(1)).map(|tile| tile.width()).collect::<Vec<_>>(), [256, 17]);
    assert_eq!(of(Level::Hashes(2)).map(|tile| tile.width()).collect::<Vec<_>>(), [1]);
    assert_eq!(all.len(), 274 + 274 + 2 + 1);
}

#[test]
fn a_tree_of_256_has_a_full_tile_and_one_above_it() {
    let paths: Vec<String> = Tile::all(256).map(Tile::path).collect();
    assert_eq!(paths, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(Tile::all(0).count(), 0);
}

#[test]
fn a_path_has_one_spelling() {
    let wrong = [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/00/000",
        "tile/+0/000",
        "tile/8/000",
        "tile/64/000",
        "tile/data/000",
        "tile/entries/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x1/001",
        "tile/0/001/001",
        "tile/0/x001/x001",
        "tile/0/+01",
        "tile/0/-01",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1.p/1",
        "tile/0/000.p/1/",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/7/001",
        "tile/0/000\n",
        "tile/0/../0/000",
    ];
    for wrong in wrong {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_tile_beyond_the_tree_is_none() {
    for (level, index, size) in [
        (Level::Hashes(0), 0, 0),
        (Level::Hashes(0), 1, 256),
        (Level::Hashes(1), 0, 255),
        (Level::Hashes(8), 0, u64::MAX),
        (Level::Hashes(255), 0, u64::MAX),
        (Level::Entries, u64::MAX, u64::MAX),
    ] {
        assert_eq!(Tile::of(level, index, size), None, "{level:?} {index} {size}");
    }
}

proptest! {
    #[test]
    fn a_path_leads_back_to_its_tile(level in 0u8..9, share in 0.0..1.0f64, size: u64, shift in 0u32..64) {
        let level = if level == 8 { Level::Entries } else { Level::Hashes(level) };
        let size = size >> shift;
        let nodes = match level {
            Level::Entries => size,
            Level::Hashes(level) => size >> (8 * level),
        };
        if let Some(tile) = Tile::of(level, (nodes as f64 / 256.0 * share) as u64, size) {
            prop_assert_eq!(Tile::parse(&tile.path()), Some(tile));
        }
    }

    #[test]
    fn no_text_is_read_as_a_tile_that_is_spelt_otherwise(text in "tile/(entries|[0-9]{1,2})(/x?[0-9]{1,4}){1,3}(.p/[0-9]{1,3})?") {
        if let Some(tile) = Tile::parse(&text) {
            prop_assert_eq!(tile.path(), text);
        }
    }
}
