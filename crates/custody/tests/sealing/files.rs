//! Any byte of a tile or of the checkpoint, any file that is removed, put in or swapped is named.

use crate::house::House;
use ledger::{Checkpoint, Signer, Tile};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{fs, path::Path};

/// Runs the check with a file changed, and puts it back. None takes the file away.
async fn with(house: &House, name: &str, bytes: Option<&[u8]>, named: &str) {
    let path = house.folder().join(name);
    let before = fs::read(&path).ok();
    match bytes {
        Some(bytes) => {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
        }
        None => fs::remove_file(&path).unwrap(),
    }
    let faults = house.faults().await;
    assert!(faults.iter().any(|fault| fault.contains(named)), "{name}: {named:?} is not in {faults:#?}");
    assert!(faults.len() <= 2, "{name}: {faults:#?}");
    match before {
        Some(before) => fs::write(&path, before).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
}

fn read(house: &House, name: &str) -> Vec<u8> {
    fs::read(house.folder().join(name)).unwrap()
}

#[tokio::test]
async fn a_tile_that_is_removed_cut_swapped_or_lengthened_is_named() {
    let house = House::lived().await;
    let tiles: Vec<Tile> = Tile::all(600).collect();
    for tile in &tiles {
        let name = tile.path();
        let bytes = read(&house, &name);
        with(&house, &name, None, &format!("{name} is missing")).await;
        with(&house, &name, Some(&bytes[..bytes.len() - 1]), &format!("{name} was changed")).await;
        with(&house, &name, Some(&[&bytes[..], &[0]].concat()), &format!("{name} was changed")).await;
        with(&house, &name, Some(&[]), &format!("{name} was changed")).await;
        for other in tiles.iter().filter(|other| other.level() == tile.level() && *other != tile) {
            with(&house, &name, Some(&read(&house, &other.path())), &format!("{name} was changed")).await;
        }
    }
}

#[tokio::test]
async fn any_byte_of_any_tile_that_is_changed_is_named_with_its_leaf() {
    let house = House::lived().await;
    let mut runner = TestRunner::deterministic();
    for tile in Tile::all(600) {
        let good = read(&house, &tile.path());
        for _ in 0..8 {
            let (at, bit) = (any::<prop::sample::Index>(), 0..8u32).new_tree(&mut runner).unwrap().current();
            let mut bytes = good.clone();
            bytes[at.index(good.len())] ^= 1 << bit;
            with(&house, &tile.path(), Some(&bytes), &format!("{tile} was changed")).await;
        }
    }
    // Where the leaf can be told, it is: byte 5,000 of the second bundle lies in one of its entries.
    let mut bytes = read(&house, "tile/0/001");
    bytes[32 * 44 + 3] ^= 1;
    with(&house, "tile/0/001", Some(&bytes), "tile/0/001 was changed, first at its place 44 (leaf 300)").await;
}

#[tokio::test]
async fn an_older_partial_tile_is_compared_as_long_as_it_lies_there() {
    let house = House::lived().await;
    // Of the size 550, which had its checkpoint too.
    assert!(house.folder().join("tile/0/002.p/38").exists());
    let mut bytes = read(&house, "tile/0/002.p/38");
    bytes[7] ^= 1;
    with(&house, "tile/0/002.p/38", Some(&bytes), "tile/0/002.p/38 was changed").await;
    assert!(!house.folder().join("tile/0/000.p").exists(), "partial tiles go once the full one is there");
}

#[tokio::test]
async fn a_file_that_is_put_in_is_named() {
    let house = House::lived().await;
    let bytes = read(&house, "tile/0/000");
    for name in ["tile/0/003", "tile/0/002.p/89", "tile/entries/x001/000", "tile/2/000", "tile/0/0000", "notes.txt"] {
        with(&house, name, Some(&bytes), &format!("the file {name} was put in")).await;
    }
}

#[tokio::test]
async fn the_checkpoint_that_is_changed_removed_or_another_one_is_named() {
    let house = House::lived().await;
    let good = read(&house, "checkpoint");
    for at in 0..good.len() {
        if at % 7 == 0 {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            with(&house, "checkpoint", Some(&bytes), "the file checkpoint was changed").await;
        }
    }
    with(&house, "checkpoint", None, "the file checkpoint is missing").await;
    // By somebody else's key; by our own over a history that was never signed; an older one.
    let forged = |name: &str, seed: u8, size| {
        let signer = Signer::from_seed(name, &[seed; 32]).unwrap();
        Checkpoint::new(name, size, ledger::Hash([1; 32])).sign(&signer).unwrap().to_string().into_bytes()
    };
    with(&house, "checkpoint", Some(&forged("moothall.example/ledger", 6, 600)), "file checkpoint was changed").await;
    with(&house, "checkpoint", Some(&forged("moothall.example/ledger", 5, 600)), "file checkpoint was changed").await;
    with(&house, "checkpoint", Some(&forged("moothall.example/ledger", 5, 601)), "size 601 is missing").await;
    let old = rusqlite::Connection::open(house.file()).unwrap();
    let old: String = old.query_row("SELECT note FROM checkpoint WHERE size = 310", [], |row| row.get(0)).unwrap();
    with(&house, "checkpoint", Some(old.as_bytes()), "is of size 310, the newest that was signed of 600").await;
    assert_eq!(house.faults().await, Vec::<String>::new());
    assert!(Path::new(&house.folder()).exists());
}
