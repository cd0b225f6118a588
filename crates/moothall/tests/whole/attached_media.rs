//! Real pictures and hostile files, through the whole program: what is kept is kept byte for byte, what is refused is refused
//! in words, and nothing else is harmed. And a disk that is full while photos come.

use crate::{
    attach::GIF,
    client::Client,
    copies,
    database::{Database, shortest},
    disk::Small,
    folder::{Folder, shared},
    pictures::files,
    race::{browser, path},
    server::{Server, stopwatch},
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::Path, process::Command, time::Duration};

/// Far longer than one picture may take.
const PATIENCE: Duration = Duration::from_secs(25);

fn upload(server: &Server, bytes: &[u8]) -> (u16, Json) {
    let answer = Client::new(server.at).post_bytes("/api/v1/uploads", "application/octet-stream", bytes).unwrap();
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

/// The bytes as they lie, and the two pictures beside them, by the hash of the original.
fn kept(folder: &Folder) -> BTreeMap<String, (Vec<u8>, Vec<Vec<u8>>)> {
    let at = folder.data.join("files");
    let mut found: BTreeMap<String, (Vec<u8>, Vec<Vec<u8>>)> = BTreeMap::new();
    let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in copies::files(&at) {
        by_file.entry(name.rsplit_once('/').unwrap().0.to_owned()).or_default().push(name);
    }
    for names in by_file.into_values() {
        let (originals, pictures): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.ends_with("/original"));
        let read = |name: &String| fs::read(at.join(name)).unwrap();
        let original = read(&originals[0]);
        found.insert(hex(&original), (original, pictures.iter().map(read).collect()));
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Names of metadata that exiftool finds in a picture, without those of the file and of its pixels.
fn metadata(picture: &Path) -> Option<Vec<String>> {
    let output = Command::new("exiftool").args(["-j", "-G"]).arg(picture).output().ok()?;
    let read: Json = serde_json::from_slice(&output.stdout).ok()?;
    let plain = ["SourceFile", "ExifTool:", "File:", "Composite:ImageSize", "Composite:Megapixels", "JFIF:"];
    let names = read[0].as_object()?.keys().filter(|name| !plain.iter().any(|plain| name.starts_with(plain)));
    Some(names.cloned().collect())
}

#[test]
fn real_photos_are_kept_byte_for_byte_and_shown_without_what_they_say() {
    let Some(images) = shared("images") else { return };
    let folder = Folder::new();
    let server = folder.start();
    let (mut photos, mut checked) = (0, 0);
    for path in files(&images) {
        let bytes = fs::read(&path).unwrap();
        let (status, said) = upload(&server, &bytes);
        let is_heic = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("heic"));
        if status == 422 && is_heic && said["errors"][0]["code"] == "file.format" {
            println!("skipped: {} needs libheif", path.display());
            continue;
        }
        assert_eq!(status, 201, "{}: {said}", path.display());
        assert_eq!(said["sha256"], hex(&bytes), "{}", path.display());
        let kept = kept(&folder);
        let (original, pictures) = &kept[&hex(&bytes)];
        assert_eq!(*original, bytes, "{}", path.display());
        assert_eq!(pictures.len(), 2);
        for picture in pictures {
            let shown = folder.beside("shown.jpg");
            fs::write(&shown, picture).unwrap();
            if let Some(names) = metadata(&shown) {
                assert_eq!(names, Vec::<String>::new(), "{}", path.display());
                checked += 1;
            }
        }
        photos += 1;
    }
    assert!(photos >= 17, "{photos}");
    println!("proof: {photos} real photos kept byte for byte; exiftool finds nothing in {checked} pictures of them");
}

#[test]
fn hostile_files_end_in_words_within_their_limits_and_harm_nothing() {
    let Some(malformed) = shared("malformed-media") else { return };
    let folder = Folder::new();
    let server = folder.start();
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    for path in files(&malformed) {
        let bytes = fs::read(&path).unwrap();
        let began = stopwatch();
        let (status, said) = upload(&server, &bytes);
        slowest = slowest.max(began.elapsed());
        let code = said["errors"][0]["code"].as_str().unwrap_or_default().to_owned();
        let outcome = match status {
            201 => format!("taken as {}", said["media"].as_str().unwrap()),
            422 if !said["errors"][0]["words"].as_str().unwrap_or_default().is_empty() => code,
            400 | 413 => status.to_string(),
            other => panic!("{}: {other} {said}", path.display()),
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    assert!(slowest < PATIENCE, "{slowest:?}");
    // Video is taken as it is and never decoded here; a page or a drawing that a browser could run is not taken.
    assert!(!outcomes.keys().any(|taken| taken.contains("svg") || taken.contains("html")), "{outcomes:?}");
    assert_eq!(upload(&server, GIF).0, 201, "a good one still goes");
    assert!(!server.log().contains("panicked"), "{}", server.log());
    println!("proof: hostile files: {outcomes:?}; slowest {slowest:.0?}");
}

#[test]
fn a_disk_that_fills_up_refuses_photos_in_words_and_keeps_what_was_acknowledged() {
    let folder = Folder::bare(None);
    let Some(small) = Small::over(&folder, 48) else {
        println!("skipped: this test may not mount a small file system");
        return;
    };
    folder.done(&["migrate"]);
    let token = Database::of(&folder).prepare(1, &shortest()).remove(0);
    let server = folder.start();
    let mut client = browser(server.at, &token);
    let mut add = || client.upload(&path("files/photos"), "photos.new", "a.gif", GIF).unwrap();
    assert_eq!(add().status, 200);
    small.fill();
    for _ in 0..3 {
        let refused = add();
        assert_eq!(refused.status, 503, "{}", refused.words());
    }
    small.free();
    assert_eq!(add().status, 200);
    let page = browser(server.at, &token).get(&path("q/photos")).unwrap();
    assert_eq!(page.body.matches("name=\"photos.remove\"").count(), 2, "{}", page.words());
    assert!(!server.log().contains("panicked"), "{}", server.log());
}
