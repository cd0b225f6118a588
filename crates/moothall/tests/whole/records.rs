//! A records system beside the running program: configured, told by a signed webhook, let in by its key.

use crate::{
    folder::Folder,
    server::{Server, until},
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

const AGENCY: &str = "avon-and-somerset-police";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const KEY: &str = "2f0b6f5b0f9d4c0aa4a1c6b8a3c1d7e9";
const PATIENCE: Duration = Duration::from_secs(60);

type Got = Arc<Mutex<Vec<(Vec<String>, String)>>>;

/// Heads and bodies of what was posted here. The first post is answered with 503.
fn force() -> (SocketAddr, Got) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (at, got) = (listener.local_addr().unwrap(), Got::default());
    let keep = got.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let keep = keep.clone();
            thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                while let Some(request) = posted(&mut reader) {
                    let status = if keep.lock().unwrap().is_empty() { "503 Not Yet" } else { "200 OK" };
                    keep.lock().unwrap().push(request);
                    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                    if reader.get_mut().write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (at, got)
}

fn posted(reader: &mut impl BufRead) -> Option<(Vec<String>, String)> {
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(n) = line.strip_prefix("content-length: ") {
            length = n.parse().ok()?;
        }
        head.push(line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).ok()?))
}

fn configured(at: SocketAddr) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(KEY));
    format!("[records.{AGENCY}]\nurl = \"http://{at}/hooks\"\nsecrets = [\"{SECRET}\"]\nkey_hashes = [\"{hash}\"]\n")
}

fn theft(server: &Server) -> Json {
    let mut answers = testkit::sample("crime.theft", "shortest")["answers"].clone();
    // This house has no map: words are all there is of the place.
    answers["where.place"] = json!({ "typed": "By the Grand Pier", "how": "words" });
    let body = json!({ "service": "crime.theft", "answers": answers, "pin": testkit::PIN }).to_string();
    let kind = "application/json\r\nIdempotency-Key: a-theft-for-the-records";
    let answer = server.client().post_bytes("/api/v1/reports", kind, body.as_bytes()).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn a_records_system_is_told_once_it_takes_it_and_let_in_by_its_key() {
    let (at, got) = force();
    let folder = Folder::new();
    folder.configure(&configured(at));
    let server = folder.start();
    let receipt = theft(&server);
    until(PATIENCE, "a second try", || got.lock().unwrap().len() >= 2);
    let got = got.lock().unwrap().clone();
    let header = |n: usize, name: &str| got[n].0.iter().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    assert!(header(1, "webhook-signature: ").starts_with("v1,"));
    assert_eq!((header(0, "webhook-id: "), &got[0].1), (header(1, "webhook-id: "), &got[1].1));
    let body: Json = serde_json::from_str(&got[1].1).unwrap();
    assert_eq!((&body["type"], &body["data"]["reference"]), (&json!("report.received"), &receipt["reference"]));
    assert!(!server.log().contains(SECRET) && !server.log().contains("/hooks"), "{}", server.log());

    let crime = format!("/api/v1/records/{AGENCY}/crimes/00000000-0000-7000-8000-000000000000");
    assert_eq!(server.client().get(&crime).unwrap().status, 401);
    let kind = format!("application/json\r\nIdempotency-Key: no-crime-of-this-id\r\nAuthorization: Bearer {KEY}");
    let answer = server.client().post_bytes(&crime, &kind, br#"{"number": "5226/000001"}"#).unwrap();
    assert_eq!(answer.status, 404, "{}", answer.body);
    assert!(server.terminate(PATIENCE).success());
}

#[test]
fn a_records_system_that_cannot_be_stops_the_start_with_its_name() {
    let folder = Folder::new();
    let at = SocketAddr::from(([127, 0, 0, 1], 9));
    for (from, to, names) in [
        (AGENCY, "no-such-agency", "records.no-such-agency: there is no agency"),
        (SECRET, "hunter2", "records.avon-and-somerset-police.secrets"),
        ("http://127.0.0.1:9", "http://hunter2.example", "records.avon-and-somerset-police.url"),
        ("key_hashes = [\"", "key_hashes = [\"hunter2\", \"", "records.avon-and-somerset-police.key_hashes"),
        ("secrets", "secrtes", "secrtes"),
    ] {
        folder.configure(&configured(at).replace(from, to));
        let said = folder.refused(&["serve"]);
        assert!(said.contains(names) && !said.contains("hunter2"), "{said}");
    }
}
