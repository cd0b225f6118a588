//! The ledger of a running house, and `moothall verify` as an operator meets it.

use crate::{
    commands,
    database::Database,
    folder::Folder,
    resident,
    server::{Server, until},
};
use std::{fs, time::Duration};

/// Leaves that the newest checkpoint covers.
fn signed(server: &Server) -> u64 {
    let page = server.client().get("/ledger/checkpoint").unwrap();
    page.body.lines().nth(1).and_then(|size| size.parse().ok()).unwrap_or_default()
}

#[test]
fn what_happens_is_sealed_within_seconds_and_verify_finds_no_fault() {
    let folder = Folder::new();
    commands::everywhere(&folder);
    let server = folder.start();
    resident::report(&server, "BS23 1AA").unwrap();
    until(Duration::from_secs(10), "the report to be sealed", || signed(&server) >= 1);
    let said = folder.done(&["verify"]);
    assert!(said.contains("No fault was found."), "{said}");
    drop(server);
    let said = folder.done(&["verify"]);
    assert!(said.contains("No fault was found."), "{said}");

    // Told apart and named, with the end that scripts ask for.
    Database::of(&folder).change("UPDATE journal SET kind = 'report.seen' WHERE kind = 'report.received'");
    let output = folder.run(&["verify"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("FAULT: entry") && said.contains("was changed in the journal: kind"), "{said}");
    Database::of(&folder).change("UPDATE journal SET kind = 'report.received' WHERE kind = 'report.seen'");
    folder.done(&["verify"]);
    fs::remove_file(folder.data.join("ledger/tile/0/000.p/1")).unwrap();
    let output = folder.run(&["verify"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success() && said.contains("FAULT: tile/0/000.p/1 is missing"), "{said}");
    // The next start makes it again.
    let server = folder.start();
    until(Duration::from_secs(10), "the tile to be made again", || folder.run(&["verify"]).status.success());
    drop(server);
}

#[test]
fn verify_makes_no_secret_and_says_that_there_is_none() {
    let folder = Folder::new();
    let said = folder.refused(&["verify"]);
    assert!(said.contains("secret"), "{said}");
    assert!(!folder.data.join("secret.key").exists());
}
