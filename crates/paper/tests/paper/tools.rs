//! What programs that are not ours make of a paper, where they are installed.

use crate::{fonts, paper, text, things};
use std::process::Command;

fn is_installed(program: &str) -> bool {
    let is_there = Command::new(program).arg("--version").output().is_ok();
    if !is_there {
        println!("skipped: {program} is absent");
    }
    is_there
}

/// What the program prints, and what it complains of.
fn run(program: &str, before: &[&str], bytes: &[u8], after: &[&str]) -> (String, String) {
    let file = std::env::temp_dir().join(format!("moothall-paper-{program}-{}.pdf", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    let output = Command::new(program).args(before).arg(&file).args(after).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn pdftotext_reads_the_same_words() {
    let Some(fonts) = fonts().filter(|_| is_installed("pdftotext")) else { return };
    let said = "Zażółć gęślą jaźń £640 Съешь же ещё Ξεσκεπάζω 東京";
    let bytes = paper(vec![text(said), things(100)]).pdf(fonts).unwrap();
    let (words, complaint) = run("pdftotext", &["-enc", "UTF-8"], &bytes, &["-"]);
    assert!(words.contains(said) && words.contains("thing0099"), "{words}");
    assert_eq!(complaint, "");
}

#[test]
fn qpdf_finds_no_fault() {
    let Some(fonts) = fonts().filter(|_| is_installed("qpdf")) else { return };
    let bytes = paper(vec![text("Zażółć 😀"), things(100)]).pdf(fonts).unwrap();
    let (words, complaint) = run("qpdf", &["--check"], &bytes, &[]);
    assert!(words.contains("No syntax or stream encoding errors") && complaint.is_empty(), "{words} {complaint}");
}
