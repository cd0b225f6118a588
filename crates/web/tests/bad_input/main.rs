//! Input that no form of ours sends, and input that people send by mistake: a clear answer, nothing kept, nothing lost.

mod addresses;
mod answers;
mod attempts;
mod bodies;
mod cookies;
mod dates;
mod fields;
mod figures;
mod injected;
#[path = "../shared/kept.rs"]
mod kept;
mod origins;
mod places;
mod sound;
mod twice;
