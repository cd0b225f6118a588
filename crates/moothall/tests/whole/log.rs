//! What is written into the log, at its most talkative, while a crime is reported, worked and followed: nothing of what a
//! person told, wrote or is called, nothing that opens a report, and no report's number.

use crate::{
    desk,
    folder::{Folder, free_address},
    server::Server,
};
use serde_json::{Value as Json, json};
use std::fs;
use testkit::sample;

/// A square that the police answer for.
const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"code":"E23000036","name":"Avon and Somerset"},
"geometry":{"type":"Polygon","coordinates":[[[-3.1,51.2],[-2.6,51.2],[-2.6,51.5],[-3.1,51.5],[-3.1,51.2]]]}}]}"#;
const TOLD: &str = "MARKTOLD";
const INNER: &str = "MARKINNER";
/// All that is ours says all it can say.
const TALKATIVE: &str = "info,moothall=trace,web=trace,casework=trace,courier=trace,custody=trace,store=trace";

fn told() -> Json {
    let mut answers = sample("crime.assault", "everything")["answers"].clone();
    answers["per.photos"] = Json::Null;
    answers["story.text"] = json!(format!("{TOLD} He put his hands on my neck."));
    answers["contact"]["name"] = json!(format!("Robin {TOLD}"));
    answers["contact"]["email"] = json!(format!("{TOLD}@example.org"));
    answers["contact"]["address"] = json!(format!("1 {TOLD} Road"));
    json!({ "service": "crime.assault", "answers": answers, "pin": testkit::PIN })
}

#[test]
fn the_log_says_nothing_of_what_people_told_and_wrote_and_names_no_report() {
    let folder = Folder::new();
    // A post office that is not there: what cannot be sent is told of in the log too.
    let port = free_address().port();
    folder.configure(&format!(
        "[mail]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"plain\"\nfrom = \"noreply@moothall.example.test\"\n"
    ));
    let square = folder.beside("square.geojson");
    fs::write(&square, SQUARE).unwrap();
    folder.done(&["import", "boundaries", &square.display().to_string()]);
    let account = desk::add(&folder, "avon-and-somerset-police", "inspector");
    let mut command = folder.command(&["serve"]);
    command.env("MOOTHALL_LOG", TALKATIVE);
    let server = Server::start(command, folder.at, &folder.beside("server.log"));

    let mut program = server.client();
    let kind = "application/json\r\nIdempotency-Key: a-key-of-nobody-0001";
    let sent = program.post_bytes("/api/v1/reports", kind, told().to_string().as_bytes()).unwrap();
    assert_eq!(sent.status, 201, "{}", sent.body);
    let receipt: Json = serde_json::from_str(&sent.body).unwrap();
    let said = |name: &str| receipt[name].as_str().unwrap_or_else(|| panic!("{name}: {receipt}")).to_owned();
    let (reference, code) = (said("reference"), said("receipt_code"));

    let (mut inspector, status) = desk::sign_in(&server, &account, &account.recovery[0]);
    assert_eq!(status, 303);
    let at = format!("/staff/reports/{reference}");
    assert!(inspector.get(&format!("/staff?q={TOLD}")).unwrap().status == 200);
    let page = inspector.get(&at).unwrap();
    assert!(page.status == 200 && page.body.contains(TOLD), "{}", page.words());
    for (act, fields) in [
        ("note", vec![("words", format!("{INNER} He is known to us."))]),
        ("crimes", vec![("offence", "8N".to_owned()), ("words", format!("{INNER} We recorded it."))]),
        ("event", vec![("event", "arrested".to_owned()), ("words", format!("{INNER} At his work."))]),
    ] {
        let page = inspector.get(&if act == "note" { at.clone() } else { format!("{at}/crime") }).unwrap();
        let version = page.between("name=\"version\" value=\"", "\"").unwrap_or_default().to_owned();
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("version", &version));
        let done = inspector.post(&format!("{at}/{act}"), &fields).unwrap();
        assert_eq!(done.status, 303, "{act}: {}", done.words());
    }
    let mut victim = server.client();
    // Wrong codes and a broken path as well: errors are the usual way into a log.
    let wrong = format!("/track/{reference}/{TOLD}");
    assert_eq!(victim.get(&wrong).unwrap().status, 404);
    for typed in ["AAAAA-AAAAA-A", code.as_str()] {
        victim.post("/track", &[("reference", reference.as_str()), ("code", typed)]).unwrap();
    }
    victim.post(&format!("/track/{reference}/words"), &[("words", TOLD)]).unwrap();

    let log = server.log();
    assert!(log.lines().count() > 5, "the log is silent, and shows nothing: {log}");
    let token = said("tracking_url").rsplit('/').next().unwrap().to_owned();
    for secret in [TOLD, INNER, "Robin", &reference, &code, &token, &said("token"), &account.login, &account.password] {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{secret} is in the log: {log}");
    }
}
