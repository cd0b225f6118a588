//! What journeys share: the frame, answers, failures, cookies, what was posted, and the guards before every route.

pub mod agreed;
pub mod call;
pub mod compress;
pub mod cookie;
mod failure;
mod figures;
pub mod files;
mod frame;
pub mod guard;
mod kept;
pub mod limit;
mod map;
pub mod origin;
pub mod parts;
pub mod pin;
mod posted;
pub mod problem;
pub mod program;
mod reply;
mod said;
pub mod share;
mod traced;
pub mod view;
pub mod when;
mod world;

pub use failure::Failure;
pub use figures::{Channel, Figures, Running};
pub use frame::{Desk, Frame};
pub use kept::Kept;
pub use map::Map;
pub use posted::Posted;
pub use problem::Problem;
pub use reply::{Caching, gone_to, html, html_with};
pub use said::said;
pub use world::World;
