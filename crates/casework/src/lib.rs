//! What a person may do with a report, a message, a hand-over: rules, rights, clocks. Synchronous.
//!
//! Every function here is a plain one on a [`store::Tx`], takes the [`rights::Actor`] first and checks the right in its
//! first line. Time, ids and randomness come in as a [`Draw`].

pub mod access;
pub mod account;
pub mod alerts;
pub mod asset;
pub mod attempt;
pub mod bins;
pub mod casefile;
mod clocks;
pub mod codes;
pub mod contact;
mod draw;
pub mod entities;
mod entry;
mod error;
pub mod geography;
mod keys;
pub mod neighbourhood;
pub mod offer;
pub mod office;
pub mod partners;
pub mod records;
pub mod report;
pub mod retention;
mod setting;
pub mod site_message;
pub mod staff;
pub mod stuck;
pub mod template;
pub mod words;

pub use draw::{Clock, Draw, Rng};
pub use error::{Error, Refusal, Result};
pub use geography::Geography;
pub use keys::Keys;
pub use setting::{Said, Setting};
