//! Agencies' own back offices (Open311, C-90 to C-93): told of reports and updates from an outbox, in order within a report, and
//! asked what they say of them. What may have arrived is sent again: the other side knows it by its id.

mod ask;
mod node;
mod send;
mod services;
mod talk;

use crate::{
    again,
    courier::{Bell, HOUSE},
    lanes::{self, Lanes, Stopped},
    records::{Address, Unready},
};
use casework::{Clock, Draw, Rng, Setting, report::office};
use reqwest::{Client, redirect::Policy};
use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::{Db, Time, fetched, sending};
use uuid::Uuid;

/// How long a claim holds: longer than the slowest exchange and its settling.
const LEASE_SECONDS: i64 = 5 * 60;
/// And a turn to ask, which may be many exchanges.
const ASK_LEASE_SECONDS: i64 = 30 * 60;
const CONNECT: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a back office lies, and the key it knows us by. Never printed.
#[derive(Clone)]
pub struct BackOffice {
    pub at: Address,
    pub key: Option<String>,
}

impl fmt::Debug for BackOffice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackOffice(…)")
    }
}

/// Bytes of a picture: of a file, its version, and the most pixels of its longer side. None where they cannot be read.
pub type Give = Arc<dyn Fn(Uuid, i64, i64) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>> + Send + Sync>;

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Taken,
    /// It was taken, and its number is asked for later.
    Promised,
    /// There was nothing to tell any more.
    Void,
    /// The other side is away, slow or broken: the line rests, and nothing is given up.
    Down(String),
    /// The other side refuses this one. The others go on.
    Refused(String),
}

#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    fails: i64,
    until: Option<Time>,
}

/// Speaks with back offices. Clones share everything; several nodes may run at once.
#[derive(Clone)]
pub struct Offices {
    db: Db,
    setting: Arc<Setting>,
    lines: Arc<BTreeMap<String, BackOffice>>,
    client: Client,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    bell: Bell,
    rests: Arc<Mutex<BTreeMap<String, Rest>>>,
    /// Who has the pictures that go with reports.
    give: Option<Give>,
    patience: Duration,
}

impl Offices {
    /// `lines` by id of the agency. `bell` is rung for all at once: `bell.notify_waiters()`.
    pub fn new(
        db: Db,
        setting: Arc<Setting>,
        lines: BTreeMap<String, BackOffice>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        bell: Bell,
    ) -> Result<Offices, Unready> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(3))
            .build()
            .map_err(Unready)?;
        let (lines, rests) = (Arc::new(lines), Arc::default());
        Ok(Offices { db, setting, lines, client, clock, rng, bell, rests, give: None, patience: PATIENCE })
    }

    /// An exchange that takes longer has failed.
    pub fn patient(self, patience: Duration) -> Offices {
        Offices { patience, ..self }
    }

    /// Pictures go along where the agency's file says so.
    pub fn with_pictures(self, give: Give) -> Offices {
        Offices { give: Some(give), ..self }
    }

    fn draw(&self) -> Draw {
        Draw::from(&*self.clock, &*self.rng)
    }

    fn rests_until(&self, agency: &str) -> Option<Time> {
        self.rests.lock().unwrap_or_else(PoisonError::into_inner).get(agency).and_then(|rest| rest.until)
    }

    /// A line that is down rests; one that answers goes on.
    fn rest(&self, agency: &str, down: bool) {
        let (now, seed) = (self.clock.now(), self.rng.seed());
        let mut rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = rests.entry(agency.to_owned()).or_default();
        let fails = rest.fails.saturating_add(1);
        *rest = match down {
            true => Rest { fails, until: Some(now.plus_seconds(again::office_probe(fails, seed))) },
            false => Rest::default(),
        };
    }

    /// Asks what is due to be asked, and takes in what waits.
    pub async fn ask(&self, agency: &str) -> Result<(), casework::Error> {
        self.ask_updates(agency).await?;
        self.ask_services(agency).await?;
        Ok(())
    }

    /// Claims whose sender died wait again.
    pub async fn take_back_lost_claims(&self) -> Result<u64, store::Error> {
        let now = self.clock.now();
        self.db.write(move |tx| sending::take_back_lost_claims(&HOUSE, tx, now)).await
    }

    /// Sends and asks what is due until `shutdown` completes, each agency's one after the other; what is on its way then ends.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        lanes::run(self, shutdown).await;
    }

    /// Takes in what waits, in the order in which it was said.
    async fn take_in(&self, agency: &str) -> Result<(), casework::Error> {
        let mut after = (Time(i64::MIN), String::new());
        loop {
            let (whose, from) = (agency.to_owned(), after.clone());
            let rows = self.db.read(move |tx| fetched::waiting(&HOUSE, tx, &whose, (from.0, &from.1), 100)).await?;
            let Some(last) = rows.last().cloned() else { return Ok(()) };
            for (_, id) in rows {
                self.take_one(agency, &id).await;
            }
            after = last;
        }
    }

    /// One that cannot be taken in keeps back no other.
    async fn take_one(&self, agency: &str, id: &str) {
        let (setting, draw, whose, which) = (self.setting.clone(), self.draw(), agency.to_owned(), id.to_owned());
        let job = move |tx: &mut store::Tx| {
            if office::forget_old(&HOUSE, tx, (&whose, &which), draw.now())? {
                return Ok(office::Taken::Done);
            }
            office::take_in(&HOUSE, tx, &setting, &mut draw.clone(), (&whose, &which))
        };
        let taken: Result<_, casework::Error> = self.db.write(job).await;
        if let Err(error) = taken {
            tracing::warn!(%error, "an update of a back office waits");
        }
    }
}

impl Lanes for Offices {
    const TO: &'static str = "a back office";
    const LOOK: Duration = Duration::from_secs(3);

    fn agencies(&self) -> Vec<String> {
        self.lines.keys().cloned().collect()
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }

    async fn take_back(&self) -> Result<u64, store::Error> {
        self.take_back_lost_claims().await
    }

    async fn all_due(&self, agency: &str, stopped: &Stopped) {
        while !*stopped.borrow() {
            match self.step(agency).await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => {
                    tracing::error!(%error, "cannot send to a back office");
                    break;
                }
            }
        }
        if !*stopped.borrow()
            && let Err(error) = self.ask(agency).await
        {
            tracing::error!(%error, "cannot take in what a back office says");
        }
    }
}
