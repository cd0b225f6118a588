//! The courier at work: sends what is due, then waits for the bell, or a little while.

use crate::{Courier, Post};
use std::time::Duration;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep, timeout},
};

/// Mails on their way at once.
const LANES: usize = 4;
/// The longest wait before looking again: another node may have written, and retries come due by the clock.
const LOOK: Duration = Duration::from_secs(3);
/// How often lost claims are looked for.
const GIVE_UP: Duration = Duration::from_secs(60);
/// How long mails on their way may take to end when we are told to stop.
const GRACE: Duration = Duration::from_secs(30);

impl Courier {
    /// Sends what is due until `shutdown` completes; then takes nothing new and lets what is on its way end.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        if let Post::Smtp(smtp) = &self.post
            && let Err(misconfigured) = smtp.check()
        {
            tracing::error!(%misconfigured, "mail waits until the configuration is right");
        }
        let bell = self.bell();
        let mut lanes = JoinSet::new();
        // The first tick comes at once.
        let mut give_up = interval(GIVE_UP);
        give_up.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(shutdown);
        loop {
            self.fill(&mut lanes).await;
            let full = lanes.len() >= LANES;
            tokio::select! {
                biased;
                () = &mut shutdown => break,
                _ = give_up.tick() => self.give_up().await,
                Some(ended) = lanes.join_next(), if !lanes.is_empty() => self.note(ended),
                () = bell.notified(), if !full => {}
                () = sleep(LOOK), if !full => {}
            }
        }
        let drain = async {
            while let Some(ended) = lanes.join_next().await {
                self.note(ended);
            }
        };
        if timeout(GRACE, drain).await.is_err() {
            tracing::warn!("mails on their way were cut off: they are given up when their claims run out");
        }
    }

    /// Claims and starts as many as there are free lanes.
    async fn fill(&self, lanes: &mut JoinSet<()>) {
        while lanes.len() < LANES {
            match self.claim().await {
                Ok(Some(claimed)) => {
                    let courier = self.clone();
                    lanes.spawn(async move {
                        courier.deliver(claimed).await;
                    });
                }
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "cannot claim a delivery");
                    // The bell may ring without end while the database is away.
                    sleep(Duration::from_secs(1)).await;
                    return;
                }
            }
        }
    }

    async fn give_up(&self) {
        match self.give_up_lost_claims().await {
            Ok(0) => {}
            Ok(lost) => {
                self.figures.given_up.add(lost);
                tracing::warn!(lost, "claims ran out: these may have been sent, staff decide");
            }
            Err(error) => tracing::error!(%error, "cannot look for lost claims"),
        }
    }

    /// A lane that panicked leaves its claim, which runs out.
    fn note(&self, ended: Result<(), tokio::task::JoinError>) {
        if let Err(error) = ended {
            self.figures.panics.add(u64::from(error.is_panic()));
            tracing::error!(panicked = error.is_panic(), "a delivery broke off");
        }
    }
}
