//! What is done beside the requests: unclaimed files go, bytes without a row go, files that wait are searched for malware.

use super::{Files, Lost, blobs::Name};
use crate::HOUSE;
use std::{collections::BTreeSet, time::Duration};
use store::{
    Time, held,
    held::Scan,
    journal::{self, Audience, NewEntry, Verb},
};
use tokio::time::sleep;
use uuid::Uuid;

/// Between two rounds.
const PAUSE: Duration = Duration::from_secs(60);
/// Between two looks at all bytes there are, in rounds: a day. The first is at the start, for what a kill left.
const EVERY: u32 = 24 * 60;
/// Rows of one round.
const MOST: i64 = 200;
/// Ids that are read at once.
const PAGE: i64 = 10_000;

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that nobody claimed.
    pub unclaimed: usize,
    /// Files without a row.
    pub orphans: usize,
    /// Files that were searched for malware.
    pub searched: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum Unswept {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Lost(#[from] Lost),
}

impl Files {
    /// Sweeps until `stop` completes.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut round = 0;
        loop {
            if let Err(error) = self.sweep(round % EVERY == 0).await {
                tracing::error!(%error, "files cannot be swept; it is tried again");
            }
            round += 1;
            tokio::select! {
                () = &mut stop => return,
                () = sleep(PAUSE) => {}
            }
        }
    }

    /// One round; `all` looks at all bytes there are too.
    pub async fn sweep(&self, all: bool) -> Result<Swept, Unswept> {
        let now = (self.now)();
        let swept = Swept {
            unclaimed: self.unclaimed(now).await?,
            searched: self.search_waiting().await?,
            orphans: if all { self.orphans(now).await? } else { 0 },
        };
        self.0.figures.swept.add((swept.unclaimed + swept.orphans) as u64);
        Ok(swept)
    }

    async fn unclaimed(&self, now: Time) -> Result<usize, Unswept> {
        let mut gone = 0;
        for id in self.db.read(move |tx| held::run_out(&HOUSE, tx, now, MOST)).await? {
            // The row goes first: whoever is killed between the two leaves an orphan and no row without bytes.
            if self.db.write(move |tx| held::forget(&HOUSE, tx, id, now)).await? {
                self.blobs.forget(id).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }

    async fn orphans(&self, now: Time) -> Result<usize, Unswept> {
        let by = now.plus_seconds(-self.treatment.orphan_seconds);
        let mut orphans: BTreeSet<Uuid> = self.blobs.all().await?.into_iter().map(Name::file).collect();
        orphans.retain(|id| made(*id) < by);
        let mut last = Uuid::nil();
        while !orphans.is_empty() {
            let ids = self.db.read(move |tx| held::ids(&HOUSE, tx, last, PAGE)).await?;
            let Some(end) = ids.last() else { break };
            last = *end;
            for id in ids {
                orphans.remove(&id);
            }
        }
        for id in &orphans {
            self.blobs.forget(*id).await?;
        }
        Ok(orphans.len() + self.blobs.forget_unfinished(|id| made(id) < by)?)
    }

    async fn search_waiting(&self) -> Result<usize, Unswept> {
        let Some(clamd) = &self.clamd else { return Ok(0) };
        let mut searched = 0;
        let now = (self.now)();
        for (id, report) in self.db.read(move |tx| held::unscanned(&HOUSE, tx, now, MOST)).await? {
            let bytes = self.blobs.get(Name::Original(id)).await?;
            let scan = clamd.search(&bytes).await;
            if scan == Scan::Waiting {
                // It is away: the others wait with this one.
                break;
            }
            let (at, entry) = ((self.now)(), (self.entry)());
            self.db
                .write(move |tx| {
                    if held::scanned(&HOUSE, tx, id, scan)?
                        && let (Scan::Infected, Some(report)) = (scan, report)
                    {
                        journal::write(&HOUSE, tx, &infected(id, report, at, entry))?;
                    }
                    Ok::<_, store::Error>(())
                })
                .await?;
            searched += 1;
        }
        Ok(searched)
    }
}

fn infected(file: Uuid, report: Uuid, at: Time, entry: Uuid) -> NewEntry {
    NewEntry {
        id: entry,
        at,
        verb: Verb::Alteration,
        kind: "file.infected",
        report: Some(report),
        agency: None,
        audience: Audience::Agencies,
        facts: serde_json::json!({ "file": file }),
        content: None,
        salt: [0; 16],
    }
}

/// The time in its id (RFC 9562, version 7).
fn made(id: Uuid) -> Time {
    Time((id.as_u128() >> 80) as i64 * 1000)
}
