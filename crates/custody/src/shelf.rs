//! Where tiles lie.

use ledger::{Tile, Tiles};
use std::io;

/// A place for files that are published. Names are paths with `/`, below the prefix of the log.
pub trait Shelf: Send + Sync {
    /// None where there is no such file.
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
    /// Puts files there, in place of what stood there. When it returns they are durable, each whole; one that was begun
    /// and not ended is not there at all.
    fn put(&self, files: &[(String, Vec<u8>)]) -> io::Result<()>;
    /// Takes away the partial tiles of a place whose full tile is there.
    fn drop_partials(&self, full: Tile) -> io::Result<()>;
    /// Every file there is, in no order.
    fn list(&self) -> io::Result<Vec<String>>;
}

/// A shelf as the ledger reads it. A tile that cannot be read is none.
pub(crate) struct Shelved<'a>(pub &'a dyn Shelf);

impl Tiles for Shelved<'_> {
    fn tile(&self, at: Tile) -> Option<Vec<u8>> {
        self.0.read(&at.path()).ok().flatten()
    }
}
