//! Who is signed in: read from the cookie on every request, never trusted from anywhere else.

use super::{Desk, Failure, cookie, gone_to};
use crate::App;
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use casework::{report::filing, staff::sign_in};
use rights::{Actor, Right, Staff};

/// The cookie of a signed-in browser; it is sent to the desk's pages alone.
pub const COOKIE: &str = "staff";
pub const PATH: &str = "/staff";
/// Where staff sign in.
pub const DOOR: &str = "/staff/sign-in";

/// A member of staff, signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub actor: Actor,
    pub staff: Staff,
}

/// Nobody is signed in: every page of the desk answers alike, whether it exists or not.
pub enum Refused {
    SignIn,
    Failure(Failure),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Refused::SignIn => gone_to(DOOR),
            Refused::Failure(failure) => failure.into_response(),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<SignedIn, Refused> {
        let token = cookie::read(&parts.headers, COOKIE).ok_or(Refused::SignIn)?;
        let now = app.now();
        let look_up = token.clone();
        let found =
            app.db.read(move |tx| sign_in::session(tx, &look_up, now)).await.map_err(|e| Refused::Failure(e.into()))?;
        let (row, due) = found.ok_or(Refused::SignIn)?;
        if due {
            let touched = app.db.write(move |tx| sign_in::touch(tx, &token, now)).await;
            touched.map_err(|e| Refused::Failure(e.into()))?;
        }
        let staff = app.setting.staff(&row);
        Ok(SignedIn { actor: Actor::Staff(staff.clone()), staff })
    }
}

impl SignedIn {
    pub fn desk(&self, app: &App, at: &'static str) -> Desk {
        Desk::of(app, &self.staff, |right| self.may(right), !filing::ways(&self.actor).is_empty(), at)
    }

    pub fn may(&self, right: Right) -> bool {
        rights::hold(&self.actor, right).is_ok()
    }
}
