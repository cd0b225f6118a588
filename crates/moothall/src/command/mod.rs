pub mod check;
pub mod import;
pub mod migrate;
pub mod serve;
pub mod user;
pub mod verify;
