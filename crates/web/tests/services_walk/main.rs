//! Every service, every sample, through the pages (house.md §3, last point).

mod browser;
mod empty;
mod old;
mod sent;
mod shown;
