//! Load and growth: every row is a ratio taken in one run, on the machine that runs it. Nothing here fails on a time.
//!
//! The server is the release binary in a process of its own; its CPU is read from `/proc`. The database is filled
//! through `casework`, not over HTTP. `MOOTHALL_PROVE=1` goes on to a million reports.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod client;
mod growth;
mod inside;
mod load;
mod pages;
mod process;
mod seed;
mod sending;
mod server;
mod table;
mod weight;
mod world;

use anyhow::Result;
use table::Table;

#[tokio::main]
async fn main() -> Result<()> {
    let prove = std::env::var("MOOTHALL_PROVE").is_ok_and(|value| value == "1");
    let sizes: &[usize] = if prove { &[1_000, 10_000, 100_000, 1_000_000] } else { &[1_000, 100_000] };
    let mut table = Table::default();
    let small = growth::at(sizes[0]).await?;
    let mut grown = Vec::new();
    for size in &sizes[1..] {
        grown.push(growth::at(*size).await?);
    }
    let largest = grown.last().unwrap_or(&small);
    pages::rows(&mut table, largest);
    sending::rows(&mut table, inside::measure().await?, sending::measure().await?);
    growth::rows(&mut table, &small, &grown);
    weight::rows(&mut table).await?;
    table.print();
    Ok(())
}
