//! `kill -9` between every two steps of attaching a photo and sending its report: the test watches the disk and the
//! database, and kills as soon as a step is done.

use crate::{
    attach::{GIF, files, listed},
    client::Client,
    database::{Database, shortest},
    folder::{Folder, prove},
    race::{Known, browser, look, path, send},
    server::{rest, stopwatch, until},
};
use std::{
    collections::BTreeSet,
    fmt, fs,
    net::SocketAddr,
    path::Path,
    thread::{self, JoinHandle},
    time::Duration,
};
use uuid::Uuid;

/// In the name of bytes that are still being written.
const UNFINISHED: char = '#';
/// So that writing takes a while: the picture and what is left of it.
const SIZE: usize = 8 << 20;
/// Renditions of a photo.
const RENDITIONS: usize = 2;

/// What had been done, as far as the kill found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The original is being written.
    Writing,
    /// The original is there, and so many renditions.
    Kept(usize),
    /// The row is there; whoever sent the photo was not told.
    Row,
    /// Whoever sent the photo was told.
    Acknowledged,
    /// The report has its photo; whoever sent it was not told.
    Claimed,
}

const STEPS: [Step; 7] =
    [Step::Writing, Step::Kept(0), Step::Kept(1), Step::Kept(RENDITIONS), Step::Row, Step::Acknowledged, Step::Claimed];

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Writing => f.write_str("original half written"),
            Step::Kept(n) => write!(f, "original and {n} renditions"),
            Step::Row => f.write_str("row, not told"),
            Step::Acknowledged => f.write_str("told"),
            Step::Claimed => f.write_str("report, not told"),
        }
    }
}

/// Names below the places of files that were not there before.
fn written(folder: &Path, before: &BTreeSet<Uuid>) -> Vec<String> {
    let mut names = Vec::new();
    for id in files(folder).difference(before) {
        let name = id.simple().to_string();
        let entries = fs::read_dir(folder.join(&name[30..]).join(&name)).into_iter().flatten();
        names.extend(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()));
    }
    names
}

/// How far the bytes are; none before the first.
fn kept(folder: &Path, before: &BTreeSet<Uuid>) -> Option<Step> {
    let names = written(folder, before);
    let whole = |name: &&String| !name.contains(UNFINISHED);
    let renditions = names.iter().filter(whole).filter(|name| name.contains('-')).count();
    match names.iter().any(|name| name == "original") {
        true => Some(Step::Kept(renditions)),
        false => (!names.is_empty()).then_some(Step::Writing),
    }
}

fn photo() -> Vec<u8> {
    let mut bytes = GIF.to_vec();
    bytes.resize(SIZE, 0);
    bytes
}

fn upload(at: SocketAddr, token: &str) -> JoinHandle<bool> {
    let mut client = browser(at, token);
    thread::spawn(move || {
        let answer = client.upload(&path("files/photos"), "photos.new", "a.gif", &photo());
        answer.is_ok_and(|answer| answer.status == 200)
    })
}

/// One kill as soon as this step is seen; what the disk and the database say had been done by then.
fn kill_at(folder: &Folder, step: Step, token: &str) -> (Step, bool) {
    let database = Database::of(folder);
    let place = folder.data.join("files");
    let (rows, claimed) = ("SELECT COUNT(*) FROM held", "SELECT COUNT(*) FROM held WHERE report IS NOT NULL");
    let before = (files(&place), database.count(rows), database.count(claimed));
    let server = folder.start();
    let sent = upload(server.at, token);
    // Tighter than `until` looks: a step may last a fraction of a millisecond.
    let see = |what: &mut dyn FnMut() -> bool| {
        let began = stopwatch();
        while !what() {
            assert!(began.elapsed() < Duration::from_secs(20), "waited for {step}");
            rest(Duration::from_micros(20));
        }
    };
    match step {
        Step::Writing | Step::Kept(_) => see(&mut || kept(&place, &before.0) >= Some(step)),
        Step::Row => see(&mut || database.count(rows) > before.1),
        Step::Acknowledged => {}
        Step::Claimed => {}
    }
    let mut told = false;
    if matches!(step, Step::Acknowledged | Step::Claimed) {
        told = sent.join().unwrap();
        assert!(told, "nothing stood in the way");
        let (at, token) = (server.at, token.to_owned());
        let sending =
            (step == Step::Claimed).then(|| thread::spawn(move || browser(at, &token).post(&path("send"), &[])));
        if sending.is_some() {
            see(&mut || database.count(claimed) > before.2);
        }
        server.kill();
        if let Some(sending) = sending {
            // Told or cut off: which, the test does not know, and need not.
            drop(sending.join());
        }
    } else {
        server.kill();
        told |= sent.join().unwrap();
    }
    let found = if database.count(claimed) > before.2 {
        Step::Claimed
    } else if told {
        Step::Acknowledged
    } else if database.count(rows) > before.1 {
        Step::Row
    } else {
        kept(&place, &before.0).unwrap_or(Step::Writing)
    };
    (found, told)
}

