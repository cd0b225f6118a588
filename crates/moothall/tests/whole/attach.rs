//! `kill -9` while photos are added and reports with them sent: what was acknowledged is there, and what was not leaves
//! nothing behind.

use crate::{
    client::Client,
    database::{Database, shortest},
    folder::{Folder, prove},
    kill::{CLIENTS, moment},
    race::{Known, browser, look, path, send},
    server::{rest, stopwatch, until},
};
use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};
use uuid::Uuid;

/// Photos of each report.
const PHOTOS: usize = 2;
/// Prepared for each client: more than it can send before the kill.
const EACH: usize = 12;
/// One black pixel.
pub const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// What one client was told of one attempt.
struct Attached {
    token: String,
    /// Photos that were acknowledged.
    acknowledged: usize,
    /// What became of the sending; none where it was not come to.
    sent: Option<Known>,
}

/// Adds photos and sends, until the connection breaks.
fn attach(at: SocketAddr, token: &str, done: &AtomicUsize) -> Attached {
    let mut attached = Attached { token: token.to_owned(), acknowledged: 0, sent: None };
    let mut client = browser(at, token);
    for n in 0..PHOTOS {
        match client.upload(&path("files/photos"), "photos.new", &format!("{n}.gif"), GIF) {
            Ok(answer) if answer.status == 200 => attached.acknowledged += 1,
            Ok(answer) => panic!("{}: {}", answer.status, answer.words()),
            Err(_) => return attached,
        }
        done.fetch_add(1, Relaxed);
    }
    attached.sent = Some(send(at, token));
    attached
}

/// How many photos the page of an attempt lists.
pub fn listed(client: &mut Client) -> usize {
    let page = client.get(&path("q/photos")).unwrap();
    assert_eq!(page.status, 200, "{}", page.words());
    page.body.matches("name=\"photos.remove\"").count()
}

/// Every file that has bytes.
pub fn files(folder: &Path) -> BTreeSet<Uuid> {
    let mut found = BTreeSet::new();
    let folders = |at: &Path| -> Vec<PathBuf> {
        fs::read_dir(at).into_iter().flatten().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
    };
    for file in folders(folder).iter().flat_map(|around| folders(around)) {
        let mut inside = match fs::read_dir(&file) {
            // The sweep took it since its folder was listed: it has no bytes.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            read => read.unwrap(),
        };
        if inside.next().is_some() {
            found.insert(file.file_name().unwrap().to_str().unwrap().parse().unwrap());
        }
    }
    found
}

#[test]
fn a_photo_that_was_acknowledged_survives_kill_9_and_one_that_was_not_is_swept() {
    let kills = if prove() { 300 } else { 10 };
    let folder = Folder::new();
    let (mut photos, mut reports, mut cut_off) = (0, 0, 0);
    let began = stopwatch();
    for round in 0..kills {
        let tokens = Database::of(&folder).prepare(CLIENTS * EACH, &shortest());
        let server = folder.start();
        let done = Arc::new(AtomicUsize::new(0));
        let clients: Vec<_> = tokens
            .chunks(EACH)
            .map(|tokens| {
                let (tokens, done, at) = (tokens.to_vec(), done.clone(), server.at);
                thread::spawn(move || {
                    let mut all = Vec::new();
                    for token in tokens {
                        all.push(attach(at, &token, &done));
                        if !matches!(all.last().and_then(|last| last.sent.as_ref()), Some(Known::Received(_))) {
                            break;
                        }
                    }
                    all
                })
            })
            .collect();
        until(Duration::from_secs(20), "photos under way", || done.load(Relaxed) > CLIENTS);
        rest(moment(round) * 3);
        server.kill();
        let attached: Vec<Attached> = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
        let server = folder.start();
        for one in attached {
            photos += one.acknowledged;
            match one.sent {
                Some(Known::Received(_) | Known::Acknowledged) => {
                    assert!(matches!(look(server.at, &one.token).unwrap(), Known::Received(_)));
                    reports += 1;
                }
                Some(Known::Refused) => panic!("nothing stood in the way"),
                // Cut off while it was sent, or before: it is one or the other, and whole.
                Some(Known::CutOff) | None => {
                    cut_off += 1;
                    let mut client = browser(server.at, &one.token);
                    if client.get(&path("done")).unwrap().status != 200 {
                        assert!(listed(&mut client) >= one.acknowledged, "an acknowledged photo is gone");
                        assert!(matches!(send(server.at, &one.token), Known::Received(_)));
                    }
                    reports += 1;
                }
            }
        }
        server.kill();
    }
    // Each report has its photos, with bytes, as its entry says.
    let server = folder.start();
    until(Duration::from_secs(20), "all sealed", || {
        let log = folder.command(&["verify"]).output().unwrap();
        log.status.success() && !String::from_utf8_lossy(&log.stdout).contains("wait to be sealed")
    });
    server.kill();
    let claimed = Database::of(&folder).count("SELECT COUNT(*) FROM held WHERE report IS NOT NULL");
    assert!(claimed >= photos as i64, "{photos} photos were acknowledged, {claimed} are there");
    let rows = Database::of(&folder).ids("SELECT id FROM held");
    let with_bytes = files(&folder.data.join("files"));
    assert!(rows.is_subset(&with_bytes), "a row without bytes");
    let orphans = with_bytes.len() - rows.len();
    folder.configure("[files]\norphan_seconds = 0\n");
    let server = folder.start();
    until(Duration::from_secs(30), "the sweep", || files(&folder.data.join("files")) == rows);
    assert!(!server.log().contains("panicked"), "{}", server.log());
    server.kill();
    println!(
        "proof: photos: {kills} kills in {:.0} s: {photos} photos acknowledged, {reports} reports, {cut_off} cut off; photos \
         lost 0, reports lost 0; {orphans} files without a row, swept",
        began.elapsed().as_secs_f64(),
    );
    assert!(photos > kills && cut_off > 0, "{photos} photos, {cut_off} cut off");
}
