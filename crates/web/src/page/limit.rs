//! How many posts one origin may make: a table in memory, one a node. What must not be guessed (codes, passwords) is
//! throttled in the database besides.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use store::Time;

const MINUTE: i64 = 60_000_000;
/// Origins remembered at once; beyond that the table is emptied.
const MOST: usize = 50_000;

pub struct Limiter {
    per_minute: u32,
    minute: Mutex<(i64, BTreeMap<String, u32>)>,
}

impl Limiter {
    pub fn new(per_minute: u32) -> Limiter {
        Limiter { per_minute, minute: Mutex::new((0, BTreeMap::new())) }
    }

    /// Counts one post; false when it is one too many for this minute.
    pub fn allows(&self, origin: &str, now: Time) -> bool {
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        let this = now.micros().div_euclid(MINUTE);
        if minute.0 != this || minute.1.len() > MOST {
            *minute = (this, BTreeMap::new());
        }
        let n = minute.1.entry(origin.to_owned()).or_insert(0);
        *n += 1;
        *n <= self.per_minute
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_origin_is_limited_and_another_is_not() {
        let limiter = Limiter::new(2);
        let now = Time(1_700_000_000_000_000);
        assert!(limiter.allows("a", now) && limiter.allows("a", now));
        assert!(!limiter.allows("a", now));
        assert!(limiter.allows("b", now));
        assert!(limiter.allows("a", now.plus_seconds(60)));
    }
}
