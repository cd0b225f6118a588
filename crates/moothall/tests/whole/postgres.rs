//! The same races on a database server, and one that is restarted in the middle.

use crate::{
    database::{Database, shortest},
    folder::{Folder, prove, repository},
    kill::{CLIENTS, kill_again_and_again, send_twice_at_once},
    race::Race,
    server::{stopwatch, until},
    told::Told,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};
use tempfile::TempDir;

/// A new database on the server of the tests; `None` says so, and fails where `CI` is set.
fn database(server: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("whole_{}_{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
    let mut client = postgres::Client::connect(server, postgres::NoTls).unwrap();
    client
        .batch_execute(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        ))
        .unwrap();
    let host = server.rfind('/').filter(|at| *at > "postgres://".len()).map_or(server, |at| &server[..at]);
    format!("{host}/{name}")
}

fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what} (needed where CI is set)");
    println!("skipped: {what}");
}

pub fn folder() -> Option<Folder> {
    Some(Folder::on(&fresh()?))
}

/// A new database, without a schema, on the server of the tests where there is one.
pub fn fresh() -> Option<String> {
    match std::env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) {
        Some(server) => Some(database(&server)),
        None => {
            missing("MOOTHALL_TEST_POSTGRES names no server");
            None
        }
    }
}

#[test]
fn a_reference_received_on_a_server_survives_kill_9() {
    let Some(folder) = folder() else { return };
    kill_again_and_again(&folder, if prove() { 100 } else { 5 }, "server");
}

#[test]
fn an_attempt_sent_twice_at_once_is_one_report_on_a_server_too() {
    let Some(folder) = folder() else { return };
    send_twice_at_once(&folder, 50);
}

/// A server of this test's own, which it may crash.
struct Own {
    around: TempDir,
    url: String,
    programs: PathBuf,
}

impl Own {
    fn start() -> Option<Own> {
        let script = |words: &[&str]| {
            let mut command = Command::new(repository().join("scripts/postgres.sh"));
            command.args(words).env("MOOTHALL_POSTGRES_FSYNC", "on");
            command.output().unwrap()
        };
        let found = script(&["find"]);
        if !found.status.success() {
            missing("there is no initdb");
            return None;
        }
        let programs = String::from_utf8(found.stdout).unwrap().trim().into();
        let around = tempfile::tempdir().unwrap();
        let started = script(&["start", &around.path().to_string_lossy()]);
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        let url = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        Some(Own { around, url, programs })
    }

    /// Crashes it, as a power cut would, and starts it again.
    fn crash_and_start(&self) {
        let place = fs::read_to_string(self.around.path().join("postgres.place")).unwrap();
        let data = Path::new(place.trim()).join("data");
        let control = self.programs.join("pg_ctl");
        let owned_by_another = fs::read_dir(&data).is_ok() && is_root();
        let mut command = if owned_by_another {
            let mut command = Command::new("runuser");
            command.args(["-u", "nobody", "--"]).arg(control);
            command
        } else {
            Command::new(control)
        };
        // Without a log of its own the new server would hold this command's pipes open for ever.
        let log = Path::new(place.trim()).join("server.log");
        command.arg("-D").arg(&data).arg("-l").arg(log).args(["-m", "immediate", "-w", "-t", "60", "-s", "restart"]);
        assert!(command.current_dir("/").status().unwrap().success());
    }
}

pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

impl Drop for Own {
    fn drop(&mut self) {
        let stop = Command::new(repository().join("scripts/postgres.sh")).arg("stop").arg(self.around.path()).output();
        // Said, not asserted: a failing test must not abort while it unwinds.
        if !stop.is_ok_and(|output| output.status.success()) {
            eprintln!("the database server of the test did not stop");
        }
    }
}

#[test]
fn a_crash_of_the_database_server_loses_nothing_that_was_acknowledged() {
    let Some(own) = Own::start() else { return };
    let folder = Folder::on(&database(&own.url));
    let (crashes, mut told, began) = (if prove() { 20 } else { 2 }, Told::default(), stopwatch());
    let (mut refused, mut slowest) = (0, Duration::ZERO);
    let server = folder.start();
    for round in 0..crashes {
        let tokens = Database::of(&folder).prepare(CLIENTS * 150, &shortest());
        let race = Race::start(server.at, tokens, CLIENTS);
        until(Duration::from_secs(20), "a race under way", || race.sent() >= CLIENTS * 2 + round % 7);
        own.crash_and_start();
        let sent = race.sent();
        let back = stopwatch();
        until(Duration::from_secs(30), "answers after the restart", || race.sent() > sent + CLIENTS);
        slowest = slowest.max(back.elapsed());
        told.take(race.stop());
        refused += told.refused.len();
        told.settle(&server);
        told.check(&Database::of(&folder));
    }
    assert!(!server.log().contains("panicked"), "{}", server.log());
    let (received, acknowledged, cut_off) = told.counts;
    println!(
        "proof: server crashed and restarted {crashes} times under load in {:.0} s: {received} references received, \
         {acknowledged} acknowledged without their page, {refused} refused with words, {cut_off} cut off; lost 0, doubled 0; answers go on {slowest:.0?} after it is back at the latest",
        began.elapsed().as_secs_f64()
    );
    assert_eq!(cut_off, 0, "the house itself never went away");
}
