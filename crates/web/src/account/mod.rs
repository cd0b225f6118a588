//! A resident's account (decision 33): sign in by a link to one's own address, see one's reports, keep what saves typing.
//! Nobody needs one: all of it can be done without.

pub mod door;
pub mod forget;
pub mod home;

use crate::{
    App,
    page::{Failure, cookie},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use casework::account::Account;
use rights::Actor;

pub use crate::page::account::{COOKIE, of};

/// Where one signs in.
pub const DOOR: &str = "/account/sign-in";

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

fn close(app: &App, headers: &mut HeaderMap) {
    cookie::clear(app, headers, COOKIE, "/");
}
