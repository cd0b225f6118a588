//! The program as its operator watches it: numbers on a listener of their own, spans at a collector, neither in the way.

use crate::{
    client::Client,
    database::{Database, with_mail_to},
    folder::{Folder, free_address, repository},
    post_office::PostOffice,
    postgres,
    race::{Known, send},
    server::until,
};
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};
use testkit::Numbers;

const PATIENCE: Duration = Duration::from_secs(30);

/// Every body that was posted here, end to end. It answers, unless it is told to be silent.
fn collector(silent: bool) -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (at, got) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<u8>>>::default());
    let keep = got.clone();
    thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming().flatten() {
            if silent {
                held.push(stream);
            } else if let Some(body) = posted(stream) {
                keep.lock().unwrap().extend(body);
            }
        }
    });
    (at, got)
}

fn posted(stream: TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).ok()? > 2 {
        if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").ok()?;
    Some(body)
}

fn configure(folder: &Folder, metrics: SocketAddr, collector: SocketAddr, mail: SocketAddr) {
    folder.configure(&format!(
        "[metrics]\nlisten = \"{metrics}\"\n[traces]\nendpoint = \"http://{collector}\"\nratio = 1.0\n\
         [mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"plain\"\nfrom = \"noreply@moothall.example.test\"\n\
         [records.avon-and-somerset-police]\nurl = \"http://{collector}/\"\n\
         secrets = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]\n\
         [payments.north-somerset-council]\nurl = \"http://{collector}/\"\nkey = \"example\"\n",
        mail.port()
    ));
}

pub fn numbers(at: SocketAddr) -> Numbers {
    Numbers::read(&Client::new(at).get("/metrics").unwrap().body)
}

