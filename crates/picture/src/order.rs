//! What is asked of the child and what it gives back.

use crate::Media;
use serde::{Deserialize, Serialize};

/// What is to be made of one original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// What the original was taken for when it arrived.
    pub media: Media,
    /// The longer side of each rendition, in pixels, in the order they are wanted. None is ever larger than the original.
    pub longest: Vec<u32>,
    /// Filled with black before anything is scaled.
    pub black: Vec<Patch>,
    /// More than this is [`TooLarge`](crate::Fault::TooLarge).
    pub most_pixels: u64,
}

/// A rectangle in thousandths of the upright picture's sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// A picture after its order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Developed {
    /// Of the upright original, in pixels.
    pub width: u32,
    pub height: u32,
    pub taken: Taken,
    /// One for each of `longest`, in its order.
    pub renditions: Vec<Rendition>,
}

/// What the camera says of time and place. A camera may be wrong, and whoever sends the picture may have changed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Local time, as in `2008-10-22T16:28:39` (EXIF `DateTimeOriginal`).
    pub at: Option<String>,
    /// From UTC, as in `+01:00` (EXIF `OffsetTimeOriginal`).
    pub offset: Option<String>,
    /// Latitude and longitude in degrees, WGS84.
    pub place: Option<(f64, f64)>,
}

/// A JPEG without metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// As it was ordered.
    pub longest: u32,
    pub width: u32,
    pub height: u32,
    pub jpeg: Vec<u8>,
}
