use casework::{Clock, Rng};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use store::Time;

/// Tuesday 24 November 2026, 10:00 in Europe/London.
const START: i64 = 1_795_514_400_000_000;

/// A clock that a test moves.
pub struct StillClock(AtomicI64);

impl Default for StillClock {
    fn default() -> StillClock {
        StillClock(AtomicI64::new(START))
    }
}

impl StillClock {
    pub fn forward_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, SeqCst);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Time {
        Time(self.0.load(SeqCst))
    }
}

/// The same seeds in the same order, each once.
#[derive(Default)]
pub struct StillRng(AtomicU64);

impl Rng for StillRng {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0x5a; 32];
        seed[..8].copy_from_slice(&self.0.fetch_add(1, SeqCst).to_be_bytes());
        seed
    }
}
