//! A backup beside a working server, restored into another folder and into the other engine.

use crate::{
    copies::{self, receipt},
    database::{Database, shortest, with_mail_to},
    demonstration,
    disk::{Small, limited},
    folder::{Folder, prove},
    postgres::fresh,
    race::{Race, send},
    server::{Server, rest, stopwatch, until},
    told::Told,
};
use rights::Actor;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Stdio},
    time::Duration,
};
use store::{backup, journal, queue, report, sub_case};

const CLIENTS: usize = 4;

/// Asks for a page while the other process runs; how often, and the slowest answer.
fn beside(server: &Server, running: &mut Child) -> (usize, Duration) {
    let (mut client, mut answers, mut slowest) = (server.client(), 0, Duration::ZERO);
    while running.try_wait().unwrap().is_none() {
        let began = stopwatch();
        assert_eq!(client.get("/report").unwrap().status, 200);
        slowest = slowest.max(began.elapsed());
        answers += 1;
        rest(Duration::from_millis(5));
    }
    (answers, slowest)
}

/// Everything the journal says of some reports, and their heads.
fn told_of(folder: &Folder, references: Vec<String>) -> Vec<String> {
    Database::of(folder).read(move |tx| {
        let mut told = Vec::new();
        for reference in references {
            let head = report::by_reference(tx, &reference)?.ok_or(store::Error::Stale)?;
            let entries = journal::of_report(&Actor::House("test"), tx, head.id)?;
            // The journal grows by looks; what was there is there.
            let first: Vec<_> = entries.into_iter().filter(|entry| entry.kind == "report.received").collect();
            assert_eq!(first.len(), 1, "{reference}");
            // What staff search by was made again.
            for part in sub_case::of_report(tx, head.id)? {
                assert_eq!(tx.find_words(&queue::label(&part.agency), &reference)?, [part.number], "{reference}");
            }
            told.push(format!("{head:?} {first:?}"));
        }
        Ok(told)
    })
}

#[test]
fn a_backup_under_load_holds_all_that_was_acknowledged_before_and_works_elsewhere() {
    under_load(&Folder::bare(None), "embedded");
}

#[test]
fn a_backup_under_load_on_a_server_works_in_an_embedded_house() {
    if let Some(url) = fresh() {
        under_load(&Folder::bare(Some(url)), "server");
    }
}

fn under_load(folder: &Folder, engine: &str) {
    let server = demonstration::start(folder);
    let database = Database::of(folder);
    let before = if prove() { 2000 } else { 60 };
    let tokens = database.prepare(before, &shortest());
    let mut told = Told::default();
    told.take(Race::start(server.at, tokens.clone(), CLIENTS).end());
    let known = told.references();
    assert_eq!(known.len(), before);
    let written_down = receipt(&server, &tokens[0]);

    // Reports go on being sent while it is made.
    let race = Race::start(server.at, database.prepare(before * 5, &shortest()), CLIENTS);
    until(Duration::from_secs(20), "a race under way", || race.sent() > 0);
    let to = folder.beside("copy");
    let began = stopwatch();
    let mut command = folder.command(&["backup", &to.display().to_string(), "--with-keys"]);
    let mut running = command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let (answers, slowest) = beside(&server, &mut running);
    let took = began.elapsed();
    assert!(running.wait().unwrap().success());
    let sent = race.sent();
    told.take(race.stop());
    assert!(sent > 0 && told.counts.2 == 0, "the server went away");
    database.holds(&told.references());

    let other = Folder::bare(None);
    let began = stopwatch();
    let said = copies::restore(&to, &other, &[]);
    let restored = began.elapsed();
    assert!(said.contains("No fault was found.") && said.contains("The ledger rests"), "{said}");
    let there = Database::of(&other);
    there.holds(&known);
    let manifest = copies::manifest(&to);
    let rows = |name: &str| {
        manifest["tables"].as_array().unwrap().iter().find(|t| t["name"] == name).unwrap()["rows"].as_i64()
    };
    assert_eq!(Some(there.reports()), rows("report"));
    assert!(there.reports() > before as i64, "none of the demonstration's is there");
    let sample: Vec<String> = known.into_iter().step_by(before / 20).collect();
    assert_eq!(told_of(&other, sample.clone()), told_of(folder, sample));

    let elsewhere = other.start();
    written_down.opens(&elsewhere);
    // The house works on: it takes reports, which wait for the ledger.
    let token = there.prepare(1, &shortest()).remove(0);
    send(elsewhere.at, &token);
    receipt(&elsewhere, &token).opens(&elsewhere);
    assert!(!server.log().contains("panicked") && !elsewhere.log().contains("panicked"));
    let all: i64 = manifest["tables"].as_array().unwrap().iter().filter_map(|table| table["rows"].as_i64()).sum();
    println!(
        "proof: backup under load ({engine}): {all} rows, {:.1} MB in {:.2} s; meanwhile {sent} reports were sent and {answers} pages \
         answered, the slowest after {slowest:.0?}; restored and checked elsewhere in {:.2} s, {before} reports acknowledged \
         before it, lost 0",
        size(&to) as f64 / 1e6,
        took.as_secs_f64(),
        restored.as_secs_f64(),
    );
}

