//! Publishing: tiles from the rows of the database, then a signed checkpoint. Tiles are on disk before the checkpoint is
//! signed, and the checkpoint is in the database before it stands beside the tiles.

use crate::{CHECKPOINT, Error, HOUSE, Ledger, shelf::Shelved};
use ledger::{Checkpoint, Edge, Hash, Tile};
use store::{Tx, backup, checkpoint, leaf, log};
use tokio::task::spawn_blocking;

/// Leaves read at once: full tiles of hashes, some megabytes at most.
const STRETCH: i64 = 4096;
/// Hashes in a full tile (<https://c2sp.org/tlog-tiles>).
const FULL: u16 = 256;

/// How far the shelf has come.
pub(crate) struct Edged {
    edge: Edge,
    /// The size that the checkpoint on the shelf has.
    shown: Option<u64>,
}

/// What is put on the shelf.
type Tiles = Vec<(Tile, Vec<u8>)>;

impl Ledger {
    /// Brings the shelf to where the database is; the size of the checkpoint that stands there then.
    pub async fn publish(&self) -> Result<u64, Error> {
        let mut edged = self.0.edged.lock().await;
        // Taken out: where this breaks off, the next time begins with what is on disk.
        let mut now = match edged.take() {
            Some(known) => known,
            None => self.take_up().await?,
        };
        self.shelve(&mut now).await?;
        if now.shown != Some(now.edge.size()) {
            self.sign(&mut now).await?;
        }
        let size = now.edge.size();
        *edged = Some(now);
        Ok(size)
    }

    /// Tiles of every leaf that the database has more than the shelf.
    async fn shelve(&self, now: &mut Edged) -> Result<(), Error> {
        while let Some(tiles) = self.grow(&mut now.edge, i64::MAX).await? {
            self.put(tiles).await?;
        }
        Ok(())
    }

