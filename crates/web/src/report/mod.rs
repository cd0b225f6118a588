//! Reporting: the list, one question a page, check, send, receipt.
//!
//! A [`journey::Journey`] is what a request brings: the service, the answers so far, the world they are read in.
//! [`way`] says where a journey stands and how pages are addressed; [`keep`] puts a change into the newest draft.
//! Answers of the emergency gate are never kept: they travel with the pages ([`gate`]) until the gate is passed (P-12).

pub mod alike;
mod along;
pub mod ask;
mod asset;
pub mod begin;
mod bookable;
pub mod check;
mod cost;
pub mod done;
pub mod filed;
pub mod files;
mod gate;
pub mod go;
pub mod home;
mod journey;
mod keep;
pub mod leave;
pub mod list;
pub mod near;
pub mod new;
mod offered;
mod owner;
mod page;
mod phrase;
pub mod pin;
pub mod private;
pub mod send;
pub mod stop;
mod way;
pub mod whole;
