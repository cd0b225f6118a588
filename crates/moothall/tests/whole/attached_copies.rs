//! Photos of reports in a backup, and what an operator sees where the bytes of one are gone.

use crate::{
    attach::GIF,
    copies,
    database::{Database, shortest},
    folder::Folder,
    race::{Known, browser, path, send},
};
use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

/// A house with reports that have a photo each, all sealed, and its server ended.
fn house(folder: &Folder, reports: usize) {
    let tokens = Database::of(folder).prepare(reports, &shortest());
    let server = folder.start();
    for token in &tokens {
        let added = browser(server.at, token).upload(&path("files/photos"), "photos.new", "a.gif", GIF).unwrap();
        assert_eq!(added.status, 200, "{}", added.words());
        assert!(matches!(send(server.at, token), Known::Received(_)));
    }
    assert!(server.terminate(Duration::from_secs(20)).success());
}

/// Every lot of bytes, by its path from the place of files.
fn bytes(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let at = folder.data.join("files");
    copies::files(&at).into_iter().map(|name| (name.clone(), fs::read(at.join(name)).unwrap())).collect()
}

fn originals(folder: &Folder) -> Vec<PathBuf> {
    let names = bytes(folder).into_keys().filter(|name| name.ends_with("/original"));
    names.map(|name| folder.data.join("files").join(name)).collect()
}

#[test]
fn photos_come_back_with_their_reports_and_are_checked() {
    let folder = Folder::new();
    house(&folder, 3);
    let (to, _) = copies::take(&folder, "copy", &["--with-keys"]);
    let other = Folder::bare(None);
    let said = copies::restore(&to, &other, &[]);
    assert!(
        said.contains("3 files against the entries that record them") && said.contains("No fault was found."),
        "{said}"
    );
    assert_eq!(bytes(&other), bytes(&folder));
    assert_eq!(bytes(&other).len(), 9, "an original and two pictures each");
}

#[test]
fn a_photo_that_is_damaged_in_a_backup_is_named_before_anything_is_written() {
    let folder = Folder::new();
    house(&folder, 1);
    let (to, _) = copies::take(&folder, "copy", &["--with-keys"]);
    let photo = copies::files(&to.join("files")).into_iter().find(|name| name.ends_with("/original")).unwrap();
    fs::write(to.join("files").join(&photo), "something else").unwrap();
    let other = Folder::bare(None);
    let said = other.told_of(&["restore", &to.display().to_string()]);
    assert!(said.contains(&format!("files/{photo}")), "{said}");
    assert!(!other.data.join("files").exists() || bytes(&other).is_empty());
}

#[test]
fn where_bytes_are_gone_check_and_backup_name_them_and_the_backup_is_kept() {
    let folder = Folder::new();
    house(&folder, 2);
    let gone = originals(&folder).remove(0);
    fs::remove_file(&gone).unwrap();
    let name = gone.strip_prefix(folder.data.join("files")).unwrap().display().to_string();
    let said = folder.told_of(&["verify"]);
    assert!(said.contains(&format!("the bytes of {name} are missing")), "{said}");
    let to = folder.beside("copy").display().to_string();
    let said = folder.told_of(&["backup", &to, "--with-keys"]);
    assert!(said.contains(&format!("DAMAGED: {name} is missing")) && said.contains("1 file is not whole"), "{said}");
    let other = Folder::bare(None);
    let said = other.told_of(&["restore", &to]);
    assert!(said.contains(&format!("the bytes of {name} are missing")), "{said}");
}
