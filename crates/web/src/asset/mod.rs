//! Built CSS, JS and pictures: embedded in a release, read from `dist/` in a debug build.

mod embedded;
pub mod serve;

use axum::body::Bytes;
use std::{collections::BTreeMap, io, path::Path};

/// One file under its hashed name, with the compressed forms that the build put beside it.
pub struct Asset {
    pub bytes: Bytes,
    pub brotli: Option<Bytes>,
    pub gzip: Option<Bytes>,
    pub kind: &'static str,
}

/// Every file, and the map from plain names to hashed ones.
pub struct Assets {
    files: BTreeMap<String, Asset>,
    names: BTreeMap<String, String>,
}

impl Assets {
    /// Without built files the start stops with the command that makes them.
    pub fn load(dist: &Path) -> io::Result<Assets> {
        let mut files: BTreeMap<String, Bytes> =
            embedded::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))).collect();
        let missing = |what: &str| {
            let words = format!("{what} is missing: run `npm ci --ignore-scripts && npm run build` first");
            io::Error::new(io::ErrorKind::NotFound, words)
        };
        if files.is_empty() {
            for entry in std::fs::read_dir(dist).map_err(|_| missing("dist/"))? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    files.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?.into());
                }
            }
        }
        let meta = files.remove("meta.json").ok_or_else(|| missing("dist/meta.json"))?;
        let names: BTreeMap<String, String> = serde_json::from_slice(&meta).map_err(io::Error::other)?;
        let mut assets = BTreeMap::new();
        for name in names.values() {
            let bytes = files.remove(name).ok_or_else(|| missing(name))?;
            let brotli = files.remove(&format!("{name}.br"));
            let gzip = files.remove(&format!("{name}.gz"));
            assets.insert(name.clone(), Asset { bytes, brotli, gzip, kind: kind(name) });
        }
        Ok(Assets { files: assets, names })
    }

    pub fn get(&self, hashed: &str) -> Option<&Asset> {
        self.files.get(hashed)
    }

    /// The address of a file by its plain name.
    pub fn url(&self, plain: &str) -> String {
        format!("/assets/{}", self.names.get(plain).map_or(plain, String::as_str))
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
