//! How a resident comes back to a report: links, PINs, codes, and what each opens.

mod code;
#[path = "../shared/kept.rs"]
mod kept;
mod link;
mod mail;
mod own;
mod pin;
mod sensitive;
mod server;
