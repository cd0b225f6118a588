//! The only place where the machine's clock and randomness come in.

use casework::{Clock, Rng};
use store::Time;

pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "the one door through which time comes in")]
    fn now(&self) -> Time {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

pub struct MachineRng;

impl Rng for MachineRng {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        // Without randomness nothing may be promised to be secret: better to stop than to go on.
        if getrandom::fill(&mut seed).is_err() {
            std::process::abort();
        }
        seed
    }
}
