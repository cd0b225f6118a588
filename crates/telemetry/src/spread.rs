//! How long things took: counts by duration.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Upper bounds in microseconds, 0.1 ms to 10 s: a page takes less than the second, a mail may take more than the last.
pub const BOUNDS: [u64; 15] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000,
];

/// One atomic for each bound, one for what took longer, one for the sum.
#[derive(Debug, Default)]
pub struct Spread {
    counts: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

/// A [`Spread`] as it stood when it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Spreading {
    /// Not cumulative; the last one has no bound.
    pub counts: [u64; BOUNDS.len() + 1],
    pub seconds: f64,
}

impl Spread {
    pub fn took(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        // A duration that equals a bound lies below it, as the formats that show it want.
        let at = BOUNDS.partition_point(|bound| *bound < micros);
        self.counts[at].fetch_add(1, Relaxed);
        // 584 years of nanoseconds fit.
        self.nanoseconds.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    pub fn read(&self) -> Spreading {
        Spreading {
            counts: std::array::from_fn(|at| self.counts[at].load(Relaxed)),
            seconds: self.nanoseconds.load(Relaxed) as f64 / 1e9,
        }
    }
}

impl Spreading {
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_counts_below_the_first_bound_it_does_not_pass() {
        let spread = Spread::default();
        for micros in [0, 100, 101, 2_500, 11_000_000] {
            spread.took(Duration::from_micros(micros));
        }
        let read = spread.read();
        assert_eq!((read.counts[0], read.counts[1], read.counts[4], read.counts[15]), (2, 1, 1, 1));
        assert_eq!(read.count(), 5);
        assert!((read.seconds - 11.002_701).abs() < 1e-9, "{}", read.seconds);
    }

    #[test]
    fn bounds_ascend() {
        assert!(BOUNDS.is_sorted());
    }
}
