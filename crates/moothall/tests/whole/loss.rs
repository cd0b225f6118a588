//! A restored older state: recognised by a checkpoint that was published after it.

use crate::{
    backup::lived,
    copies,
    database::{Database, shortest},
    folder::Folder,
    race::send,
    server::{Server, rest, until},
};
use std::{fs, path::PathBuf, time::Duration};

/// A house, a backup of it, and the checkpoint that was published after three more reports.
fn older() -> (Folder, PathBuf, PathBuf) {
    let folder = Folder::new();
    lived(&folder, 5);
    let (copy, _) = copies::take(&folder, "copy", &["--with-keys"]);
    lived(&folder, 1);
    let kept = copies::checkpoint(&folder);
    (folder, copy, kept)
}

fn shown(server: &Server) -> String {
    server.client().get("/ledger/checkpoint").unwrap().body
}

fn file(folder: &Folder, server: &Server) {
    let token = Database::of(folder).prepare(1, &shortest()).remove(0);
    send(server.at, &token);
}

#[test]
fn an_older_state_is_recognised_does_not_sign_on_and_may_begin_anew() {
    let (_folder, copy, kept) = older();
    let restored = Folder::bare(None);
    let kept = kept.display().to_string();
    let output = restored.run(&["restore", &copy.display().to_string(), "--checkpoint", &kept]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("No fault was found.") && said.contains("3 entries are missing, from number 7 on"), "{said}");

    // It works, and signs nothing.
    let server = restored.start();
    let before = shown(&server);
    file(&restored, &server);
    rest(Duration::from_millis(2500));
    assert_eq!(shown(&server), before);
    assert!(server.log().contains("the ledger rests"), "{}", server.log());
    let output = restored.run(&["verify", "--checkpoint", &kept]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("1 entries wait to be sealed") && said.contains("The ledger rests"), "{said}");
    assert!(!output.status.success() && said.contains("3 entries are missing"), "{said}");
    assert!(restored.refused(&["ledger", "go-on", "--checkpoint", &kept]).contains("are missing"));
    assert!(restored.refused(&["ledger", "go-on"]).contains("--checkpoint"));
    drop(server);

    // Only a log of another name may go on.
    let said = restored.done(&["ledger", "begin-anew"]);
    assert!(said.contains("/ledger-2"), "{said}");
    let server = restored.start();
    until(Duration::from_secs(10), "the new log", || shown(&server).contains("/ledger-2\n9\n"));
    assert!(server.client().get("/ledger/key").unwrap().body.contains("/ledger-2+"));
    drop(server);
    assert!(restored.done(&["verify"]).contains("No fault was found."));
    assert!(restored.refused(&["ledger", "begin-anew"]).contains("does not rest"));
    // And a backup of it is restored as any other.
    let (again, _) = copies::take(&restored, "again", &["--with-keys"]);
    let newest = copies::checkpoint(&restored).display().to_string();
    let said = copies::restore(&again, &Folder::bare(None), &["--checkpoint", &newest]);
    assert!(said.contains("The ledger goes on."), "{said}");
}

#[test]
fn a_backup_of_all_that_was_published_goes_on_under_its_name() {
    let folder = Folder::new();
    lived(&folder, 5);
    let kept = copies::checkpoint(&folder).display().to_string();
    let (copy, _) = copies::take(&folder, "copy", &["--with-keys"]);
    let restored = Folder::bare(None);
    let said = copies::restore(&copy, &restored, &["--checkpoint", &kept]);
    assert!(said.contains("Complete up to what was published: the checkpoint covers 7 entries, 7 are here"), "{said}");
    assert!(restored.done(&["verify", "--checkpoint", &kept]).contains("Complete up to"), "{said}");
    let server = restored.start();
    file(&restored, &server);
    until(Duration::from_secs(10), "what came after to be signed", || shown(&server).lines().nth(1) == Some("8"));
    drop(server);
    // What was published before is covered by what is published now.
    assert!(restored.done(&["verify", "--checkpoint", &kept]).contains("are here, unchanged"));
}

#[test]
fn a_checkpoint_that_is_not_of_this_house_is_refused_before_anything_is_written() {
    let (folder, copy, _) = older();
    let other = Folder::new();
    lived(&other, 1);
    let restored = Folder::bare(None);
    let foreign = copies::checkpoint(&other);
    let changed = folder.beside("changed");
    fs::write(&changed, fs::read_to_string(folder.data.join("ledger/checkpoint")).unwrap().replacen("\n1", "\n2", 1))
        .unwrap();
    for file in [foreign, changed, folder.beside("nowhere"), copy.join("manifest.json")] {
        let file = file.display().to_string();
        let said = restored.refused(&["restore", &copy.display().to_string(), "--checkpoint", &file]);
        assert!(said.contains("no checkpoint of this ledger") || said.contains("cannot read"), "{said}");
        assert_eq!(fs::read_dir(&restored.data).unwrap().count(), 0, "{said}");
    }
}

#[test]
fn leaves_that_do_not_lead_to_what_was_signed_are_told_by_the_backup() {
    let folder = Folder::new();
    lived(&folder, 5);
    Database::of(&folder).change("UPDATE leaf SET body = hash WHERE idx = 3");
    let to = folder.beside("copy").display().to_string();
    let said = folder.refused(&["backup", &to, "--with-keys"]);
    assert!(said.contains("do not lead to the checkpoint of 7"), "{said}");
    // It is there all the same, and what is wrong is named when it is restored.
    let restored = Folder::bare(None);
    let output = restored.run(&["restore", &to]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success() && said.contains("FAULT: leaf 3"), "{said}");
}
