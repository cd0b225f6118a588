//! `moothall restore DIR`: fills an empty house from a backup, and says what holds.

use super::{ledger, verify};
use crate::{
    Args,
    ambient::MachineClock,
    backup::{FILES, SECRET, check::Backup, load},
    config::Config,
    house::{self, House, counted},
};
use anyhow::{Context, Result, bail};
use casework::{Clock, report::index};
use custody::files::Name;
use rights::Actor;
use std::{path::Path, sync::Arc};
use store::{Db, migrate};
use uuid::Uuid;

/// Parts of reports that are indexed in one write.
const INDEXED: i64 = 500;

pub async fn run(args: &Args, from: &str) -> Result<()> {
    args.known(&["checkpoint"])?;
    let config = args.config()?;
    let began = MachineClock.now();
    let from = Arc::new(Backup::open(Path::new(from))?);
    let kept = ledger::kept(args)?;
    // All that can be wrong is looked for before anything is written.
    migrate::known(&from.manifest.migrations()?).context("the backup is of another program")?;
    let secret = secret(&config, &from)?;
    let seed = house::keys_of(&secret)?.ledger_seed();
    fits(&from, &seed, kept.as_deref())?;
    house::definitions(&config.definitions.dir)?;
    let shelf = house::shelf(&config);
    if !shelf.list()?.is_empty() {
        bail!("there is a ledger in {} already: restore into an empty data folder", config.data.dir.display());
    }
    eprintln!("Checking {} …", from.dir.display());
    from.check()?;
    let db = house::database(&config)?;
    let given_up = load::load(&db, &from).await?;
    if house::known_secret(&config)?.is_none() {
        house::keep_secret(&config, &secret)?;
    }
    beside(&config, &from)?;
    files(&config, &from).await?;
    eprintln!("Making the search index …");
    search(&config, &db).await?;
    load::shelve(&from, &*shelf)?;
    load::end(&db).await?;
    let rows: u64 = from.manifest.tables.iter().map(|table| table.rows).sum();
    let seconds = (MachineClock.now().micros() - began.micros()) as f64 / 1e6;
    println!(
        "Restored: {rows} rows of {} in {seconds:.1} s, as they were at {}",
        counted(from.manifest.tables.len(), "table"),
        from.manifest.made_at
    );
    if given_up > 0 {
        println!("{given_up} messages waited then; whether they have gone out since, nobody knows: staff decide.");
    }
    verify::check(&db, &config, seed).await?;
    wake(&db, seed, kept).await
}

/// The secret given here, or the one in the backup.
fn secret(config: &Config, from: &Backup) -> Result<String> {
    if let Some(secret) = house::known_secret(config)? {
        return Ok(secret);
    }
    if !from.files.contains_key(SECRET) {
        bail!(
            "the secret of the house is not in this backup: put it into keys.secret or {}",
            config.data.dir.join("secret.key").display()
        );
    }
    Ok(String::from_utf8_lossy(&from.read(SECRET)?).trim().to_owned())
}

/// The secret is that of this house, and the checkpoint one of its ledger.
fn fits(from: &Backup, seed: &[u8; 32], kept: Option<&[u8]>) -> Result<()> {
    let log = &from.manifest.log;
    if let (Some(name), Some(note)) = (&log.name, &log.checkpoint) {
        custody::opens(name, seed, note.as_bytes()).context("the secret is not that of the house in this backup")?;
    }
    match (&log.name, kept) {
        (Some(name), Some(note)) => custody::opens(name, seed, note).context("--checkpoint").map(|_| ()),
        (None, Some(_)) => bail!("--checkpoint: the ledger of this backup has signed nothing yet"),
        (_, None) => Ok(()),
    }
}

/// Files of the data folder beside database and ledger.
fn beside(config: &Config, from: &Backup) -> Result<()> {
    let basemaps = from.files.keys().filter(|name| name.starts_with("basemap-") && !name.contains('/'));
    basemaps.into_iter().try_for_each(|name| load::copy(&from.dir.join(name), &config.data.dir.join(name)))
}

/// The bytes of files, to where this house keeps them.
async fn files(config: &Config, from: &Backup) -> Result<()> {
    let blobs = house::blobs(config)?;
    for path in from.files.keys().filter_map(|path| path.strip_prefix(FILES)) {
        let name = Name::parse(path).with_context(|| format!("{FILES}{path} is no name of a file"))?;
        blobs.put(name, &from.read(&format!("{FILES}{path}"))?).await.context("the bytes of a file cannot be kept")?;
    }
    Ok(())
}

async fn search(config: &Config, db: &Db) -> Result<()> {
    let setting = House::on(config.clone(), db.clone()).await?.setting;
    let mut behind = Some(Uuid::nil());
    while let Some(last) = behind {
        let setting = setting.clone();
        behind = db.write(move |tx| index::again(&Actor::House("restore"), tx, &setting, last, INDEXED)).await?;
    }
    Ok(())
}

/// Whether the ledger goes on is said by a checkpoint from outside alone.
async fn wake(db: &Db, seed: [u8; 32], kept: Option<Vec<u8>>) -> Result<()> {
    let Some(note) = kept else {
        println!("Whether this is all that was published, a backup cannot tell.\n{}", ledger::RESTS);
        return Ok(());
    };
    let fit = custody::go_on(db, seed, note).await?;
    println!("{}", ledger::words(&fit));
    match ledger::goes_on(&fit) {
        true => println!("The ledger goes on."),
        false => println!("{}", ledger::RESTS),
    }
    ledger::must_hold(&fit)
}
