//! The hashes of RFC 6962, section 2.1, over SHA-256.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// A SHA-256 hash: of a leaf, a node, a whole tree, or a commitment. As text: base64, 44 signs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the base64 of 32 bytes")]
pub struct NotAHash;

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_| NotAHash)?;
        bytes.try_into().map(Hash).map_err(|_| NotAHash)
    }
}

/// The hash of an entry. The leading 0x00 keeps an entry from passing for a node.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

/// The hash over two children.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The root over these leaves; over none it is the hash of nothing.
pub fn tree_hash(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash(Sha256::digest([]).into()),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(split(many.len() as u64) as usize);
            node_hash(tree_hash(left), tree_hash(right))
        }
    }
}

/// How many of `count` leaves go to the left: the largest power of two below it. `count` is at least 2.
pub(crate) fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_left_side_is_the_largest_power_of_two_below() {
        let expected = [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (u64::MAX, 1 << 63)];
        for (count, left) in expected {
            assert_eq!(split(count), left, "{count}");
        }
    }

    #[test]
    fn a_hash_is_read_back_from_its_text_and_from_no_other() {
        let hash = leaf_hash(b"a");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        let text = hash.to_string();
        for wrong in [&text[1..], &text[..43], &format!("{text}\n"), &text.replace('=', ""), ""] {
            assert_eq!(wrong.parse::<Hash>(), Err(NotAHash), "{wrong}");
        }
        // 43 signs carry 258 bits: the two beyond the hash must be nought, or one hash would have four spellings.
        let nought = Hash([0; 32]).to_string();
        assert_eq!(nought.replace("A=", "B=").parse::<Hash>(), Err(NotAHash));
    }
}
