//! Sending by a program: one call, under a key of the caller's. The same key finds the first receipt and makes no other
//! report.

use super::{
    files::Holder,
    submit::{self, Ready, Receipt},
};
use crate::{Draw, Error, Keys, Result, Setting, access, attempt};
use rights::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Time, Tx};

/// How long a key is remembered.
pub const REMEMBERED_SECONDS: i64 = 24 * 60 * 60;

/// A caller's key, and what was sent under it.
#[derive(Clone)]
pub struct Key {
    pub(super) token: String,
    pub(super) body: String,
}

impl Key {
    /// `body` must be the same bytes for the same words, in whatever order they came.
    pub fn new(keys: &Keys, key: &str, body: &[u8]) -> Key {
        Key { token: keys.once_token(key), body: data_encoding::HEXLOWER.encode(&Sha256::digest(body)) }
    }
}

/// What a program is given for a report. The token follows it; [`access::bearer`] says what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub receipt: Receipt,
    pub token: String,
}

/// A program's own id is remembered for longer than any of them tries again (C-80).
const REMEMBERED_BY_PROGRAMS_SECONDS: i64 = 400 * 24 * 60 * 60;

/// What an id of a program was used for: the digest of what was said, and what it was answered with.
#[derive(Serialize, Deserialize)]
pub(super) struct Remembered<T> {
    pub body: String,
    pub answer: T,
}

impl<T: Serialize + serde::de::DeserializeOwned> Remembered<T> {
    pub fn find(tx: &mut Tx, key: &Key, now: Time) -> Result<Option<Remembered<T>>> {
        let kept = match attempt::receipt(tx, &key.token, now) {
            Err(Error::NotFound(_)) => None,
            other => other?,
        };
        Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()))
    }

    pub fn keep(&self, tx: &mut Tx, draw: &mut Draw, key: &Key, of: (&str, uuid::Uuid)) -> Result<()> {
        attempt::begin_sent(tx, draw, &key.token, of, json!(self), REMEMBERED_BY_PROGRAMS_SECONDS)
    }
}

/// What is sealed under the key.
#[derive(Serialize, Deserialize)]
struct Kept {
    body: String,
    given: Given,
}

/// What a sending under a key came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    New(Given),
    /// The key was used for the same body before.
    Before(Given),
    /// The key was used for another body.
    Other,
}

/// What became of this key before.
pub fn before(tx: &mut Tx, key: &Key, now: Time) -> Result<Option<Once>> {
    let receipt = match attempt::receipt(tx, &key.token, now) {
        Err(Error::NotFound(_)) => None,
        other => other?,
    };
    let kept = receipt.and_then(|receipt| serde_json::from_value::<Kept>(receipt).ok());
    Ok(kept.map(|kept| if kept.body == key.body { Once::Before(kept.given) } else { Once::Other }))
}

/// Sends what is ready, unless the key was used before. The receipt may be shown once this is committed.
pub fn submit_once(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    key: &Key,
    ready: &Ready,
    holder: &Holder,
) -> Result<Once> {
    attempt::hold(tx, &key.token)?;
    if let Some(before) = before(tx, key, draw.now())? {
        return Ok(before);
    }
    let (id, receipt) = submit::file(&Actor::Anonymous, tx, setting, draw, ready, holder, "api")?;
    let token = match ready.looked_up() {
        true => access::make_bearer(tx, draw, id, ready.tracking())?,
        false => String::new(),
    };
    let given = Given { receipt, token };
    let kept = json!(Kept { body: key.body.clone(), given: given.clone() });
    attempt::begin_sent(tx, draw, &key.token, (ready.service(), id), kept, REMEMBERED_SECONDS)?;
    Ok(Once::New(given))
}
