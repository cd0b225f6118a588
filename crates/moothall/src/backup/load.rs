//! Fills an empty house from a backup that was checked.

use super::{KEY, LEDGER, check::Backup, manifest::Table};
use anyhow::{Context, Result, bail};
use custody::Shelf;
use rights::Actor;
use std::{fs, path::Path, sync::Arc};
use store::{Db, backup, delivery, log, migrate};
use tokio::sync::mpsc;

const HOUSE: Actor = Actor::House("restore");
/// Tiles put together, some megabytes: their folders are synced once.
const AT_ONCE: usize = 64;

/// Migrates the empty database to where the backup was, fills it, and migrates on. From the first write to [`end`] the house is
/// marked as being filled, and is no house yet; its ledger rests from then on. How many messages were given up.
pub async fn load(db: &Db, from: &Arc<Backup>) -> Result<u64> {
    let schema = from.manifest.migrations()?;
    let last = schema.last().map_or(0, |(n, _)| *n);
    let there = db.read(migrate::applied).await?;
    if there.last().is_some_and(|(n, _)| *n > last) {
        bail!("the backup is of schema {last} and this database has come farther: take one that is empty");
    }
    db.migrate_to(last).await?;
    let tables = db.read(backup::tables).await?;
    let described: Vec<Table> = tables.iter().map(Table::of).collect();
    let wanted = from.manifest.tables.iter().map(|table| Table { rows: 0, bytes: 0, ..table.clone() });
    if !wanted.eq(described) {
        bail!("the tables of the backup are not those of its schema: it was made by another program");
    }
    if !db.write(|tx| backup::begin(&HOUSE, tx)).await? {
        bail!("this house is not empty: a backup is restored into a house without reports, journal and people");
    }
    for (table, rows) in tables.into_iter().zip(&from.manifest.tables) {
        fill(db, from, table, rows).await?;
    }
    let given_up = db
        .write(|tx| {
            backup::filled(&HOUSE, tx)?;
            log::rest(&HOUSE, tx)?;
            // A copy of a house that was older knows no alerts.
            if tx.columns()?.iter().any(|(table, _)| table == "alert") {
                store::alert::give_up_copied(&HOUSE, tx)?;
            }
            delivery::give_up_copied(&HOUSE, tx)
        })
        .await?;
    db.migrate().await?;
    Ok(given_up)
}

/// Reads on a thread of its own, a page ahead of what is written.
async fn fill(db: &Db, from: &Arc<Backup>, table: backup::Carried, rows: &Table) -> Result<()> {
    let (send, mut pages) = mpsc::channel(1);
    let (from, rows) = (from.clone(), rows.clone());
    let reading = tokio::task::spawn_blocking(move || {
        from.rows(&rows, |page| send.blocking_send(page).context("the writing has stopped"))
    });
    while let Some(page) = pages.recv().await {
        let (table, name) = (table.clone(), table.name.clone());
        db.write(move |tx| backup::fill(&HOUSE, tx, &table, &page))
            .await
            .with_context(|| format!("the rows of {name} cannot be kept"))?;
    }
    reading.await?
}

/// The house is whole.
pub async fn end(db: &Db) -> Result<()> {
    db.write(|tx| backup::end(&HOUSE, tx)).await.context("cannot end")
}

/// Puts what the ledger published on the shelf, the checkpoint last.
pub fn shelve(from: &Backup, shelf: &dyn Shelf) -> Result<()> {
    let of_ledger = |name: &&str| name.starts_with(LEDGER) && *name != KEY;
    let mut names: Vec<&str> = from.files.keys().map(String::as_str).filter(of_ledger).collect();
    names.sort_by_key(|name| name.ends_with("/checkpoint"));
    for some in names.chunks(AT_ONCE) {
        let mut files = Vec::with_capacity(some.len());
        for name in some {
            files.push((name.strip_prefix(LEDGER).unwrap_or(name).to_owned(), from.read(name)?));
        }
        shelf.put(&files).context("cannot put the tiles of the ledger")?;
    }
    Ok(())
}

/// Copies a file of the backup into the data folder, on disk before it has its name.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let said = || format!("cannot copy {} to {}", from.display(), to.display());
    let mut unfinished = to.to_owned().into_os_string();
    unfinished.push(".unfinished");
    fs::copy(from, &unfinished).with_context(said)?;
    fs::File::open(&unfinished)?.sync_all().with_context(said)?;
    fs::rename(&unfinished, to).with_context(said)
}
