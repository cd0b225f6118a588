//! The cookie of a resident who has shown that a report is theirs. One report, one cookie, one path.

use crate::{
    App,
    page::{Failure, cookie},
};
use axum::{
    extract::FromRequestParts,
    extract::Path,
    http::{HeaderMap, request::Parts},
};
use casework::{access, codes};
use rights::Actor;
use std::collections::HashMap;
use store::{access::Step, report::Head};

pub use crate::page::VISIT as COOKIE;

/// A sensitive report is opened to its reporter by an officer (P-92). Says nothing of what it is about.
pub const NOT_YET: &str = "You cannot follow this report online yet. We talk to you first, to be sure that it is safe. \
                           You can call 101 at any hour.";

pub fn path(reference: &str) -> String {
    format!("/track/{reference}")
}

/// A visit to the report named in the address.
pub struct Visiting {
    pub actor: Actor,
    pub head: Head,
    pub step: Step,
    pub token: String,
}

impl FromRequestParts<App> for Visiting {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visiting, Failure> {
        let Path(path) =
            Path::<HashMap<String, String>>::from_request_parts(parts, app).await.map_err(|_| Failure::NotFound)?;
        let reference = path.get("reference").and_then(|r| codes::read_reference(r)).ok_or(Failure::NotFound)?;
        let token = cookie::read(&parts.headers, COOKIE).ok_or(Failure::NotFound)?;
        let (now, look_up) = (app.now(), token.clone());
        let (actor, head, step) = app.db.read(move |tx| access::actor(tx, &look_up, now)).await?;
        // The cookie of another report opens nothing here.
        if head.reference == reference { Ok(Visiting { actor, head, step, token }) } else { Err(Failure::NotFound) }
    }
}

pub fn open(app: &App, headers: &mut HeaderMap, reference: &str, token: &str) {
    cookie::set(app, headers, COOKIE, token, &path(reference));
}

pub fn close(app: &App, headers: &mut HeaderMap, reference: &str) {
    cookie::clear(app, headers, COOKIE, &path(reference));
}
