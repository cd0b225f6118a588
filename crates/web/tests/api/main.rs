//! The JSON API: what programs send and get (docs/api.md).

mod asked;
mod errors;
mod following;
mod guards;
#[path = "../shared/kept.rs"]
mod kept;
mod keys;
mod places;
mod records;
mod shapes;
mod stops;
