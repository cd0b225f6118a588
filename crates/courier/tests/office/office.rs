//! A back office that speaks Open311 and misbehaves as it is told to.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How it answers one exchange; after those that were given it behaves.
#[derive(Clone, Debug, PartialEq)]
pub enum Mood {
    Well,
    /// Hangs up before it reads.
    Down,
    /// Does what it is asked to, and never says so.
    Silent,
    /// Does it, and answers 200 with a page of HTML.
    Html,
    /// Does it, and hangs up half way through its answer.
    HalfWay,
    /// Does it, and says that it failed.
    Failed,
    /// Does nothing, and says so.
    Status(u16, &'static str),
    /// Promises a number.
    Token,
    /// These bytes, whatever is asked.
    Says(String),
}

/// One thing its own staff said.
#[derive(Clone, Debug)]
pub struct Said {
    pub id: String,
    pub request: String,
    pub status: &'static str,
    /// As it is written in the answer.
    pub stamp: String,
    /// By what it is found in a span; nothing: it is in every answer.
    pub at: Option<i64>,
    pub words: String,
}

/// A report that its own people made, as its fields are written in the list; `at` is by what it is found in a span.
#[derive(Clone, Debug)]
pub struct MadeThere {
    pub at: Option<i64>,
    pub fields: Vec<(&'static str, String)>,
}

#[derive(Default)]
pub struct Kept {
    pub made: Vec<MadeThere>,
    /// Pictures that came with a report, by our id of it: how many bytes each had at least.
    pub pictures: BTreeMap<String, Vec<String>>,
    pub moods: VecDeque<Mood>,
    /// Every exchange as it came: the line, and the form or the query.
    pub got: Vec<(String, Vec<(String, String)>)>,
    /// Their bytes: the line, and the body.
    pub raw: Vec<String>,
    /// Reports by our id of them, with the number it gave and its form.
    pub requests: BTreeMap<String, (String, Vec<(String, String)>)>,
    /// Updates by our id of them, in the order in which they first came.
    pub updates: Vec<(String, Vec<(String, String)>)>,
    pub said: Vec<Said>,
    /// Seconds.
    pub now: i64,
    /// Says everything twice, and the newest first.
    pub muddled: bool,
    pub services: BTreeSet<String>,
}

pub struct Office {
    pub port: u16,
    pub kept: Arc<Mutex<Kept>>,
    running: JoinHandle<()>,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.running.abort();
    }
}

pub fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

impl Office {
    pub async fn new() -> Office {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept: Arc<Mutex<Kept>> = Arc::default();
        let keep = kept.clone();
        let running = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, keep.clone()));
            }
        });
        Office { port, kept, running }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/open311/v2", self.port)
    }

    pub fn answer(&self, moods: &[Mood]) {
        self.kept.lock().unwrap().moods.extend(moods.iter().cloned());
    }

    pub fn got(&self) -> Vec<(String, Vec<(String, String)>)> {
        self.kept.lock().unwrap().got.clone()
    }

    /// The number it gave to a report of ours.
    pub fn number(&self, reference: &str) -> Option<String> {
        self.kept.lock().unwrap().requests.get(reference).map(|(number, _)| number.clone())
    }

    pub fn say(&self, said: Said) {
        self.kept.lock().unwrap().said.push(said);
    }
}

