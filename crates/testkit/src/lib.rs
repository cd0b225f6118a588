//! A whole Moothall in a test: an embedded database or a server's, a clock that stands still, fixed randomness, and
//! kinds of client. For integration tests only.

mod alerts;
mod client;
pub mod data;
mod filed;
pub mod files;
mod house;
mod land;
mod markup;
mod numbers;
mod people;
mod records;
mod shape;
mod still;
mod things;

pub use client::{Client, Page};
pub use data::{definitions, repository};
pub use filed::{Filed, PIN, sample, samples};
pub use house::House;
pub use markup::{PageForm, forms, plain, unescape};
pub use numbers::{Described, Numbers};
pub use people::{PASSWORD, Person, ROLES};
pub use records::{partner_key, partners, records_key, systems};
pub use shape::misfits;
pub use still::{StillClock, StillRng};
