//! `moothall import premises|rounds|collections`: what an operator reads, what a server beside it shows, and what a broken row
//! and a broken file leave.

use crate::folder::{Folder, repository};
use std::fs;

const COUNCIL: &str = "north-somerset-council";
const HOME: &str = "/property/999000000001";

#[test]
fn homes_and_rounds_come_in_beside_a_running_server_and_a_broken_file_changes_nothing() {
    let folder = Folder::new();
    let server = folder.start();
    assert_eq!(server.client().get(HOME).unwrap().status, 404);
    let demo = repository().join("geography/demo/bins");
    let import = |kind: &str, file: &str| {
        let said = folder.done(&["import", kind, file, "--agency", COUNCIL, "--dated", "2026-11-24"]);
        assert!(said.contains("kept "), "{said}");
        said
    };
    let premises = demo.join("premises.csv").display().to_string();
    let rounds = demo.join("rounds.csv").display().to_string();
    assert!(import("premises", &premises).contains("kept 9, refused 0"));
    let page = server.client().get(HOME).unwrap();
    assert!(page.words().contains("We do not know the bin days of this home yet."), "{}", page.words());
    assert!(import("rounds", &rounds).contains("kept 11, refused 0"));
    let page = server.client().get(HOME).unwrap();
    assert!(page.words().contains("Comes every other Tuesday"), "{}", page.words());
    // The same again changes nothing and doubles nothing.
    import("premises", &premises);
    import("rounds", &rounds);
    assert_eq!(server.client().get(HOME).unwrap().words().matches("every other Tuesday").count(), 2);

    let broken = folder.beside("broken.csv");
    let shown = broken.display().to_string();
    for text in
        ["", "a,b\n1,2\n", "uprn,address,postcode,rounds\nx,,,\n", "round,service,container\nR1,nothing,box\n", "\u{0}"]
    {
        fs::write(&broken, text).unwrap();
        for kind in ["premises", "rounds", "collections"] {
            let said = folder.refused(&["import", kind, &shown, "--agency", COUNCIL]);
            assert!(!said.contains("panicked"), "{said}");
        }
    }
    assert!(server.client().get(HOME).unwrap().words().contains("Comes every other Tuesday"));
    assert!(folder.refused(&["import", "premises", &premises]).contains("--agency"));
    assert!(folder.refused(&["import", "premises", &premises, "--agency", "nobody"]).contains("nobody"));
}

#[test]
fn a_broken_row_is_named_and_kept_aside_and_the_log_of_the_crew_is_taken_twice_as_once() {
    let folder = Folder::new();
    let log = folder.beside("log.csv");
    let shown = log.display().to_string();
    let text = "round,date,outcome,at,uprn,reason\n\
                W-FOOD,2026-11-24,completed,2026-11-24 10:05,,\n\
                W-FOOD,2026-11-24,not_completed,2026-11-24 10:06,999000000002,contaminated\n\
                W-FOOD,soon,completed,2026-11-24 10:05,,\n";
    fs::write(&log, text).unwrap();
    for _ in 0..2 {
        let said = folder.done(&["import", "collections", &shown, "--agency", COUNCIL]);
        assert!(said.contains("kept 2, refused 1"), "{said}");
        assert!(said.contains("log.csv: line 4: `date`: `soon` is no day"), "{said}");
        let aside = said.lines().find_map(|line| line.strip_prefix("the refused rows stand in ")).unwrap();
        let aside = fs::read_to_string(aside).unwrap();
        assert!(aside.contains("\"log.csv\",\"4\",") && aside.contains("\"soon\",\"completed\""), "{aside}");
    }
}
