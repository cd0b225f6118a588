//! `docs/verify/verify.py` shares no code with this crate. Whatever the one says of a log or a proof, the other must say.

mod folder;

use folder::{Folder, entry};
use ledger::{Hash, ProofFile};
use std::process::Command;

const SIZES: [u64; 8] = [0, 1, 2, 255, 256, 257, 1_000, 70_000];

/// Where Python is absent, a developer may go on; the build that decides may not.
fn python_is_here() -> bool {
    let here = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(here || std::env::var_os("CI").is_none(), "python3 is absent");
    if !here {
        println!("skipped: python3 is absent");
    }
    here
}

/// What verify.py says, in words.
fn python(arguments: &[&str]) -> Result<(), String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify/verify.py");
    let output = Command::new("python3").arg("-B").arg(script).args(arguments).output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(0) => Ok(()),
        Some(1) if words.starts_with("wrong: ") => Err(words),
        other => panic!("{arguments:?} ended with {other:?}: {words}"),
    }
}

/// Both verdicts on a log. When `named` is given, both must refuse it and name that.
fn both(folder: &Folder, old: Option<&str>, named: Option<&str>) {
    let (key, path) = (folder.key().to_string(), folder.path.to_str().unwrap());
    let file = old.map(|old| folder.path.join(old));
    let mut arguments = vec!["log", &key, path];
    arguments.extend(file.as_ref().map(|file| file.to_str().unwrap()));
    let (rust, python) = (folder.verdict(old), python(&arguments));
    match named {
        None => assert_eq!((rust, python), (Ok(()), Ok(()))),
        Some(named) => {
            let (rust, python) = (rust.expect_err(named), python.expect_err(named));
            assert!(rust.contains(named), "{named}: {rust}");
            assert!(python.contains(named), "{named}: {python}");
        }
    }
}

fn flip(at: usize) -> impl Fn(Vec<u8>) -> Option<Vec<u8>> {
    move |mut bytes| {
        bytes[at] ^= 0x20;
        Some(bytes)
    }
}

#[test]
fn both_accept_logs_of_all_sizes_and_their_growth() {
    if !python_is_here() {
        return;
    }
    for (number, size) in SIZES.into_iter().enumerate() {
        let folder = Folder::build(&format!("whole-{size}"), &SIZES[..=number]);
        both(&folder, None, None);
        let smaller = if size < 1_000 { 0 } else { number.saturating_sub(2) };
        for old in &SIZES[smaller..=number] {
            both(&folder, Some(&format!("checkpoint-{old}")), None);
        }
    }
}

#[test]
fn both_name_what_was_changed_in_a_folder() {
    if !python_is_here() {
        return;
    }
    let folder = Folder::build("changed", &[300, 1_000]);
    let cases = [
        ("tile/entries/002", 3, "entry 512 does not have the hash"),
        ("tile/entries/003.p/232", 4, "entry 768 does not have the hash"),
        ("tile/entries/002", 0, "tile/entries/002 has the wrong length"),
        ("tile/0/002", 40, "entry 513 does not have the hash"),
        ("tile/0/003.p/232", 0, "entry 768 does not have the hash"),
        ("tile/1/000.p/3", 64, "hash 2"),
        ("checkpoint", 0, "signature by ledger.example.org"),
    ];
    for (file, at, named) in cases {
        folder.with(file, flip(at), |folder| both(folder, None, Some(named)));
    }
    for file in ["tile/entries/002", "tile/0/003.p/232", "tile/1/000.p/3"] {
        folder.with(file, |_| None, |folder| both(folder, None, Some(&format!("{file} is missing"))));
        let shorter = |mut bytes: Vec<u8>| {
            bytes.pop();
            Some(bytes)
        };
        folder.with(file, shorter, |folder| both(folder, None, Some(&format!("{file} has the wrong length"))));
    }
    let other = folder.read("tile/entries/001");
    folder.with("tile/entries/002", |_| Some(other), |folder| both(folder, None, Some("entry 512")));
    both(&folder, Some("checkpoint-300"), None);

    let folder = Folder::build("changed-above", &[70_000]);
    folder.with("tile/1/000", flip(64), |folder| both(folder, None, Some("hash 2")));
    folder.with("tile/2/000.p/1", flip(31), |folder| both(folder, None, Some("hash 0")));
    folder.with("tile/2/000.p/1", |_| None, |folder| both(folder, None, Some("tile/2/000.p/1 is missing")));
}

