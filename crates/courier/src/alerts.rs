//! Alerts at work: news meets subscriptions, and what is due becomes mail in the outbox. The rules are `casework::alerts`'s.

use crate::Bell;
use casework::{
    Clock, Draw, Error, Rng, Setting,
    alerts::{
        matching::{self, Found, PIECE},
        own, reminder, telling,
    },
};
use std::{sync::Arc, time::Duration};
use store::Db;
use tokio::{runtime::Handle, task::spawn_blocking, time::sleep};

/// News in one step, and people whose mails are written in one transaction.
const MOST_NEWS: i64 = 1_000;
const MOST_PEOPLE: i64 = 50;
/// How long it waits before it looks again: "at once" is a matter of seconds.
const LOOK: Duration = Duration::from_secs(3);
/// Looks between two at what is told on an evening: about a minute.
const REMIND_AFTER: u32 = 20;
/// Looks between two sweeps: about an hour.
const SWEEP_AFTER: u32 = 1_200;
const MOST_SWEPT: i64 = 50;

/// Clones share everything; several, in one process or on several nodes, may run at once.
#[derive(Clone)]
pub struct Alerts {
    pub db: Db,
    pub setting: Arc<Setting>,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    /// Rung when a mail lies in the outbox.
    pub bell: Bell,
}

impl Alerts {
    /// Compares all news there is: how many alerts that makes. Cut off in the middle, it begins again with the same news, and
    /// what was kept stays.
    pub async fn compare(&self) -> Result<u64, Error> {
        let mut new = 0;
        loop {
            let found = self.find().await?;
            if found.news.is_empty() {
                return Ok(new);
            }
            for piece in found.alerts.chunks(PIECE) {
                let piece = piece.to_vec();
                new += self.db.write(move |tx| matching::keep(tx, &piece)).await?;
            }
            let now = self.clock.now();
            self.db.write(move |tx| matching::done(tx, &found.news, now)).await?;
        }
    }

    /// A large step takes a second or more, and a read on the embedded database runs where it is asked for: not among those who
    /// answer visitors.
    async fn find(&self) -> Result<Found, Error> {
        let (db, setting, here) = (self.db.clone(), self.setting.clone(), Handle::current());
        let find = move || here.block_on(db.read(move |tx| matching::find(tx, &setting, MOST_NEWS)));
        match spawn_blocking(find).await {
            Ok(found) => found,
            Err(broken) if broken.is_panic() => std::panic::resume_unwind(broken.into_panic()),
            // The runtime is ending.
            Err(_) => Ok(Found::default()),
        }
    }

    /// Writes all mails that are due: how many people were looked after.
    pub async fn write(&self) -> Result<usize, Error> {
        let mut all = 0;
        loop {
            let (setting, draw) = (self.setting.clone(), Draw::from(&*self.clock, &*self.rng));
            let done = self.db.write(move |tx| telling::write(tx, &setting, &mut draw.clone(), MOST_PEOPLE)).await?;
            all += done;
            if done == 0 {
                return Ok(all);
            }
            self.bell.notify_one();
        }
    }

    /// Writes the mails of the evening before: how many people were looked after.
    pub async fn remind(&self) -> Result<usize, Error> {
        let mut all = 0;
        loop {
            let (setting, draw) = (self.setting.clone(), Draw::from(&*self.clock, &*self.rng));
            let done = self.db.write(move |tx| reminder::tick(tx, &setting, &mut draw.clone(), MOST_PEOPLE)).await?;
            all += done;
            if done == 0 {
                return Ok(all);
            }
            self.bell.notify_one();
        }
    }

    /// Forgets what nobody confirmed and what was told long ago.
    pub async fn sweep(&self) -> Result<(), Error> {
        let (setting, draw) = (self.setting.clone(), Draw::from(&*self.clock, &*self.rng));
        self.db.write(move |tx| own::sweep(tx, &setting, &mut draw.clone(), MOST_SWEPT)).await
    }

    /// Everything that is due now.
    pub async fn step(&self) -> Result<(), Error> {
        self.news().await?;
        self.remind().await?;
        Ok(())
    }

    async fn news(&self) -> Result<(), Error> {
        self.compare().await?;
        self.write().await?;
        Ok(())
    }

    /// Looks every few seconds until `shutdown` completes.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut looks = 0u32;
        loop {
            let looked = if looks.is_multiple_of(REMIND_AFTER) { self.step().await } else { self.news().await };
            if let Err(error) = looked {
                tracing::error!(%error, "cannot look after alerts");
            }
            if looks.is_multiple_of(SWEEP_AFTER)
                && let Err(error) = self.sweep().await
            {
                tracing::error!(%error, "cannot sweep alerts");
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                () = &mut shutdown => return,
                () = sleep(LOOK) => {}
            }
        }
    }
}
