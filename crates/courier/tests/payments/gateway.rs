//! A gateway that speaks as GOV.UK Pay's documentation says, and keeps its payments in memory.

use serde_json::{Value as Json, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What it does with the next request; after these it answers as it should.
#[derive(Clone, Debug)]
pub enum Mood {
    Status(u16),
    /// Nothing at all.
    Silent,
    Garbage,
    /// It does what it is asked, and its answer is lost.
    Lost,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub key: String,
    pub asked: Json,
    pub status: &'static str,
    pub given_back: i64,
    /// Paid at the moment somebody gives it up.
    pub paid_at_the_last: bool,
}

#[derive(Default)]
struct Inside {
    held: Vec<Held>,
    moods: VecDeque<Mood>,
}

#[derive(Clone)]
pub struct Pay {
    port: u16,
    inside: Arc<Mutex<Inside>>,
}

pub const KEY: &str = "api_test_abc123";

impl Pay {
    pub async fn new() -> Pay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let pay = Pay { port: listener.local_addr().unwrap().port(), inside: Arc::default() };
        let serving = pay.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let pay = serving.clone();
                tokio::spawn(async move { pay.serve(stream).await });
            }
        });
        pay
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn then(&self, moods: &[Mood]) {
        self.inside.lock().unwrap().moods.extend(moods.iter().cloned());
    }

    pub fn held(&self) -> Vec<Held> {
        self.inside.lock().unwrap().held.clone()
    }

    /// What the person does at its page.
    pub fn ends(&self, n: usize, status: &'static str) {
        self.inside.lock().unwrap().held[n].status = status;
    }

    pub fn change(&self, n: usize, change: impl FnOnce(&mut Held)) {
        change(&mut self.inside.lock().unwrap().held[n]);
    }

    async fn serve(&self, mut stream: TcpStream) {
        while let Some((head, body)) = request(&mut stream).await {
            let mood = self.inside.lock().unwrap().moods.pop_front();
            match mood {
                Some(Mood::Silent) => {
                    tokio::time::sleep(Duration::from_secs(3)).await;
                    return;
                }
                Some(Mood::Garbage) => {
                    let _ = stream.write_all(b"hello\r\n\r\n").await;
                    return;
                }
                Some(Mood::Status(code)) => answer(&mut stream, code, &json!({ "code": "P0999" })).await,
                Some(Mood::Lost) => {
                    self.does(&head, &body);
                    return;
                }
                None => {
                    let (code, said) = self.does(&head, &body);
                    answer(&mut stream, code, &said).await;
                }
            }
        }
    }

    fn does(&self, head: &str, body: &str) -> (u16, Json) {
        let mut inside = self.inside.lock().unwrap();
        let mut first = head.lines().next().unwrap_or_default().split(' ');
        let (method, path) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        if header(head, "authorization") != Some(&format!("Bearer {KEY}")) {
            return (401, json!({ "code": "P0920" }));
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let asked: Json = serde_json::from_str(body).unwrap_or(Json::Null);
        match (method, parts.as_slice()) {
            ("POST", ["v1", "payments"]) => {
                let key = header(head, "idempotency-key").unwrap_or_default().to_owned();
                if let Some(n) = inside.held.iter().position(|held| held.key == key) {
                    let same = inside.held[n].asked == asked;
                    return if same { (200, self.shown(&inside.held, n)) } else { (409, json!({ "code": "P0191" })) };
                }
                inside.held.push(Held { key, asked, status: "created", given_back: 0, paid_at_the_last: false });
                (201, self.shown(&inside.held, inside.held.len() - 1))
            }
            (_, ["v1", "payments", id, rest @ ..]) => {
                let n = id.strip_prefix("pay").and_then(|n| n.parse::<usize>().ok());
                let Some(n) = n.filter(|n| *n < inside.held.len()) else { return (404, json!({ "code": "P0200" })) };
                match (method, rest) {
                    ("GET", []) => (200, self.shown(&inside.held, n)),
                    ("POST", ["cancel"]) => {
                        let held = &mut inside.held[n];
                        if held.paid_at_the_last {
                            held.status = "success";
                        }
                        if finished(held.status) {
                            return (400, json!({ "code": "P0501" }));
                        }
                        held.status = "cancelled";
                        (204, Json::Null)
                    }
                    ("POST", ["refunds"]) => {
                        let amount = inside.held[n].asked["amount"].as_i64().unwrap();
                        let held = &mut inside.held[n];
                        if asked["refund_amount_available"] != json!(amount - held.given_back) {
                            return (412, json!({ "code": "P0604" }));
                        }
                        held.given_back += asked["amount"].as_i64().unwrap();
                        (202, json!({ "refund_id": "r1", "status": "submitted" }))
                    }
                    _ => (404, Json::Null),
                }
            }
            _ => (404, Json::Null),
        }
    }

    fn shown(&self, held: &[Held], n: usize) -> Json {
        let one = &held[n];
        let mut said = one.asked.clone();
        said["payment_id"] = json!(format!("pay{n}"));
        said["state"] = json!({ "status": one.status, "finished": finished(one.status) });
        said["payment_provider"] = json!("sandbox");
        said["refund_summary"] = json!({ "status": "available", "amount_submitted": one.given_back });
        said["_links"] = json!({ "self": { "href": "https://x", "method": "GET" } });
        if one.status == "created" {
            let next = format!("{}/secure/{n}", self.url());
            said["_links"]["next_url"] = json!({ "href": next, "method": "GET" });
        }
        said
    }
}

fn finished(status: &str) -> bool {
    matches!(status, "success" | "failed" | "cancelled" | "error")
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, v)| v)
}

async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).into_owned();
            let length = header(&head, "content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
            if read.len() >= end + 4 + length {
                let body = String::from_utf8_lossy(&read[end + 4..end + 4 + length]).into_owned();
                return Some((head, body));
            }
        }
        match stream.read(&mut buffer).await {
            Ok(n) if n > 0 => read.extend_from_slice(&buffer[..n]),
            _ => return None,
        }
    }
}

async fn answer(stream: &mut TcpStream, code: u16, said: &Json) {
    let body = if code == 204 { String::new() } else { said.to_string() };
    let text =
        format!("HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let _ = stream.write_all(text.as_bytes()).await;
}
