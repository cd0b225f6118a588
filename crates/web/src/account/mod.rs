//! A resident's account (decision 33): sign in by a link to one's own address, see one's reports, keep what saves typing.
//! Nobody needs one: all of it can be done without.

pub mod door;
pub mod forget;
pub mod home;
pub mod names;
pub mod own;

use crate::{App, page::cookie};
use axum::http::HeaderMap;

pub use crate::page::account::{COOKIE, DOOR, Owner, THEN};

fn close(app: &App, headers: &mut HeaderMap) {
    cookie::clear(app, headers, COOKIE, "/");
}
