//! Pictures developed by the real limited child, started as the server starts it.

mod cost;
mod hostile;
mod made;
mod parent;
mod real;
mod shown;

use crate::folder::BINARY;
use custody::{Decoder, decode::Limits};
use picture::{Developed, Fault, Media, Order};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub fn decoder(limits: Limits) -> Decoder {
    Decoder::child(PathBuf::from(BINARY), limits)
}

pub fn order(media: Media, longest: &[u32]) -> Order {
    Order { media, longest: longest.to_vec(), black: Vec::new(), most_pixels: 50_000_000 }
}

pub fn develop(decoder: &Decoder, order: &Order, original: &[u8]) -> Result<Developed, Fault> {
    // A child of its own for each test: what is killed is this test's.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(decoder.develop(order, original))
}

/// The files of a folder and of those in it, in order, but for what says where they are from.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().is_some_and(|name| name != "SOURCE.txt") {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub fn is_installed(programs: &[&str]) -> bool {
    let is_there = programs.iter().any(|program| Command::new(program).arg("--help").output().is_ok());
    if !is_there {
        println!("skipped: {} is absent", programs.join(" or "));
    }
    is_there
}

/// How many of what.
pub fn counted(all: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}
