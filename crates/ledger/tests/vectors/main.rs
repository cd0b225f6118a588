//! What others have published: the same inputs must give the same bytes here.

mod rfc6962;
mod signed_note;
mod tile_paths;
