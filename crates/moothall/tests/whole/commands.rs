//! The commands, each as an operator types it.

use crate::{
    answer::Answer,
    desk,
    folder::{BINARY, Folder, free_address, repository},
    race::path,
    resident,
    server::{Server, rest, until},
};
use casework::staff::totp;
use data_encoding::BASE32_NOPAD;
use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use store::Time;

#[test]
fn migrate_may_run_twice() {
    let folder = Folder::bare(None);
    let first = folder.done(&["migrate"]);
    assert!(first.contains("(it was 0)"), "{first}");
    let second = folder.done(&["migrate"]);
    assert!(!second.contains("(it was 0)"), "{second}");
}

#[test]
fn serve_without_a_schema_stops_and_says_so() {
    let folder = Folder::bare(None);
    let said = folder.refused(&["serve"]);
    assert!(!said.contains("panicked"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &name);
        } else {
            fs::copy(&path, &name).unwrap();
        }
    }
}

#[test]
fn check_passes_here_and_names_file_and_line_of_a_fault() {
    let folder = Folder::new();
    let said = folder.done(&["check"]);
    assert!(said.contains("sound"), "{said}");
    let definitions = folder.beside("definitions");
    for part in ["services", "agencies"] {
        copy(&repository().join(part), &definitions.join(part));
    }
    let file = definitions.join("services/fly-tipping/service.toml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line == "kind = \"yes_no\"").unwrap() + 1;
    fs::write(&file, text.replacen("\nkind = \"yes_no\"", "\nkind = \"yes_on\"", 1)).unwrap();
    let said = folder.refused(&["check", "--definitions", &definitions.display().to_string()]);
    assert!(said.contains(&format!("services/fly-tipping/service.toml:{line}")), "line {line}: {said}");
}

#[test]
fn a_user_who_was_added_can_sign_in() {
    let folder = Folder::new();
    let account = desk::add(&folder, "north-somerset-council", "officer");
    let server = folder.start();
    let secret = BASE32_NOPAD.decode(account.secret.as_bytes()).unwrap();
    #[expect(clippy::disallowed_methods, reason = "the server's clock is the machine's too")]
    let now = Time(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64);
    let code = totp::code(&secret, totp::step_of(now));
    let (mut desk, status) = desk::sign_in(&server, &account, &code);
    assert_eq!(status, 303);
    assert_eq!(desk.get("/staff").unwrap().status, 200);
    // A code opens once, a recovery code too, and a stranger's guess not at all.
    assert_eq!(desk::sign_in(&server, &account, &code).1, 422);
    assert_eq!(desk::sign_in(&server, &account, &account.recovery[1]).1, 303);
    assert_eq!(desk::sign_in(&server, &account, &account.recovery[1]).1, 422);
    assert_eq!(server.client().get("/staff").unwrap().status, 303);
}

#[test]
fn a_user_who_leaves_is_signed_out_at_once_and_never_in_again() {
    let folder = Folder::new();
    let account = desk::add(&folder, "north-somerset-council", "officer");
    let server = folder.start();
    let who = ["--agency", "north-somerset-council", "--login", &account.login];
    let run = |verb: &'static str, more: &[&'static str]| [["user", verb].as_slice(), who.as_slice(), more].concat();
    let (mut desk, status) = desk::sign_in(&server, &account, &account.recovery[0]);
    assert_eq!((status, desk.get("/staff").unwrap().status), (303, 200));
    // Beside the running server: other rights mean a new sign-in.
    let said = folder.done(&run("change", &["--role", "councillor"]));
    assert!(said.contains("signed out everywhere"), "{said}");
    assert_eq!(desk.get("/staff").unwrap().status, 303);
    let (mut desk, status) = desk::sign_in(&server, &account, &account.recovery[1]);
    assert_eq!(status, 303);
    assert_eq!(desk.get("/staff/dashboard").unwrap().status, 200);
    assert!(folder.done(&run("end", &[])).contains("ended"));
    assert_eq!(desk.get("/staff/dashboard").unwrap().status, 303);
    assert_eq!(desk::sign_in(&server, &account, &account.recovery[2]).1, 422);
    for (verb, more, why) in [
        ("end", &[][..], "no open account"),
        ("change", &[], "say what changes"),
        ("change", &["--role", "emperor"], "has no role `emperor`"),
        ("change", &["--service", "lost-ship"], "does not offer `lost-ship`"),
    ] {
        let said = folder.refused(&run(verb, more));
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn people_come_from_a_table_that_is_tried_first_and_all_or_none_of_it_is_kept() {
    let folder = Folder::new();
    let there = desk::add(&folder, "north-somerset-council", "officer");
    let file = folder.beside("people.csv");
    let import = |more: &[&'static str], text: &str| {
        fs::write(&file, text).unwrap();
        folder.run(&[&["user", "import", file.to_str().unwrap(), "--agency", "north-somerset-council"], more].concat())
    };
    let said = |output: &std::process::Output| {
        [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said).into_owned()).concat()
    };
    let good = format!(
        "name,email,roles,teams,services\nSam Sample,Sam@council.example.org,officer;team_leader,cleansing,pothole\n\
         Kit Sample,{},councillor,,\n",
        there.login
    );
    let dry = import(&[], &good);
    assert!(dry.status.success(), "{}", said(&dry));
    for words in ["add ", "change ", "1 to add, 1 to change, 0 as it is", "nothing was changed", "teams cleansing"] {
        assert!(said(&dry).contains(words), "{words}: {}", said(&dry));
    }
    let bad = import(&["--apply"], &format!("{good}Jo,jo,admiral,navy,lost-ship\nX,x@council.example.org,,,\n"));
    assert!(!bad.status.success());
    for words in [
        "5 faults; nothing was changed",
        "line 4, email: expected one e-mail address",
        "line 4, roles: north-somerset-council has no role `admiral`",
        "line 4, teams: north-somerset-council has no team `navy`",
        "line 4, services: north-somerset-council does not offer `lost-ship`",
        "line 5, roles: expected at least one",
    ] {
        assert!(said(&bad).contains(words), "{words}: {}", said(&bad));
    }
    assert!(said(&import(&[], &good)).contains("1 to add"), "nothing of a file with a fault is kept");
    let done = import(&["--apply"], &good);
    assert!(done.status.success() && said(&done).contains("recovery codes"), "{}", said(&done));
    assert_eq!(said(&done).matches("password ").count(), 1, "who was there keeps theirs");
    assert!(said(&import(&[], &good)).contains("0 to add, 0 to change, 2 as it is"));
    let elsewhere = folder.told_of(&["user", "import", file.to_str().unwrap(), "--agency", "avon-and-somerset-police"]);
    assert!(elsewhere.contains("at another agency"), "{elsewhere}");
}

