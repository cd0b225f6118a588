//! The ledger as this house keeps it.

use crate::{CHECKPOINT, CHUNK, Error, HOUSE, Shelf, figures::Figures, names, publish::Edged};
use ledger::{Signer, Tile, Verifier};
use std::{
    io,
    sync::{Arc, OnceLock},
    time::Duration,
};
use store::{Db, Time, journal, log};
use telemetry::{Kind, Root, Span, Stopwatch, Tracer, within};
use tokio::{sync::Mutex, time::sleep};

/// How long after an entry at most it is sealed and signed, when nothing else waits.
const TICK: Duration = Duration::from_secs(1);
/// Chunks between two checkpoints, however much waits.
const ROUND: usize = 50;
/// The longest wait after a fault before trying again.
const PATIENCE: Duration = Duration::from_secs(60);

/// Time and randomness of one step, drawn before its job starts, since a job may run twice.
#[derive(Clone, Copy, Debug)]
pub struct Drawn {
    pub now: Time,
    pub seed: [u8; 32],
}

/// What the ledger is kept with.
#[derive(Clone)]
pub struct Means {
    pub db: Db,
    pub shelf: Arc<dyn Shelf>,
    /// The seed of the signing key; it lies outside the database.
    pub seed: [u8; 32],
    /// The name the log gets if it has none yet; see [`origin`].
    pub origin: String,
    pub draw: Arc<dyn Fn() -> Drawn + Send + Sync>,
}

/// Cheap to clone. Several, in one process or on several nodes, may seal and publish at once.
#[derive(Clone)]
pub struct Ledger(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub db: Db,
    pub shelf: Arc<dyn Shelf>,
    pub signer: Signer,
    /// The key that signs, and those of the names before it.
    pub keys: Vec<Verifier>,
    pub draw: Arc<dyn Fn() -> Drawn + Send + Sync>,
    /// What of the log lies on the shelf; taken up with the first publication.
    pub edged: Mutex<Option<Edged>>,
    pub figures: Figures,
    tracer: OnceLock<Tracer>,
}

/// The name of a log whose house is at this address: the address without its scheme (<https://c2sp.org/tlog-checkpoint>).
pub fn origin(public_url: &str) -> String {
    let address = public_url.split_once("://").map_or(public_url, |(_, address)| address);
    format!("{}/ledger", address.trim_end_matches('/'))
}

/// The key that signs the checkpoints of the log of this name.
pub fn signer(origin: &str, seed: &[u8; 32]) -> Result<Signer, Error> {
    Ok(Signer::from_seed(origin, seed)?)
}

impl Ledger {
    /// A log keeps the name it was given first, whatever address its house moves to.
    pub async fn open(means: Means) -> Result<Ledger, Error> {
        let Means { db, shelf, seed, origin, draw } = means;
        let name = match db.read(log::state).await?.origin {
            Some(name) => name,
            None => db.write(move |tx| log::name(&HOUSE, tx, &origin)).await?,
        };
        let (signer, keys) = (signer(&name, &seed)?, names::keys(&name, &seed)?);
        let (edged, figures, tracer) = Default::default();
        Ok(Ledger(Arc::new(Inner { db, shelf, signer, keys, draw, edged, figures, tracer })))
    }

    /// From now on rounds that seal something are spans. The first tracer stays.
    pub fn trace(&self, tracer: Tracer) {
        self.0.tracer.get_or_init(|| tracer);
    }

    /// The public key, as `name+id+base64`.
    pub fn key(&self) -> String {
        self.0.signer.verifier().to_string()
    }

    /// The newest checkpoint whose tiles lie on this node.
    pub fn checkpoint(&self) -> io::Result<Option<Vec<u8>>> {
        self.0.shelf.read(CHECKPOINT)
    }

    pub fn tile(&self, at: Tile) -> io::Result<Option<Vec<u8>>> {
        self.0.shelf.read(&at.path())
    }

    /// Seals what waits, at most a round of it, and publishes it; how many entries it sealed.
    pub async fn step(&self) -> Result<usize, Error> {
        let done = self.round().await;
        if done.is_err() {
            self.0.figures.failures.one();
        }
        done
    }

    async fn round(&self) -> Result<usize, Error> {
        // What was published is looked at first: nothing is added to a log that contradicts it.
        self.publish().await?;
        // Most of the time nothing waits, and a look costs no commit.
        if self.0.db.read(|tx| journal::waiting(&HOUSE, tx, 1)).await?.is_empty() {
            return Ok(0);
        }
        let since = Stopwatch::start();
        let mut span = self.begin();
        let done = match &span {
            Some(span) => span.around(self.seal()).await,
            None => self.seal().await,
        };
        if let Some(span) = &mut span {
            match &done {
                Ok(sealed) => span.note("moothall.entries", *sealed as i64),
                Err(_) => span.fail(),
            }
        }
        self.0.figures.took.took(since.elapsed());
        done
    }

    async fn seal(&self) -> Result<usize, Error> {
        let mut sealed = 0;
        for _ in 0..ROUND {
            let chunk = within("ledger.seal", Kind::Internal, self.seal_chunk(), |_, _| ()).await?;
            self.0.figures.sealed.add(chunk as u64);
            sealed += chunk;
            if chunk < CHUNK {
                break;
            }
        }
        within("ledger.publish", Kind::Internal, self.publish(), |_, _| ()).await?;
        Ok(sealed)
    }

    /// No entry is named: how many there were is said when they are sealed.
    fn begin(&self) -> Option<Span> {
        let tracer = self.0.tracer.get()?;
        // A draw of its own: salts come of another one.
        let Drawn { now, seed } = (self.0.draw)();
        let mut id = [0; 16];
        id.copy_from_slice(&seed[..16]);
        tracer.begin(Root { name: ("ledger.round", ""), kind: Kind::Internal, id, at: now.micros(), parent: None })
    }

    /// Seals and publishes until `stop` completes, and once more then.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut wait = TICK;
        loop {
            match self.step().await {
                // More waits than one round takes.
                Ok(sealed) => wait = if sealed == ROUND * CHUNK { Duration::ZERO } else { TICK },
                Err(error) => {
                    tracing::error!(%error, "the ledger does not go on; entries wait");
                    wait = (wait * 2).clamp(TICK, PATIENCE);
                }
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = sleep(wait) => {}
            }
        }
        if let Err(error) = self.step().await {
            tracing::error!(%error, "the ledger does not go on; entries wait");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_log_is_its_address_without_a_scheme() {
        assert_eq!(origin("https://moothall.example"), "moothall.example/ledger");
        assert_eq!(origin("http://127.0.0.1:8080"), "127.0.0.1:8080/ledger");
        assert!(signer(&origin("https://moothall.example"), &[1; 32]).is_ok());
    }
}
