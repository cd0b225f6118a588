//! `moothall ledger …`: after a restore, how the ledger goes on; and what a checkpoint that somebody kept says of what is here.

use crate::{
    Args,
    ambient::{MachineClock, MachineRng},
    house,
};
use anyhow::{Context, Result, bail};
use casework::Draw;
use custody::Fit;
use rights::Actor;
use std::fs;
use store::Time;

pub const RESTS: &str = "The ledger rests: reports are received and wait to be sealed, and nothing is signed, until somebody \
says how it goes on.\n  With the newest checkpoint that was published (from /ledger/checkpoint or the old data folder):\n    \
moothall ledger go-on --checkpoint FILE\n  If nobody has it, or entries were lost:\n    moothall ledger begin-anew";

/// The checkpoint that is handed over.
pub fn kept(args: &Args) -> Result<Option<Vec<u8>>> {
    let read = |path: &str| fs::read(path).with_context(|| format!("cannot read {path}"));
    args.flag("checkpoint").map(read).transpose()
}

pub async fn go_on(args: &Args) -> Result<()> {
    args.known(&["checkpoint"])?;
    let config = args.config()?;
    let seed = house::known_keys(&config)?.ledger_seed();
    let Some(note) = kept(args)? else { bail!("--checkpoint is needed: the newest one that was published") };
    let fit = custody::go_on(&house::known_database(&config)?, seed, note).await?;
    println!("{}", words(&fit));
    must_hold(&fit)?;
    match goes_on(&fit) {
        true => println!("The ledger goes on."),
        false => bail!("the ledger still rests: this checkpoint is from before the backup"),
    }
    Ok(())
}

pub async fn begin_anew(args: &Args) -> Result<()> {
    args.known(&[])?;
    let db = house::known_database(&args.config()?)?;
    let mut draw = Draw::from(&MachineClock, &MachineRng);
    let entry = draw.id();
    let name = custody::begin_anew(&db, &Actor::House("ledger begin-anew"), entry, draw.now()).await?;
    match name.is_empty() {
        true => println!("Nothing was ever signed here: the ledger goes on under its first name."),
        false => println!(
            "The ledger goes on as {name}. Start every server anew, and tell those who keep checkpoints: the log of the old \
             name has ended, and /ledger/key is another."
        ),
    }
    Ok(())
}

pub fn goes_on(fit: &Fit) -> bool {
    matches!(fit, Fit::Holds { newest: true, .. })
}

/// An error where the checkpoint covers what is not here.
pub fn must_hold(fit: &Fit) -> Result<()> {
    match fit {
        Fit::Holds { .. } => Ok(()),
        Fit::Beyond { .. } => bail!("entries that were published are missing"),
        Fit::Differs { .. } => bail!("what is here is another history than the one that was published"),
    }
}

/// What it came to, for the operator.
pub fn words(fit: &Fit) -> String {
    match fit {
        Fit::Holds { size, here, newest: true, last } => format!(
            "Complete up to what was published: the checkpoint covers {size} entries, {here} are here, the last of {}.",
            moment(*last)
        ),
        Fit::Holds { size, here, newest: false, .. } => format!(
            "The {size} entries of the checkpoint are here, unchanged. {here} are here in all and later checkpoints were \
             signed: it does not say what was published after those."
        ),
        Fit::Beyond { size, here, waiting, last } => {
            let waited = match waiting {
                0 => String::new(),
                n => format!(" {n} that waited to be sealed are here and may be among them."),
            };
            format!(
                "This is older than what was published: {} entries are missing, from number {here} on; the last that is here \
                 is of {}.{waited}",
                size - here,
                moment(*last)
            )
        }
        Fit::Differs { size } => {
            format!("The first {size} entries that are here are not those over which the checkpoint was signed.")
        }
    }
}

fn moment(at: Option<Time>) -> String {
    let stamp = at.and_then(|at| jiff::Timestamp::from_microsecond(at.micros()).ok());
    stamp.map_or_else(|| "no known time".to_owned(), |stamp| stamp.to_string())
}
