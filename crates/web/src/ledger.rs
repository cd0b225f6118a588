//! `/ledger/…`: the log for everybody, as <https://c2sp.org/tlog-tiles> lays it out, but for its entries: those say when
//! something happened at which agency, which nobody but those entitled may know.

use crate::{App, page::Failure};
use ::ledger::{Level, Tile};
use axum::{
    extract::State,
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Response},
};

/// A full tile never changes; a partial one does not either, but goes once it is full.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_WHILE: &str = "public, max-age=3600";
/// Hashes or entries in a full tile.
const FULL: u16 = 256;

/// The newest signed head.
pub async fn checkpoint(State(app): State<App>) -> Result<Response, Failure> {
    let note = app.ledger.checkpoint().map_err(unreadable)?.ok_or(Failure::NotFound)?;
    Ok(answer(note, "text/plain; charset=utf-8", "no-cache"))
}

/// The key that signs, as `name+id+base64`.
pub async fn key(State(app): State<App>) -> Response {
    answer(format!("{}\n", app.ledger.key()).into_bytes(), "text/plain; charset=utf-8", "no-cache")
}

/// A tile, under the one spelling that its path has: what is escaped in the address is another spelling.
pub async fn tile(State(app): State<App>, address: Uri) -> Result<Response, Failure> {
    let asked = address.path().strip_prefix("/ledger/").and_then(Tile::parse);
    let tile = asked.filter(|tile| tile.level() != Level::Entries).ok_or(Failure::NotFound)?;
    let bytes = app.ledger.tile(tile).map_err(unreadable)?.ok_or(Failure::NotFound)?;
    Ok(answer(bytes, "application/octet-stream", if tile.width() == FULL { FOR_EVER } else { A_WHILE }))
}

fn unreadable(error: std::io::Error) -> Failure {
    tracing::error!(%error, "the ledger cannot be read");
    Failure::Broken
}

fn answer(bytes: Vec<u8>, kind: &'static str, caching: &'static str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}
