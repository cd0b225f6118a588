//! What is in a backup, sealed with a hash of itself, so that a changed byte of it shows too.

use super::{FORMAT, MANIFEST, row};
use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};
use store::{Kind, backup::Carried};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u64,
    pub made_at: String,
    /// The version of the program that made it.
    pub program: String,
    pub schema: Vec<Migration>,
    pub log: Log,
    /// In the order in which they must be filled.
    pub tables: Vec<Table>,
    /// How many files SHA256SUMS names, and its own hash.
    pub files: u64,
    pub sums: String,
}

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    pub n: i64,
    pub sha256: String,
}

/// The ledger at the time of the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub name: Option<String>,
    pub leaves: i64,
    /// Entries that were not sealed yet.
    pub waiting: i64,
    /// The newest that was signed.
    pub checkpoint: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: u64,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    pub kind: String,
}

#[derive(Serialize)]
struct Sealed<'m> {
    manifest: &'m Manifest,
    sha256: String,
}

impl Manifest {
    /// The file, byte for byte.
    pub fn text(&self) -> Result<String> {
        let sha256 = hex(&Sha256::digest(serde_json::to_string(self)?));
        Ok(serde_json::to_string_pretty(&Sealed { manifest: self, sha256 })? + "\n")
    }

    /// Reads the manifest of a folder; the message says what is wrong with it.
    pub fn read(dir: &Path) -> Result<Manifest> {
        let path = dir.join(MANIFEST);
        let bytes =
            fs::read(&path).with_context(|| format!("{} is no whole backup: cannot read {MANIFEST}", dir.display()))?;
        let damaged = || format!("{} is damaged", path.display());
        let sealed: Json = serde_json::from_slice(&bytes).with_context(damaged)?;
        let inner = sealed.get("manifest").with_context(damaged)?;
        match inner.get("format").and_then(Json::as_u64) {
            Some(FORMAT) => {}
            Some(later) if later > FORMAT => {
                bail!("{} is of format {later}; this program knows formats up to {FORMAT}", path.display())
            }
            _ => bail!("{}: it has no format", damaged()),
        }
        let manifest = Manifest::deserialize(inner).with_context(damaged)?;
        if manifest.text()?.as_bytes() != bytes {
            bail!("{}: its own hash is another", damaged());
        }
        Ok(manifest)
    }

    pub fn migrations(&self) -> Result<Vec<(i64, Vec<u8>)>> {
        let one = |one: &Migration| Ok((one.n, HEXLOWER.decode(one.sha256.as_bytes()).context(MANIFEST)?));
        self.schema.iter().map(one).collect()
    }
}

impl Table {
    pub fn of(table: &Carried) -> Table {
        let column = |(name, kind): &(String, Kind)| Column { name: name.clone(), kind: row::kind_name(*kind).into() };
        Table { name: table.name.clone(), columns: table.columns.iter().map(column).collect(), rows: 0, bytes: 0 }
    }

    pub fn kinds(&self) -> Result<Vec<Kind>> {
        let unknown = |column: &Column| format!("{MANIFEST}: {}.{} is of an unknown kind", self.name, column.name);
        self.columns.iter().map(|column| row::kind_named(&column.kind).with_context(|| unknown(column))).collect()
    }
}

pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}
