//! A checkpoint that somebody kept, against the leaves that are here: the only thing that can tell whether a house that was
//! filled from a copy is the newest state, and so whether its ledger may go on.

use crate::{Error, HOUSE, names, verify::frontier::Frontier};
use ledger::{Checkpoint, Leaf, leaf_hash};
use rights::Actor;
use serde_json::json;
use store::{
    Db, Time, Tx, checkpoint,
    journal::{self, Audience, NewEntry, Verb},
    leaf, log,
};
use uuid::Uuid;

/// Leaves read at once.
const STRETCH: i64 = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Every leaf it covers is here, in its order. `newest`: nothing that was signed here came after it.
    Holds { size: u64, here: u64, newest: bool, last: Option<Time> },
    /// It covers leaves that are not here; `waiting` entries are here and were not sealed yet.
    Beyond { size: u64, here: u64, waiting: u64, last: Option<Time> },
    /// It was signed over other leaves than those that are here.
    Differs { size: u64 },
}

/// Compares the note with what is here; it changes nothing. [`Error::Foreign`] where it is not of this log, or not signed by
/// its key.
pub async fn fit(db: &Db, seed: [u8; 32], note: Vec<u8>) -> Result<Fit, Error> {
    db.read(move |tx| compare(tx, &seed, &note)).await
}

/// Whether the note is a checkpoint of the log of this name, or of a name it had before, signed by its key.
pub fn opens(name: &str, seed: &[u8; 32], note: &[u8]) -> Result<Checkpoint, Error> {
    Checkpoint::open(note, &names::keys(name, seed)?).map_err(|why| Error::Foreign(why.to_string()))
}

fn compare(tx: &mut Tx, seed: &[u8; 32], note: &[u8]) -> Result<Fit, Error> {
    let log = log::state(tx)?;
    let Some(name) = &log.origin else { return Err(Error::Foreign("this ledger has signed nothing yet".to_owned())) };
    let kept = opens(name, seed, note)?;
    let (mut tree, mut last, mut root) = (Frontier::default(), None, None);
    loop {
        if tree.size() == kept.size {
            root = Some(tree.root());
        }
        let rows = leaf::bodies(&HOUSE, tx, tree.size() as i64, STRETCH)?;
        if rows.is_empty() {
            break;
        }
        for (idx, _, body) in rows {
            if tree.size() == kept.size {
                root = Some(tree.root());
            }
            if idx.unsigned_abs() != tree.size() {
                return Err(Error::Gap(tree.size()));
            }
            tree.push(leaf_hash(&body));
            last = Some(body);
        }
    }
    let (size, here) = (kept.size, tree.size());
    let last = last.and_then(|body| Leaf::decode(&body).ok()).map(|leaf| Time(leaf.time));
    Ok(match root {
        None => Fit::Beyond { size, here, waiting: leaf::counts(&HOUSE, tx)?.1.unsigned_abs(), last },
        Some(root) if root != kept.root => Fit::Differs { size },
        Some(_) => {
            let signed = checkpoint::latest(tx)?.map_or(0, |signed| signed.size.unsigned_abs());
            Fit::Holds { size, here, newest: size >= signed, last }
        }
    })
}

/// Lets a resting ledger go on under its name, where this checkpoint, the newest that was published, is covered by what is
/// here. What it came to is the answer; the ledger goes on if that is a newest [`Fit::Holds`].
pub async fn go_on(db: &Db, seed: [u8; 32], note: Vec<u8>) -> Result<Fit, Error> {
    if !db.read(log::rests).await? {
        return Err(Error::Awake);
    }
    // While it rests no leaf is added, so what is found here still holds below.
    let fit = fit(db, seed, note).await?;
    if matches!(fit, Fit::Holds { newest: true, .. }) {
        db.write(|tx| log::wake(&HOUSE, tx, None)).await?;
    }
    Ok(fit)
}

/// Lets a resting ledger go on under the next name, since entries that were published may be lost: two histories under one
/// name must never be. The leaves stay; what was signed so far stays under the old name; an entry says it, so that the first
/// checkpoint of the new name covers more than the last of the old one. Answers with the name.
pub async fn begin_anew(db: &Db, actor: &Actor, entry: Uuid, at: Time) -> Result<String, Error> {
    let actor = actor.clone();
    db.write(move |tx| {
        if !log::rests(tx)? {
            return Err(Error::Awake);
        }
        let log = log::state(tx)?;
        let Some(before) = log.origin else {
            // Nothing was ever signed, so nothing can be contradicted.
            log::wake(&HOUSE, tx, None)?;
            return Ok(String::new());
        };
        let name = names::next(&before);
        let begun = NewEntry {
            id: entry,
            at,
            verb: Verb::Alteration,
            kind: "ledger.begun",
            report: None,
            agency: None,
            audience: Audience::Audit,
            facts: json!({ "name": name, "before": before, "leaves": log.size }),
            content: None,
            salt: [0; 16],
        };
        journal::write(&actor, tx, &begun)?;
        log::wake(&HOUSE, tx, Some(&name))?;
        Ok(name)
    })
    .await
}
