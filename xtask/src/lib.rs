//! Tidy rules: what holds for the whole repository. Each is a small file in [`rules`] with a test that plants the fault
//! it looks for; `tests/tidy.rs` runs all of them over the real repository, and so does `cargo run -p xtask`.

pub mod allowed;
pub mod cargo;
pub mod found;
pub mod generated;
pub mod reading;
pub mod report_types;
pub mod repository;
pub mod rules;
pub mod rust_code;
pub mod rust_path;
pub mod spelling;
pub mod standing;
