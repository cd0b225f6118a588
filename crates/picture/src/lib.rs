//! Pictures as they arrive: what kind they are, their pixels upright and small, where and when they were taken. Pure:
//! bytes in, bytes out. Decoding hostile bytes is the most dangerous thing the house does, so [`develop`] is called in the
//! limited child alone (`moothall decode`) and in tests; everybody else sends an [`Order`] there (`custody::Decoder`).
//!
//! Out of scope: colour profiles. They are dropped, not converted, so a picture in a wide profile comes out a little dull.

mod develop;
mod fault;
mod frame;
mod heic;
mod media;
mod order;
mod pixels;
mod shrink;
mod taken;

pub use develop::{develop, develop_with};
pub use fault::Fault;
pub use frame::{read_answer, read_order, write_answer, write_order};
pub use media::{Media, media};
pub use order::{Developed, Order, Patch, Rendition, Taken};
