//! What a browser loads holds nothing of the government's brand (FONT-6), and no library that nobody chose.

use std::{fs, path::Path};

use crate::{found::Found, repository::Repository};

const BRAND: [&str; 5] = ["GDS Transport", "@font-face", "govuk-crest", "govuk-footer__crown", "govuk-logotype"];
/// Marks of moment.js that survive a minifier. The MOJ package asks for it; no script of ours takes it along.
const MOMENT: [&str; 2] = ["_isAMomentObject", "momentjs.com"];

/// # Errors
/// When a built file cannot be read.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    let ci = std::env::var_os("CI").is_some();
    folder(&repository.root.join("dist"), ci)
}

fn folder(dist: &Path, must_be_there: bool) -> anyhow::Result<Found> {
    let mut found = Found::default();
    if !dist.is_dir() {
        if must_be_there {
            found.fault("dist", 0, "is absent: scripts/assets.sh builds it");
        }
        found.note("skipped: dist/ is absent");
        return Ok(found);
    }
    let mut count = 0;
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if !path.extension().is_some_and(|end| end == "css" || end == "js") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        count += 1;
        for word in BRAND.iter().chain(&MOMENT).filter(|word| text.contains(**word)) {
            found.fault(
                &format!("dist/{}", path.file_name().unwrap_or_default().to_string_lossy()),
                0,
                format!("holds {word}"),
            );
        }
    }
    if count == 0 {
        found.fault("dist", 0, "holds no CSS and no JavaScript");
    }
    found.note(format!("{count} built files"));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let dist = std::env::temp_dir().join(format!("moothall-built-{}-{name}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        for (name, text) in files {
            fs::write(dist.join(name), text).unwrap();
        }
        let found = folder(&dist, true).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        found.faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_brand_that_is_not_ours_is_found() {
        assert_eq!(with("brand", &[("a.css", "@font-face{}"), ("b.js", "1")]), ["dist/a.css: holds @font-face"]);
    }

    #[test]
    fn a_library_nobody_chose_is_found() {
        assert_eq!(with("library", &[("a.js", "x._isAMomentObject")]), ["dist/a.js: holds _isAMomentObject"]);
    }

    #[test]
    fn clean_files_hold_and_an_empty_folder_does_not() {
        assert!(with("clean", &[("a.css", "body{}"), ("notes.txt", "GDS Transport")]).is_empty());
        assert_eq!(with("empty", &[]), ["dist: holds no CSS and no JavaScript"]);
    }

    #[test]
    fn an_absent_folder_is_a_fault_only_where_it_must_be_there() {
        let gone = Path::new("/nowhere/dist");
        assert_eq!((folder(gone, true).unwrap().faults.len(), folder(gone, false).unwrap().faults.len()), (1, 0));
    }
}
