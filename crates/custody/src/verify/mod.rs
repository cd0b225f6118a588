//! Compares all that is kept twice: the journal with the leaves, the leaves with the tiles, the tiles with every
//! checkpoint, the leaves with the heads of their subjects, words and answers with the hashes that were sealed, what was paid and how
//! things ended with the entries that say so. What does not fit is named. Where one of three copies differs from two that agree, it is the one that was changed.
//!
//! What this cannot see: an entry that was taken out before it was sealed, within a second; and a history that somebody
//! made up whole who holds the key outside the database. Against the second, witnesses keep checkpoints of their own.

mod answers;
mod checkpoints;
mod fault;
mod files;
pub(crate) mod frontier;
mod listing;
mod rows;
mod standing;
mod tiles;
mod walk;

pub use fault::Fault;
pub use files::{Recorded, files};

use crate::{CHECKPOINT, Error, HOUSE, Shelf, names};
use checkpoints::Signed;
use ledger::{Checkpoint, Note, Verifier};
use listing::Listing;
use std::{
    sync::{Arc, mpsc::sync_channel},
    thread,
    time::Duration,
};
use store::{
    Db, Tx,
    leaf::{self, Sealed},
    log,
};
use tokio::time::sleep;
use walk::Walk;

/// Leaves read at once; some megabytes.
const STRETCH: u64 = 4096;
/// Stretches read ahead of the check.
const AHEAD: usize = 2;
/// How long a server may take to show a checkpoint that it has signed, and another node one that this one has not.
const PATIENCE: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(2)];

/// What was looked at, and what did not fit.
#[derive(Debug, Default)]
pub struct Findings {
    pub leaves: u64,
    pub waiting: u64,
    pub subjects: u64,
    pub tiles: u64,
    pub checkpoints: u64,
    /// Leaves that no checkpoint covers yet.
    pub unsigned: u64,
    /// Entries whose words are there and are those that were sealed.
    pub words: u64,
    /// Words that are gone, with a later entry of erasure on the same subject …
    pub disposed: u64,
    /// … and without one.
    pub withheld: u64,
    pub answers: u64,
    /// Payments and outcomes beside the newest entry of each.
    pub payments: u64,
    pub outcomes: u64,
    /// Files whose rows and bytes were looked at; none before [`files`].
    pub files: u64,
    pub faults: Vec<Fault>,
    /// What the leaves say of files.
    pub recorded: Recorded,
}

/// What was paid and how things ended, beside the entries that say so: a part of [`whole`].
pub async fn stands(db: &Db) -> Result<Vec<Fault>, Error> {
    let mut findings = Findings::default();
    findings = db.read(move |tx| standing::check(tx, &mut findings).map(|()| findings)).await?;
    Ok(findings.faults)
}

/// Checks all of it on one snapshot. `seed` is that of the signing key. It changes nothing and may run beside a server.
pub async fn whole(db: &Db, shelf: Arc<dyn Shelf>, seed: [u8; 32]) -> Result<Findings, Error> {
    // Before the snapshot: what lies on the shelf by now is made of rows that the snapshot has.
    let names = shelf.list()?;
    let shown = shelf.read(CHECKPOINT)?;
    let again = shelf.clone();
    let (mut findings, newest) =
        db.read(move |tx| check(tx, &*shelf, &Listing::of(names), shown.as_deref(), &seed)).await?;
    // A server may be about to show what the snapshot has as signed. What is not shown soon is held back.
    let Some(newest) = newest else { return Ok(findings) };
    let mut shown = None;
    for wait in PATIENCE {
        sleep(wait).await;
        shown = again.read(CHECKPOINT)?.and_then(|bytes| size_of(&bytes));
        // One that is missing or no checkpoint has been named.
        if shown.is_none_or(|shown| shown >= newest) {
            return Ok(findings);
        }
    }
    findings.faults.extend(shown.map(|size| Fault::CheckpointOld { size, newest }));
    Ok(findings)
}

fn size_of(note: &[u8]) -> Option<u64> {
    Checkpoint::parse(Note::parse(note).ok()?.text()).ok().map(|checkpoint| checkpoint.size)
}

/// What was found, and the size of the newest checkpoint.
fn check(
    tx: &mut Tx,
    shelf: &dyn Shelf,
    listing: &Listing,
    shown: Option<&[u8]>,
    seed: &[u8; 32],
) -> Result<(Findings, Option<u64>), Error> {
    let mut findings = Findings::default();
    let log = log::state(tx)?;
    let keys = match &log.origin {
        Some(origin) => names::keys(origin, seed)?,
        None => Vec::new(),
    };
    let signed = checkpoints::read(tx, &keys, &mut findings)?;
    let shown = checkpoints::shown(shown, &keys, &signed, &mut findings);
    let end = end(tx, &log, &signed, &mut findings)?;
    let covered = shown.as_ref().map_or(0, |shown| shown.size);
    let walk =
        Walk::new(shelf, listing, covered, end, signed.iter().map(|signed| (signed.size, signed.root)).collect());
    let walk = all_leaves(tx, walk, end)?;
    findings.unsigned = end.saturating_sub(signed.last().map_or(0, |last| last.size));
    let (known, heads) = walk.end(&mut findings);
    rows::subjects(tx, heads, &mut findings)?;
    rows::adrift(tx, known, &mut findings)?;
    answers::check(tx, &mut findings)?;
    standing::check(tx, &mut findings)?;
    Ok((findings, signed.last().map(|last| last.size)))
}

/// How many leaves there must be. The row that says so may have been changed, as may any other: what is there, and what
/// was signed, speak too.
fn end(tx: &mut Tx, log: &log::Log, signed: &[Signed], findings: &mut Findings) -> Result<u64, Error> {
    let (above, count) = leaf::extent(&HOUSE, tx)?;
    // A leaf far beyond all others was put there; it is named below, and not walked to.
    let found = if above == count { count } else { above.min(log.size.max(count)) };
    let end = found.unsigned_abs().max(signed.last().map_or(0, |last| last.size));
    if log.size.unsigned_abs() != end {
        findings.faults.push(Fault::Size { said: log.size, found: end });
    }
    for (index, entry) in leaf::beyond(&HOUSE, tx, end as i64)? {
        findings.faults.push(Fault::LeafBeyond { index, entry });
    }
    Ok(end)
}

/// Reads on this thread and compares on another: on two cores it takes half the time.
fn all_leaves<'a>(tx: &mut Tx, mut walk: Walk<'a>, end: u64) -> Result<Walk<'a>, Error> {
    thread::scope(|scope| {
        let (send, receive) = sync_channel::<(u64, u64, Vec<Sealed>)>(AHEAD);
        let walking = scope.spawn(move || {
            for (from, to, rows) in receive {
                walk.stretch(from, to, rows);
            }
            walk
        });
        let mut from = 0;
        while from < end {
            let to = (from + STRETCH).min(end);
            let rows = leaf::stretch(&HOUSE, tx, from as i64, to as i64)?;
            if send.send((from, to, rows)).is_err() {
                break;
            }
            from = to;
        }
        drop(send);
        walking.join().map_err(|_| Error::BrokenOff)
    })
}

/// A checkpoint by one of the log's keys.
fn open(note: &[u8], keys: &[Verifier]) -> Result<Checkpoint, String> {
    Checkpoint::open(note, keys).map_err(|why| why.to_string())
}
