//! Photos that programs gave as addresses (C-81): fetched after their report is on the disk, from the public internet alone,
//! looked at like any file that arrives, and attached once.

mod address;
mod fetch;

pub use address::Allowed;

use crate::{
    again,
    courier::{Bell, HOUSE, SETTLE},
};
use casework::{Clock, Draw, Rng, Setting, report::photo_link as linked};
use fetch::Failed;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use store::{
    Db,
    held::Held,
    photo_link::{self, PhotoLink},
    rendition::Rendition,
};
use tokio::{select, time::sleep};
use uuid::Uuid;

/// How long a claim holds: longer than the slowest fetch and the look at what came.
const LEASE_SECONDS: i64 = 10 * 60;
const PATIENCE: Duration = Duration::from_secs(60);
/// Other nodes may have written, and retries come due by the clock.
const LOOK: Duration = Duration::from_secs(5);
const NAME: &str = "photo";

/// Why a file was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// What came is no picture that is taken.
    Unfit(String),
    /// The place where files lie did not take it.
    Lost,
}

/// What custody gives back: the file, and the pictures made from it.
pub type Kept = Pin<Box<dyn Future<Output = Result<(Held, Vec<Rendition>), Unkept>> + Send>>;

/// Takes a file in under an id: its name, its bytes, and the most bytes its question takes.
pub type Keep = Arc<dyn Fn(Uuid, String, Vec<u8>, usize) -> Kept + Send + Sync>;

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoFate {
    Kept,
    Later(String),
    GivenUp(String),
}

/// Clones share everything; several nodes may run at once.
#[derive(Clone)]
pub struct PhotoLinks {
    db: Db,
    setting: Arc<Setting>,
    keep: Keep,
    allowed: Arc<Allowed>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    bell: Bell,
    patience: Duration,
}

impl PhotoLinks {
    pub fn new(
        db: Db,
        setting: Arc<Setting>,
        (keep, allowed): (Keep, Allowed),
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        bell: Bell,
    ) -> PhotoLinks {
        PhotoLinks { db, setting, keep, allowed: Arc::new(allowed), clock, rng, bell, patience: PATIENCE }
    }

    /// A fetch that takes longer has failed.
    pub fn patient(self, patience: Duration) -> PhotoLinks {
        PhotoLinks { patience, ..self }
    }

    fn draw(&self) -> Draw {
        Draw::from(&*self.clock, &*self.rng)
    }

    /// Fetches what is due until `shutdown` completes; what is on its way then ends.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let now = self.clock.now();
            let back = self.db.write(move |tx| photo_link::take_back_lost_claims(&HOUSE, tx, now)).await;
            if let Err(error) = back {
                tracing::error!(%error, "cannot take back photos that were being fetched");
            }
            loop {
                match self.step().await {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(error) => {
                        tracing::error!(%error, "cannot fetch a photo");
                        break;
                    }
                }
            }
            select! {
                biased;
                () = &mut shutdown => return,
                () = self.bell.notified() => {}
                () = sleep(LOOK) => {}
            }
        }
    }

    /// Fetches one that is due, and says what became of it; nothing where none is.
    pub async fn step(&self) -> Result<Option<PhotoFate>, casework::Error> {
        let mut draw = self.draw();
        let (now, claim, file) = (draw.now(), draw.id(), draw.id());
        let lease = now.plus_seconds(LEASE_SECONDS);
        let claimed = self.db.write(move |tx| photo_link::claim(&HOUSE, tx, claim, now, lease)).await?;
        let Some(row) = claimed else { return Ok(None) };
        let came = self.fetch(&row, file).await?;
        Ok(Some(self.settle(row, claim, came).await))
    }

    async fn fetch(
        &self,
        row: &PhotoLink,
        id: Uuid,
    ) -> Result<Result<(Held, Vec<Rendition>), Failed>, casework::Error> {
        let (setting, of) = (self.setting.clone(), row.clone());
        let most = self.db.read(move |tx| linked::most_bytes(&HOUSE, tx, &setting, &of)).await?;
        let Some((most, url)) = most.zip(row.url.as_deref()) else {
            return Ok(Err(Failed::Never("the service asks for no photos now".to_owned())));
        };
        let bytes = match fetch::photo(url, most, &self.allowed, self.patience).await {
            Ok(bytes) => bytes,
            Err(failed) => return Ok(Err(failed)),
        };
        Ok(match (self.keep)(id, NAME.to_owned(), bytes, most).await {
            Ok(file) => Ok(file),
            Err(Unkept::Unfit(why)) => Err(Failed::Never(why)),
            Err(Unkept::Lost) => Err(Failed::Later("it could not be kept".to_owned())),
        })
    }

    /// Writes down what became of it. What is not written is done again when the claim runs out; bytes without a row are swept.
    async fn settle(&self, row: PhotoLink, claim: Uuid, came: Result<(Held, Vec<Rendition>), Failed>) -> PhotoFate {
        let wait = again::office(row.tries, self.rng.seed());
        let fate = match &came {
            Ok(_) => PhotoFate::Kept,
            Err(Failed::Never(why)) => PhotoFate::GivenUp(why.clone()),
            Err(Failed::Later(why)) if wait.is_none() => PhotoFate::GivenUp(why.clone()),
            Err(Failed::Later(why)) => PhotoFate::Later(why.clone()),
        };
        let (id, is_kept) = (row.id, fate == PhotoFate::Kept);
        let again = wait.map(|seconds| self.clock.now().plus_seconds(seconds));
        for wait in SETTLE {
            sleep(Duration::from_secs(wait)).await;
            let (setting, draw, row, came, fate) =
                (self.setting.clone(), self.draw(), row.clone(), came.clone(), fate.clone());
            let job = move |tx: &mut store::Tx| {
                let mut draw = draw.clone();
                match (&came, &fate) {
                    (Ok(file), _) => linked::arrived(&HOUSE, tx, &setting, &mut draw, (&row, claim), file),
                    (_, PhotoFate::Later(why)) => linked::failed(&HOUSE, tx, &mut draw, (&row, claim), why, again),
                    (_, PhotoFate::GivenUp(why)) => linked::failed(&HOUSE, tx, &mut draw, (&row, claim), why, None),
                    (Err(_), PhotoFate::Kept) => Ok(()),
                }
            };
            match self.db.write(job).await {
                Ok(()) => {
                    tracing::info!(photo_link = %id, kept = is_kept, "a photo was fetched, or not");
                    break;
                }
                Err(casework::Error::Store(store::Error::Stale) | casework::Error::Stale) => {
                    tracing::warn!(photo_link = %id, "the claim ran out before it was settled");
                    break;
                }
                Err(error) => tracing::error!(photo_link = %id, %error, "cannot settle"),
            }
        }
        fate
    }
}
