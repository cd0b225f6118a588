//! A stand-in for a council's own back office: what it is told, what it says, and what happens while it is slow, down or lying.

mod changed;
mod coded;
mod exchanges;
mod foreign;
mod made;
mod office;
mod pictures;
mod sent;
mod stuck;
mod taint;
mod world;
