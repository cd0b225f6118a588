//! What the database says of all together, for all who look: asked for when somebody looks, and not again for a while.

use store::Time;
use tokio::sync::Mutex;

pub struct Kept<T>(Mutex<Option<(Time, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept(Mutex::new(None))
    }
}

impl<T: Clone> Kept<T> {
    /// What was read last, if that is not longer ago; else what is read now. Who comes while it is read waits for it.
    pub async fn or<E>(&self, now: Time, seconds: i64, read: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let mut kept = self.0.lock().await;
        if let Some((at, value)) = &*kept
            && (0..seconds * 1_000_000).contains(&(now.micros() - at.micros()))
        {
            return Ok(value.clone());
        }
        let value = read.await?;
        *kept = Some((now, value.clone()));
        Ok(value)
    }
}
