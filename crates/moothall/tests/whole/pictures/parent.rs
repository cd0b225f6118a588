//! What the server bears of a child, whatever the child does.

use super::{decoder, develop, made, order};
use crate::{folder::BINARY, server::until};
use custody::{Decoder, decode::Limits};
use picture::{Developed, Fault, Media};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use tempfile::TempDir;

/// A program in place of the house's own.
struct Stranger(TempDir);

impl Stranger {
    fn new(script: &str) -> Stranger {
        let place = Stranger(tempfile::tempdir().unwrap());
        let script = script.replace("HERE", &place.at("").display().to_string()).replace("MOOTHALL", BINARY);
        fs::write(place.at("program"), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(place.at("program"), fs::Permissions::from_mode(0o700)).unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn asked(&self, limits: Limits) -> Result<Developed, Fault> {
        let decoder = Decoder::child(self.at("program"), limits);
        develop(&decoder, &order(Media::Tiff, &[16]), &made::tiff(8, 8, &[7; 192]))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }
}

fn is_running(id: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", id.trim())).unwrap_or_default();
    !(status.is_empty() || status.contains("State:\tZ"))
}

fn is_gone(id: &str) {
    until(Duration::from_secs(10), "a process to be gone", || !is_running(id));
}

#[test]
fn garbage_silence_and_death_are_a_crash() {
    for script in [
        "echo nonsense",
        "exit 0",
        "exit 7",
        "cat",
        "printf '\\000\\000\\000\\020{\"developed\": 1}'",
        "printf '\\000\\000\\000\\017{\"fault\":\"empty\"} '",
        "kill -KILL $$",
        "kill -SEGV $$",
        "exec <&- ; exit 1",
    ] {
        assert_eq!(Stranger::new(script).asked(Limits::default()), Err(Fault::Crashed), "{script}");
    }
    let absent = Decoder::child(PathBuf::from("/nowhere/moothall"), Limits::default());
    assert_eq!(develop(&absent, &order(Media::Gif, &[]), b"GIF89a"), Err(Fault::Crashed));
}

#[test]
fn a_forged_answer_is_a_crash() {
    // It is whole, but nobody ordered it.
    let head = r#"{"developed":{"width":1,"height":1,"taken":{"at":null,"offset":null,"place":null},"renditions":[]}}"#;
    let script = format!("printf '\\000\\000\\000\\{:03o}'; printf '%s' '{head}'", head.len());
    assert_eq!(Stranger::new(&script).asked(Limits::default()), Err(Fault::Crashed));
}

#[test]
fn an_endless_answer_is_cut_off() {
    let limits = Limits { most_answer: 1 << 20, ..Limits::default() };
    let stranger = Stranger::new("echo $$ >HERE/id; exec yes");
    assert_eq!(stranger.asked(limits), Err(Fault::Crashed));
    is_gone(&stranger.read("id"));
}

#[test]
fn one_that_sleeps_is_ended_with_all_it_started() {
    let limits = Limits { seconds: 1, ..Limits::default() };
    let stranger = Stranger::new("sleep 1000 & echo $! >HERE/other; echo $$ >HERE/id; exec sleep 1000");
    assert_eq!(stranger.asked(limits), Err(Fault::OutOfTime));
    is_gone(&stranger.read("id"));
    is_gone(&stranger.read("other"));
}

#[test]
fn what_a_child_leaves_behind_is_ended_too() {
    // It gives its own end of the pipes back, so nobody waits for it.
    let stranger = Stranger::new("sleep 1000 <&- >&- 2>&- & echo $! >HERE/other; exec MOOTHALL \"$@\"");
    assert!(stranger.asked(Limits::default()).is_ok());
    is_gone(&stranger.read("other"));
}

#[test]
fn a_child_that_is_killed_from_outside_is_a_crash_and_the_next_one_works() {
    let stranger = Stranger::new("echo $$ >HERE/id; exec MOOTHALL \"$@\"");
    let slow = slow();
    let killed = std::thread::scope(|threads| {
        let asked =
            threads.spawn(|| develop(&Decoder::child(stranger.at("program"), Limits::default()), &slow.0, &slow.1));
        until(Duration::from_secs(10), "a child", || {
            fs::read_to_string(stranger.at("id")).is_ok_and(|id| id.ends_with('\n'))
        });
        let id = stranger.read("id");
        until(Duration::from_secs(10), "the child to be the house's own", || {
            fs::read(format!("/proc/{}/cmdline", id.trim())).is_ok_and(|words| words.starts_with(BINARY.as_bytes()))
        });
        Command::new("kill").args(["-KILL", id.trim()]).status().unwrap();
        asked.join().unwrap()
    });
    assert_eq!(killed, Err(Fault::Crashed));
    assert!(stranger.asked(Limits::default()).is_ok());
}

/// A minute of work: two hundred large renditions.
fn slow() -> (picture::Order, Vec<u8>) {
    let side = 2000;
    (order(Media::Tiff, &[side; 200]), made::tiff(side, side, &made::scene(side, side)))
}

#[test]
fn too_much_work_is_out_of_time_by_either_clock() {
    let (order, original) = slow();
    for limits in [
        Limits { cpu_seconds: 1, seconds: 600, ..Limits::default() },
        Limits { cpu_seconds: 600, seconds: 1, ..Limits::default() },
    ] {
        assert_eq!(develop(&decoder(limits), &order, &original), Err(Fault::OutOfTime), "{limits:?}");
    }
}

#[test]
fn a_request_that_is_given_up_ends_its_child() {
    let stranger = Stranger::new("echo $$ >HERE/id; exec sleep 1000");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let decoder = Decoder::child(stranger.at("program"), Limits::default());
    runtime.block_on(async {
        let order = order(Media::Gif, &[]);
        let asked = decoder.develop(&order, b"GIF89a");
        assert!(tokio::time::timeout(Duration::from_millis(500), asked).await.is_err());
    });
    is_gone(&stranger.read("id"));
}

#[test]
fn the_child_learns_nothing_of_the_servers_environment() {
    let stranger = Stranger::new("/usr/bin/env >HERE/environment; exec MOOTHALL \"$@\"");
    assert!(stranger.asked(Limits::default()).is_ok());
    let known = ["MIMALLOC_", "PWD=", "SHLVL=", "_="];
    let said = stranger.read("environment");
    assert!(said.lines().all(|line| known.iter().any(|start| line.starts_with(start))), "{said}");
}

#[test]
fn no_more_work_at_once_than_they_may_and_all_have_their_turn() {
    let stranger =
        Stranger::new("echo begin >>HERE/log; MOOTHALL \"$@\"; status=$?; echo end >>HERE/log; exit $status");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let decoder = Decoder::child(stranger.at("program"), Limits { at_once: 1, ..Limits::default() });
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let decoder = decoder.clone();
            runtime
                .spawn(async move { decoder.develop(&order(Media::Tiff, &[16]), &made::tiff(8, 8, &[7; 192])).await })
        })
        .collect();
    for task in tasks {
        assert!(runtime.block_on(task).unwrap().is_ok());
    }
    // An answer is whole once its pipe is closed, which is after the last word in the log.
    assert_eq!(stranger.read("log"), "begin\nend\n".repeat(6));
}

#[test]
fn nothing_of_a_picture_stays_on_disk() {
    // The room of a converter is there while it works and gone after.
    let stranger = Stranger::new("echo \"$@\" >HERE/words; ls -l \"$8\" >HERE/room; exit 1");
    let decoder = Decoder::child(stranger.at("program"), Limits::default());
    assert_eq!(develop(&decoder, &order(Media::Heic, &[]), b"any"), Err(Fault::Crashed));
    let words = stranger.read("words");
    let room = words.trim().rsplit(' ').next().unwrap();
    assert!(words.contains("--room") && !Path::new(room).exists(), "{words}");
}
