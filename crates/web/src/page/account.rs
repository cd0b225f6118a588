//! The account that a browser is signed in to, for journeys that save its owner typing or are for owners alone.

use super::{Failure, cookie, gone_to};
use crate::App;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Response},
};
use casework::account::{self, Account};
use rights::Actor;

pub const COOKIE: &str = "account";
/// The page that was asked for before the door.
pub const THEN: &str = "then";
/// Where one signs in.
pub const DOOR: &str = "/account/sign-in";

/// None where nobody is signed in, or not any more.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Account>, Failure> {
    let Some(token) = cookie::read(headers, COOKIE) else { return Ok(None) };
    let now = app.now();
    Ok(app.db.read(move |tx| account::signed_in(tx, &token, now)).await?)
}

/// Whoever is signed in; anybody else is shown the door.
pub struct Owner {
    pub actor: Actor,
    pub account: Account,
    pub token: String,
}

/// Not signed in, or no longer: the door. Whoever signs in on this device goes on to the page they asked for.
fn shut(app: &App, parts: &Parts) -> Response {
    let mut response = gone_to(DOOR);
    if parts.method == Method::GET {
        cookie::set(app, response.headers_mut(), THEN, parts.uri.path(), "/account");
    }
    response
}

impl FromRequestParts<App> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Owner, Response> {
        let account = of(app, &parts.headers).await.map_err(IntoResponse::into_response)?;
        match (account, cookie::read(&parts.headers, COOKIE)) {
            (Some(account), Some(token)) => Ok(Owner { actor: Actor::Account(account.id), account, token }),
            _ => Err(shut(app, parts)),
        }
    }
}
