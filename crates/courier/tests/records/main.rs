//! A stand-in for an agency's records system: what it is told, what it says, and what happens while it is away or broken.

mod down;
mod force;
mod order;
mod signed;
mod told;
mod world;
