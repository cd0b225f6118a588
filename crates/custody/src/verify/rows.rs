//! What stands beside the leaves: heads of subjects, and the queue.

use super::{Fault, Findings};
use crate::{Error, HOUSE, bind::Head};
use std::collections::HashMap;
use store::{Tx, leaf, subject};
use uuid::Uuid;

/// Read at once.
const PAGE: i64 = 4096;

/// Each head against what its leaves came to.
pub fn subjects(tx: &mut Tx, mut heads: HashMap<Uuid, Head>, findings: &mut Findings) -> Result<(), Error> {
    findings.subjects = heads.len() as u64;
    let mut last = None;
    loop {
        let page = subject::after(&HOUSE, tx, last.unwrap_or(Uuid::nil()), PAGE)?;
        if page.is_empty() {
            break;
        }
        for row in page {
            last = Some(row.id);
            match heads.remove(&row.id) {
                None => findings.faults.push(Fault::SubjectPutIn(row.id)),
                Some(head) => {
                    let same_head = head.hash.is_some_and(|hash| hash.0 == row.head.as_slice());
                    if head.count != row.count.unsigned_abs() || !same_head {
                        let (subject, count, said) = (row.id, head.count, row.count);
                        findings.faults.push(Fault::SubjectChanged { subject, count, said });
                    }
                }
            }
        }
    }
    let mut missing: Vec<(Uuid, Head)> = heads.into_iter().collect();
    missing.sort_unstable_by_key(|(subject, _)| *subject);
    let missing = missing.into_iter().map(|(subject, head)| Fault::SubjectMissing { subject, count: head.count });
    findings.faults.extend(missing);
    Ok(())
}

/// Every entry of the journal is sealed or waits, and none is both. Counting is cheap; who it is, is asked when it does not
/// come out even.
pub fn adrift(tx: &mut Tx, known: i64, findings: &mut Findings) -> Result<(), Error> {
    let (entries, waiting) = leaf::counts(&HOUSE, tx)?;
    findings.waiting = waiting.unsigned_abs();
    if entries == known + waiting && findings.faults.is_empty() {
        return Ok(());
    }
    let (neither, both) = leaf::adrift(&HOUSE, tx)?;
    findings.faults.extend(neither.into_iter().map(|(entry,)| Fault::EntryAdrift(entry)));
    findings.faults.extend(both.into_iter().map(|(entry,)| Fault::EntryTwice(entry)));
    Ok(())
}
