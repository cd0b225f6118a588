//! Keys that lie outside the database, and what is done with them.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// One secret of 32 bytes, from which each use takes a key of its own. Never printed, never stored in the database.
#[derive(Clone)]
pub struct Keys([u8; 32]);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    pub fn new(secret: [u8; 32]) -> Keys {
        Keys(secret)
    }

    fn of(&self, using: &str, parts: &[&[u8]]) -> [u8; 32] {
        hmac(&hmac(&self.0, &[using.as_bytes()]), parts)
    }

    /// What is kept of a short code: bound to its report, so that equal codes do not look alike.
    pub fn code(&self, using: &str, subject: Uuid, code: &str) -> Vec<u8> {
        self.of(using, &[subject.as_bytes(), code.as_bytes()]).to_vec()
    }

    /// What is kept of a mark of property: equal marks look alike, so that reports can meet in them.
    pub fn property(&self, mark: &str) -> Vec<u8> {
        self.of("property", &[mark.as_bytes()]).to_vec()
    }

    /// What is kept of a home: equal numbers look alike, so that reports of one home can meet in it.
    pub fn home(&self, uprn: &str) -> Vec<u8> {
        self.of("home", &[uprn.as_bytes()]).to_vec()
    }

    /// What is kept of a way to reach the person who reports: the same for all their reports.
    pub fn reporter(&self, way: &str) -> Vec<u8> {
        self.of("reporter", &[way.to_lowercase().as_bytes()]).to_vec()
    }

    /// What is kept of a mailbox beside its address: who asks again is found again, however the address was typed.
    pub fn mailbox(&self, address: &str) -> Vec<u8> {
        self.of("mailbox", &[address.trim().to_lowercase().as_bytes()]).to_vec()
    }

    /// The token of a link in a mail about alerts, made anew from the id of the subscriber or the subscription; only its hash
    /// is stored.
    pub fn alert_token(&self, id: Uuid) -> String {
        crate::codes::show_token(&self.of("alert", &[id.as_bytes()])[..20])
    }

    /// The token of a private link, made anew from its id whenever a mail needs it; only its hash is stored.
    pub fn link_token(&self, link: Uuid) -> String {
        crate::codes::show_token(&self.of("link", &[link.as_bytes()])[..20])
    }

    /// The token of an attempt that a program sends under a key of its own: whoever has the database and guesses that key
    /// opens nothing.
    pub fn once_token(&self, key: &str) -> String {
        crate::codes::show_token(&self.of("once", &[key.as_bytes()]))
    }

    /// What signs the address at which a mail about a report can be answered, until the end of a day, by this person.
    pub fn reply(&self, report: Uuid, day: u16, who: &[u8]) -> [u8; 32] {
        self.of("reply", &[report.as_bytes(), &day.to_be_bytes(), who])
    }

    /// Whose answer an address invites: enough of a mailbox's hash to tell that the person gives another one now.
    pub fn who(&self, address: &str) -> [u8; 4] {
        let [a, b, c, d, ..] = self.of("reply who", &[address.trim().to_lowercase().as_bytes()]);
        [a, b, c, d]
    }

    /// What signs the address to which servers give a mail back that they cannot deliver.
    pub fn notice(&self, delivery: Uuid) -> [u8; 32] {
        self.of("notice", &[delivery.as_bytes()])
    }

    /// What is kept of a mail that came, beside its report.
    pub fn reply_mark(&self, report: Uuid, message_id: &str) -> Vec<u8> {
        self.of("reply mark", &[report.as_bytes(), message_id.as_bytes()]).to_vec()
    }

    /// An origin (a network address) as the throttle keeps it.
    pub fn origin(&self, origin: &str) -> Vec<u8> {
        self.of("origin", &[origin.as_bytes()])[..16].to_vec()
    }

    /// The seed of the key that signs the ledger's checkpoints.
    pub fn ledger_seed(&self) -> [u8; 32] {
        self.of("ledger", &[])
    }

    /// Seals a small secret for a row of the database.
    pub fn seal(&self, using: &str, nonce: &[u8; 32], plain: &[u8]) -> Option<Vec<u8>> {
        seal(&self.of(using, &[]), nonce, using.as_bytes(), plain)
    }

    pub fn open(&self, using: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        open(&self.of(using, &[]), using.as_bytes(), sealed)
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key of any length is taken, so this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// XChaCha20-Poly1305; the nonce (24 of the bytes given, never used twice) stands before the text.
pub fn seal(key: &[u8; 32], nonce: &[u8; 32], bound_to: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let cipher = XChaCha20Poly1305::new_from_slice(key).ok()?;
    let nonce = XNonce::try_from(&nonce[..24]).ok()?;
    let sealed = cipher.encrypt(&nonce, Payload { msg: plain, aad: bound_to }).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// The text, or nothing where the key is another or a byte was changed.
pub fn open(key: &[u8; 32], bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(24)?;
    let cipher = XChaCha20Poly1305::new_from_slice(key).ok()?;
    cipher.decrypt(&XNonce::try_from(nonce).ok()?, Payload { msg: text, aad: bound_to }).ok()
}

/// The key of an attempt, from the token in the visitor's cookie: the database alone cannot open it.
pub fn attempt_key(token: &str) -> [u8; 32] {
    hmac(token.as_bytes(), &[b"attempt"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_only() {
        let sealed = seal(&[1; 32], &[9; 32], b"here", b"answers").unwrap();
        assert_eq!(open(&[1; 32], b"here", &sealed).as_deref(), Some(b"answers".as_slice()));
        assert_eq!(open(&[2; 32], b"here", &sealed), None);
        assert_eq!(open(&[1; 32], b"there", &sealed), None);
        assert_eq!(open(&[1; 32], b"here", &sealed[..20]), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&[1; 32], b"here", &changed), None);
        }
    }

    #[test]
    fn equal_codes_of_two_reports_do_not_look_alike() {
        let keys = Keys::new([5; 32]);
        assert_ne!(keys.code("pin", Uuid::from_u128(1), "407193"), keys.code("pin", Uuid::from_u128(2), "407193"));
        assert_ne!(keys.code("pin", Uuid::from_u128(1), "407193"), keys.code("receipt", Uuid::from_u128(1), "407193"));
        assert_eq!(keys.mailbox(" Robin@Example.org "), keys.mailbox("robin@example.org"));
        assert_ne!(keys.mailbox("robin@example.org"), keys.mailbox("robin@example.net"));
        assert_eq!(format!("{keys:?}"), "Keys(…)");
    }
}
