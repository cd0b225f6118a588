//! How often one origin knocked at one door.

use crate::{Result, Time, Tx};

/// Counts a knock and says how many there were since the window began. `origin` is a keyed hash, never an address.
pub fn knock(tx: &mut Tx, door: &str, origin: &[u8], now: Time, window_seconds: i64) -> Result<i64> {
    weigh(tx, door, origin, now, (window_seconds, 1))
}

/// The same of what weighs more than one: how much there was since the window began.
pub fn weigh(tx: &mut Tx, door: &str, origin: &[u8], now: Time, (window_seconds, weight): (i64, i64)) -> Result<i64> {
    let begins = now.plus_seconds(-window_seconds);
    let (n,): (i64,) = tx.one(
        "INSERT INTO throttle (door, origin, since, n) VALUES ($1, $2, $3, $4) ON CONFLICT (door, origin) DO UPDATE SET \
         n = CASE WHEN throttle.since <= $5 THEN excluded.n ELSE throttle.n + excluded.n END, \
         since = CASE WHEN throttle.since <= $5 THEN excluded.since ELSE throttle.since END RETURNING n",
        &[&door, &origin, &now, &weight, &begins],
    )?;
    Ok(n)
}

/// How many knocks there were, without adding one.
pub fn knocks(tx: &mut Tx, door: &str, origin: &[u8], now: Time, window_seconds: i64) -> Result<i64> {
    let begins = now.plus_seconds(-window_seconds);
    Ok(tx
        .maybe::<(i64,)>(
            "SELECT n FROM throttle WHERE door = $1 AND origin = $2 AND since > $3",
            &[&door, &origin, &begins],
        )?
        .map_or(0, |(n,)| n))
}

pub fn sweep(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.run("DELETE FROM throttle WHERE since < $1", &[&before])
}