#[test]
fn a_user_of_an_unknown_agency_role_or_team_is_refused_by_name() {
    let folder = Folder::new();
    let add = |agency: &str, role: &str, team: &str| {
        folder.refused(&[
            "user",
            "add",
            "--agency",
            agency,
            "--login",
            "a@example.org",
            "--name",
            "A",
            "--role",
            role,
            "--team",
            team,
        ])
    };
    assert!(add("nowhere", "officer", "cleansing").contains("nowhere"));
    assert!(add("north-somerset-council", "admiral", "cleansing").contains("admiral"));
    assert!(add("north-somerset-council", "officer", "navy").contains("navy"));
}

fn at_postcode(server: &Server, postcode: &str) -> Answer {
    let mut client = server.client();
    client.post(&path("q/now"), &[("now", "no")]).unwrap();
    client.post(&path("q/photos"), &[]).unwrap();
    client.post(&path("q/where"), &[("where.text", postcode)]).unwrap()
}

const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"E06000024","name":"North Somerset"},
"geometry":{"type":"Polygon","coordinates":[[[-3.1,51.2],[-2.6,51.2],[-2.6,51.5],[-3.1,51.5],[-3.1,51.2]]]}}]}"#;

/// A square that the council answers for, with one postcode in it.
pub fn everywhere(folder: &Folder) {
    let (square, codes) = (folder.beside("square.geojson"), folder.beside("codes.csv"));
    fs::write(&square, SQUARE).unwrap();
    fs::write(&codes, "postcode,lat,lon\nBS23 1AA,51.3469968,-2.9771753\n").unwrap();
    for (kind, file) in [("boundaries", square), ("postcodes", codes)] {
        folder.done(&["import", kind, &file.display().to_string()]);
    }
}

#[test]
fn an_import_beside_a_running_server_is_taken_up_and_a_broken_file_changes_nothing() {
    let folder = Folder::new();
    let server = folder.start();
    let page = at_postcode(&server, "BS23 1AA");
    assert_eq!(page.status, 422, "{}", page.words());

    let (square, codes) = (folder.beside("square.geojson"), folder.beside("codes.csv"));
    fs::write(&square, SQUARE).unwrap();
    fs::write(&codes, "postcode,lat,lon\nBS23 1AA,51.3469968,-2.9771753\nnonsense,0,0\n").unwrap();
    let import = |kind: &str, file: &Path| ["import".to_owned(), kind.to_owned(), file.display().to_string()];
    let words = |words: &[String; 3]| folder.done(&words.each_ref().map(String::as_str));
    assert!(words(&import("boundaries", &square)).contains("kept 1, refused 0"));
    let said = words(&import("postcodes", &codes));
    assert!(said.contains("kept 1, refused 1") && said.contains("codes.csv"), "{said}");
    until(Duration::from_secs(10), "the import to be taken up", || at_postcode(&server, "BS23 1AA").status == 303);
    assert!(resident::report(&server, "BS23 1AA").is_ok());

    // Broken files: each is refused by name, and the data in force stay.
    let broken = folder.beside("broken.geojson");
    for text in ["", "{", r#"{"type":"FeatureCollection","features":[]}"#, "\u{0}\u{1}"] {
        fs::write(&broken, text).unwrap();
        let said = folder.refused(&import("boundaries", &broken).each_ref().map(String::as_str));
        assert!(!said.contains("panicked"), "{said}");
        fs::write(&codes, text).unwrap();
        folder.refused(&import("postcodes", &codes).each_ref().map(String::as_str));
        folder.refused(&import("basemap", &broken).each_ref().map(String::as_str));
    }
    rest(Duration::from_millis(2500));
    assert!(resident::report(&server, "BS23 1AA").is_ok());
    assert!(folder.refused(&["import", "weather", "x"]).contains("weather"));
}

