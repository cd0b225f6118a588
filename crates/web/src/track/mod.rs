//! Following one's own report: by reference and code, by private link, with a PIN where the service asks for one.

pub mod again;
pub mod booking;
pub mod diary;
pub mod door;
pub mod files;
pub mod leave;
pub mod own;
pub mod paper;
pub mod pay;
pub mod plea;
pub mod proof;
pub mod public;
pub mod removal;
pub mod reopen;
pub mod rights;
pub mod short;
pub mod things;
pub mod visit;
