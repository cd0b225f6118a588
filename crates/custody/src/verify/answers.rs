//! Current state, as far as the journal keeps its hashes: answers against the entry by which their report was received.

use super::{Fault, Findings};
use crate::{Error, HOUSE};
use data_encoding::HEXLOWER;
use store::{
    Tx,
    answer::{self, Kept},
    journal::{self, content_hash},
};

/// Read at once.
const PAGE: i64 = 4096;

pub fn check(tx: &mut Tx, findings: &mut Findings) -> Result<(), Error> {
    let mut last = None;
    loop {
        let page = answer::kept(&HOUSE, tx, last, PAGE)?;
        let Some(end) = page.last() else { break };
        last = Some((end.report, end.part.clone()));
        for kept in page {
            findings.answers += 1;
            findings.faults.extend(fault(kept));
        }
    }
    match journal::strays(&HOUSE, tx)? {
        (0, 0) => {}
        (reports, entries) => findings.faults.push(Fault::Strays(reports, entries)),
    }
    Ok(())
}

fn fault(kept: Kept) -> Option<Fault> {
    let Kept { report, part, salt, body, facts } = kept;
    // Without an entry it is a stray; with changed facts that has been named.
    let facts = facts?;
    match facts["answers"][&part].as_str() {
        None => Some(Fault::AnswersPutIn { report, part }),
        Some(sealed) => {
            let now = body.map(|body| HEXLOWER.encode(&content_hash(&salt, &body)));
            (now.as_deref() != Some(sealed)).then_some(Fault::AnswersChanged { report, part })
        }
    }
}
