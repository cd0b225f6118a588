//! The binary as people run it: started, asked over HTTP, killed, starved of disk, cut off from its mail server.

mod answer;
mod client;
mod commands;
mod configuration;
mod database;
mod demonstration;
mod desk;
mod disk;
mod folder;
mod full_disk;
mod kill;
mod ledger;
mod mail;
mod post_office;
mod postgres;
mod race;
mod real_data;
mod resident;
mod routing;
mod server;
mod told;
mod watched;
