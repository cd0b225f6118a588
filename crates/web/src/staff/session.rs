//! Who is signed in, for the pages of the desk.

pub use crate::page::session::{COOKIE, PATH, Refused, SignedIn};
