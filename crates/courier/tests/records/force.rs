//! A records system that answers as it is told to, and checks signatures with code of its own.

use sha2::{Digest, Sha256};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How it answers one webhook; after those that were given it takes everything.
#[derive(Clone, Debug)]
pub enum Mood {
    Take,
    Status(u16),
    /// Nothing at all.
    Silent,
    Garbage,
    /// Sends us elsewhere.
    Redirect(String),
    /// Takes it, and then talks without end.
    Endless,
}

/// A webhook as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Got {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub body: String,
    /// It was answered with a 2xx.
    pub taken: bool,
}

impl Got {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// As the specification wants it checked: any `v1` signature, and no older or younger than five minutes.
    pub fn verified(&self, secret: &str, now: i64) -> bool {
        let key = data_encoding::BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
        let mac = hmac(&key, format!("{}.{}.{}", self.id, self.timestamp, self.body).as_bytes());
        let expected = format!("v1,{}", data_encoding::BASE64.encode(&mac));
        (self.timestamp - now).abs() <= 300 && self.signature.split(' ').any(|one| one == expected)
    }
}

/// RFC 2104, written out: not the code that signs.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.iter().map(|byte| byte ^ with).collect::<Vec<u8>>();
    let inner = Sha256::digest([pad(0x36), text.to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

#[test]
fn the_stand_in_checks_the_published_example() {
    let got = Got {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek".into(),
        timestamp: 1_614_265_330,
        signature: "v1,bm9uc2Vuc2U= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".into(),
        body: r#"{"test": 2432232314}"#.into(),
        taken: true,
    };
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert!(got.verified(secret, 1_614_265_330 + 300));
    assert!(!got.verified(secret, 1_614_265_330 + 301));
    assert!(!Got { body: r#"{"test": 2432232315}"#.into(), ..got }.verified(secret, 1_614_265_330));
}

#[derive(Default)]
struct Kept {
    moods: VecDeque<Mood>,
    got: Vec<Got>,
}

pub struct Force {
    pub port: u16,
    kept: Arc<Mutex<Kept>>,
    running: JoinHandle<()>,
}

impl Drop for Force {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl Force {
    pub async fn new(moods: &[Mood]) -> Force {
        Force::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), moods)
    }

    pub async fn at(port: u16, moods: &[Mood]) -> Force {
        Force::on(TcpListener::bind(("127.0.0.1", port)).await.unwrap(), moods)
    }

    /// A port that nobody listens on.
    pub async fn nowhere() -> u16 {
        TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
    }

    fn on(listener: TcpListener, moods: &[Mood]) -> Force {
        let port = listener.local_addr().unwrap().port();
        let kept = Arc::new(Mutex::new(Kept { moods: moods.to_vec().into(), got: Vec::new() }));
        let keep = kept.clone();
        let running = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, keep.clone()));
            }
        });
        Force { port, kept, running }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks", self.port)
    }

    pub fn answer(&self, moods: &[Mood]) {
        self.kept.lock().unwrap().moods.extend(moods.iter().cloned());
    }

    /// All that came, in the order in which it came.
    pub fn got(&self) -> Vec<Got> {
        self.kept.lock().unwrap().got.clone()
    }

    pub fn taken(&self) -> Vec<Got> {
        self.got().into_iter().filter(|got| got.taken).collect()
    }
}

async fn serve(mut stream: TcpStream, kept: Arc<Mutex<Kept>>) {
    while let Some((head, body)) = request(&mut stream).await {
        let header = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            line.unwrap_or_else(|| panic!("no {name} in {head}")).to_owned()
        };
        assert!(head.starts_with("POST /hooks HTTP/1.1"), "{head}");
        assert_eq!(header("content-type"), "application/json");
        let mood = kept.lock().unwrap().moods.pop_front().unwrap_or(Mood::Take);
        let got = Got {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signature: header("webhook-signature"),
            body,
            taken: matches!(mood, Mood::Take | Mood::Endless),
        };
        kept.lock().unwrap().got.push(got);
        let answer = match &mood {
            Mood::Take => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
            Mood::Status(code) => format!("HTTP/1.1 {code} As Told\r\ncontent-length: 2\r\n\r\nno"),
            Mood::Silent => std::future::pending::<String>().await,
            Mood::Garbage => "220 mail.example ESMTP\r\n".to_owned(),
            Mood::Redirect(to) => format!("HTTP/1.1 307 Elsewhere\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"),
            Mood::Endless => "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned(),
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        if matches!(mood, Mood::Endless) {
            let piece = format!("1000\r\n{}\r\n", "x".repeat(4096));
            while stream.write_all(piece.as_bytes()).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            return;
        }
        if matches!(mood, Mood::Garbage) {
            return;
        }
    }
}

async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let whole = end + 4 + length.unwrap_or("0").parse::<usize>().unwrap();
            if bytes.len() >= whole {
                return Some((head, String::from_utf8(bytes[end + 4..whole].to_vec()).unwrap()));
            }
        }
        match stream.read(&mut part).await {
            Ok(n) if n > 0 => bytes.extend_from_slice(&part[..n]),
            _ => return None,
        }
    }
}