#[test]
fn both_refuse_a_checkpoint_that_lies() {
    if !python_is_here() {
        return;
    }
    let folder = Folder::build("lies", &[200, 257, 300]);
    let lie = |size, root| {
        let note = folder.signed(size, root).into_bytes();
        move |_| Some(note)
    };
    let root = |size: u64| ledger::Tree::new(&folder, size).root().unwrap();
    folder.with("checkpoint", lie(300, Hash([7; 32])), |folder| both(folder, None, Some("root of the checkpoint")));
    folder.with("checkpoint", lie(299, root(300)), |folder| both(folder, None, Some("is missing")));
    folder.with("checkpoint", lie(256, root(256)), |folder| both(folder, None, None));
    folder.with("checkpoint", lie(256, root(257)), |folder| both(folder, None, Some("root of the checkpoint")));
    // A past that this log never had, a size it has not reached, and a shrunk log.
    folder.with("checkpoint-200", lie(200, root(257)), |folder| both(folder, Some("checkpoint-200"), Some("old")));
    folder.with("checkpoint-200", lie(301, root(300)), |folder| {
        assert!(folder.verdict(Some("checkpoint-200")).is_err());
        let (key, path) = (folder.key().to_string(), folder.path.to_str().unwrap());
        let old = folder.path.join("checkpoint-200");
        let words = python(&["log", &key, path, old.to_str().unwrap()]).unwrap_err();
        assert!(words.contains("shrunk from 301 to 300"), "{words}");
    });
}

#[test]
fn both_agree_on_proofs_and_on_changed_ones() {
    if !python_is_here() {
        return;
    }
    let last = SIZES.len() - 1;
    for (number, size) in SIZES.into_iter().enumerate().skip(1) {
        let folder = Folder::build(&format!("proofs-{size}"), &SIZES[number..=number]);
        let key = folder.key().to_string();
        let agree = |index: u64, file: &[u8], bytes: &[u8], good: bool| {
            folder.put("it.tlog-proof", file);
            folder.put("it.entry", bytes);
            let path = |name| folder.path.join(name).to_str().unwrap().to_owned();
            let python = python(&["proof", &key, &path("it.tlog-proof"), &path("it.entry")]);
            let rust = ProofFile::parse(file).and_then(|proof| proof.verify(bytes, &[folder.key()]));
            assert_eq!((rust.is_ok(), python.is_ok()), (good, good), "{index} of {size}: {rust:?} {python:?}");
        };
        for index in [0, size - 1] {
            agree(index, folder.proof(index).to_string().as_bytes(), &entry(index), true);
        }
        let index = size / 2;
        let proof = folder.proof(index);
        let text = proof.to_string().into_bytes();
        let extra = ProofFile { extra: Some(vec![0, 255]), ..proof.clone() };
        agree(index, extra.to_string().as_bytes(), &entry(index), true);
        agree(index, &text, b"entry of somebody else", false);
        agree(index, ProofFile { index: index + 1, ..proof.clone() }.to_string().as_bytes(), &entry(index), false);
        let longer = ProofFile { path: [&proof.path[..], &[Hash([0; 32])]].concat(), ..proof };
        agree(index, longer.to_string().as_bytes(), &entry(index), false);
        // One bit every so often, more of them in the shortest and the longest file.
        let step = if number == 1 || number == last { 331 } else { 1_499 };
        for at in (0..text.len() * 8).step_by(step) {
            let mut bytes = text.clone();
            bytes[at / 8] ^= 1 << (at % 8);
            agree(index, &bytes, &entry(index), false);
        }
    }
}
