//! Pictures made in code, one property each, and bytes that are no pictures at all.
#![expect(clippy::disallowed_methods, reason = "what the limited child calls is tested here, on bytes made here")]

mod exif;
mod hostile;
mod kinds;
mod made;
mod pixels;
mod size;
mod stripped;
mod taken;
mod upright;
