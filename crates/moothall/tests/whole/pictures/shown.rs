//! The command as somebody sees it who types it.

use crate::folder::BINARY;
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

fn typed(words: &[&str], given: &[u8]) -> Output {
    let mut command = Command::new(BINARY);
    command.arg("decode").args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may have ended already.
    let _ = child.stdin.take().unwrap().write_all(given);
    child.wait_with_output().unwrap()
}

#[test]
fn without_its_words_or_its_order_it_stops_and_says_why() {
    let whole = ["--media", "image/png", "--memory", "4294967296", "--cpu-seconds", "5"];
    for (words, given, says) in [
        (&[][..], &b""[..], "--media"),
        (&["--media", "image/svg+xml"], b"", "--media"),
        (&whole[..4], b"", "--cpu-seconds"),
        (&["--files", "3"], b"", "--files"),
        (&whole, b"", "there is no order"),
        (&whole, b"\xff\xff\xff\xff", "there is no order"),
        (&whole, b"\0\0\0\x02{}", "there is no order"),
    ] {
        let output = typed(words, given);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(says), "{words:?}: {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn an_order_for_another_kind_than_the_command_line_says_is_not_taken() {
    let mut given = Vec::new();
    picture::write_order(&mut given, &super::order(picture::Media::Heic, &[1]), b"").unwrap();
    let output = typed(&["--media", "image/png", "--memory", "4294967296", "--cpu-seconds", "5"], &given);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("another kind"));
}
