//! Every service, every sample, through the pages and by a program (house.md §3, last point).

mod browser;
mod empty;
mod old;
mod program;
mod sent;
mod shown;
