//! What is kept as evidence: the ledger: every entry of the journal becomes a leaf, leaves become tiles and a
//! signed checkpoint, and [`verify`] compares all of them with each other; [`files`] are taken in, kept and shown;
//! [`decode`] has pictures developed.
//!
//! The database decides and tiles are derived: the order of the leaves is settled in one transaction of the database
//! ([`seal`]); tiles are made from its rows afterwards ([`publish`]), the same bytes whoever makes them, and may be made
//! again at any time. The checkpoint comes last: what it signs is on disk.

mod bind;
mod copy;
pub mod decode;
mod error;
mod figures;
pub mod files;
mod fit;
mod folder;
mod keep;
mod names;
mod prove;
mod publish;
mod seal;
mod shelf;
pub mod verify;

pub use copy::{Published, published};
pub use decode::Decoder;
pub use error::Error;
pub use fit::{Fit, begin_anew, fit, go_on, opens};
pub use folder::Folder;
pub use keep::{Drawn, Ledger, Means, origin, signer};
pub use seal::CHUNK;
pub use shelf::Shelf;

use rights::Actor;

const HOUSE: Actor = Actor::House("ledger");
/// The newest checkpoint beside the tiles.
const CHECKPOINT: &str = "checkpoint";
