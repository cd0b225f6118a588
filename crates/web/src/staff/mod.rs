//! The desk: sign-in, the list of reports, one report and what may be done with it, messages that did not go out.

pub mod acts;
pub mod agreement;
pub mod away;
pub mod casefile;
pub mod crime;
pub mod dashboard;
pub mod deliveries;
pub mod earlier;
pub mod export;
pub mod files;
pub mod history;
pub mod map;
pub mod measures;
pub mod neighbourhood;
pub mod office;
pub mod payment;
pub mod property;
pub mod publication;
pub mod queue;
pub mod record;
pub mod report;
pub mod session;
pub mod sign_in;
pub mod translation;
