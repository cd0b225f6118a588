//! Backups as folders: taken, restored, read line by line.

use crate::{client::Client, folder::Folder, race::path, server::Server};
use serde_json::Value as Json;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Takes a backup of the house into a folder beside it; the folder, and what was said.
pub fn take(folder: &Folder, name: &str, more: &[&str]) -> (PathBuf, String) {
    let to = folder.beside(name);
    let said = folder.done(&[&["backup", &to.display().to_string()], more].concat());
    (to, said)
}

pub fn restore(from: &Path, into: &Folder, more: &[&str]) -> String {
    into.done(&[&["restore", &from.display().to_string()], more].concat())
}

/// A checkpoint kept outside the house.
pub fn checkpoint(folder: &Folder) -> PathBuf {
    let kept = folder.beside("kept-checkpoint");
    fs::copy(folder.data.join("ledger/checkpoint"), &kept).unwrap();
    kept
}

/// Every table of a backup; the rows in an order of their own, names of objects in order.
pub fn tables(dir: &Path) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(dir.join("tables")).unwrap() {
        let path = entry.unwrap().path();
        let mut rows: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(in_order).collect();
        rows.sort();
        tables.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), rows);
    }
    assert!(tables.len() > 20);
    tables
}

fn in_order(line: &str) -> String {
    let mut row: Json = serde_json::from_str(line).unwrap();
    row.sort_all_objects();
    row.to_string()
}

pub fn manifest(dir: &Path) -> Json {
    let text = fs::read_to_string(dir.join("manifest.json")).unwrap();
    serde_json::from_str::<Json>(&text).unwrap()["manifest"].clone()
}

/// Every file of a folder, by its path from there.
pub fn files(dir: &Path) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(dir).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// What a reporter wrote down: reference, code and private link, from the page after sending.
pub struct Receipt {
    pub reference: String,
    pub code: String,
    pub link: String,
}

pub fn receipt(server: &Server, token: &str) -> Receipt {
    let mut browser = Client::new(server.at).with_cookie("attempt", token, path("").trim_end_matches('/'));
    let page = browser.get(&path("done")).unwrap();
    assert_eq!(page.status, 200, "{}", page.words());
    let marked: Vec<String> = page
        .body
        .split("moot-reference\">")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("</")?.0.to_owned()))
        .collect();
    let before = &page.body[..page.body.find("Open your report").unwrap_or_else(|| panic!("{}", page.words()))];
    let link = before.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap();
    let link = link[link.find("/track/").unwrap()..].to_owned();
    Receipt { reference: marked[0].chars().filter(char::is_ascii_digit).collect(), code: marked[1].clone(), link }
}

impl Receipt {
    /// Link and code open the report on this server.
    pub fn opens(&self, server: &Server) {
        let mut by_link = server.client();
        assert_eq!(by_link.get(&self.link).unwrap().status, 200);
        let page = by_link.post_and_follow(&self.link, &[]).unwrap();
        assert!(page.status == 200 && digits(&page.body).contains(&self.reference), "{}", page.words());
        let fields = [("reference", self.reference.as_str()), ("code", self.code.as_str())];
        let page = server.client().post_and_follow("/track", &fields).unwrap();
        assert!(page.status == 200 && digits(&page.body).contains(&self.reference), "{}", page.words());
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
