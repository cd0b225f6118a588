//! `moothall backup DIR`: the whole house in a folder, taken beside a running server.

use crate::{
    Args,
    ambient::MachineClock,
    backup::take::{self, Beside},
    house::{self, counted},
};
use anyhow::{Context, Result, bail};
use casework::Clock;
use std::path::{Path, PathBuf};
use store::data_set;

pub async fn run(args: &Args, to: &str) -> Result<()> {
    args.known(&["with-keys"])?;
    let config = args.config()?;
    let db = house::known_database(&config)?;
    let secret = house::known_secret(&config)?;
    let with_keys = args.flag("with-keys").is_some();
    if with_keys && secret.is_none() {
        bail!("--with-keys: there is no secret here");
    }
    let seed = secret.as_deref().map(house::keys_of).transpose()?.map(|keys| keys.ledger_seed());
    let sets = db.read(data_set::all).await.context("cannot read the house")?;
    let basemap = sets.iter().find(|set| set.kind == "basemap").map(|set| format!("basemap-{}.pmtiles", set.load));
    // On a server the base map may lie on another node; open data can be imported again.
    let files = basemap.map(|name| (name.clone(), config.data.dir.join(name))).filter(|(_, path)| path.exists());
    let beside = Beside { seed, secret: secret.filter(|_| with_keys), files: files.into_iter().collect() };
    let began = MachineClock.now();
    let made_at = jiff::Timestamp::from_microsecond(began.micros())?.to_string();
    eprintln!("Copying to {to} …");
    let taken = take::take(&db, &house::blobs(&config)?, PathBuf::from(to), made_at, beside).await?;
    let seconds = (MachineClock.now().micros() - began.micros()) as f64 / 1e6;
    println!(
        "Backup: {} rows of {}, {}, {:.1} MB in {seconds:.1} s: {}",
        taken.rows,
        counted(taken.tables, "table"),
        counted(taken.files as usize, "file"),
        taken.bytes as f64 / 1e6,
        Path::new(to).display()
    );
    println!("The ledger in it: {} leaves; {} entries waited to be sealed.", taken.log.leaves, taken.log.waiting);
    if !with_keys {
        println!("The secret of the house is not in it: keep it elsewhere. Without it no link and no code works.");
    }
    if !taken.damaged.is_empty() {
        taken.damaged.iter().for_each(|name| println!("DAMAGED: {name} is missing, or is not what was put there"));
        bail!(
            "the backup was made, but {} not whole: run `moothall verify`, and keep older backups",
            if taken.damaged.len() == 1 {
                "1 file is".to_owned()
            } else {
                format!("{} files are", taken.damaged.len())
            }
        );
    }
    if let Some(size) = taken.unsound {
        bail!(
            "the backup was made, but the leaves do not lead to the checkpoint of {size} that was signed, so no tile is in \
             it: run `moothall verify` before anything else, and keep older backups"
        );
    }
    Ok(())
}
