//! Signatures of webhooks (Standard Webhooks 1.0): HMAC-SHA256 over `id.timestamp.body`.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{fmt, str::FromStr};

const PREFIX: &str = "whsec_";
/// Bytes of a secret, as the specification wants them.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// What a webhook is signed with: `whsec_` and base64. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected whsec_ and the base64 of 24 to 64 random bytes")]
pub struct BadSecret;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl FromStr for Secret {
    type Err = BadSecret;

    fn from_str(text: &str) -> Result<Secret, BadSecret> {
        let bytes = text.strip_prefix(PREFIX).and_then(|base64| BASE64.decode(base64.as_bytes()).ok());
        bytes.filter(|bytes| LENGTH.contains(&bytes.len())).map(Secret).ok_or(BadSecret)
    }
}

/// The header `webhook-signature`: a signature for each secret, so that either side can change its own first.
pub fn signatures(secrets: &[Secret], id: &str, seconds: i64, body: &str) -> String {
    let signed = format!("{id}.{seconds}.{body}");
    let of = |secret: &Secret| {
        // A key of any length is taken, so this cannot fail.
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).ok()?;
        mac.update(signed.as_bytes());
        Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
    };
    secrets.iter().filter_map(of).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn the_published_example_has_the_published_signature() {
        let secrets = [PUBLISHED.parse().unwrap()];
        let signed = signatures(&secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_give_two_signatures() {
        let other: Secret = format!("{PREFIX}{}", BASE64.encode(&[7; 32])).parse().unwrap();
        let both = signatures(&[PUBLISHED.parse().unwrap(), other.clone()], "id", 1, "{}");
        let (first, second) = both.split_once(' ').unwrap();
        assert_ne!(first, second);
        assert_eq!(second, signatures(&[other], "id", 1, "{}"));
    }

    #[test]
    fn what_is_no_secret_is_refused_without_being_repeated() {
        let short = format!("{PREFIX}{}", BASE64.encode(&[1; 23]));
        let long = format!("{PREFIX}{}", BASE64.encode(&[1; 65]));
        for text in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64 at all!", &short, &long] {
            let refused = text.parse::<Secret>().unwrap_err();
            assert!(
                text.is_empty() || !refused.to_string().contains(&text[text.len().min(6)..]) || text == PREFIX,
                "{text}"
            );
        }
        assert_eq!(format!("{:?}", PUBLISHED.parse::<Secret>().unwrap()), "Secret(…)");
    }
}
