//! Numbers that lie in the database. They are asked for when somebody looks, and not more often than they change for an
//! operator.

use crate::{App, page::Kept};
use std::{convert::Infallible, time::Duration};
use store::{Time, checkpoint, delivery, hook, leaf, log, sending};
use telemetry::{Family, Reading};
use tokio::time::timeout;

/// However many look, the database is asked once in this time.
const FRESH_SECONDS: i64 = 5;
/// Of each state of the outbox, and of the sealer's queue, no more are counted: an alarm does not need to know how many more.
pub const MOST: i64 = 1_000;
/// A database that takes longer is as good as away.
const PATIENCE: Duration = Duration::from_secs(2);

const UP: Family =
    Family::gauge("moothall_database_up", "1 where the database answered, else 0 and what it would say is absent");
const OUTBOX: Family = Family::gauge(
    "moothall_outbox",
    "Messages that have not gone out, by state; given up (dead) or kept back by the contact gate (held) they wait for staff. \
     Counted up to 1000 of each",
);
const OLDEST: Family = Family::gauge(
    "moothall_outbox_oldest",
    "How long the oldest message of each state has been there, of those that are counted; 0 where there is none",
)
.in_seconds();
const HOOKS: Family = Family::gauge(
    "moothall_hooks",
    "Webhooks that no records system has taken, by state; refused for days (dead) they wait for staff. Counted up to 1000 of each",
);
const OLDEST_HOOK: Family = Family::gauge(
    "moothall_hooks_oldest",
    "How long the oldest webhook of each state has been there, of those that are counted; 0 where there is none",
)
.in_seconds();
const SENDINGS: Family = Family::gauge(
    "moothall_sendings",
    "What no back office has taken, by state; refused for days (dead) it waits for staff. Counted up to 1000 of each",
);
const OLDEST_SENDING: Family = Family::gauge(
    "moothall_sendings_oldest",
    "How long the oldest of each state has been there, of those that are counted; 0 where there is none",
)
.in_seconds();
const UNSEALED: Family =
    Family::gauge("moothall_ledger_unsealed", "Entries that wait to be sealed into the ledger. Counted up to 1000");
const OLDEST_UNSEALED: Family = Family::gauge(
    "moothall_ledger_oldest_unsealed",
    "How long the oldest of them waits; seconds at most while all is well; 0 where none waits",
)
.in_seconds();
const SIZE: Family = Family::gauge("moothall_ledger_size", "Entries that the ledger holds");
const CHECKPOINT: Family = Family::gauge(
    "moothall_ledger_checkpoint_age",
    "Since the newest checkpoint was signed; it grows while nothing happens; absent before the first one",
)
.in_seconds();

pub async fn readings(kept: &Kept<Vec<Reading>>, app: &App) -> Vec<Reading> {
    let now = app.now();
    let read = async {
        Ok::<_, Infallible>(match timeout(PATIENCE, app.db.read(move |tx| read(tx, now))).await {
            Ok(Ok(readings)) => readings,
            _ => vec![UP.is(&[], 0_i64)],
        })
    };
    match kept.or(now, FRESH_SECONDS, read).await {
        Ok(readings) => readings,
    }
}

fn read(tx: &mut store::Tx, now: Time) -> store::Result<Vec<Reading>> {
    // Another node's clock may be a little ahead.
    let age = |at: Time| (now.micros() - at.micros()).max(0) as f64 / 1e6;
    let age_or_none = |at: Option<Time>| at.map_or(0.0, age);
    let mut out = vec![UP.is(&[], 1_i64)];
    for (state, count, oldest) in delivery::unsent(tx, MOST)? {
        out.push(OUTBOX.is(&[("state", state.name())], count));
        out.push(OLDEST.is(&[("state", state.name())], age_or_none(oldest)));
    }
    for (state, count, oldest) in hook::unsent(tx, MOST)? {
        out.push(HOOKS.is(&[("state", state.name())], count));
        out.push(OLDEST_HOOK.is(&[("state", state.name())], age_or_none(oldest)));
    }
    for (state, count, oldest) in sending::unsent(tx, MOST)? {
        out.push(SENDINGS.is(&[("state", state.name())], count));
        out.push(OLDEST_SENDING.is(&[("state", state.name())], age_or_none(oldest)));
    }
    let (unsealed, oldest) = leaf::unsealed(tx, MOST)?;
    out.push(UNSEALED.is(&[], unsealed));
    out.push(OLDEST_UNSEALED.is(&[], age_or_none(oldest)));
    out.push(SIZE.is(&[], log::state(tx)?.size));
    out.extend(checkpoint::latest(tx)?.map(|checkpoint| CHECKPOINT.is(&[], age(checkpoint.at))));
    Ok(out)
}
