//! Answers in progress: sealed under a key that only the visitor's cookie holds, gone after two hours idle.

use crate::{Draw, Refusal, Result, codes, keys, report::filing::Filing};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{Time, Tx, attempt, held};
use uuid::Uuid;

/// Idle life of an attempt, seconds (house.md §8.2).
pub const IDLE_SECONDS: i64 = 2 * 60 * 60;
/// The same in a sensitive flow.
pub const IDLE_SENSITIVE_SECONDS: i64 = 30 * 60;

/// What is sealed in the row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The answers and what the journey remembers, in the catalogue's own JSON.
    pub answers: Json,
    /// The six digits chosen to follow a police report.
    #[serde(default)]
    pub pin: Option<String>,
    /// What the visitor is shown after sending, as long as the attempt lives.
    #[serde(default)]
    pub receipt: Option<Json>,
    /// The report that this one is sent after, since its agency does not deal with it (C-49).
    #[serde(default)]
    pub after: Option<Uuid>,
    /// Staff file it for somebody.
    #[serde(default)]
    pub filing: Option<Filing>,
}

/// A draft as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub service: String,
    pub draft: Draft,
    pub version: i64,
    pub report: Option<Uuid>,
}

/// Begins an attempt; the token is for the cookie.
pub fn begin(tx: &mut Tx, draw: &mut Draw, service: &str, draft: &Draft) -> Result<String> {
    let token = codes::show_token(&draw.bytes());
    let sealed = seal(draw, &token, draft)?;
    attempt::insert(
        tx,
        &attempt::Attempt {
            token: codes::hash_token(&token),
            service: service.to_owned(),
            sealed,
            created_at: draw.now(),
            expires_at: draw.now().plus_seconds(IDLE_SECONDS),
            report: None,
            version: 1,
        },
    )?;
    Ok(token)
}

/// The live attempt of this cookie. A token that opens nothing is nothing.
pub fn find(tx: &mut Tx, token: &str, now: Time) -> Result<Option<Found>> {
    let Some(row) = attempt::find(tx, &codes::hash_token(token), now)? else { return Ok(None) };
    let Some(draft) = opened(token, &row) else { return Ok(None) };
    Ok(Some(Found { service: row.service, draft, version: row.version, report: row.report }))
}

/// The receipt of a live attempt that was sent before. The answers of one that was not are left sealed.
pub fn receipt(tx: &mut Tx, token: &str, now: Time) -> Result<Option<Json>> {
    let row = attempt::find(tx, &codes::hash_token(token), now)?.ok_or(rights::NotFound)?;
    if row.report.is_none() {
        return Ok(None);
    }
    Ok(opened(token, &row).ok_or(rights::NotFound)?.receipt)
}

/// Saves over the version that was read; a newer one, or a sent attempt, is [`crate::Error::Stale`].
pub fn save(tx: &mut Tx, draw: &mut Draw, token: &str, draft: &Draft, version: i64, sensitive: bool) -> Result<()> {
    let sealed = seal(draw, token, draft)?;
    let life = if sensitive { IDLE_SENSITIVE_SECONDS } else { IDLE_SECONDS };
    let expires_at = draw.now().plus_seconds(life);
    Ok(attempt::save(tx, &codes::hash_token(token), &sealed, expires_at, version)?)
}

/// Binds the attempt to its report, with the receipt and no answers in it.
pub(crate) fn sent(
    tx: &mut Tx,
    draw: &mut Draw,
    token: &str,
    report: Uuid,
    (receipt, filing): (Json, Option<Filing>),
) -> Result<()> {
    let sealed = seal(draw, token, &Draft { receipt: Some(receipt), filing, ..Draft::default() })?;
    Ok(attempt::sent(tx, &codes::hash_token(token), report, &sealed)?)
}

/// Lets one caller at a time look for an attempt that may not be there yet, until its transaction ends.
pub(crate) fn hold(tx: &mut Tx, token: &str) -> Result<()> {
    Ok(tx.lock(&format!("attempt {}", data_encoding::HEXLOWER.encode(&codes::hash_token(token))))?)
}

/// An attempt that is sent as it begins. Call [`hold`] first: what ran out under this token is deleted.
pub(crate) fn begin_sent(
    tx: &mut Tx,
    draw: &mut Draw,
    token: &str,
    (service, report): (&str, Uuid),
    receipt: Json,
    seconds: i64,
) -> Result<()> {
    let sealed = seal(draw, token, &Draft { receipt: Some(receipt), ..Draft::default() })?;
    let token = codes::hash_token(token);
    attempt::drop(tx, &token)?;
    let (created_at, expires_at) = (draw.now(), draw.now().plus_seconds(seconds));
    let (service, report) = (service.to_owned(), Some(report));
    Ok(attempt::insert(tx, &attempt::Attempt { token, service, sealed, created_at, expires_at, report, version: 1 })?)
}

/// Exit, or begin again: the row is deleted at once, and its files with the next sweep.
pub fn drop(tx: &mut Tx, token: &str, now: Time) -> Result<()> {
    let token = codes::hash_token(token);
    held::let_go(tx, &token, now)?;
    Ok(attempt::drop(tx, &token)?)
}

fn opened(token: &str, row: &attempt::Attempt) -> Option<Draft> {
    let text = keys::open(&keys::attempt_key(token), b"attempt", &row.sealed)?;
    serde_json::from_slice(&text).ok()
}

fn seal(draw: &mut Draw, token: &str, draft: &Draft) -> Result<Vec<u8>> {
    let text = serde_json::to_vec(draft).map_err(|_| Refusal::WordsUnreadable)?;
    Ok(keys::seal(&keys::attempt_key(token), &draw.bytes(), b"attempt", &text).ok_or(Refusal::WordsUnreadable)?)
}
