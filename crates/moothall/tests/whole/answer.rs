//! One HTTP answer, read from a stream.

use std::io::{self, BufRead, Error, ErrorKind};

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn read(stream: &mut impl BufRead) -> io::Result<Answer> {
        let status = line(stream)?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let mut headers = Vec::new();
        loop {
            let line = line(stream)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or(ErrorKind::InvalidData)?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: String::new() };
        let length = answer.header("content-length").and_then(|n| n.parse().ok());
        // Every page here is whole before it is sent; an answer without a length would be a fault of ours.
        let mut body = vec![0; length.ok_or_else(|| Error::new(ErrorKind::InvalidData, "no content-length"))?];
        stream.read_exact(&mut body)?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Where it sends the visitor on to; empty where it does not.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// The text between two marks of the page.
    pub fn between(&self, before: &str, after: &str) -> Option<&str> {
        let start = self.body.find(before)? + before.len();
        let length = self.body[start..].find(after)?;
        Some(&self.body[start..start + length])
    }

    /// The words of the page without its marks, for messages of failed tests.
    pub fn words(&self) -> String {
        let main = self.body.find("<main").map_or(self.body.as_str(), |at| &self.body[at..]);
        let text: String = main.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

#[test]
fn an_answer_is_read_to_its_end_and_not_beyond() {
    let text = "HTTP/1.1 303 See Other\r\nLocation: /done\r\ncontent-length: 4\r\n\r\n<p>aHTTP/1.1 200 OK\r\n";
    let mut stream = text.as_bytes();
    let answer = Answer::read(&mut stream).unwrap();
    assert_eq!((answer.status, answer.location(), answer.body.as_str()), (303, "/done", "<p>a"));
    assert!(stream.starts_with(b"HTTP/1.1 200"));
    assert!(Answer::read(&mut "HTTP/1.1 200 OK\r\n\r\n".as_bytes()).is_err());
}
