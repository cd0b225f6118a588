//! The account that a browser is signed in to, for journeys that save its owner typing or are for owners alone.

use super::{Failure, cookie};
use crate::App;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use casework::account::{self, Account};
use rights::Actor;

pub const COOKIE: &str = "account";
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

/// Not signed in, or no longer.
pub enum Shut {
    Door,
    Failed(Failure),
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        match self {
            Shut::Door => {
                (StatusCode::SEE_OTHER, [(header::LOCATION, DOOR), (header::CACHE_CONTROL, "no-store")]).into_response()
            }
            Shut::Failed(failure) => failure.into_response(),
        }
    }
}

impl FromRequestParts<App> for Owner {
    type Rejection = Shut;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Owner, Shut> {
        let token = cookie::read(&parts.headers, COOKIE).ok_or(Shut::Door)?;
        let account = of(app, &parts.headers).await.map_err(Shut::Failed)?.ok_or(Shut::Door)?;
        Ok(Owner { actor: Actor::Account(account.id), account, token })
    }
}
