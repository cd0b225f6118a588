//! Tiles in a folder of this machine.

use crate::Shelf;
use ledger::Tile;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The end of a name while the file is being written; left behind only by a kill, and swept with the next of its name.
const UNFINISHED: &str = ".unfinished";

/// Below the data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Folder {
        Folder(path.into())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// None where there is nothing of that name.
fn absent<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Shelf for Folder {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        absent(fs::read(self.0.join(name)))
    }

    fn put(&self, files: &[(String, Vec<u8>)]) -> io::Result<()> {
        let mut folders = BTreeSet::new();
        for (name, bytes) in files {
            let path = self.0.join(name);
            let Some(parent) = path.parent() else { return Err(ErrorKind::InvalidInput.into()) };
            fs::create_dir_all(parent)?;
            let mut unfinished = path.clone().into_os_string();
            unfinished.push(UNFINISHED);
            let mut file = File::create(&unfinished)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)?;
            // A name is durable once its folder is, and a new folder once the one above it is.
            folders.extend(parent.ancestors().take_while(|folder| folder.starts_with(&self.0)).map(Path::to_owned));
        }
        // The deepest first.
        folders.iter().rev().try_for_each(|folder| File::open(folder)?.sync_all())
    }

    fn drop_partials(&self, full: Tile) -> io::Result<()> {
        absent(fs::remove_dir_all(self.0.join(format!("{full}.p")))).map(|_| ())
    }

    fn list(&self) -> io::Result<Vec<String>> {
        let (mut names, mut folders) = (Vec::new(), vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            // A folder of partial tiles may go while we look.
            let Some(entries) = absent(fs::read_dir(&folder))? else { continue };
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(name) = path.strip_prefix(&self.0)
                    && !name.as_os_str().to_string_lossy().ends_with(UNFINISHED)
                {
                    names.push(name.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
                }
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Level;

    #[test]
    fn files_are_put_read_listed_and_their_partial_tiles_dropped() {
        let around = tempfile::tempdir().unwrap();
        let folder = Folder::new(around.path().join("ledger"));
        assert_eq!(folder.list().unwrap(), Vec::<String>::new());
        assert_eq!(folder.read("tile/0/000").unwrap(), None);
        let files = ["checkpoint", "tile/0/000.p/3", "tile/0/000.p/4", "tile/0/000"];
        for (n, name) in files.iter().enumerate() {
            folder.put(&[((*name).to_owned(), vec![n as u8; 3])]).unwrap();
            assert_eq!(folder.read(name).unwrap(), Some(vec![n as u8; 3]));
        }
        // What a kill leaves half written is no file.
        fs::write(folder.path().join("tile/0/001.unfinished"), "half").unwrap();
        folder.drop_partials(Tile::of(Level::Hashes(0), 0, 256).unwrap()).unwrap();
        folder.drop_partials(Tile::of(Level::Hashes(0), 0, 256).unwrap()).unwrap();
        let mut names = folder.list().unwrap();
        names.sort();
        assert_eq!(names, ["checkpoint", "tile/0/000"]);
        assert_eq!(folder.read("tile/0/000/below").unwrap(), None);
    }
}
