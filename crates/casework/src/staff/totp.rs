//! Time-based one-time passwords: RFC 6238 with SHA-1, six digits, thirty seconds, as authenticator apps expect.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use store::Time;
use subtle::ConstantTimeEq;

/// Seconds a code stands for (RFC 6238 §5.2).
const STEP: i64 = 30;
/// Steps a clock may be off, either way (RFC 6238 §5.2 recommends one).
const DRIFT: i64 = 1;

pub fn step_of(now: Time) -> i64 {
    now.micros().div_euclid(1_000_000 * STEP)
}

/// The code of one time step.
pub fn code(secret: &[u8], step: i64) -> String {
    // A key of any length is taken, so this cannot fail.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let n = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", n % 1_000_000)
}

/// The step whose code was typed, if it is near now and after the last one used: a code opens the door once.
pub fn check(secret: &[u8], typed: &str, now: Time, last_used: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = step_of(now);
    let mut found = None;
    for step in now - DRIFT..=now + DRIFT {
        let right: bool = code(secret, step).as_bytes().ct_eq(typed.as_bytes()).into();
        if right && step > last_used {
            found = Some(step);
        }
    }
    found
}

/// The secret as an authenticator app takes it.
pub fn show_secret(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the SHA-1 rows, cut to six digits.
    #[test]
    fn the_vectors_of_the_rfc_are_met() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, step_of(Time(seconds * 1_000_000))), expected);
        }
    }

    #[test]
    fn a_code_opens_the_door_once() {
        let (secret, now) = (b"12345678901234567890", Time(1_111_111_111_000_000));
        let step = check(secret, "050 471", now, 0).unwrap();
        assert_eq!(check(secret, "050471", now, step), None);
    }

    #[test]
    fn an_old_code_is_wrong() {
        let secret = b"12345678901234567890";
        assert_eq!(check(secret, "050471", Time(1_111_111_111_000_000).plus_seconds(90), 0), None);
    }
}
