//! What journeys share: the frame, answers, failures, cookies, what was posted, and the guards before every route.

pub mod account;
pub mod address;
pub mod agreed;
pub mod call;
pub mod collected;
pub mod compress;
pub mod cookie;
pub mod csv;
mod desk;
pub mod device;
mod failure;
mod figures;
pub mod files;
pub mod filing;
mod frame;
pub mod guard;
pub mod home;
pub mod ics;
mod kept;

pub mod limit;
mod linked;
pub mod lookups;
mod map;
pub mod offers;
pub mod origin;
pub mod parts;
pub mod pin;
pub mod posted;
pub mod problem;
pub mod program;
mod reply;
pub mod retention;
mod said;
pub mod said_on;
pub mod session;
pub mod share;
pub mod span;
pub mod token;
pub mod tongue;
mod traced;
pub mod view;
pub mod when;
pub mod wording;
mod world;

pub use desk::{Desk, Entry};
pub use failure::Failure;
pub use figures::{Channel, Figures, Running};
pub use frame::Frame;
pub use kept::{Kept, KeptBy};
pub use linked::{addresses, linked};
pub use map::Map;
pub use posted::Posted;
pub use problem::Problem;
pub use reply::{Caching, gone_to, html, html_with};
pub use said::said;
pub use tongue::Tongue;
pub use world::World;

/// The cookie of answers in progress, on the path of its service; it holds the only key to them.
pub const ATTEMPT: &str = "attempt";

/// The cookie of a resident who has shown that a report is theirs.
pub const VISIT: &str = "visit";
