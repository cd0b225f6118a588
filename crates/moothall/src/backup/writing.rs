//! The folder while it is being written: every file on disk with its hash noted, the whole renamed last.

use super::{MANIFEST, SUMS, manifest::Manifest, manifest::hex};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, BufWriter, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Such a folder is no backup: one is being written, or was cut off.
const UNFINISHED: &str = ".unfinished";

pub struct Writing {
    to: PathBuf,
    at: PathBuf,
    folders: BTreeSet<PathBuf>,
    sums: Out,
    files: u64,
    bytes: u64,
    ended: bool,
}

/// A file, hashed while it is written.
pub struct Out {
    path: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Writing {
    /// Personal data lie in it: nobody but its owner may read it.
    pub fn begin(to: &Path) -> Result<Writing> {
        if to.symlink_metadata().is_ok() {
            bail!("{} is there already: a backup is never written over", to.display());
        }
        let mut at = to.to_owned().into_os_string();
        at.push(UNFINISHED);
        let at = PathBuf::from(at);
        DirBuilder::new().mode(0o700).create(&at).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => anyhow::anyhow!(
                "{} is there: another backup is being written, or was cut off; remove it if none is",
                at.display()
            ),
            _ => anyhow::Error::new(error).context(format!("cannot make {}", at.display())),
        })?;
        let begun = Out::create(at.join(SUMS));
        let sums = begun.inspect_err(|_| drop(fs::remove_dir_all(&at)))?;
        let folders = BTreeSet::from([at.clone()]);
        Ok(Writing { to: to.to_owned(), at, folders, sums, files: 0, bytes: 0, ended: false })
    }

    /// A file to be written; it counts once it is given to [`Writing::keep`].
    pub fn file(&mut self, name: &str) -> Result<Out> {
        let path = self.at.join(name);
        if let Some(parent) = path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(parent).with_context(|| shown(parent))?;
            self.folders.extend(parent.ancestors().take_while(|at| at.starts_with(&self.at)).map(Path::to_owned));
        }
        Out::create(path)
    }

    /// Ends a file: it is on disk, and its hash noted. Its size.
    pub fn keep(&mut self, name: &str, mut out: Out) -> Result<u64> {
        let (bytes, hash) = (out.bytes, out.sync()?);
        self.sums.put(format!("{hash}  {name}\n").as_bytes())?;
        self.files += 1;
        self.bytes += bytes;
        Ok(bytes)
    }

    /// A file from something that can be read.
    pub fn copy(&mut self, name: &str, mut from: impl Read) -> Result<u64> {
        let mut out = self.file(name)?;
        let mut part = vec![0; 256 * 1024];
        loop {
            match from.read(&mut part).with_context(|| format!("cannot read {name}"))? {
                0 => return self.keep(name, out),
                n => out.put(&part[..n])?,
            }
        }
    }

    /// Writes the manifest and gives the folder its name; files and bytes in all.
    pub fn end(mut self, mut manifest: Manifest) -> Result<(u64, u64)> {
        manifest.files = self.files;
        manifest.sums = self.sums.sync()?;
        let mut last = Out::create(self.at.join(MANIFEST))?;
        last.put(manifest.text()?.as_bytes())?;
        last.sync()?;
        // A name is durable once its folder is; the deepest first.
        for folder in self.folders.iter().rev() {
            synced(folder)?;
        }
        if self.to.symlink_metadata().is_ok() {
            bail!("{} has appeared meanwhile", self.to.display());
        }
        fs::rename(&self.at, &self.to).with_context(|| format!("cannot rename to {}", self.to.display()))?;
        self.ended = true;
        let around = self.to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        synced(around)?;
        Ok((self.files, self.bytes))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.ended {
            // Whatever broke it off, a full disk gets its room back.
            let _ = fs::remove_dir_all(&self.at);
        }
    }
}

impl Out {
    fn create(path: PathBuf) -> Result<Out> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let file = BufWriter::with_capacity(256 * 1024, file.with_context(|| shown(&path))?);
        Ok(Out { path, file, hash: Sha256::new(), bytes: 0 })
    }

    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).with_context(|| shown(&self.path))
    }

    /// On disk; its hash.
    fn sync(&mut self) -> Result<String> {
        self.file.flush().and_then(|()| self.file.get_ref().sync_all()).with_context(|| shown(&self.path))?;
        Ok(hex(&self.hash.finalize_reset()))
    }
}

fn shown(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

fn synced(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| shown(folder))
}
