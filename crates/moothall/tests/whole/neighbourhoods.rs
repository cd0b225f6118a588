//! `moothall import neighbourhoods`: what an operator reads, what a server beside it shows, and what a broken file leaves.

use crate::{
    folder::{Folder, repository},
    server::until,
};
use std::{fs, time::Duration};

const POLICE: &str = "avon-and-somerset-police";
const PAGE: &str = "/officers/avon-and-somerset-police/pier";

#[test]
fn teams_come_in_beside_a_running_server_and_a_broken_file_changes_nothing() {
    let folder = Folder::new();
    let server = folder.start();
    assert_eq!(server.client().get(PAGE).unwrap().status, 404);
    let file = folder.beside("teams.json");
    fs::copy(repository().join("crates/casework/src/neighbourhood/read/hand-written.json"), &file).unwrap();
    let shown = file.display().to_string();
    let import = ["import", "neighbourhoods", &shown, "--agency", POLICE, "--dated", "November 2026"];
    let said = folder.done(&import);
    assert!(said.contains("1 team: 1 new, 0 changed, 0 as before"), "{said}");
    for reason in
        ["teams.json: line: its boundary has fewer than three corners", "a meeting was left out: it has no title"]
    {
        assert!(said.contains(reason), "{reason}: {said}");
    }
    // The page at once; where the team is, once the server has read the places anew.
    let page = server.client().get(PAGE).unwrap();
    assert!(page.status == 200 && page.words().contains("Avery Example"), "{}", page.words());
    assert!(!page.body.contains("onerror") && !page.body.contains("alert(1)"));
    until(Duration::from_secs(10), "the outlines to be taken up", || {
        server.client().get("/officers?place.lat=51.35&place.lon=-2.95").unwrap().location()
            == format!("{PAGE}?place=51.3500,%20-2.9500")
    });
    assert!(server.client().get("/data").unwrap().words().contains("November 2026"));
    assert!(folder.done(&import).contains("0 new, 0 changed, 1 as before"));

    let broken = folder.beside("broken.json");
    let broken_shown = broken.display().to_string();
    for text in ["", "{", "[]", r#"[{"id":"a"}]"#, "\u{0}"] {
        fs::write(&broken, text).unwrap();
        let said = folder.refused(&["import", "neighbourhoods", &shown, &broken_shown, "--agency", "nobody"]);
        assert!(said.contains("nobody") && !said.contains("panicked"), "{said}");
        folder.refused(&["import", "neighbourhoods", &broken_shown, "--agency", POLICE]);
    }
    assert!(folder.refused(&["import", "neighbourhoods", &shown]).contains("--agency"));
    let council = folder.refused(&["import", "neighbourhoods", &shown, "--agency", "north-somerset-council"]);
    assert!(council.contains("no pages for teams"), "{council}");

    // A team that a later file does not name stays, and is named.
    fs::write(
        &file,
        fs::read_to_string(&file).unwrap().replace("\"Pier\"", "\"quay\"").replace("\"pier\"", "\"dock!\""),
    )
    .unwrap();
    let said = folder.done(&import);
    assert!(said.contains("1 new") && said.contains("left as they are: pier"), "{said}");
    assert_eq!(server.client().get(PAGE).unwrap().status, 200);
}