async fn serve(mut stream: TcpStream, kept: Arc<Mutex<Kept>>) {
    loop {
        let mood = kept.lock().unwrap().moods.front().cloned();
        if mood == Some(Mood::Down) {
            kept.lock().unwrap().moods.pop_front();
            return;
        }
        let Some((head, body)) = request(&mut stream).await else { return };
        let (mood, answer) = {
            let mut kept = kept.lock().unwrap();
            let mood = kept.moods.pop_front().unwrap_or(Mood::Well);
            let line = head.lines().next().unwrap_or_default();
            let raw = format!("{}\n{body}", line.replace(" HTTP/1.1", ""));
            kept.raw.push(raw);
            let target = line.split(' ').nth(1).unwrap_or_default();
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            let boundary =
                head.split_once("boundary=").map(|(_, rest)| rest.lines().next().unwrap_or_default().to_owned());
            let fields = match &boundary {
                Some(boundary) => parts(&body, boundary),
                None => pairs(if body.is_empty() { query } else { &body }),
            };
            kept.got.push((format!("{} {path}", line.split(' ').next().unwrap_or_default()), fields.clone()));
            let does = !matches!(mood, Mood::Status(..) | Mood::Says(_));
            let answer = if does { kept.act(&mood, path, line.starts_with("POST"), &fields) } else { String::new() };
            (mood, answer)
        };
        let whole = |status: &str, kind: &str, body: &str| {
            format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        };
        let bytes = match &mood {
            Mood::Well | Mood::Token => whole("200 OK", "text/xml", &answer),
            Mood::Silent => std::future::pending::<String>().await,
            Mood::Html => whole("200 OK", "text/html", "<html><body><p>Please sign in<br></body></html>"),
            Mood::HalfWay => {
                let all = whole("200 OK", "text/xml", &answer);
                all[..all.len() - answer.len() / 2].to_owned()
            }
            Mood::Failed => whole("500 Sorry", "text/plain", "sorry"),
            Mood::Status(code, words) => {
                let error =
                    format!("<errors><error><code>{code}</code><description>{words}</description></error></errors>");
                whole(&format!("{code} As Told"), "text/xml", &error)
            }
            Mood::Says(text) => whole("200 OK", "text/xml", text),
            Mood::Down => return,
        };
        if stream.write_all(bytes.as_bytes()).await.is_err() || mood == Mood::HalfWay {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

impl Kept {
    fn act(&mut self, mood: &Mood, path: &str, post: bool, fields: &[(String, String)]) -> String {
        let file = path.rsplit('/').next().unwrap_or_default();
        let created = |inner: &str| format!("<service_requests><request>{inner}</request></service_requests>");
        match (post, file) {
            (true, "requests.xml") => {
                let ours = field(fields, "attribute[fixmystreet_id]").to_owned();
                let pictures = fields.iter().filter(|(name, _)| name.starts_with("photo"));
                let pictures = pictures.map(|(name, bytes)| format!("{name} {}", bytes.len() > 100)).collect();
                self.pictures.entry(ours.clone()).or_insert(pictures);
                let number = format!("T-{}", 1000 + self.requests.len());
                let (number, _) = self.requests.entry(ours).or_insert_with(|| (number, fields.to_vec()));
                match mood {
                    Mood::Token => created(&format!("<token>token of {number}</token>")),
                    _ => created(&format!("<service_request_id>{number}</service_request_id>")),
                }
            }
            (true, "servicerequestupdates.xml") => {
                let ours = field(fields, "update_id").to_owned();
                if !self.updates.iter().any(|(known, _)| *known == ours) {
                    self.updates.push((ours.clone(), fields.to_vec()));
                    // It says to everybody what it was told.
                    let words = field(fields, "description").to_owned();
                    let request = field(fields, "service_request_id").to_owned();
                    let (stamp, at) = (written(self.now), Some(self.now));
                    self.said.push(Said { id: format!("echo-{ours}"), request, status: "OPEN", stamp, at, words });
                }
                format!(
                    "<service_request_updates><request_update><update_id>echo-{ours}</update_id></request_update>\
                     </service_request_updates>"
                )
            }
            (false, "servicerequestupdates.xml") => {
                let read = |name: &str| field(fields, name).parse::<jiff::Timestamp>().unwrap().as_second();
                let (from, to) = (read("start_date"), read("end_date"));
                let within = |said: &&Said| said.at.is_none_or(|at| (from..=to).contains(&at));
                let mut all: Vec<String> = self.said.iter().filter(within).map(item).collect();
                if self.muddled {
                    all.reverse();
                    all.extend(all.clone());
                }
                format!("<service_request_updates>{}</service_request_updates>", all.concat())
            }
            (false, "services.xml") => {
                let service = |code: &String| {
                    format!(
                        "<service><service_code>{code}</service_code><service_name>{code}</service_name>\
                             <metadata>true</metadata></service>"
                    )
                };
                format!("<services>{}</services>", self.services.iter().map(service).collect::<String>())
            }
            (false, token) if path.contains("/tokens/") => {
                let number = token.trim_start_matches("token%20of%20").trim_end_matches(".xml");
                created(&format!("<service_request_id>{number}</service_request_id>"))
            }
            (false, "requests.xml") if field(fields, "service_request_id").is_empty() => {
                let read = |name: &str| field(fields, name).parse::<jiff::Timestamp>().unwrap().as_second();
                let (from, to) = (read("start_date"), read("end_date"));
                let within = |one: &&MadeThere| one.at.is_none_or(|at| (from..=to).contains(&at));
                let mut all: Vec<String> = self.made.iter().filter(within).map(made).collect();
                // It does not tell ours from its own.
                all.extend(self.requests.values().map(|(number, form)| {
                    let same = ["service_code", "lat", "long", "description"];
                    let mut fields: Vec<_> = same.map(|name| (name, field(form, name).to_owned())).into();
                    fields.push(("service_request_id", number.clone()));
                    made(&MadeThere { at: None, fields })
                }));
                if self.muddled {
                    all.reverse();
                    all.extend(all.clone());
                }
                format!("<service_requests>{}</service_requests>", all.concat())
            }
            (false, "requests.xml") => {
                let ids = field(fields, "service_request_id").split(',');
                let stands = |id: &str| {
                    let newest = self.said.iter().rev().find(|said| said.request == id);
                    let (status, words, stamp) =
                        newest.map_or(("open", "", ""), |said| (said.status, &said.words, &said.stamp));
                    format!(
                        "<request><service_request_id>{id}</service_request_id><status>{status}</status>\
                             <status_notes>{words}</status_notes><updated_datetime>{stamp}</updated_datetime></request>"
                    )
                };
                format!("<service_requests>{}</service_requests>", ids.map(stands).collect::<String>())
            }
            _ if path.contains("/services/") => {
                format!("<service_definition><service_code>{file}</service_code></service_definition>")
            }
            _ => panic!("{path}"),
        }
    }
}

fn item(said: &Said) -> String {
    format!(
        "<request_update><update_id>{}</update_id><service_request_id>{}</service_request_id><status>{}</status>\
         <updated_datetime>{}</updated_datetime><description>{}</description></request_update>",
        said.id, said.request, said.status, said.stamp, said.words
    )
}

fn made(one: &MadeThere) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let field = |(name, text): &(&str, String)| format!("<{name}>{}</{name}>", escaped(text));
    format!("<request>{}</request>", one.fields.iter().map(field).collect::<String>())
}

/// The parts of a form, whatever their bytes are.
fn parts(body: &str, boundary: &str) -> Vec<(String, String)> {
    let part = |part: &str| {
        let (head, value) = part.split_once("\r\n\r\n")?;
        let name = head.split_once("name=\"")?.1.split('"').next()?;
        Some((name.to_owned(), value.strip_suffix("\r\n").unwrap_or(value).to_owned()))
    };
    body.split(&format!("--{boundary}")).filter_map(part).collect()
}

pub fn written(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap().to_string()
}

/// The pairs of a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://form.invalid/?{text}")).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let whole = end + 4 + length.unwrap_or("0").parse::<usize>().unwrap();
            if bytes.len() >= whole {
                return Some((head, String::from_utf8_lossy(&bytes[end + 4..whole]).into_owned()));
            }
        }
        match stream.read(&mut part).await {
            Ok(n) if n > 0 => bytes.extend_from_slice(&part[..n]),
            _ => return None,
        }
    }
}
