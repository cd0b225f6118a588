//! What of an agency cannot leave, or cannot be put to a report: counted for the mail of the morning. No personal data.

use crate::{Result, Tx, hook::MOST_COUNTED, journal};
use rights::Actor;

/// How many there are, none of them counted beyond [`MOST_COUNTED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stuck {
    /// Messages to residents that were given up or are held back.
    pub messages: i64,
    /// Webhooks to its records system that were refused.
    pub hooks: i64,
    /// What its back office refuses.
    pub untold: i64,
    /// What its back office said and is no report here.
    pub nobodys: i64,
}

pub fn count(actor: &Actor, tx: &mut Tx, agency: &str) -> Result<Stuck> {
    journal::house(actor)?;
    let mut of = |sql: &str| -> Result<i64> {
        let (n,) = tx.one::<(i64,)>(sql, &[&agency, &MOST_COUNTED])?;
        Ok(n)
    };
    Ok(Stuck {
        messages: of("SELECT COUNT(*) FROM (SELECT id FROM delivery WHERE agency = $1 \
                      AND state IN ('dead', 'held') LIMIT $2) AS few")?,
        hooks: of("SELECT COUNT(*) FROM (SELECT id FROM hook WHERE agency = $1 AND state = 'dead' LIMIT $2) AS few")?,
        untold: of(
            "SELECT COUNT(*) FROM (SELECT id FROM sending WHERE agency = $1 AND state = 'dead' LIMIT $2) AS few",
        )?,
        nobodys: of("SELECT COUNT(*) FROM (SELECT update_id FROM fetched WHERE state = 'waiting' \
                     AND agency = $1 LIMIT $2) AS few")?,
    })
}
