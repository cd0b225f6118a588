//! `docs/verify/verify.py` shares no code with us and says the same of the folder we publish.

use crate::house::{House, report_id, resident};
use std::{fs, process::Command};

/// Where Python is absent, a developer may go on; the build that decides may not.
fn python_is_here() -> bool {
    let here = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(here || std::env::var_os("CI").is_none(), "python3 is absent");
    if !here {
        println!("skipped: python3 is absent");
    }
    here
}

fn python(arguments: &[&str]) -> Result<String, String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/verify/verify.py");
    let output = Command::new("python3").arg("-B").arg(script).args(arguments).output().unwrap();
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(String::from_utf8(output.stderr).unwrap()),
    }
}

#[tokio::test]
async fn python_agrees_on_the_published_folder_and_on_every_spoilt_tile() {
    if !python_is_here() {
        return;
    }
    let house = House::lived().await;
    let (key, folder) = (house.ledger().await.key(), house.folder());
    let judge = || python(&["log", &key, folder.to_str().unwrap()]);
    assert_eq!(judge().unwrap(), "600 entries fit their tiles and the checkpoint\n");
    for tile in ledger::Tile::all(600) {
        let path = folder.join(tile.path());
        let good = fs::read(&path).unwrap();
        let mut bytes = good.clone();
        bytes[good.len() / 2] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(judge().is_err(), "{tile}");
        assert!(house.faults().await.iter().any(|fault| fault.contains(&tile.path())), "{tile}");
        fs::write(&path, good).unwrap();
    }
    assert!(judge().is_ok());
}

#[tokio::test]
async fn python_checks_the_proof_of_a_reporter_from_the_file_alone() {
    if !python_is_here() {
        return;
    }
    let house = House::lived().await;
    let ledger = house.ledger().await;
    let text = ledger.proof(&resident(26), report_id(26)).await.unwrap().unwrap();
    let file = house.folder().join("proof.tlog-proof");
    fs::write(&file, &text).unwrap();
    let judge = || python(&["proof", &ledger.key(), file.to_str().unwrap()]);
    assert_eq!(judge().unwrap(), "entry 250 of 600 is proved\n");
    let at = text.find("extra ").unwrap() + 40;
    fs::write(&file, format!("{}{}{}", &text[..at], "AAAA", &text[at + 4..])).unwrap();
    assert!(judge().is_err());
    fs::write(
        &file,
        text.lines().filter(|line| !line.starts_with("extra")).map(|line| format!("{line}\n")).collect::<String>(),
    )
    .unwrap();
    assert!(judge().unwrap_err().contains("the entry is missing"));
}
