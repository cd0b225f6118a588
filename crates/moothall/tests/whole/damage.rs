//! Whatever is wrong with a backup is named before anything is restored from it.

use crate::{backup::lived, copies, database::Database, folder::Folder};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

struct Spoilt {
    dir: PathBuf,
    into: Folder,
    tried: usize,
}

impl Spoilt {
    /// Restoring is refused, with these words, and nothing was written.
    fn named(&mut self, words: &[&str]) {
        let said = self.into.refused(&["restore", &self.dir.display().to_string()]);
        for word in words {
            assert!(said.contains(word), "{word:?} is not in {said}");
        }
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(fs::read_dir(&self.into.data).unwrap().count(), 0, "{said}");
        self.tried += 1;
    }

    /// As [`Spoilt::named`], with a file that is other than it was.
    fn with(&mut self, name: &str, bytes: Option<&[u8]>, words: &[&str]) {
        let path = self.dir.join(name);
        let good = fs::read(&path).unwrap();
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        self.named(words);
        fs::write(&path, good).unwrap();
    }

    /// With a manifest that somebody has changed and sealed again.
    fn sealed(&mut self, change: impl Fn(&mut Json), words: &[&str]) {
        let mut manifest = copies::manifest(&self.dir);
        change(&mut manifest);
        self.with("manifest.json", Some(sealed(&manifest).as_bytes()), words);
    }
}

fn sealed(manifest: &Json) -> String {
    let sha256: String = Sha256::digest(manifest.to_string()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{:#}\n", json!({ "manifest": manifest, "sha256": sha256 }))
}

fn spoilt() -> (Folder, Spoilt) {
    let folder = Folder::new();
    lived(&folder, 5);
    let (dir, _) = copies::take(&folder, "copy", &["--with-keys"]);
    (folder, Spoilt { dir, into: Folder::bare(None), tried: 0 })
}

#[test]
fn a_byte_that_was_changed_a_line_that_was_cut_and_a_file_that_is_missing_are_named() {
    let (_folder, mut spoilt) = spoilt();
    let files = copies::files(&spoilt.dir);
    assert!(files.len() > 30, "{files:?}");
    for name in &files {
        let good = fs::read(spoilt.dir.join(name)).unwrap();
        let mut more = good.clone();
        more.extend_from_slice(b"x");
        spoilt.with(name, Some(&more), &[name]);
        spoilt.with(name, None, &[name]);
        if !good.is_empty() {
            let mut changed = good.clone();
            changed[good.len() / 2] ^= 1;
            spoilt.with(name, Some(&changed), &[name]);
            spoilt.with(name, Some(&good[..good.len() - 1]), &[name]);
        }
    }
    println!("proof: {} damages of a backup, each named with its file before anything was written", spoilt.tried);
    copies::restore(&spoilt.dir.clone(), &spoilt.into, &[]);
}

#[test]
fn a_manifest_that_does_not_fit_is_named() {
    let (_folder, mut spoilt) = spoilt();
    let at = copies::manifest(&spoilt.dir)["tables"].as_array().unwrap().iter().position(|t| t["name"] == "report");
    let at = at.unwrap();
    spoilt.sealed(|manifest| manifest["format"] = json!(2), &["manifest.json is of format 2"]);
    spoilt.sealed(|manifest| manifest["format"] = json!("1"), &["manifest.json is damaged"]);
    spoilt.sealed(|manifest| manifest["tables"][at]["rows"] = json!(8), &["report.ndjson", "8"]);
    spoilt.sealed(|manifest| manifest["tables"][at]["columns"][0]["kind"] = json!("int"), &["report.ndjson", "line 1"]);
    spoilt.sealed(|manifest| manifest["tables"][at]["columns"][0]["kind"] = json!("colour"), &["report.id"]);
    spoilt.sealed(|manifest| manifest["tables"][at]["name"] = json!("../report"), &["report.ndjson"]);
    spoilt.sealed(|manifest| manifest["files"] = json!(3), &["SHA256SUMS"]);
    spoilt.sealed(|manifest| manifest["more"] = json!(3), &["manifest.json is damaged"]);
    let migration = |n: i64| json!({ "n": n, "sha256": "00".repeat(32) });
    spoilt.sealed(|m| m["schema"].as_array_mut().unwrap().push(migration(999)), &["migration 999 is newer"]);
    spoilt.sealed(|m| m["schema"][0] = migration(1), &["migration 1 has changed"]);
    let text = fs::read_to_string(spoilt.dir.join("manifest.json")).unwrap();
    spoilt.with("manifest.json", Some(text.replacen("  ", " ", 1).as_bytes()), &["manifest.json is damaged"]);
    spoilt.with("manifest.json", Some(b"{}"), &["manifest.json is damaged"]);
    spoilt.with("manifest.json", Some(b"\xff"), &["manifest.json is damaged"]);
}

#[test]
fn a_backup_without_one_of_its_tables_fills_nothing() {
    let (_folder, spoilt) = spoilt();
    let mut manifest = copies::manifest(&spoilt.dir);
    manifest["tables"].as_array_mut().unwrap().pop();
    fs::write(spoilt.dir.join("manifest.json"), sealed(&manifest)).unwrap();
    let said = spoilt.into.refused(&["restore", &spoilt.dir.display().to_string()]);
    assert!(said.contains("the tables of the backup are not those of its schema"), "{said}");
    assert_eq!(Database::of(&spoilt.into).reports(), 0);
}

#[test]
fn what_is_no_backup_is_said_to_be_none() {
    let folder = Folder::bare(None);
    for place in [folder.beside("nowhere"), folder.data.clone(), PathBuf::from("/dev/null")] {
        let said = folder.refused(&["restore", &place.display().to_string()]);
        assert!(said.contains("is no whole backup") && said.contains("manifest.json"), "{said}");
    }
    let cut = Path::new(folder.data.as_path()).join("x");
    assert!(!cut.exists());
}
