use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

/// Grows from the start of the program on.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    pub const fn new() -> Count {
        Count(AtomicU64::new(0))
    }

    pub fn one(&self) {
        self.add(1);
    }

    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// Goes up and down: how many there are just now.
#[derive(Debug, Default)]
pub struct Level(AtomicI64);

/// One of those a [`Level`] counts, until it is dropped.
#[derive(Debug)]
pub struct Held<'l>(&'l Level);

impl Level {
    pub const fn new() -> Level {
        Level(AtomicI64::new(0))
    }

    pub fn up(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    pub fn down(&self) {
        self.0.fetch_sub(1, Relaxed);
    }

    /// One more until the answer is dropped, also where what it counts is broken off.
    pub fn held(&self) -> Held<'_> {
        self.up();
        Held(self)
    }

    pub fn get(&self) -> i64 {
        self.0.load(Relaxed)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.down();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_counts_until_it_is_dropped() {
        let level = Level::new();
        let held = level.held();
        assert_eq!(level.get(), 1);
        drop(held);
        assert_eq!(level.get(), 0);
    }

    #[test]
    fn many_threads_lose_no_count() {
        static COUNT: Count = Count::new();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(|| (0..1000).for_each(|_| COUNT.one()))).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(COUNT.get(), 4000);
    }
}
