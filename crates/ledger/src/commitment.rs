//! Salted commitments: a leaf is bound to words that can be erased. Once the words and their salt are gone, the hash
//! tells nothing, not even to somebody who guesses the words.

use crate::Hash;
use sha2::{Digest, Sha256};

/// 32 random bytes, drawn anew for every commitment and erased with the payload.
pub type Salt = [u8; 32];

/// `SHA-256(payload ‖ salt ‖ index)`. The index is that of the leaf in the log, 8 bytes, big-endian: it is fixed before
/// hashing, so that the same words cannot be moved to another leaf. Salt and index have fixed lengths, so no other
/// payload, salt and index give the same bytes.
pub fn commit(payload: &[u8], salt: &Salt, index: u64) -> Hash {
    Hash(Sha256::new().chain_update(payload).chain_update(salt).chain_update(index.to_be_bytes()).finalize().into())
}

/// Whether these are the words that were committed to.
pub fn opens(commitment: Hash, payload: &[u8], salt: &Salt, index: u64) -> bool {
    commit(payload, salt, index) == commitment
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    #[test]
    fn the_bytes_are_payload_salt_and_index() {
        // Made once with: (printf abc; head -c 32 /dev/zero | tr '\0' 7; printf '\0\0\0\0\0\0\1\2') | sha256sum
        let mut bytes = b"abc".to_vec();
        bytes.extend([b'7'; 32]);
        bytes.extend([0, 0, 0, 0, 0, 0, 1, 2]);
        let Hash(hash) = commit(b"abc", &[b'7'; 32], 258);
        assert_eq!(hash, <[u8; 32]>::from(Sha256::digest(&bytes)));
        assert_eq!(
            data_encoding::HEXLOWER.encode(&hash),
            "ac2cb0aebda3c98a65c7676c4a3b06ec86514b213aa1132db521b3fc10a495bc"
        );
    }

    proptest! {
        #[test]
        fn any_other_payload_salt_or_index_does_not_open_it(
            payload in vec(any::<u8>(), 1..40), salt: Salt, index: u64, byte: prop::sample::Index, bit in 0..8
        ) {
            let commitment = commit(&payload, &salt, index);
            prop_assert!(opens(commitment, &payload, &salt, index));
            let (mut other, mut grain) = (payload.clone(), salt);
            other[byte.index(payload.len())] ^= 1u8 << bit;
            grain[byte.index(32)] ^= 1u8 << bit;
            prop_assert!(!opens(commitment, &other, &salt, index));
            prop_assert!(!opens(commitment, &payload, &grain, index));
            prop_assert!(!opens(commitment, &payload, &salt, index ^ (1u64 << bit)));
            prop_assert!(!opens(commitment, &[&payload[..], &salt[..1]].concat(), &salt, index));
        }
    }
}
