//! What every handler has at hand.

use crate::{
    asset::Assets,
    front::figures::Done,
    outline::Drawn,
    page::{Figures, Kept, KeptBy, compress::Squeezed, limit::Limiter, lookups::Lookups, span::Days},
    tile::Archive,
};
use casework::{
    Clock, Draw, Rng, Setting,
    neighbourhood::Answered,
    report::{dashboard::Dashboard, statistics::Line},
};
use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};
use store::{Db, Time};
use telemetry::Tracer;

/// Cheap to clone: one for each request.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub db: Db,
    pub setting: Arc<Setting>,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub options: Options,
    pub ledger: custody::Ledger,
    pub files: custody::files::Files,
    pub assets: Assets,
    pub limiter: Limiter,
    pub lookups: Lookups,
    pub squeezed: Squeezed,
    pub outline: Drawn,
    pub figures: Figures,
    /// How the agencies keep what they promise, as the public reads it.
    pub promises: Kept<Vec<Done>>,
    /// Public reports in sums, by the days that were asked for.
    pub statistics: KeptBy<Days, Vec<Line>>,
    /// What agencies count, by agency, whether small numbers are told, and the days.
    pub dashboards: KeptBy<(String, bool, Days), Dashboard>,
    /// How the neighbourhood teams answer, as their pages show it.
    pub answered: Kept<Vec<Answered>>,
    basemap: RwLock<Option<Arc<Archive>>>,
    /// Rung after a commit that may have put something in the outbox.
    pub bell: Arc<tokio::sync::Notify>,
}

/// What is kept as evidence.
pub struct Custody {
    pub ledger: custody::Ledger,
    pub files: custody::files::Files,
}

#[derive(Clone, Debug)]
pub struct Options {
    /// As visitors see it: `https://moothall.example`.
    pub public_url: String,
    /// Addresses whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Sites that may show the list for other sites in a frame; no other page is ever framed.
    pub framed_by: Vec<String>,
    /// Seeded with fictional people, says so on every page, and shows its mail and its staff's codes.
    pub demonstration: bool,
    /// Posts one origin may make in a minute.
    pub posts_per_minute: u32,
    /// Room for files of people whom nobody knows.
    pub room: casework::report::room::Limits,
    /// Where built CSS and JS lie in a debug build.
    pub dist: PathBuf,
    /// How the courier would write a message; the outbox page of a demonstration shows it.
    pub compose: Option<Compose>,
    /// Keeps spans of requests; without it none is made.
    pub tracer: Option<Tracer>,
    /// A trusted proxy begins traces itself and lets no visitor's `traceparent` through: its own is followed.
    pub parent_from_proxy: bool,
}

/// Composes the mail of a delivery. The courier does it; the binary puts it in reach, since pages do not know couriers.
pub type Compose = fn(&Setting, &store::delivery::Delivery) -> Option<crate::demo::outbox::Mail>;

impl Options {
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl App {
    pub fn new(
        db: Db,
        setting: Arc<Setting>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        options: Options,
        custody: Custody,
        bell: Arc<tokio::sync::Notify>,
    ) -> std::io::Result<App> {
        let assets = Assets::load(&options.dist)?;
        let limiter = Limiter::new(options.posts_per_minute);
        Ok(App(Arc::new(Inner {
            db,
            setting,
            clock,
            rng,
            options,
            ledger: custody.ledger,
            files: custody.files,
            assets,
            limiter,
            lookups: Lookups::default(),
            squeezed: Squeezed::default(),
            outline: Drawn::default(),
            figures: Figures::default(),
            promises: Kept::default(),
            statistics: KeptBy::default(),
            dashboards: KeptBy::default(),
            answered: Kept::default(),
            bell,
            basemap: RwLock::default(),
        })))
    }

    /// Time, ids and randomness of one request, drawn before any job starts.
    pub fn draw(&self) -> Draw {
        Draw::from(&*self.clock, &*self.rng)
    }

    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The base map in force, if one was imported.
    pub fn basemap(&self) -> Option<Arc<Archive>> {
        self.basemap.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_basemap(&self, archive: Option<Archive>) {
        *self.basemap.write().unwrap_or_else(PoisonError::into_inner) = archive.map(Arc::new);
    }
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}