    /// Takes the edge on by the next leaves below `end`, and gives the tiles they make; nothing where there are none.
    async fn grow(&self, edge: &mut Edge, end: i64) -> Result<Option<Tiles>, Error> {
        let from = edge.size() as i64;
        // Up to a multiple: then few tiles are partial.
        let most = (STRETCH - from % STRETCH).min(end - from);
        let rows = self.0.db.read(move |tx| leaf::bodies(&HOUSE, tx, from, most)).await?;
        if let Some((expected, _)) = (from..).zip(&rows).find(|(expected, (idx, _, _))| expected != idx) {
            return Err(Error::Gap(expected.unsigned_abs()));
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let bodies: Vec<Vec<u8>> = rows.into_iter().map(|(_, _, body)| body).collect();
        Ok(Some(edge.append(&bodies)?))
    }

    async fn put(&self, tiles: Tiles) -> Result<(), Error> {
        let shelf = self.0.shelf.clone();
        blocking(move || {
            let full: Vec<Tile> = tiles.iter().map(|(tile, _)| *tile).filter(|tile| tile.width() == FULL).collect();
            let files: Vec<_> = tiles.into_iter().map(|(tile, bytes)| (tile.path(), bytes)).collect();
            shelf.put(&files)?;
            full.into_iter().try_for_each(|tile| shelf.drop_partials(tile))
        })
        .await
    }

    /// Signs what lies on the shelf. Where another node has signed more by now, that one is shown once its tiles are here.
    async fn sign(&self, now: &mut Edged) -> Result<(), Error> {
        let (size, root) = (now.edge.size(), now.edge.root());
        let name = self.0.signer.verifier().name().to_owned();
        let note = Checkpoint::new(&name, size, root)
            .sign(&self.0.signer)
            .map_err(|why| Error::Unsigned { size: size as i64, why: why.to_string() })?
            .to_string();
        let row = checkpoint::Checkpoint {
            size: size as i64,
            before: None,
            root: root.0.to_vec(),
            at: (self.0.draw)().now,
            note,
        };
        let keep = move |tx: &mut Tx| {
            awake(tx, &name)?;
            Ok::<_, Error>(checkpoint::keep(&HOUSE, tx, &row)?)
        };
        let kept = self.0.db.write(keep).await?;
        if kept.size > size as i64 {
            return Ok(());
        }
        if kept.root != root.0 {
            return Err(Error::Forked { size });
        }
        let shelf = self.0.shelf.clone();
        blocking(move || shelf.put(&[(CHECKPOINT.to_owned(), kept.note.into_bytes())])).await?;
        now.shown = Some(size);
        self.0.figures.signed.one();
        Ok(())
    }

    /// Finds out where the shelf stands after a start. What is missing of it is made again from the rows; what contradicts
    /// a checkpoint that was signed stops here.
    async fn take_up(&self) -> Result<Edged, Error> {
        let (keys, name) = (&self.0.keys, self.0.signer.verifier().name().to_owned());
        let state = move |tx: &mut Tx| {
            awake(tx, &name)?;
            Ok::<_, Error>((log::state(tx)?, checkpoint::latest(tx)?))
        };
        let (log, last) = self.0.db.read(state).await?;
        let shown = self.0.shelf.read(CHECKPOINT)?.and_then(|bytes| Checkpoint::open(&bytes, keys).ok());
        if let Some(shown) = &shown {
            let size = i64::try_from(shown.size).unwrap_or(i64::MAX);
            let known = self.0.db.read(move |tx| checkpoint::of_size(tx, size)).await?;
            if known.is_none_or(|known| known.root != shown.root.0) {
                return Err(Error::Forked { size: shown.size });
            }
        }
        let Some(last) = last else { return Ok(Edged { edge: Edge::default(), shown: None }) };
        let unsigned = |why: String| Error::Unsigned { size: last.size, why };
        let signed = Checkpoint::open(last.note.as_bytes(), keys).map_err(|why| unsigned(why.to_string()))?;
        if signed.size != last.size.unsigned_abs() || signed.root.0 != last.root.as_slice() || last.size > log.size {
            return Err(Error::Forked { size: signed.size });
        }
        let (shelf, size, root) = (self.0.shelf.clone(), signed.size, signed.root);
        let loaded = blocking(move || Ok(Edge::load(&Shelved(&*shelf), size, root))).await?;
        let edge = match loaded {
            Ok(edge) => edge,
            Err(why) => {
                tracing::warn!(%why, size, "tiles are missing or changed: they are made again from the database");
                self.rebuild(size, root).await?
            }
        };
        Ok(Edged { edge, shown: shown.map(|shown| shown.size) })
    }

    /// All tiles again. First it is shown that the rows still have the root that was signed; only then is a tile written.
    async fn rebuild(&self, size: u64, root: Hash) -> Result<Edge, Error> {
        let end = size as i64;
        let mut edge = Edge::default();
        while edge.size() < size {
            if self.grow(&mut edge, end).await?.is_none() {
                return Err(Error::Gap(edge.size()));
            }
        }
        if edge.root() != root {
            return Err(Error::Forked { size });
        }
        edge = Edge::default();
        while edge.size() < size
            && let Some(tiles) = self.grow(&mut edge, end).await?
        {
            self.put(tiles).await?;
        }
        Ok(edge)
    }
}

/// Nothing is signed while the ledger rests or its house is being filled, and nothing under a name that it no longer has.
pub(crate) fn awake(tx: &mut Tx, name: &str) -> Result<(), Error> {
    if log::rests(tx)? || backup::filling(tx)? {
        return Err(Error::Rests);
    }
    match log::state(tx)?.origin {
        Some(now) if now != name => Err(Error::Renamed(now)),
        _ => Ok(()),
    }
}

/// Files and hashes are no work for a thread that answers requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Error> {
    Ok(spawn_blocking(work).await.map_err(|_| Error::BrokenOff)??)
}
