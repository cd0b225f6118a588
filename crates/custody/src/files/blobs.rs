//! Where bytes lie: a folder of this machine, or a bucket. Names are ours; nothing a client sends is part of one.

use futures_core::Stream;
use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as Key,
};
use sha2::{Digest, Sha256};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

/// What went wrong with the bytes of a file.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    #[error("bytes of files cannot be read or written: {0}")]
    Store(#[from] object_store::Error),
    #[error("the place of files cannot be used: {0}")]
    Place(#[from] std::io::Error),
    /// What lies there is not what was put there.
    #[error("{0} was read back and is not what was put there")]
    Changed(String),
    #[error("there is nothing under {0}")]
    Missing(String),
    #[error("there is something under {0} already")]
    Taken(String),
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Where they lie, on this machine.
    folder: Option<PathBuf>,
}

/// In the name of what is being written to a folder. A kill leaves it behind, and no listing shows it.
const UNFINISHED: char = '#';

/// What one lot of bytes is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Original(Uuid),
    /// File, version, and the most pixels of the longer side.
    Rendition(Uuid, i64, i64),
}

impl Name {
    pub fn file(self) -> Uuid {
        match self {
            Name::Original(file) | Name::Rendition(file, ..) => file,
        }
    }

    /// Where it lies below the place of files, with `/` between folders.
    pub fn path(self) -> String {
        self.key().to_string()
    }

    /// None where it is no name of ours.
    pub fn parse(path: &str) -> Option<Name> {
        Name::of(&Key::parse(path).ok()?)
    }

    fn key(self) -> Key {
        let file = self.file().simple().to_string();
        // The last figures are random: the first ones are the time, and would all lie in one folder.
        let folder = &file[30..];
        Key::from(match self {
            Name::Original(_) => format!("{folder}/{file}/original"),
            Name::Rendition(_, version, longest) => format!("{folder}/{file}/{version}-{longest}"),
        })
    }