fn holds(got: &Mutex<Vec<u8>>, words: &str) -> bool {
    got.lock().unwrap().windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn numbers_and_spans_tell_of_a_report_and_its_mail_and_of_nobody() {
    watched(Folder::new());
}

#[test]
fn numbers_and_spans_tell_the_same_on_a_server() {
    postgres::folder().into_iter().for_each(watched);
}

fn watched(folder: Folder) {
    let (metrics, office_at) = (free_address(), free_address());
    let (collector_at, got) = collector(false);
    configure(&folder, metrics, collector_at, office_at);
    let database = Database::of(&folder);
    let people = ["robin", "jo", "nobody"].map(|name| format!("{name}@example.test"));
    let tokens: Vec<String> = people.iter().map(|one| database.prepare(1, &with_mail_to(one)).remove(0)).collect();
    let server = folder.start();
    let mut references = Vec::new();
    let mut received = |token: &String| match send(server.at, token) {
        Known::Received(reference) => references.push(reference),
        other => panic!("{other:?}"),
    };
    let settled = |fate: &str| {
        let label = ("fate".to_owned(), fate.to_owned());
        let all = numbers(metrics).of("moothall_deliveries_total");
        all.iter().filter(|(labels, _)| labels.contains(&label)).map(|(_, n)| n).sum::<f64>()
    };

    // The mail server is away, then there; it has no mailbox for nobody.
    received(&tokens[0]);
    until(PATIENCE, "a try that failed", || settled("again") == 1.0);
    let office = PostOffice::open(office_at);
    tokens[1..].iter().for_each(&mut received);
    until(PATIENCE, "a mail that was sent", || settled("sent") == 1.0);
    until(PATIENCE, "a mail that is dead", || settled("dead") == 1.0);
    assert_eq!(office.tries("jo@example.test"), 1);
    until(PATIENCE, "numbers of the database", || numbers(metrics).get("moothall_outbox{state=\"dead\"}") == 1.0);
    until(PATIENCE, "what was sealed", || numbers(metrics).get("moothall_ledger_unsealed") == 0.0);
    let now = numbers(metrics);
    assert_eq!(now.get("moothall_outbox{state=\"waiting\"}"), 1.0);
    assert_eq!(now.get("moothall_reports_received_total{channel=\"web\"}"), 3.0);
    assert!(now.get("moothall_ledger_sealed_total") >= 3.0);
    assert!(now.get("moothall_database_commits_total") > 3.0);
    for process in ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_max_fds"]
    {
        assert!(now.get(process) > 0.0, "{process}");
    }
    assert!(now.get("process_start_time_seconds") > 1.7e9);
    is_documented(&now);

    assert_eq!(server.client().get("/metrics").unwrap().status, 404);
    assert_eq!(Client::new(metrics).get("/readyz").unwrap().status, 404);

    for words in ["POST /report/{service}/send", "mail.deliver", "mail.hand_over", "ledger.round", "db.write"] {
        until(PATIENCE, words, || holds(&got, words));
    }
    until(PATIENCE, "spans counted as sent", || numbers(metrics).get("moothall_spans_total{fate=\"sent\"}") > 10.0);
    let text = Client::new(metrics).get("/metrics").unwrap().body;
    let mut secrets: Vec<&str> = vec!["robin", "example.test", "Example", "fly-tipping", "lay-by", "north-somerset"];
    secrets.extend(references.iter().chain(&tokens).map(String::as_str));
    for secret in secrets {
        assert!(!text.contains(secret) && !holds(&got, secret), "{secret}");
    }
    assert!(server.terminate(PATIENCE).success());
}

/// Every number stands in the table of `docs/operate.md` under the name it has for those who look, and no other.
fn is_documented(numbers: &Numbers) {
    let page = fs::read_to_string(repository().join("docs/operate.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `moothall_") || line.starts_with("| `process_"));
    let first = rows.map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    let told: BTreeSet<String> = first.flatten().map(str::to_owned).collect();
    let shown: BTreeSet<String> = numbers
        .families
        .iter()
        .map(|family| match family.shape.as_str() {
            "counter" => format!("{}_total", family.name),
            "info" => format!("{}_info", family.name),
            _ => family.name.clone(),
        })
        .collect();
    // An embedded database has no pool.
    let only_on_a_server = BTreeSet::from(["moothall_database_connections".to_owned()]);
    let differ: Vec<&String> =
        told.symmetric_difference(&shown).filter(|name| !only_on_a_server.contains(*name)).collect();
    assert!(differ.is_empty(), "in the table or in the numbers, not in both: {differ:?}");
}

/// Pages, the numbers and the end are as they are without a collector; what it did not take is counted.
fn undisturbed(collector_at: SocketAddr) {
    let (folder, metrics) = (Folder::new(), free_address());
    configure(&folder, metrics, collector_at, free_address());
    let server = folder.start();
    let mut client = server.client();
    until(PATIENCE, "spans that are lost", || {
        assert_eq!(client.get("/").unwrap().status, 200);
        numbers(metrics).get("moothall_spans_total{fate=\"lost\"}") > 0.0
    });
    assert_eq!(numbers(metrics).get("moothall_spans_total{fate=\"sent\"}"), 0.0);
    assert_eq!(server.log().matches("the collector does not take spans").count(), 1, "{}", server.log());
    assert!(server.terminate(PATIENCE).success());
}

#[test]
fn a_collector_that_is_away_harms_nobody() {
    undisturbed(free_address());
}

#[test]
fn a_collector_that_says_nothing_harms_nobody() {
    undisturbed(collector(true).0);
}

#[test]
fn without_an_address_nobody_listens_and_an_address_that_is_taken_stops_the_start() {
    let (folder, taken) = (Folder::new(), TcpListener::bind("127.0.0.1:0").unwrap());
    let server = folder.start();
    assert_eq!(server.client().get("/metrics").unwrap().status, 404);
    drop(server);
    folder.configure(&format!("[metrics]\nlisten = \"{}\"\n", taken.local_addr().unwrap()));
    assert!(folder.refused(&["serve"]).contains("cannot listen on"));
}
