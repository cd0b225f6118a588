//! The tree of eight leaves of the Certificate Transparency project, with its roots and proofs.

use data_encoding::HEXLOWER;
use ledger::{Edge, Hash, Tree, leaf_hash, tree_hash, verify_consistency, verify_inclusion};
use std::collections::BTreeMap;

const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// Index, size, path.
const INCLUSIONS: [(u64, u64, &[&str]); 5] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

/// Old size, new size, path.
const CONSISTENCIES: [(u64, u64, &[&str]); 4] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

fn bytes(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

fn hash(hex: &str) -> Hash {
    Hash(bytes(hex).try_into().unwrap())
}

fn leaf(index: u64) -> Hash {
    leaf_hash(&bytes(LEAVES[index as usize]))
}

/// Every tile that a log of these leaves ever had, one leaf appended at a time.
fn tiles() -> BTreeMap<ledger::Tile, Vec<u8>> {
    let mut edge = Edge::default();
    LEAVES.iter().flat_map(|leaf| edge.append(&[bytes(leaf)]).unwrap()).collect()
}

#[test]
fn the_published_roots_come_out_whole_by_the_edge_and_from_tiles() {
    let leaves: Vec<Hash> = (0..8).map(leaf).collect();
    let tiles = tiles();
    let mut edge = Edge::default();
    for size in 0..=8 {
        let root = hash(ROOTS[size]);
        assert_eq!(tree_hash(&leaves[..size]), root, "{size}");
        assert_eq!(edge.root(), root, "{size}");
        assert_eq!(Tree::new(&tiles, size as u64).root().unwrap(), root, "{size}");
        if size < 8 {
            edge.append(&[bytes(LEAVES[size])]).unwrap();
        }
    }
}

#[test]
fn the_published_inclusion_proofs_are_made_and_hold() {
    let tiles = tiles();
    for (index, size, path) in INCLUSIONS {
        let path: Vec<Hash> = path.iter().map(|one| hash(one)).collect();
        assert_eq!(Tree::new(&tiles, size).inclusion(index).unwrap(), path, "{index} of {size}");
        verify_inclusion(index, size, leaf(index), &path, hash(ROOTS[size as usize])).unwrap();
    }
}

#[test]
fn the_published_consistency_proofs_are_made_and_hold() {
    let tiles = tiles();
    for (old, new, path) in CONSISTENCIES {
        let path: Vec<Hash> = path.iter().map(|one| hash(one)).collect();
        assert_eq!(Tree::new(&tiles, new).consistency(old).unwrap(), path, "{old} to {new}");
        verify_consistency(old, new, &path, hash(ROOTS[old as usize]), hash(ROOTS[new as usize])).unwrap();
    }
}
