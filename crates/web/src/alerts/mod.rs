//! `/alerts`: hearing by mail of public reports (C-57 to C-60). Every change is the press of a button: mail scanners open links.

pub mod confirm;
pub mod find;
pub mod stop;
pub mod wish;
pub mod yours;

/// Distances to choose from, in metres, and the usual one.
pub const WITHIN: [(&str, &str); 6] = [
    ("200", "200 metres"),
    ("500", "500 metres"),
    ("805", "half a mile"),
    ("1609", "1 mile"),
    ("4828", "3 miles"),
    ("9656", "6 miles"),
];
pub const USUAL: &str = "1609";

pub use crate::page::token::plain;
