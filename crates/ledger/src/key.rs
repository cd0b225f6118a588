//! Keys of signed notes: Ed25519, with the name of who holds them. Public: `name+id+base64(0x01 ‖ key)`; private:
//! `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`. The id is four bytes as eight lower-case hexadecimal figures.

use crate::Signature;
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// The signature type "Ed25519 over the note's text".
const ED25519: u8 = 1;
const PRIVATE: &str = "PRIVATE+KEY+";

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("this has not the shape of a key: name+id+base64")]
    Shape,
    #[error("the name of a key is not empty and has neither spaces nor a plus sign")]
    Name,
    #[error("this is no Ed25519 key")]
    Kind,
    #[error("the id of the key is not that of its name and bytes")]
    Id,
}

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// A private key. Its text form is given on request only, so that no log line can hold it.
pub struct Signer {
    verifier: Verifier,
    key: SigningKey,
}

impl Verifier {
    /// # Errors
    /// When the name cannot be one, or the bytes are no key or one that anybody could sign for.
    pub fn new(name: &str, key: [u8; 32]) -> Result<Verifier, KeyError> {
        let key = VerifyingKey::from_bytes(&key).ok().filter(|key| !key.is_weak()).ok_or(KeyError::Kind)?;
        Verifier::of(name, key)
    }

    fn of(name: &str, key: VerifyingKey) -> Result<Verifier, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
        Ok(Verifier { name: name.to_owned(), id: u32::from_be_bytes([a, b, c, d]), key })
    }

    /// # Errors
    /// When the text is no public key.
    pub fn parse(text: &str) -> Result<Verifier, KeyError> {
        let (name, id, key) = parts(text)?;
        let verifier = Verifier::new(name, key)?;
        if verifier.id == id { Ok(verifier) } else { Err(KeyError::Id) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether the signature says that it is by this key. Names and ids may be alike by accident or intent; both are not.
    pub fn made(&self, signature: &Signature) -> bool {
        self.id == signature.id && self.name == signature.name
    }

    /// Whether the signature is by this key over this text.
    pub fn verifies(&self, text: &str, signature: &Signature) -> bool {
        let bytes = ed25519_dalek::Signature::from_slice(&signature.bytes);
        self.made(signature) && bytes.is_ok_and(|bytes| self.key.verify_strict(text.as_bytes(), &bytes).is_ok())
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:08x}+{}", self.name, self.id, with_kind(self.key.as_bytes()))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({self})")
    }
}

impl Signer {
    /// The key that these 32 random bytes are the seed of (RFC 8032).
    ///
    /// # Errors
    /// When the name cannot be one.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Signer, KeyError> {
        let key = SigningKey::from_bytes(seed);
        Ok(Signer { verifier: Verifier::of(name, key.verifying_key())?, key })
    }

    /// # Errors
    /// When the text is no private key.
    pub fn parse(text: &str) -> Result<Signer, KeyError> {
        let (name, id, seed) = parts(text.strip_prefix(PRIVATE).ok_or(KeyError::Shape)?)?;
        let signer = Signer::from_seed(name, &seed)?;
        if signer.verifier.id == id { Ok(signer) } else { Err(KeyError::Id) }
    }

    /// The text form, to be kept secret.
    pub fn secret_text(&self) -> String {
        format!("{PRIVATE}{}+{:08x}+{}", self.verifier.name, self.verifier.id, with_kind(self.key.as_bytes()))
    }

    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    pub(crate) fn sign(&self, text: &str) -> Signature {
        let bytes = self.key.sign(text.as_bytes()).to_bytes().to_vec();
        Signature { name: self.verifier.name.clone(), id: self.verifier.id, bytes }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer of {}", self.verifier)
    }
}

pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|sign: char| sign == '+' || sign.is_whitespace() || sign.is_control())
}

fn with_kind(bytes: &[u8; 32]) -> String {
    BASE64.encode(&[&[ED25519], bytes.as_slice()].concat())
}

fn parts(text: &str) -> Result<(&str, u32, [u8; 32]), KeyError> {
    // The base64 at the end may hold plus signs, the name and the id do not.
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Shape);
    };
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok()).ok_or(KeyError::Shape)?;
    let key = BASE64.decode(key.as_bytes()).map_err(|_| KeyError::Shape)?;
    match key.split_first() {
        Some((&ED25519, key)) => Ok((name, u32::from_be_bytes(id), key.try_into().map_err(|_| KeyError::Kind)?)),
        _ => Err(KeyError::Kind),
    }
}
