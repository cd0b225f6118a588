//! What operators see: numbers and spans. They move with what happens, and hold no personal detail.

mod cost;
mod listener;
mod numbers;
mod parents;
mod words;
