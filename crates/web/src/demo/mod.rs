//! What only a demonstration shows: its mail, and its made-up staff with their current codes.

pub mod outbox;
pub mod staff;
