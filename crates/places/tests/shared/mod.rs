//! Real open data beside the repository; tests that need it pass over where it is absent.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

fn path(folder: &str, file: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder).join(file);
    if !path.exists() {
        eprintln!("skipped: ../shared/data/{folder} is absent");
        return None;
    }
    Some(path)
}

pub fn open(folder: &str, file: &str) -> Option<BufReader<File>> {
    path(folder, file).map(|path| BufReader::new(File::open(path).unwrap()))
}

pub fn bytes(folder: &str, file: &str) -> Option<Vec<u8>> {
    path(folder, file).map(|path| std::fs::read(path).unwrap())
}
