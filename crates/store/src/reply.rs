//! Mails with which people answered ours: each is taken once (C-61).

use crate::{Result, Time, Tx, journal};
use rights::Actor;
use uuid::Uuid;

/// Remembers a mail by its mark, until the address it came to ends; whether it is new. Who sends it twice at once waits here.
pub fn keep(actor: &Actor, tx: &mut Tx, mark: &[u8], report: Uuid, ends_at: Time) -> Result<bool> {
    journal::house(actor)?;
    let n = tx.run(
        "INSERT INTO reply (mark, report, ends_at) VALUES ($1, $2, $3) ON CONFLICT (mark) DO NOTHING",
        &[&mark, &report, &ends_at],
    )?;
    Ok(n == 1)
}

/// Removes those whose address has ended.
pub fn sweep(actor: &Actor, tx: &mut Tx, now: Time) -> Result<u64> {
    journal::house(actor)?;
    tx.run("DELETE FROM reply WHERE ends_at <= $1", &[&now])
}

/// Forgets one that was not taken after all.
pub fn forget(actor: &Actor, tx: &mut Tx, mark: &[u8]) -> Result<()> {
    journal::house(actor)?;
    tx.run("DELETE FROM reply WHERE mark = $1", &[&mark])?;
    Ok(())
}
