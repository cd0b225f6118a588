//! Load and growth: every row is a ratio taken in one run, on the machine that runs it. Nothing here fails on a time.
//!
//! The server is the release binary in a process of its own; its CPU is read from `/proc`. The database is filled
//! through `casework`, not over HTTP. `MOOTHALL_PROVE=1` goes on to a million reports. `bench sending` runs one part.
#![allow(clippy::disallowed_methods, reason = "a bench measures time")]

mod alerts;
mod client;
mod growth;
mod inside;
mod load;
mod pages;
mod process;
mod sealing;
mod seed;
mod sending;
mod server;
mod table;
mod uploading;
mod weight;
mod world;

use anyhow::{Result, bail};
use table::Table;

/// As in the program itself: parts of it run in this process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What may be named on the command line; without a name all of it runs.
const PARTS: [&str; 6] = ["pages", "sending", "uploading", "sealing", "alerts", "weight"];

#[tokio::main]
async fn main() -> Result<()> {
    let prove = std::env::var("MOOTHALL_PROVE").is_ok_and(|value| value == "1");
    let sizes: &[usize] = if prove { &[1_000, 10_000, 100_000, 1_000_000] } else { &[1_000, 100_000] };
    let entries = if prove { 1_000_000 } else { 100_000 };
    let parts: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("`{unknown}` is not a part: expected {}", PARTS.join(", "));
    }
    let mut table = Table::default();
    let done = run(&mut table, sizes, entries, &wanted).await;
    // What was measured before something failed is not lost.
    table.print();
    done
}

async fn run(table: &mut Table, sizes: &[usize], entries: usize, wanted: &impl Fn(&str) -> bool) -> Result<()> {
    if wanted("pages") {
        let small = growth::at(sizes[0]).await?;
        let mut grown = Vec::new();
        for size in &sizes[1..] {
            grown.push(growth::at(*size).await?);
        }
        pages::rows(table, grown.last().unwrap_or(&small));
        growth::rows(table, &small, &grown);
    }
    if wanted("sending") {
        sending::rows(table, inside::measure().await?, sending::measure().await?);
    }
    if wanted("uploading") {
        uploading::rows(table, &uploading::measure().await?);
    }
    if wanted("sealing") {
        sealing::rows(table, &sealing::measure(entries).await?);
    }
    if wanted("alerts") {
        alerts::rows(table, &alerts::measure().await?);
    }
    if wanted("weight") {
        weight::rows(table).await?;
    }
    Ok(())
}
