//! Built CSS, JS and pictures: embedded in a release, read from `dist/` in a debug build.

mod embedded;
pub mod serve;

use std::{collections::BTreeMap, io, path::Path};

/// One file under its hashed name.
pub struct Asset {
    pub bytes: std::borrow::Cow<'static, [u8]>,
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
        let mut files: BTreeMap<String, std::borrow::Cow<'static, [u8]>> =
            embedded::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), (*bytes).into())).collect();
        if files.is_empty() {
            let missing = |_| io::Error::new(io::ErrorKind::NotFound, "dist/ is not built: run `make dist` first");
            for entry in std::fs::read_dir(dist).map_err(missing)? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    files.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?.into());
                }
            }
        }
        let meta = files.remove("meta.json").ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, "dist/meta.json is missing: run `make dist` first")
        })?;
        let names = serde_json::from_slice(&meta).map_err(io::Error::other)?;
        let files = files
            .into_iter()
            .map(|(name, bytes)| {
                let kind = kind(&name);
                (name, Asset { bytes, kind })
            })
            .collect();
        Ok(Assets { files, names })
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
