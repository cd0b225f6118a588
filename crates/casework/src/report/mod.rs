//! A report, from sending to closing: what a resident and what staff may do with it.

pub mod acts;
pub mod agreement;
mod answers;
pub mod assess;
pub mod away;
pub mod clock;
pub mod crime;
mod entry;
pub mod files;
pub mod follow;
pub mod hook;
pub mod index;
pub mod map;
pub(crate) mod mark;
pub mod once;
pub mod queue;
pub mod record;
pub mod records;
pub mod review;
pub mod submit;
pub mod tell;
pub mod timeline;
pub mod transfer;
pub mod work;
