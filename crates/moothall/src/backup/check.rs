//! Reads a backup to its last byte before anything is restored from it; what is wrong with which file is said by name.

use super::{MANIFEST, PAGE, SUMS, manifest, manifest::Manifest, manifest::hex, progress, row, rows_of};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};
use store::backup::Cells;

/// Longer than any row there is: an outline of an area has a few megabytes.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

pub struct Backup {
    pub dir: PathBuf,
    pub manifest: Manifest,
    /// Every other file and its hash.
    pub files: BTreeMap<String, String>,
}

impl Backup {
    /// Reads what is in it; the files themselves are read by [`Backup::check`].
    pub fn open(dir: &Path) -> Result<Backup> {
        let manifest = Manifest::read(dir)?;
        let path = dir.join(SUMS);
        if hashed(&path)? != manifest.sums {
            bail!("{} is damaged: its hash is not the one in {MANIFEST}", path.display());
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut files = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let named = line.split_once("  ").filter(|(sum, name)| sum.len() == 64 && leads_inside(name));
            let (sum, name) = named.with_context(|| format!("{}: line {} is damaged", path.display(), at + 1))?;
            files.insert(name.to_owned(), sum.to_owned());
        }
        if files.len() as u64 != manifest.files {
            bail!("{} names {} files, {MANIFEST} says {}", path.display(), files.len(), manifest.files);
        }
        Ok(Backup { dir: dir.to_owned(), manifest, files })
    }

    /// Every file against its hash, every row against its columns, every table against its count.
    pub fn check(&self) -> Result<()> {
        self.manifest.tables.iter().try_for_each(|table| self.rows(table, |_| Ok(())))?;
        for (name, sum) in self.files.iter().filter(|(name, _)| !name.starts_with("tables/")) {
            let path = self.dir.join(name);
            if hashed(&path)? != *sum {
                bail!("{} is damaged: its hash is not the one in {SUMS}", path.display());
            }
        }
        Ok(())
    }

    /// A small file, as it was written.
    pub fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.dir.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        match self.files.get(name) {
            Some(sum) if *sum == hex(&Sha256::digest(&bytes)) => Ok(bytes),
            _ => bail!("{} is damaged: its hash is not the one in {SUMS}", path.display()),
        }
    }

    /// Hands over the rows of a table, a page at a time; an error where the file is not what was written.
    pub fn rows(&self, table: &manifest::Table, mut take: impl FnMut(Vec<Cells>) -> Result<()>) -> Result<()> {
        let (name, kinds) = (rows_of(&table.name), table.kinds()?);
        let path = self.dir.join(&name);
        let damaged = |why: &str| format!("{} is damaged: {why}", path.display());
        let mut from = BufReader::new(File::open(&path).with_context(|| format!("cannot read {}", path.display()))?);
        let (mut hash, mut rows, mut bytes) = (Sha256::new(), 0, 0);
        let (mut line, mut page) = (Vec::new(), Vec::new());
        loop {
            line.clear();
            let n =
                from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).with_context(|| damaged("unreadable"))?;
            if n == 0 {
                break;
            }
            hash.update(&line);
            (rows, bytes) = (rows + 1, bytes + n as u64);
            let cells = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
            let cells = cells.and_then(|line| row::read(line, &kinds));
            page.push(cells.with_context(|| damaged(&format!("line {rows} is no row of this table")))?);
            if page.len() == PAGE {
                take(std::mem::take(&mut page))?;
                progress(&table.name, rows);
            }
        }
        if !page.is_empty() {
            take(page)?;
        }
        if (rows, bytes) != (table.rows, table.bytes) {
            bail!(damaged(&format!(
                "it has {rows} rows and {bytes} bytes, {MANIFEST} says {} and {}",
                table.rows, table.bytes
            )));
        }
        let sum = hex(&hash.finalize());
        if self.files.get(&name) != Some(&sum) {
            bail!(damaged(&format!("its hash is not the one in {SUMS}")));
        }
        Ok(())
    }
}

/// Letters, digits, dots and hyphens between slashes; no step upwards.
fn leads_inside(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    name.split('/').all(part)
}

fn hashed(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut hash, mut part) = (Sha256::new(), vec![0; 256 * 1024]);
    loop {
        match file.read(&mut part).with_context(|| format!("cannot read {}", path.display()))? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&part[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::leads_inside;

    #[test]
    fn a_name_that_leads_out_of_the_folder_is_none() {
        for name in ["tables/report.ndjson", "ledger/tile/0/000.p/3", "ledger/tile/0/x001/067", "basemap-1.pmtiles"] {
            assert!(leads_inside(name), "{name}");
        }
        for name in ["", "/etc/passwd", "../secret.key", "a/../b", "a//b", "a/", "./a", "a b", "a\\b", "a/.hidden"] {
            assert!(!leads_inside(name), "{name}");
        }
    }
}