    fn of(key: &Key) -> Option<Name> {
        let mut parts = key.parts();
        let (folder, file, last) = (parts.next()?, parts.next()?, parts.next()?);
        let id = Uuid::try_parse(file.as_ref()).ok()?;
        let name = match last.as_ref().split_once('-') {
            None => Name::Original(id),
            Some((version, longest)) => Name::Rendition(id, version.parse().ok()?, longest.parse().ok()?),
        };
        (parts.next().is_none() && name.key() == *key && !folder.as_ref().is_empty()).then_some(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

impl Blobs {
    /// In a folder, which is made. What was put is on the disk when `put` returns.
    pub fn folder(path: &Path) -> Result<Blobs, Lost> {
        fs::create_dir_all(path)?;
        let store = LocalFileSystem::new_with_prefix(path)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Blobs { store: Arc::new(store), folder: Some(path.to_owned()) })
    }

    /// In a bucket, `s3://name/prefix`; keys and region come from the environment, as AWS names them.
    pub fn bucket(url: &str) -> Result<Blobs, Lost> {
        Ok(Blobs { store: Arc::new(AmazonS3Builder::from_env().with_url(url).build()?), folder: None })
    }

    /// Puts the bytes where nothing lies yet and reads them back: what this returns without an error is kept. What lies
    /// there is never written over: that is [`Lost::Taken`].
    pub async fn put_new(&self, name: Name, bytes: &[u8]) -> Result<(), Lost> {
        self.write(name, bytes, PutMode::Create).await
    }

    /// As [`Blobs::put_new`], over what lies there: for a restore.
    pub async fn put(&self, name: Name, bytes: &[u8]) -> Result<(), Lost> {
        self.write(name, bytes, PutMode::Overwrite).await
    }

    async fn write(&self, name: Name, bytes: &[u8], mode: PutMode) -> Result<(), Lost> {
        let key = name.key();
        match self.store.put_opts(&key, PutPayload::from(bytes.to_vec()), mode.into()).await {
            Ok(_) => {}
            Err(object_store::Error::AlreadyExists { .. }) => return Err(Lost::Taken(key.to_string())),
            Err(error) => return Err(error.into()),
        }
        let back = self.store.get(&key).await?.bytes().await?;
        if Sha256::digest(&back) == Sha256::digest(bytes) { Ok(()) } else { Err(Lost::Changed(key.to_string())) }
    }

    pub async fn get(&self, name: Name) -> Result<Vec<u8>, Lost> {
        let key = name.key();
        match self.store.get(&key).await {
            Ok(found) => Ok(found.bytes().await?.to_vec()),
            Err(object_store::Error::NotFound { .. }) => Err(Lost::Missing(key.to_string())),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes away every lot of bytes of a file. What is not there is gone already.
    pub async fn forget(&self, file: Uuid) -> Result<(), Lost> {
        for name in self.of_file(file).await? {
            match self.store.delete(&name.key()).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn of_file(&self, file: Uuid) -> Result<Vec<Name>, Lost> {
        let own = Name::Original(file).key();
        let Some(prefix) = own.as_ref().strip_suffix("/original") else { return Ok(Vec::new()) };
        collect(self.store.list(Some(&Key::from(prefix)))).await
    }

    /// Takes away what a kill left half written of the files that `is_left` says; how many lots.
    pub fn forget_unfinished(&self, is_left: impl Fn(Uuid) -> bool) -> Result<usize, Lost> {
        let Some(folder) = &self.folder else { return Ok(0) };
        let mut gone = 0;
        for around in folders(folder)? {
            for file in folders(&around)? {
                let id = file.file_name().and_then(|name| Uuid::try_parse(name.to_str()?).ok());
                if !id.is_some_and(&is_left) {
                    continue;
                }
                for entry in fs::read_dir(&file)? {
                    let entry = entry?;
                    if entry.file_name().to_string_lossy().contains(UNFINISHED) {
                        fs::remove_file(entry.path())?;
                        gone += 1;
                    }
                }
                // Nothing else in it: it goes too.
                drop(fs::remove_dir(&file));
            }
        }
        Ok(gone)
    }

    /// Every lot of bytes there is, in no order; names that are not ours are left out.
    pub async fn all(&self) -> Result<Vec<Name>, Lost> {
        collect(self.store.list(None)).await
    }
}

fn folders(at: &Path) -> std::io::Result<Vec<PathBuf>> {
    let all: std::io::Result<Vec<PathBuf>> = fs::read_dir(at)?.map(|entry| Ok(entry?.path())).collect();
    Ok(all?.into_iter().filter(|path| path.is_dir()).collect())
}

async fn collect(
    mut listed: impl Stream<Item = object_store::Result<object_store::ObjectMeta>> + Unpin,
) -> Result<Vec<Name>, Lost> {
    let mut names = Vec::new();
    while let Some(meta) = std::future::poll_fn(|context| std::pin::Pin::new(&mut listed).poll_next(context)).await {
        names.extend(Name::of(&meta?.location));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(n: u128) -> Uuid {
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
    }

    #[tokio::test]
    async fn what_was_put_is_read_listed_and_forgotten_by_file() {
        let around = tempfile::tempdir().unwrap();
        let blobs = Blobs::folder(&around.path().join("files")).unwrap();
        let names = [Name::Original(file(1)), Name::Rendition(file(1), 0, 800), Name::Original(file(2))];
        for name in names {
            blobs.put_new(name, format!("{name:?}").as_bytes()).await.unwrap();
            assert_eq!(blobs.get(name).await.unwrap(), format!("{name:?}").into_bytes());
        }
        assert!(matches!(blobs.put_new(names[0], b"over it").await, Err(Lost::Taken(_))));
        assert_eq!(blobs.get(names[0]).await.unwrap(), format!("{:?}", names[0]).into_bytes(), "it lies there still");
        fs::write(around.path().join("files/notes.txt"), "not ours").unwrap();
        let mut all = blobs.all().await.unwrap();
        all.sort();
        assert_eq!(all, {
            let mut names = names.to_vec();
            names.sort();
            names
        });
        let half = around.path().join("files").join(names[0].path() + "#1");
        fs::write(&half, "half").unwrap();
        assert_eq!(blobs.all().await.unwrap().len(), 3, "half a file is none");
        assert_eq!(blobs.forget_unfinished(|id| id == file(2)).unwrap(), 0);
        assert_eq!(blobs.forget_unfinished(|id| id == file(1)).unwrap(), 1);
        assert!(!half.exists() && blobs.get(names[0]).await.is_ok());
        blobs.forget(file(1)).await.unwrap();
        blobs.forget(file(1)).await.unwrap();
        assert_eq!(blobs.all().await.unwrap(), [Name::Original(file(2))]);
        assert!(matches!(blobs.get(names[0]).await, Err(Lost::Missing(_))));
    }
}
