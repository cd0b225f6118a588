//! The desk: the door, the list, the acts, the hand-over.

mod acts;
mod agreement;
mod away;
mod blocked;
mod bulk;
mod casefile;
mod coded;
mod court;
mod crime;
mod dashboard;
mod desk;
mod door;
mod duplicate;
mod earlier;
mod export;
mod hand_over;
mod inspection;
#[path = "../shared/kept.rs"]
mod kept;
mod leads;
mod list;
mod map;
mod offer;
mod place;
mod private;
mod property;
mod release;
mod remit;
mod search;
mod service;
mod session;
mod site_message;
mod tainted;
mod template;
mod translation;
mod views;
