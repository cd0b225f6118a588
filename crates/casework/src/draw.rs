//! Time, ids and randomness as arguments, drawn before a job starts, since a job may run twice.

use sha2::{Digest, Sha256};
use store::{Glance, Time};
use uuid::{Builder, Uuid};

/// Where the time comes from. The binary's is the machine's; a test's stands still.
pub trait Clock: Send + Sync {
    fn now(&self) -> Time;
}

/// Where randomness comes from. The binary's is the operating system's; a test's is fixed.
pub trait Rng: Send + Sync {
    fn seed(&self) -> [u8; 32];
}

/// One instant and one seed. A clone draws the same ids again: a job that runs twice writes the same rows.
#[derive(Clone)]
pub struct Draw {
    now: Time,
    seed: [u8; 32],
    drawn: u64,
}

impl Draw {
    pub fn new(now: Time, seed: [u8; 32]) -> Draw {
        Draw { now, seed, drawn: 0 }
    }

    pub fn from(clock: &dyn Clock, rng: &dyn Rng) -> Draw {
        Draw::new(clock.now(), rng.seed())
    }

    pub fn now(&self) -> Time {
        self.now
    }

    /// The next block: SHA-256 of the seed and a counter.
    pub fn bytes(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.drawn.to_be_bytes());
        hash.finalize().into()
    }

    /// UUIDv7 (RFC 9562): ids drawn one after the other from one draw sort in that order.
    pub fn id(&mut self) -> Uuid {
        let block = self.bytes();
        let mut tail = [0; 10];
        tail.copy_from_slice(&block[..10]);
        // rand_a, twelve bits, counts within the draw.
        tail[0] = (self.drawn >> 8) as u8 & 0x0f;
        tail[1] = self.drawn as u8;
        Builder::from_unix_timestamp_millis((self.now.micros() / 1000).max(0).unsigned_abs(), &tail).into_uuid()
    }

    pub fn salt(&mut self) -> [u8; 16] {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.bytes()[..16]);
        salt
    }

    /// The entry of a look that is about to happen.
    pub fn glance(&mut self, reason: &'static str) -> Glance {
        Glance { at: self.now, entry: self.id(), salt: self.salt(), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_draws_the_same_again() {
        let mut one = Draw::new(Time(1_700_000_000_000_000), [7; 32]);
        let mut two = one.clone();
        assert_eq!((one.id(), one.bytes(), one.salt()), (two.id(), two.bytes(), two.salt()));
    }

    #[test]
    fn ids_of_one_draw_sort_in_the_order_they_were_drawn() {
        let mut draw = Draw::new(Time(1_700_000_000_000_000), [7; 32]);
        let ids: Vec<_> = (0..300).map(|_| draw.id()).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids[0].get_version_num(), 7);
    }
}
