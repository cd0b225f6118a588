//! Open311 GeoReport v2 with the extensions of the United Kingdom: what UK councils' systems and FixMyStreet speak, over the
//! services, rules and rights of the pages. `docs/open311.md` says it in words.
//!
//! It reads and sets no cookie. The ending of an address says the format, of errors too.

mod answers;
pub mod create;
pub mod definition;
pub mod discovery;
mod door;
mod errors;
mod format;
pub mod list;
mod node;
mod params;
mod photos;
mod search;
pub mod services;
mod stamp;
pub mod token;
pub mod updates;

pub use errors::in_place_of;

/// Under this programs ask by the rules of this folder. Without a slash at its end: one that a caller lost is told so.
pub const AT: &str = "/open311";
/// Most rows of a page.
pub const MOST: usize = 1_000;
/// Where no date is given, so many days.
pub const DAYS: i64 = 90;
