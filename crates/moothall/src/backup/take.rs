//! Takes a backup beside a running server: one snapshot of the database, read a page at a time.

use super::{
    FILES, FORMAT, KEY, LEDGER, PAGE, SECRET,
    manifest::{Log, Manifest, Migration, Table, hex},
    progress, row, rows_of,
    writing::Writing,
};
use anyhow::{Context, Result, bail};
use custody::{
    Published,
    files::{Blobs, Lost, Name},
};
use rights::Actor;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fs::File, path::PathBuf};
use store::{Db, Tx, backup, held, leaf, log, migrate, rendition};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("backup");

/// What is taken beside the database.
pub struct Beside {
    /// The seed of the ledger's key, where the secret is known here: its public half is taken.
    pub seed: Option<[u8; 32]>,
    /// The secret itself, where it is asked for.
    pub secret: Option<String>,
    /// Files of the data folder, by the names they have there.
    pub files: Vec<(String, PathBuf)>,
}

pub struct Taken {
    pub tables: usize,
    pub rows: u64,
    pub files: u64,
    pub bytes: u64,
    pub log: Log,
    /// The leaves do not lead to the checkpoint of this size.
    pub unsound: Option<u64>,
    /// Bytes of files that are missing, or are not what they were.
    pub damaged: Vec<String>,
}

pub async fn take(db: &Db, blobs: &Blobs, to: PathBuf, made_at: String, beside: Beside) -> Result<Taken> {
    let Snapshot { mut writing, manifest, mut taken, files } =
        db.read(move |tx| snapshot(tx, &to, made_at, &beside)).await?;
    // Bytes never change, so they may be copied after the snapshot that names them.
    for (n, (name, sha256, is_claimed)) in files.into_iter().enumerate() {
        match blobs.get(name).await {
            Ok(bytes) => {
                if Sha256::digest(&bytes).as_slice() != sha256 {
                    taken.damaged.push(name.to_string());
                }
                writing.copy(&format!("{FILES}{name}"), bytes.as_slice())?;
            }
            // It was let go of since.
            Err(Lost::Missing(_)) if !is_claimed => {}
            Err(Lost::Missing(_)) => taken.damaged.push(name.to_string()),
            Err(other) => return Err(other).context("the bytes of a file cannot be read"),
        }
        progress("files", n as u64 + 1);
    }
    (taken.files, taken.bytes) = writing.end(manifest)?;
    Ok(taken)
}

/// What was read in one snapshot, and the files that it names.
struct Snapshot {
    writing: Writing,
    manifest: Manifest,
    taken: Taken,
    /// Name, hash, and whether a report has it.
    files: Vec<(Name, Vec<u8>, bool)>,
}

/// The bytes that the rows of this snapshot name.
fn named(tx: &mut Tx) -> Result<Vec<(Name, Vec<u8>, bool)>> {
    let mut files = Vec::new();
    let mut claimed = HashMap::new();
    let mut last = Uuid::nil();
    loop {
        let page = held::kept(&HOUSE, tx, last, PAGE as i64)?;
        let Some(end) = page.last() else { break };
        last = end.id;
        for kept in page {
            claimed.insert(kept.id, kept.report.is_some());
            files.push((Name::Original(kept.id), kept.sha256, kept.report.is_some()));
        }
    }
    let mut last = (Uuid::nil(), 0, 0);
    loop {
        let page = rendition::kept(&HOUSE, tx, last, PAGE as i64)?;
        let Some(end) = page.last() else { return Ok(files) };
        last = (end.held, end.version, end.longest);
        for made in page {
            let is_claimed = claimed.get(&made.held).copied().unwrap_or_default();
            files.push((Name::Rendition(made.held, made.version, made.longest), made.sha256, is_claimed));
        }
    }
}

fn snapshot(tx: &mut Tx, to: &std::path::Path, made_at: String, beside: &Beside) -> Result<Snapshot> {
    let schema = migrate::applied(tx)?;
    if schema.is_empty() {
        bail!("there is no house in this database: it has no tables");
    }
    migrate::known(&schema)?;
    if backup::filling(tx)? {
        bail!("this house was filled from a backup and that was cut off: it is no whole house");
    }
    let mut writing = Writing::begin(to)?;
    let (log, waiting) = (log::state(tx)?, leaf::counts(&HOUSE, tx)?.1);
    let mut log = Log { name: log.origin, leaves: log.size, waiting, checkpoint: None };
    let mut tables = Vec::new();
    for table in backup::tables(tx)? {
        tables.push(rows(tx, &mut writing, &table)?);
    }
    let published = custody::published(tx, |name, bytes| writing.copy(&format!("{LEDGER}{name}"), bytes).map(|_| ()));
    let unsound = match published? {
        Published::Sound(note) => {
            log.checkpoint = Some(note);
            None
        }
        Published::Nothing => None,
        Published::Unsound { size } => Some(size),
    };
    if let (Some(name), Some(seed)) = (&log.name, &beside.seed) {
        writing.copy(KEY, format!("{}\n", custody::signer(name, seed)?.verifier()).as_bytes())?;
    }
    let files = named(tx)?;
    for (name, path) in &beside.files {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        writing.copy(name, file)?;
    }
    if let Some(secret) = &beside.secret {
        writing.copy(SECRET, format!("{secret}\n").as_bytes())?;
    }
    let (count, rows) = (tables.len(), tables.iter().map(|table| table.rows).sum());
    let manifest = Manifest {
        format: FORMAT,
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: schema.into_iter().map(|(n, hash)| Migration { n, sha256: hex(&hash) }).collect(),
        log: log.clone(),
        tables,
        files: 0,
        sums: String::new(),
    };
    let taken = Taken { tables: count, rows, files: 0, bytes: 0, log, unsound, damaged: Vec::new() };
    Ok(Snapshot { writing, manifest, taken, files })
}

/// All rows of a table.
fn rows(tx: &mut Tx, writing: &mut Writing, table: &backup::Carried) -> Result<Table> {
    let name = rows_of(&table.name);
    let (mut out, mut kept) = (writing.file(&name)?, Table::of(table));
    let mut behind = None;
    loop {
        let page = backup::page(&HOUSE, tx, table, behind.as_ref(), PAGE as i64)?;
        for cells in &page {
            let line = row::write(cells).with_context(|| format!("a row of {}", table.name))?;
            out.put(line.as_bytes())?;
            kept.rows += 1;
            progress(&table.name, kept.rows);
        }
        let whole = page.len() == PAGE;
        behind = page.into_iter().last();
        if !whole {
            kept.bytes = writing.keep(&name, out)?;
            return Ok(kept);
        }
    }
}
