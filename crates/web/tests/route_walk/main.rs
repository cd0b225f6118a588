//! Every route of the house, and what each kind of client gets there (house.md §2, invariant 15).

mod clients;
mod demonstration;
mod desk;
mod exceptions;
mod existence;
mod expected;
#[path = "../shared/kept.rs"]
mod kept;
mod open311;
mod walk;
