//! What stands around every page: policy, caching, cookies, limits, and errors that say nothing of the inside.

mod compression;
mod cookies;
mod limits;
mod policy;
