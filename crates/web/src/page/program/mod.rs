//! What the doors for programs share: a report that is said at once, read and checked by the rules of the pages.

pub mod answers;
pub mod body;
pub mod complete;
pub mod stop;

pub use body::Body;
pub use complete::complete;
