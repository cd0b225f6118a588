//! Built CSS, JS and pictures, and the fonts of papers: embedded in a release, read from `dist/` in a debug build.

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
    paper: PaperFonts,
}

/// The fonts of papers, TrueType. For us alone: no address leads to them.
pub struct PaperFonts {
    pub regular: Bytes,
    pub bold: Bytes,
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
        let mut font = |name: &str| files.remove(name).ok_or_else(|| missing(&format!("dist/{name}")));
        let paper = PaperFonts { regular: font("paper-regular.ttf")?, bold: font("paper-bold.ttf")? };
        let mut assets = BTreeMap::new();
        for name in names.values() {
            let bytes = files.remove(name).ok_or_else(|| missing(name))?;
            let brotli = files.remove(&format!("{name}.br"));
            let gzip = files.remove(&format!("{name}.gz"));
            assets.insert(name.clone(), Asset { bytes, brotli, gzip, kind: kind(name) });
        }
        Ok(Assets { files: assets, names, paper })
    }

    pub fn get(&self, hashed: &str) -> Option<&Asset> {
        self.files.get(hashed)
    }

    pub fn paper_fonts(&self) -> &PaperFonts {
        &self.paper
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

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, files: &[(&str, &str)]) -> io::Result<Assets> {
        let dist = std::env::temp_dir().join(format!("moothall-assets-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dist)?;
        for (name, text) in files {
            std::fs::write(dist.join(name), text)?;
        }
        let assets = Assets::load(&dist);
        std::fs::remove_dir_all(&dist)?;
        assets
    }

    const ONE: [(&str, &str); 2] = [("meta.json", r#"{ "a.css": "a-1.css" }"#), ("a-1.css", "a")];
    const FONTS: [(&str, &str); 2] = [("paper-regular.ttf", "r"), ("paper-bold.ttf", "b")];

    // A release has its files inside and looks at no folder.
    #[cfg(debug_assertions)]
    #[test]
    fn the_fonts_of_papers_are_at_hand_and_served_to_nobody() {
        let assets = with("all", &[ONE, FONTS].concat()).unwrap();
        assert_eq!((&assets.paper_fonts().regular[..], &assets.paper_fonts().bold[..]), (&b"r"[..], &b"b"[..]));
        assert!(assets.get("a-1.css").is_some());
        assert!(assets.get("paper-regular.ttf").is_none() && assets.get("paper-bold.ttf").is_none());
    }

    #[cfg(debug_assertions)]
    #[test]
    fn a_font_that_was_not_built_stops_the_start_with_the_command_that_makes_it() {
        let said = with("few", &ONE).err().unwrap().to_string();
        assert!(said.contains("dist/paper-regular.ttf") && said.contains("npm run build"), "{said}");
    }
}