/// Goes on as a visitor would whose connection broke, and has a report with a photo in the end.
fn go_on(at: SocketAddr, token: &str, found: Step, told: bool) {
    let mut client: Client = browser(at, token);
    if client.get(&path("done")).unwrap().status != 200 {
        assert!(found < Step::Claimed, "a report that was kept is gone");
        let listed = listed(&mut client);
        assert!(listed >= usize::from(told), "an acknowledged photo is gone");
        // The row comes before the answer that names it: a row alone is nobody's, and goes with the sweep.
        assert!(listed <= usize::from(found >= Step::Row), "{found}: a photo that was never kept is listed");
        if listed == 0 {
            assert!(upload(at, token).join().unwrap());
        }
        assert!(matches!(send(at, token), Known::Received(_)));
    }
    assert!(matches!(look(at, token).unwrap(), Known::Received(_)));
}

#[test]
fn a_kill_between_any_two_steps_of_attaching_and_sending_loses_nothing_and_leaves_nothing_behind() {
    let times = if prove() { 20 } else { 2 };
    let folder = Folder::new();
    let tokens = Database::of(&folder).prepare(STEPS.len() * times * 40, &shortest());
    let mut tokens = tokens.into_iter();
    let (mut kills, mut reports) = (0, 0);
    let mut seen: Vec<(Step, usize)> = STEPS.iter().map(|step| (*step, 0)).collect();
    // Aimed at each step until each was hit: the kill may come a step late.
    while let Some((step, _)) = seen.iter().find(|(_, hits)| *hits < times).copied() {
        let token = tokens.next().unwrap_or_else(|| panic!("{step} was never hit: {seen:?}"));
        let (found, told) = kill_at(&folder, step, &token);
        kills += 1;
        if let Some((_, hits)) = seen.iter_mut().find(|(step, _)| *step == found) {
            *hits += 1;
        }
        let server = folder.start();
        go_on(server.at, &token, found, told);
        reports += 1;
        server.kill();
    }
    let place = folder.data.join("files");
    let database = Database::of(&folder);
    let claimed = database.ids("SELECT id FROM held WHERE report IS NOT NULL");
    assert_eq!((claimed.len() as i64, database.reports()), (reports, reports), "a photo and a report for each kill");
    let orphans = files(&place).len() - claimed.len();
    // A day later.
    if database.count("SELECT COUNT(*) FROM held WHERE report IS NULL") > 0 {
        database.change("UPDATE held SET expires_at = 0 WHERE report IS NULL");
    }
    folder.configure("[files]\norphan_seconds = 0\n");
    let server = folder.start();
    until(Duration::from_secs(30), "the sweep", || files(&place) == claimed);
    until(Duration::from_secs(20), "all sealed", || {
        let log = folder.command(&["verify"]).output().unwrap();
        log.status.success() && !String::from_utf8_lossy(&log.stdout).contains("wait to be sealed")
    });
    assert!(!server.log().contains("panicked"), "{}", server.log());
    server.kill();
    let hits: Vec<String> = seen.iter().map(|(step, hits)| format!("{step}: {hits}")).collect();
    println!(
        "proof: {kills} kills between the steps of attach and submit ({}): {reports} reports with their photo, lost 0; \
         {orphans} files of no report, swept",
        hits.join("; ")
    );
}
