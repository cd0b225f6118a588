//! Every checkpoint there is: signed by the house, each named by the next, the newest beside the tiles.

use super::{Fault, Findings, open};
use crate::{Error, HOUSE};
use ledger::{Hash, Verifier};
use store::{
    Tx,
    checkpoint::{self, Checkpoint},
};

/// Read at once.
const PAGE: i64 = 1000;

/// A checkpoint that the house's key signed.
pub struct Signed {
    pub size: u64,
    pub root: Hash,
    pub note: String,
}

/// Reads them in order of their sizes; those that were not signed are named and left out.
pub fn read(tx: &mut Tx, keys: &[Verifier], findings: &mut Findings) -> Result<Vec<Signed>, Error> {
    let (mut signed, mut last) = (Vec::new(), None);
    // The newest name comes first among the keys; a log that went on under another never goes back.
    let mut oldest = keys.len();
    loop {
        let page = checkpoint::after(&HOUSE, tx, last.unwrap_or(-1), PAGE)?;
        if page.is_empty() {
            return Ok(signed);
        }
        for row in page {
            findings.checkpoints += 1;
            if row.before != last {
                findings.faults.push(match row.before {
                    // One between the two is gone; or, where it stands, this one names the wrong one.
                    Some(before) if last.is_none_or(|last| before > last) && before < row.size => {
                        Fault::CheckpointMissing(before)
                    }
                    _ => changed(&row, "it does not name the one before it"),
                });
            }
            last = Some(row.size);
            match open(row.note.as_bytes(), keys) {
                Err(why) => findings.faults.push(changed(&row, &why)),
                Ok(note) if note.size != row.size.unsigned_abs() => {
                    findings.faults.push(changed(&row, "its note is of another size"));
                }
                Ok(note) if note.root.0 != row.root.as_slice() => {
                    findings.faults.push(changed(&row, "its root is not that of its note"));
                }
                Ok(note) => {
                    let at = keys.iter().position(|key| key.name() == note.origin).unwrap_or_default();
                    if at > oldest {
                        findings.faults.push(changed(&row, "its log has an older name than that of the one before it"));
                    }
                    oldest = oldest.min(at);
                    signed.push(Signed { size: note.size, root: note.root, note: row.note });
                }
            }
        }
    }
}

fn changed(row: &Checkpoint, why: &str) -> Fault {
    Fault::CheckpointChanged { size: row.size, why: why.to_owned() }
}

/// The checkpoint beside the tiles: which of those in the database it is.
pub fn shown<'a>(
    file: Option<&[u8]>,
    keys: &[Verifier],
    signed: &'a [Signed],
    findings: &mut Findings,
) -> Option<&'a Signed> {
    let newest = signed.last();
    let Some(file) = file else {
        findings.faults.extend(newest.map(|_| Fault::CheckpointFileMissing));
        return newest;
    };
    let found = match open(file, keys) {
        Err(why) => {
            findings.faults.push(Fault::CheckpointFile(why));
            return newest;
        }
        Ok(found) => found,
    };
    let known = signed.iter().find(|known| known.size == found.size);
    match known {
        // Where the row was changed, that has been named.
        None => {
            let size = found.size as i64;
            let named = |fault: &Fault| matches!(fault, Fault::CheckpointChanged { size: named, .. } if *named == size);
            if !findings.faults.iter().any(named) {
                findings.faults.push(Fault::CheckpointMissing(size));
            }
        }
        Some(known) if known.note.as_bytes() != file => {
            findings.faults.push(Fault::CheckpointFile("it is not the one in the database".to_owned()));
        }
        Some(_) => {}
    }
    known.or(newest)
}
