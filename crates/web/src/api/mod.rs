//! The JSON API: the services, rules and rights of the pages, for programs. `docs/api.md` says it in words.
//!
//! It reads and sets no cookie, and lets no page of another site in (there is no CORS header).

pub mod follow;
pub mod messages;
pub mod openapi;
mod operation;
mod question;
pub mod records;
mod reply;
pub mod send;
pub mod services;
mod shape;
pub mod uploads;

use crate::page::program::{body, complete};
