//! The account that a browser is signed in to, for journeys that save its owner typing.

use super::{Failure, cookie};
use crate::App;
use axum::http::HeaderMap;
use casework::account::{self, Account};

pub const COOKIE: &str = "account";

/// None where nobody is signed in, or not any more.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Account>, Failure> {
    let Some(token) = cookie::read(headers, COOKIE) else { return Ok(None) };
    let now = app.now();
    Ok(app.db.read(move |tx| account::signed_in(tx, &token, now)).await?)
}
