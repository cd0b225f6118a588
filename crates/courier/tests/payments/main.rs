//! A stand-in for GOV.UK Pay: what it is asked, and what comes of it while it is slow, down, broken, repeated or out of order.

mod gateway;
mod trouble;
mod way;
mod world;
