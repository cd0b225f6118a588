//! A file on its way in. It waits on the disk, so that however many people send slowly, memory holds little of each.

use super::Lost;
use std::{
    io::{Read, Seek, Write},
    path::Path,
};
use tempfile::SpooledTempFile;

/// Bytes of a file that wait in memory; what is longer waits in the folder, without a name, and is gone with its last
/// user.
const IN_MEMORY: usize = 64 * 1024;

pub struct Arriving {
    spool: SpooledTempFile,
    size: usize,
    most: usize,
}

impl Arriving {
    pub(super) fn new(folder: &Path, most: usize) -> Arriving {
        Arriving { spool: tempfile::spooled_tempfile_in(IN_MEMORY, folder), size: 0, most }
    }

    /// Appends a piece. Of a file that grew too large nothing is kept.
    pub fn write(&mut self, piece: &[u8]) -> Result<(), Lost> {
        self.size = self.size.saturating_add(piece.len());
        if self.fits() {
            self.spool.write_all(piece)?;
        } else {
            self.spool.set_len(0)?;
        }
        Ok(())
    }

    /// Bytes that came.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether it is no larger than it may be.
    pub fn fits(&self) -> bool {
        self.size <= self.most
    }

    /// All of it, in memory.
    pub(super) async fn read(mut self) -> Result<Vec<u8>, Lost> {
        let read = move || {
            let mut bytes = Vec::with_capacity(self.size);
            self.spool.rewind()?;
            self.spool.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        tokio::task::spawn_blocking(read).await.unwrap_or_else(|error| Err(std::io::Error::other(error).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_arrives_in_pieces_is_read_whole_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        for pieces in [0_usize, 1, 40] {
            let piece: Vec<u8> = (0..=255).cycle().take(10_000).collect();
            let mut arriving = Arriving::new(folder.path(), 400_000);
            for _ in 0..pieces {
                arriving.write(&piece).unwrap();
            }
            assert!(arriving.fits());
            assert_eq!(arriving.size(), pieces * 10_000);
            assert!(arriving.read().await.unwrap() == piece.repeat(pieces));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn of_what_grows_too_large_nothing_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut arriving = Arriving::new(folder.path(), 100_000);
        for _ in 0..20 {
            arriving.write(&[7; 10_000]).unwrap();
        }
        assert!(!arriving.fits());
        assert!(arriving.read().await.unwrap().is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let mut arriving = Arriving::new(Path::new("/nowhere/at/all"), 1_000_000);
        assert!(arriving.write(&[0; IN_MEMORY + 1]).is_err());
    }
}
