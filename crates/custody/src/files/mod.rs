//! Files: received, looked at by content, hashed, searched for malware, decoded in the limited child, kept, read back.
//!
//! The bytes come first and the row second, so a row is never without its bytes; whoever is killed in between leaves bytes
//! without a row, which the sweep takes away. On deletion it is the other way round.

mod arriving;
mod blobs;
mod clamd;
mod figures;
mod receive;
mod redact;
mod sort;
mod sweep;

pub use arriving::Arriving;
pub use blobs::{Blobs, Lost, Name};
pub use clamd::Clamd;
pub use receive::{Unfit, Wish};
pub use sort::Sort;
pub use sweep::{Swept, Unswept};

use crate::decode::Decoder;
use figures::Figures;
use std::{ops::Deref, path::PathBuf, sync::Arc};
use store::{Db, Time};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// How files are treated; every number is configuration.
#[derive(Clone, Debug)]
pub struct Treatment {
    /// The most pixels of the longer side of each rendition, ascending: for a phone, for a desk.
    pub longest: Vec<u32>,
    /// Pictures with more pixels are not decoded.
    pub most_pixels: u64,
    /// Files taken in at the same time, each whole in memory while it is; others wait on the disk.
    pub at_once: usize,
    /// Bytes without a row may be a file that is being taken in; after so many seconds they are not.
    pub orphan_seconds: i64,
}

impl Default for Treatment {
    /// The public copy has at most 2,048 pixels a side (council C-7); the other fits a phone's screen. 64 million pixels are
    /// a little more than phones of 2026 take.
    fn default() -> Treatment {
        Treatment { longest: vec![800, 2048], most_pixels: 64_000_000, at_once: 8, orphan_seconds: 24 * 60 * 60 }
    }
}

/// What files are kept with.
pub struct Means {
    pub db: Db,
    pub blobs: Blobs,
    /// The folder where files lie without a name while they arrive.
    pub arriving: PathBuf,
    pub decoder: Decoder,
    /// Who searches for malware; without it files are marked as not searched.
    pub clamd: Option<Clamd>,
    pub treatment: Treatment,
    pub now: Arc<dyn Fn() -> Time + Send + Sync>,
    /// Ids of entries that the house itself makes.
    pub entry: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

pub struct Inner {
    pub means: Means,
    room: Semaphore,
    figures: Figures,
}

impl Deref for Files {
    type Target = Means;
    fn deref(&self) -> &Means {
        &self.0.means
    }
}

impl Files {
    pub fn new(means: Means) -> Files {
        let room = Semaphore::new(means.treatment.at_once);
        Files(Arc::new(Inner { means, room, figures: Figures::default() }))
    }

    /// A file that begins to arrive, of at most so many bytes.
    pub fn arriving(&self, most_bytes: usize) -> Arriving {
        Arriving::new(&self.arriving, most_bytes)
    }
}
