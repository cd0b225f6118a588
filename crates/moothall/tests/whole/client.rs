//! A browser without a screen: HTTP/1.1 over one kept connection, with cookies by path.

use crate::answer::Answer;
use std::{
    io::{self, BufReader, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than anything takes that is not stuck.
const PATIENCE: Duration = Duration::from_secs(30);

const FORM: &str = "application/x-www-form-urlencoded";

pub struct Client {
    at: SocketAddr,
    line: Option<BufReader<TcpStream>>,
    cookies: Vec<Cookie>,
}

struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl Client {
    pub fn new(at: SocketAddr) -> Client {
        Client { at, line: None, cookies: Vec::new() }
    }

    pub fn with_cookie(mut self, name: &str, value: &str, path: &str) -> Client {
        self.cookies.push(Cookie { name: name.into(), value: value.into(), path: path.into() });
        self
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, FORM, b"")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
        self.ask("POST", path, FORM, pairs.join("&").as_bytes())
    }

    /// A form with one file, as a script posts it: the answer is JSON.
    pub fn upload(&mut self, path: &str, field: &str, name: &str, bytes: &[u8]) -> io::Result<Answer> {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
        self.ask("POST", path, "multipart/form-data; boundary=cut\r\nAccept: application/json", &body)
    }

    /// As [`Client::post`], then the page it leads to.
    pub fn post_and_follow(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let answer = self.post(path, fields)?;
        if answer.status == 303 { self.get(answer.location()) } else { Ok(answer) }
    }

    /// Any body of any kind.
    pub fn post_bytes(&mut self, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        self.ask("POST", path, kind, body)
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        let answer = self.exchange(method, path, kind, body);
        match &answer {
            Ok(answer) if answer.header("connection") != Some("close") => {}
            _ => self.line = None,
        }
        let answer = answer?;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            self.keep(cookie);
        }
        Ok(answer)
    }

    fn exchange(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.at);
        let sent: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| is_under(path, &cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if !sent.is_empty() {
            request += &format!("Cookie: {}\r\n", sent.join("; "));
        }
        if method == "POST" {
            let length = body.len();
            request += &format!("Origin: http://{}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n", self.at);
        }
        request += "\r\n";
        let line = self.line()?;
        line.get_mut().write_all(&[request.as_bytes(), body].concat())?;
        Answer::read(line)
    }

    fn line(&mut self) -> io::Result<&mut BufReader<TcpStream>> {
        if self.line.is_none() {
            let stream = TcpStream::connect_timeout(&self.at, PATIENCE)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            self.line = Some(BufReader::new(stream));
        }
        self.line.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn keep(&mut self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let rest: Vec<&str> = parts.collect();
        let path = rest.iter().find_map(|part| part.strip_prefix("Path=")).unwrap_or("/");
        self.cookies.retain(|cookie| cookie.name != name || cookie.path != path);
        if !rest.contains(&"Max-Age=0") {
            self.cookies.push(Cookie { name: name.into(), value: value.into(), path: path.into() });
        }
    }
}

/// RFC 6265, 5.1.4.
fn is_under(path: &str, cookie: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    path.strip_prefix(cookie).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie.ends_with('/'))
}

fn coded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[test]
fn a_cookie_goes_where_its_path_leads() {
    assert!(is_under("/report/a/send", "/report/a") && is_under("/report/a?x=1", "/report/a") && is_under("/b", "/"));
    assert!(!is_under("/report/ab", "/report/a") && !is_under("/", "/report/a"));
    assert_eq!(coded("a b&c=ö"), "a%20b%26c%3D%C3%B6");
}
