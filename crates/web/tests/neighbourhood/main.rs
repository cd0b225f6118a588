//! "Contact my local officers": the team of a place, its page, and who may change it.

mod change;
mod find;
mod page;

pub const POLICE: &str = "avon-and-somerset-police";
pub const TEAM: &str = "/officers/avon-and-somerset-police/weston";
pub const EDIT: &str = "/staff/neighbourhoods/weston";
