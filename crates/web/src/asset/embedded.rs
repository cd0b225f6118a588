//! In a release the files of `dist/`, put there by the build script; in a debug build none, so that `cargo check`
//! needs no Node.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
