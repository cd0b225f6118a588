//! One line to each agency's own system, worked one after the other: beside each other, so that one that is slow holds up no other.

use crate::courier::Bell;
use std::time::Duration;
use tokio::{
    select,
    sync::watch::{self, Receiver},
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};

/// How often lost claims are looked for.
const TAKE_BACK: Duration = Duration::from_secs(60);

/// Whether to take nothing new.
pub(crate) type Stopped = Receiver<bool>;

/// What is worked in lanes. Clones share everything.
pub(crate) trait Lanes: Clone + Send + Sync + 'static {
    /// What is on the line, for a log: `a records system`.
    const TO: &'static str;
    /// The longest wait before looking again: another node may have written, and retries come due by the clock.
    const LOOK: Duration;

    fn agencies(&self) -> Vec<String>;

    fn bell(&self) -> &Bell;

    /// Does all that is due for the agency, and says of itself what went wrong.
    fn all_due(&self, agency: &str, stopped: &Stopped) -> impl Future<Output = ()> + Send;

    /// Claims whose sender died wait again; nothing where a claim ends by itself.
    fn take_back(&self) -> impl Future<Output = Result<u64, store::Error>> + Send {
        async { Ok(0) }
    }

    /// A lane has panicked.
    fn panicked(&self) {}
}

/// Works until `shutdown` completes; what is on its way then ends.
pub(crate) async fn run<L: Lanes>(work: &L, shutdown: impl Future<Output = ()>) {
    let (stop, stopped) = watch::channel(false);
    let mut lanes = JoinSet::new();
    for agency in work.agencies() {
        let (work, mut stopped) = (work.clone(), stopped.clone());
        lanes.spawn(async move {
            while !*stopped.borrow() {
                work.all_due(&agency, &stopped).await;
                select! {
                    biased;
                    _ = stopped.wait_for(|stop| *stop) => {}
                    () = work.bell().notified() => {}
                    () = sleep(L::LOOK) => {}
                }
            }
        });
    }
    let mut take_back = interval(TAKE_BACK);
    take_back.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tokio::pin!(shutdown);
    loop {
        select! {
            biased;
            () = &mut shutdown => break,
            _ = take_back.tick() => match work.take_back().await {
                Ok(0) => {}
                Ok(lost) => tracing::warn!(lost, to = L::TO, "what a sender that died was sending is sent again"),
                Err(error) => tracing::error!(%error, to = L::TO, "cannot look for lost claims"),
            },
        }
    }
    stop.send_replace(true);
    while let Some(ended) = lanes.join_next().await {
        if let Err(error) = ended {
            if error.is_panic() {
                work.panicked();
            }
            tracing::error!(panicked = error.is_panic(), to = L::TO, "a line broke off");
        }
    }
}
