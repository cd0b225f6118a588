//! Staff: accounts, the door, one-time codes.

pub mod account;
pub mod password;
pub mod sign_in;
pub mod totp;
