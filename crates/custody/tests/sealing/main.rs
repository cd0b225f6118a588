//! The ledger of a whole house: sealed, published, cut short, put back, tampered with.

mod faults;
mod figures;
mod files;
mod house;
mod proof;
mod repair;
mod resting;
mod seal;
mod second_verifier;
