//! Passwords: argon2id (RFC 9106).

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// OWASP's least for argon2id: 19 MiB, two passes, one lane. Checked 2026-11.
fn engine() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

/// The PHC string to store.
pub fn hash(password: &str, salt: &[u8; 16]) -> Option<String> {
    engine().hash_password_with_salt(password.as_bytes(), salt).ok().map(|hash| hash.to_string())
}

/// Takes the same time whether the password is right or wrong.
pub fn check(stored: &str, typed: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| engine().verify_password(typed.as_bytes(), &hash).is_ok())
}

/// Least characters of a password (NCSC: length over complexity).
pub const LEAST: usize = 12;
/// Most characters, so that nobody makes the hash work for minutes.
pub const MOST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let stored = hash("correct horse battery", &[7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(check(&stored, "correct horse battery"));
        assert!(!check(&stored, "correct horse batterY"));
        assert!(!check("not a hash", "correct horse battery"));
    }
}
