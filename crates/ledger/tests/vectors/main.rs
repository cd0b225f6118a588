//! What others have published: the same inputs must give the same bytes here.

mod rfc6962;
mod tile_paths;
