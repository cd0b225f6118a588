//! Where things are: points, the National Grid, boundaries, postcodes, place names, map cells and working days.
//!
//! Pure: nothing here reads a file, knows the time or draws a random number. What comes from outside comes in as
//! bytes, rows or readers, and each row or feature that cannot be used is refused with its number and the reason.

pub mod asset;
pub mod boundary;
pub mod cell;
pub mod gazetteer;
pub mod grid;
mod plus_code;
mod point;
pub mod postcode;
pub mod working_days;

pub use boundary::{Area, Boundaries};
pub use gazetteer::{Found, Gazetteer};
pub use point::Point;
pub use postcode::Postcode;
pub use working_days::Holidays;

/// A row or feature that was left out, and why. `line` counts from 1 (for a feature: its place in the file).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Refused {
    pub line: u64,
    pub reason: String,
}
