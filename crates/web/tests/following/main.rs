//! How a resident comes back to a report: links, PINs, codes, and what each opens.

mod again;
mod code;
mod diary;
mod feedback;
#[path = "../shared/kept.rs"]
mod kept;
mod ledger;
mod link;
mod mail;
mod own;
mod pin;
mod proof;
mod sensitive;
mod server;
mod things;