fn size(dir: &Path) -> u64 {
    copies::files(dir).iter().map(|name| fs::metadata(dir.join(name)).unwrap().len()).sum()
}

/// A house with some reports of each way to be told, sealed.
pub fn lived(folder: &Folder, reports: usize) -> Vec<String> {
    let database = Database::of(folder);
    let mut tokens = database.prepare(reports, &shortest());
    tokens.extend(database.prepare(2, &with_mail_to("robin@example.org")));
    database.prepare(3, &shortest());
    let server = folder.start();
    tokens.iter().for_each(|token| drop(send(server.at, token)));
    until(Duration::from_secs(10), "the reports to be sealed", || sealed(folder));
    assert!(server.terminate(Duration::from_secs(10)).success());
    tokens
}

fn sealed(folder: &Folder) -> bool {
    let actor = Actor::House("test");
    Database::of(folder).read(move |tx| store::leaf::counts(&actor, tx)).1 == 0
}

/// The rows of two backups, but for what a restore changes: the mark that the ledger rests, and mail that waited.
fn same_rows(one: &Path, other: &Path) {
    let (mut one, mut other) = (copies::tables(one), copies::tables(other));
    for tables in [&mut one, &mut other] {
        tables.get_mut("generation").unwrap().retain(|row| !row.contains("ledger rests"));
        assert!(!tables.remove("delivery").unwrap().is_empty());
        // Definitions in use are kept anew at each start.
        assert!(!tables["definition"].is_empty() && !tables["answer"].is_empty() && !tables["attempt"].is_empty());
    }
    for (name, rows) in &one {
        assert_eq!(rows, &other[name], "{name}");
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn an_embedded_house_moves_to_a_server_and_back_with_every_row() {
    let folder = Folder::new();
    let tokens = lived(&folder, 20);
    let (first, _) = copies::take(&folder, "first", &["--with-keys"]);
    let Some(url) = fresh() else { return };
    let served = Folder::bare(Some(url));
    let kept = copies::checkpoint(&folder);
    let kept = ["--checkpoint", kept.to_str().unwrap()];
    let said = copies::restore(&first, &served, &kept);
    assert!(said.contains("No fault was found.") && said.contains("The ledger goes on."), "{said}");
    assert!(said.contains("2 messages waited then"), "{said}");
    let (second, _) = copies::take(&served, "second", &["--with-keys"]);
    same_rows(&first, &second);

    let back = Folder::bare(None);
    copies::restore(&second, &back, &kept);
    let (third, _) = copies::take(&back, "third", &["--with-keys"]);
    same_rows(&first, &third);
    for house in [&served, &back] {
        let server = house.start();
        receipt(&server, &tokens[0]).opens(&server);
        let token = Database::of(house).prepare(1, &shortest()).remove(0);
        send(server.at, &token);
        until(Duration::from_secs(10), "what came after to be sealed", || sealed(house));
        // What is sealed is published before it ends.
        assert!(server.terminate(Duration::from_secs(10)).success());
        house.done(&["verify"]);
    }
}

#[test]
fn a_folder_that_is_there_is_never_written_over_and_only_its_owner_may_read_a_backup() {
    let folder = Folder::new();
    lived(&folder, 2);
    let (to, said) = copies::take(&folder, "copy", &[]);
    assert!(said.contains("secret of the house is not in it"), "{said}");
    for name in copies::files(&to) {
        assert_eq!(fs::metadata(to.join(&name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(!folder.beside("copy.unfinished").exists());
    // Without being asked for, the secret is in no file.
    let secret = fs::read_to_string(folder.data.join("secret.key")).unwrap();
    for name in copies::files(&to) {
        let bytes = fs::read(to.join(&name)).unwrap();
        assert!(!bytes.windows(64).any(|part| part == secret.trim().as_bytes()), "{name}");
    }
    assert!(folder.refused(&["backup", &to.display().to_string()]).contains("is there already"));
    let cut_off = folder.beside("other.unfinished");
    fs::create_dir(&cut_off).unwrap();
    let said = folder.refused(&["backup", &folder.beside("other").display().to_string()]);
    assert!(said.contains("other.unfinished") && cut_off.exists(), "{said}");
    let said = Folder::bare(None).refused(&["backup", &folder.beside("none").display().to_string()]);
    assert!(said.contains("there is no house"), "{said}");
    // Without the secret it can be restored by who has it, and by nobody else.
    let other = Folder::bare(None);
    let said = other.refused(&["restore", &to.display().to_string()]);
    assert!(said.contains("the secret of the house is not in this backup"), "{said}");
    fs::write(other.data.join("secret.key"), "11".repeat(32)).unwrap();
    let said = other.refused(&["restore", &to.display().to_string()]);
    assert!(said.contains("the secret is not that of the house"), "{said}");
    assert!(!other.data.join("moothall.db").exists());
    fs::write(other.data.join("secret.key"), secret).unwrap();
    copies::restore(&to, &other, &[]);
}

#[test]
fn a_house_that_is_not_empty_is_not_restored_into() {
    let folder = Folder::new();
    lived(&folder, 2);
    let (to, _) = copies::take(&folder, "copy", &["--with-keys"]);
    let said = folder.refused(&["restore", &to.display().to_string()]);
    assert!(said.contains("there is a ledger in"), "{said}");
    fs::remove_dir_all(folder.data.join("ledger")).unwrap();
    let said = folder.refused(&["restore", &to.display().to_string()]);
    assert!(said.contains("this house is not empty"), "{said}");
    assert_eq!(Database::of(&folder).reports(), 4);
    let server = folder.start();
    until(Duration::from_secs(10), "the tiles to be made again", || folder.run(&["verify"]).status.success());
    drop(server);
}

#[test]
fn a_restore_that_was_cut_off_is_no_house_and_begins_again() {
    let folder = Folder::new();
    lived(&folder, 5);
    Database::of(&folder).prepare(5000, &shortest());
    let (to, _) = copies::take(&folder, "copy", &["--with-keys"]);
    let from = to.display().to_string();
    let mut other = Folder::bare(None);
    for attempt in 0.. {
        assert!(attempt < 20, "it was never met while it was at it");
        let mut running =
            other.command(&["restore", &from]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        until(Duration::from_secs(20), "the restore to be under way", || {
            other.data.join("moothall.db-wal").exists() || running.try_wait().unwrap().is_some()
        });
        rest(Duration::from_millis(30 * (attempt % 5)));
        running.kill().unwrap();
        running.wait().unwrap();
        let there = other.data.join("moothall.db").exists()
            && Database::of(&other).read(|tx| Ok(!tx.tables()?.is_empty() && backup::filling(tx)?));
        if there {
            break;
        }
        other = Folder::bare(None);
    }
    for words in [&["serve"][..], &["backup", &folder.beside("half").display().to_string()]] {
        let said = other.refused(words);
        assert!(said.contains("cut off"), "{said}");
    }
    copies::restore(&to, &other, &[]);
    assert_eq!(Database::of(&other).reports(), 7);
    other.start();
}

#[test]
fn a_full_disk_leaves_nothing_that_looks_like_a_backup_and_the_server_goes_on() {
    let folder = Folder::new();
    lived(&folder, 5);
    Database::of(&folder).prepare(3000, &shortest());
    let place = folder.beside("place");
    fs::create_dir(&place).unwrap();
    let small = Small::at(&place, 1);
    if small.is_none() {
        println!("skipped: this test may not mount a small file system (the limit on files is tried alone)");
    }
    let server = folder.start();
    let to = place.join("copy");
    let words = ["backup", &to.display().to_string()];
    let mut ways = vec![limited(&folder.command(&words), 100)];
    ways.extend(small.as_ref().map(|_| folder.command(&words)));
    for mut way in ways {
        let output = way.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("cannot write"), "{said}");
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0, "{said}");
        let token = Database::of(&folder).prepare(1, &shortest()).remove(0);
        send(server.at, &token);
        receipt(&server, &token).opens(&server);
    }
    assert!(!server.log().contains("panicked"), "{}", server.log());
    drop(small);
    folder.done(&words);
    println!("proof: backup onto a full disk: refused with words, nothing left, the server answered");
}
