//! Who is acting, what may be done, and the one policy table.
//!
//! Pure: no IO, no clock. What an actor may not do is *not found*, never *forbidden*: the two read alike, so nobody
//! learns that a thing exists by asking for it.

mod actor;
mod policy;
mod right;
mod view;

pub use actor::{Actor, Remit, Resident, Sight, Staff};
pub use policy::{HeldBy, NotFound, Relation, TABLE, allow, hold};
pub use right::{Right, UnknownRight};
pub use view::{Group, Groups, VIEWS, groups_seen};
