//! One kept connection that sends requests written beforehand.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer: its status, its head and where in the buffer its body lies.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// A GET, with a cookie where one is given.
pub fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{cookie}\r\n").into_bytes()
}

/// A posted form.
pub fn post(path: &str, cookie: Option<&str>, form: &str) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nOrigin: http://bench\r\n{cookie}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

/// What a program posts, under a key of its own.
pub fn post_json(path: &str, key: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl Client {
    pub async fn new(at: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(at).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, buffer: Vec::with_capacity(128 * 1024) })
    }

    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        let (status, head) = self.exchange(request).await?;
        let head_text = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        Ok(Answer { status, head: head_text, body: self.buffer[head..].to_vec() })
    }

    /// Sends and reads the whole answer, and keeps the status alone: as little work as can be for the one who measures.
    pub async fn status(&mut self, request: &[u8]) -> Result<u16> {
        Ok(self.exchange(request).await?.0)
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.fill().await?;
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head])?;
        let status = text.get(9..12).and_then(|code| code.parse().ok()).context("no status")?;
        let length: usize = header(text, "content-length").context("no content-length")?.parse()?;
        while self.buffer.len() < head + length {
            self.fill().await?;
        }
        Ok((status, head))
    }

    async fn fill(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_found_in_any_case() {
        let head = "HTTP/1.1 303 See Other\r\nLocation: /a\r\nset-cookie: staff=abc; Path=/staff\r\n\r\n".to_owned();
        let answer = Answer { status: 303, head, body: Vec::new() };
        assert_eq!(
            (answer.header("location"), answer.header("Set-Cookie")),
            (Some("/a"), Some("staff=abc; Path=/staff"))
        );
        assert_eq!(answer.header("cookie"), None);
    }

    #[test]
    fn a_form_has_its_length() {
        let request = String::from_utf8(post("/a", Some("b=c"), "d=e")).unwrap();
        assert!(request.ends_with(
            "Cookie: b=c\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\nd=e"
        ));
    }
}
