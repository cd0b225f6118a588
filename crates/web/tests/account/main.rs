//! A resident's account: signing in, the list of one's reports, what is filled in, and all questions on one page.

#[path = "../shared/kept.rs"]
mod kept;
mod list;
mod sign_in;
mod whole;
