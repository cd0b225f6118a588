//! What the database says of all together, for all who look: asked for when somebody looks, and not again for a while.

use store::Time;
use tokio::sync::Mutex;

pub struct Kept<T>(KeptBy<(), T>);

/// The same of several, each by what it was asked with; those that nobody asked for again go first.
pub struct KeptBy<K, T>(Mutex<Vec<(K, Time, T)>>);

/// So many are kept.
const MOST_KEPT: usize = 64;

impl<K, T> Default for KeptBy<K, T> {
    fn default() -> KeptBy<K, T> {
        KeptBy(Mutex::new(Vec::new()))
    }
}

impl<K: PartialEq, T: Clone> KeptBy<K, T> {
    /// What was read last for this, if that is not longer ago; else what is read now. All others wait while it is read, so that
    /// many who ask at once do not take all of the house.
    pub async fn or<E>(
        &self,
        key: K,
        now: Time,
        seconds: i64,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let mut kept = self.0.lock().await;
        kept.retain(|(_, at, _)| (0..seconds * 1_000_000).contains(&(now.micros() - at.micros())));
        if let Some((.., value)) = kept.iter().find(|(known, ..)| *known == key) {
            return Ok(value.clone());
        }
        let value = read.await?;
        if kept.len() == MOST_KEPT {
            kept.remove(0);
        }
        kept.push((key, now, value.clone()));
        Ok(value)
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept(KeptBy::default())
    }
}

impl<T: Clone> Kept<T> {
    /// What was read last, if that is not longer ago; else what is read now. Who comes while it is read waits for it.
    pub async fn or<E>(&self, now: Time, seconds: i64, read: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.0.or((), now, seconds, read).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_is_read_once_in_its_time_and_old_ones_make_room() {
        let kept: KeptBy<usize, i64> = KeptBy::default();
        let ask = async |key: usize, seconds: i64, value: i64| {
            kept.or(key, Time(seconds * 1_000_000), 300, async { Ok::<_, ()>(value) }).await
        };
        assert_eq!([ask(1, 0, 10).await, ask(2, 0, 20).await, ask(1, 299, 11).await], [Ok(10), Ok(20), Ok(10)]);
        assert_eq!(ask(1, 300, 12).await, Ok(12));
        assert_eq!(kept.or(9, Time(300_000_000), 300, async { Err::<i64, _>("down") }).await, Err("down"));
        for key in 100..100 + MOST_KEPT {
            assert_eq!(ask(key, 301, 1).await, Ok(1));
        }
        assert_eq!(ask(1, 302, 13).await, Ok(13), "the oldest has gone");
    }
}
