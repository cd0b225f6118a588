//! Sealing: entries that wait get their place in the log. Commit order is not id order on a server, so no cursor over ids
//! is used: what waits stands in the queue, and whoever holds the lock takes it.

use crate::{
    Error, HOUSE, Ledger,
    bind::{self, Head},
    publish::awake,
};
use ledger::{Hash, leaf_hash};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::{
    Tx, journal, leaf,
    leaf::NewLeaf,
    log,
    subject::{self, Head as HeadRow},
};
use uuid::Uuid;

/// Entries of one write job: about 5 ms of work, so that reports go on being received beside it.
pub const CHUNK: usize = 100;

impl Ledger {
    /// Seals at most [`CHUNK`] entries in one transaction; how many.
    pub(crate) async fn seal_chunk(&self) -> Result<usize, Error> {
        let (seed, name) = ((self.0.draw)().seed, self.0.signer.verifier().name().to_owned());
        let work = move |tx: &mut Tx| {
            awake(tx, &name)?;
            chunk(tx, &seed)
        };
        self.0.db.write(work).await
    }
}

fn chunk(tx: &mut Tx, seed: &[u8; 32]) -> Result<usize, Error> {
    tx.lock("seal")?;
    let waiting = journal::waiting(&HOUSE, tx, CHUNK as i64)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let first = log::state(tx)?.size;
    let mut subjects: Vec<Uuid> = waiting.iter().map(bind::subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let mut heads = BTreeMap::new();
    for row in subject::heads(&HOUSE, tx, &subjects)? {
        heads.insert(row.id, head(&row));
    }
    let mut leaves = Vec::with_capacity(waiting.len());
    for (idx, entry) in (first..).zip(&waiting) {
        let subject = bind::subject(entry);
        let head = heads.entry(subject).or_default();
        let secret: [u8; 32] = Sha256::new_with_prefix(seed).chain_update(idx.to_be_bytes()).finalize().into();
        let body = bind::leaf(entry, &secret, idx.unsigned_abs(), *head)
            .encode()
            .map_err(|why| Error::Unsealable { entry: entry.id, why })?;
        let hash = leaf_hash(&body);
        *head = Head { count: head.count + 1, hash: Some(hash) };
        let leaf =
            leaf::Leaf { idx, entry: entry.id, subject, counter: head.count as i64, hash: hash.0.to_vec(), body };
        leaves.push(NewLeaf { leaf, secret: secret.to_vec() });
    }
    leaf::append(&HOUSE, tx, &leaves)?;
    let moved = heads
        .into_iter()
        .filter_map(|(id, head)| Some(HeadRow { id, count: head.count as i64, head: head.hash?.0.to_vec() }));
    subject::advance(&HOUSE, tx, &moved.collect::<Vec<_>>())?;
    Ok(leaves.len())
}

/// A head as the arithmetic has it. One that was damaged gives leaves that do not follow, which the check names.
fn head(row: &HeadRow) -> Head {
    Head { count: row.count.unsigned_abs(), hash: row.head.as_slice().try_into().ok().map(Hash) }
}
