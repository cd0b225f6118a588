//! `moothall verify`: compares what is kept twice and names what does not fit. It changes nothing and may run beside a
//! server.

use super::ledger;
use crate::{
    Args,
    config::Config,
    house::{self, counted},
};
use anyhow::{Context, Result, bail};
use custody::verify::{self, Findings};
use store::{Db, log};

pub async fn run(args: &Args) -> Result<()> {
    args.known(&["checkpoint"])?;
    let config = args.config()?;
    let seed = house::known_keys(&config)?.ledger_seed();
    let db = house::database(&config)?;
    let kept = ledger::kept(args)?;
    check(&db, &config, seed).await?;
    if db.read(log::rests).await? {
        println!("{}", ledger::RESTS);
    }
    if let Some(note) = kept {
        let fit = custody::fit(&db, seed, note).await?;
        println!("{}", ledger::words(&fit));
        ledger::must_hold(&fit)?;
    }
    Ok(())
}

/// Says what was looked at and what does not fit; an error where there is a fault.
pub async fn check(db: &Db, config: &Config, seed: [u8; 32]) -> Result<()> {
    let ended = || "the check could not be ended";
    let mut found = verify::whole(db, house::shelf(config), seed).await.with_context(ended)?;
    verify::files(db, &house::blobs(config)?, &mut found).await.with_context(ended)?;
    say(&found);
    if found.faults.is_empty() {
        println!("No fault was found.");
        return Ok(());
    }
    found.faults.iter().for_each(|fault| println!("FAULT: {fault}"));
    bail!("{} found", counted(found.faults.len(), "fault"))
}

fn say(found: &Findings) {
    println!("Checked:");
    println!("  {} leaves of the ledger against the journal, {} tiles against the leaves", found.leaves, found.tiles);
    println!(
        "  {} checkpoints against the tree of the leaves, {} subjects without a gap",
        found.checkpoints, found.subjects
    );
    println!("  {} words and {} sets of answers against the hashes that were sealed", found.words, found.answers);
    println!("  {} payments and {} outcomes against the entries that say so", found.payments, found.outcomes);
    println!("  {} files against the entries that record them, and their bytes", found.files);
    let gone = [
        (found.disposed, "words are gone that were disposed of"),
        (found.withheld, "words are gone without an entry of their erasure"),
        (found.waiting, "entries wait to be sealed"),
        (found.unsigned, "leaves are not signed yet"),
    ];
    gone.iter().filter(|(n, _)| *n > 0).for_each(|(n, what)| println!("  {n} {what}"));
}
