//! How long reports live (council C-76, J-43 to J-45): what is due by the agencies' rules, what holds it all the same, and what a
//! person decides. A report goes when every agency that has a part of it is done with it.

mod apply;
mod decide;
mod due;
mod schedule;

pub use apply::{Done, apply};
pub use decide::{Choice, choose, place, release};
pub use due::{Cursor, Due, Page, due};
pub use schedule::{Hold, Kept, Waiting, kept, waiting};

use rights::Actor;

const HOUSE: Actor = Actor::House("retention");