#[test]
fn a_demonstration_refuses_an_address_that_others_can_reach() {
    let folder = Folder::bare(None);
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"] {
        let said = folder.refused(&["demo", "--listen", address]);
        assert!(said.contains("this machine alone"), "{said}");
    }
    assert!(!folder.data.join("moothall.db").exists(), "it stops before it touches anything");
}

#[test]
fn an_address_that_is_taken_is_named() {
    let folder = Folder::new();
    let _first = folder.start();
    assert!(folder.refused(&["serve"]).contains(&folder.at.to_string()));
}

#[test]
fn asked_to_stop_it_ends_cleanly_and_soon() {
    let folder = Folder::new();
    let server = folder.start();
    // An idle connection holds nothing up.
    let mut idle = server.client();
    assert_eq!(idle.get("/").unwrap().status, 200);
    let (took, status) = (server.took, server.terminate(Duration::from_secs(10)));
    assert!(status.success(), "{status}");
    println!("proof: start to serving {took:.0?} (embedded database, empty)");
    // And what it kept is there for the next start.
    assert_eq!(folder.start().client().get("/healthz").unwrap().status, 200);
}

#[test]
fn help_needs_no_configuration() {
    let output = Command::new(BINARY).arg("--help").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("moothall serve"), "{said}");
    assert_ne!(free_address().port(), 0);
}

#[test]
fn a_layer_of_land_is_tried_first_and_decides_once_it_is_in() {
    let folder = Folder::new();
    let agency = "north-somerset-council";
    let ring = |corners: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{corners}"}},"geometry":{{"type":"Polygon","coordinates":[[{corners}]]}}}}"#
        )
    };
    let around = ring("[-2.99,51.34],[-2.96,51.34],[-2.96,51.36],[-2.99,51.36],[-2.99,51.34]");
    let crossed = ring("[-2.9,51.3],[-2.8,51.4],[-2.8,51.3],[-2.9,51.4],[-2.9,51.3]");
    let file = folder.beside("leased.geojson");
    fs::write(&file, format!(r#"{{"type":"FeatureCollection","features":[{around},{crossed}]}}"#)).unwrap();
    let file = file.display().to_string();
    let with = |more: &[&str]| {
        let mut line = vec!["import", "layer", &file, "--agency", agency];
        line.extend(more);
        line.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let words = |line: &[String]| folder.done(&line.iter().map(String::as_str).collect::<Vec<_>>());
    let refused = |line: &[String]| folder.refused(&line.iter().map(String::as_str).collect::<Vec<_>>());
    let dated = ["--layer", "leased_land", "--dated", "May 2026", "--attribution", "Made up"];
    let dry = words(&with(&[&dated[..], &["--dry-run"]].concat()));
    assert!(dry.contains("kept 1, refused 1") && dry.contains("line 2") && dry.contains("crosses itself"), "{dry}");
    assert!(dry.contains("nothing was changed"), "{dry}");
    assert!(
        refused(&with(&["--layer", "moon", "--dated", "x", "--attribution", "x"])).contains("names no layer `moon`")
    );
    assert!(refused(&with(&["--layer", "leased_land", "--attribution", "x"])).contains("--dated"));
    assert!(refused(&with(&["--layer", "leased_land", "--dated", "x"])).contains("--attribution"));
    everywhere(&folder);
    let server = folder.start();
    assert!(at_postcode(&server, "BS23 1AA").location().ends_with("q/land"));
    assert!(words(&with(&dated)).contains("kept 1, refused 1"));
    until(Duration::from_secs(10), "the layer to be taken up", || {
        at_postcode(&server, "BS23 1AA").location().ends_with("/stop")
    });
}

#[test]
fn what_is_due_by_the_rules_of_retention_is_shown_and_changes_nothing() {
    let folder = Folder::new();
    let shown = folder.done(&["retain"]);
    assert!(shown.contains("Nothing is due.") && shown.contains("Nothing was changed."), "{shown}");
    assert!(!folder.done(&["retain", "--apply"]).contains("Nothing was changed."));
    let said = folder.refused(&["retain", "--agency", "nobody"]);
    assert!(said.contains("there is no agency `nobody`"), "{said}");
}
