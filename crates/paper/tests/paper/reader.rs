//! Reads our own files back: what is drawn, where, and for whom. It knows only what `paper` writes.

use flate2::read::ZlibDecoder;
use std::{collections::BTreeMap, io::Read};

pub struct File {
    /// Of the objects that are pages.
    numbers: Vec<u32>,
    pub pages: Vec<Vec<Run>>,
    /// Every object without its stream, as it is written.
    pub objects: BTreeMap<u32, String>,
}

#[derive(Clone, Debug)]
pub struct Run {
    pub text: String,
    /// Points from the lower left corner.
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    /// For the eye alone.
    pub is_artifact: bool,
    /// The number of its piece of marked content on its page, where it is for all.
    pub piece: Option<usize>,
}

pub fn read(bytes: &[u8]) -> File {
    let (mut objects, mut streams) = (BTreeMap::new(), BTreeMap::new());
    let mut at = 0;
    while let Some(begin) = find(&bytes[at..], b" 0 obj\n").map(|found| at + found) {
        let line = bytes[..begin].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        let number: u32 = std::str::from_utf8(&bytes[line..begin]).unwrap().parse().unwrap();
        let body = &bytes[begin + 7..];
        let end = find(body, b"\nendobj").unwrap();
        let (text, length) = match find(&body[..end], b"\nstream\n") {
            // A stream may hold any bytes: its length says where it ends.
            Some(stream) => {
                let text = String::from_utf8_lossy(&body[..stream]).into_owned();
                let length: usize = number_after(&text, "/Length ").unwrap();
                streams.insert(number, inflated(&body[stream + 8..stream + 8 + length]));
                (text, stream + 8 + length)
            }
            None => (String::from_utf8_lossy(&body[..end]).into_owned(), end),
        };
        at = begin + 7 + length;
        objects.insert(number, text);
    }
    let fonts: BTreeMap<_, _> = objects
        .values()
        .filter(|text| text.contains("/Subtype /Type0"))
        .map(|text| (text.contains("Bold"), codes(&streams[&number_after(text, "/ToUnicode ").unwrap()])))
        .collect();
    let pages = objects.iter().filter(|(_, text)| text.contains("/Type /Page\n"));
    let drawn = |text: &str| runs(&streams[&number_after(text, "/Contents ").unwrap()], &fonts);
    let (numbers, pages) = pages.map(|(number, text)| (*number, drawn(text))).unzip();
    File { numbers, pages, objects }
}

impl File {
    /// Pages in one text each: a line for each run that is not for the eye alone.
    pub fn texts(&self) -> Vec<String> {
        let page = |runs: &Vec<Run>| runs.iter().filter(|run| !run.is_artifact).map(|run| run.text.clone()).collect();
        self.pages.iter().map(page).map(|lines: Vec<_>| lines.join("\n")).collect()
    }

    /// All that is said, in the order of the tags, without spaces and line breaks.
    pub fn letters(&self) -> String {
        let mut letters = String::new();
        let tags = self.objects.values().filter(|text| text.contains("/Type /StructElem"));
        for piece in tags.flat_map(|text| text.split("/Type /MCR").skip(1)) {
            let page: u32 = number_after(piece, "/Pg ").unwrap();
            let piece: usize = number_after(piece, "/MCID ").unwrap();
            let page = &self.pages[self.numbers.iter().position(|number| *number == page).unwrap()];
            letters.extend(page.iter().filter(|run| run.piece == Some(piece)).map(|run| run.text.as_str()));
        }
        letters.retain(|sign| !sign.is_whitespace());
        letters
    }

    pub fn count(&self, words: &str) -> usize {
        self.objects.values().filter(|text| text.contains(words)).count()
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|part| part == what)
}

fn number_after<T: std::str::FromStr>(text: &str, what: &str) -> Option<T> {
    let rest = &text[text.find(what)? + what.len()..];
    rest.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match ZlibDecoder::new(bytes).read_to_end(&mut out) {
        Ok(_) => out,
        Err(_) => bytes.to_vec(),
    }
}

/// From code to character: the lines `<0001> <0041>` of a character map.
fn codes(map: &[u8]) -> BTreeMap<u16, String> {
    let text = String::from_utf8_lossy(map);
    let pair = |line: &str| {
        let (code, sign) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
        let units: Vec<_> = (0..sign.len() / 4).map(|at| u16::from_str_radix(&sign[4 * at..4 * at + 4], 16)).collect();
        let units: Vec<u16> = units.into_iter().collect::<Result<_, _>>().ok()?;
        Some((u16::from_str_radix(code, 16).ok()?, String::from_utf16(&units).unwrap()))
    };
    let body = text.split("begincodespacerange").nth(1).unwrap_or("").split("endcodespacerange").nth(1).unwrap_or("");
    body.lines().filter_map(pair).collect()
}

enum Token {
    Word(String),
    Text(Vec<u8>),
}

fn runs(content: &[u8], fonts: &BTreeMap<bool, BTreeMap<u16, String>>) -> Vec<Run> {
    let (mut runs, mut before) = (Vec::new(), Vec::<String>::new());
    let mut now = Run { text: String::new(), x: 0.0, y: 0.0, size: 0.0, bold: false, is_artifact: false, piece: None };
    let mut inside = false;
    for token in tokens(content) {
        let number = |back: usize| before[before.len() - back].parse::<f32>().unwrap();
        match token {
            Token::Text(bytes) => {
                assert!(inside, "text outside marked content");
                let codes = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                now.text = codes.map(|code| fonts[&now.bold][&code].as_str()).collect();
                runs.push(now.clone());
            }
            Token::Word(word) => {
                match word.as_str() {
                    "Tf" => (now.bold, now.size) = (before[before.len() - 2] == "/B", number(1)),
                    "Td" => (now.x, now.y) = (number(2), number(1)),
                    "BDC" => {
                        assert!(!inside, "marked content inside another");
                        inside = true;
                        now.is_artifact = before.iter().rev().take(8).any(|word| word == "/Artifact");
                        let number = before.iter().position(|word| word == "/MCID").map(|at| &before[at + 1]);
                        now.piece = number.map(|number| number.parse().unwrap());
                        before.clear();
                    }
                    "EMC" => inside = false,
                    _ => {}
                }
                before.push(word);
            }
        }
    }
    assert!(!inside);
    runs
}

fn tokens(content: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < content.len() {
        match content[at] {
            b'(' => {
                let mut text = Vec::new();
                let mut depth = 0;
                loop {
                    match content[at] {
                        b'\\' => {
                            at += 1;
                            let octal =
                                content[at..].iter().take(3).take_while(|byte| (b'0'..b'8').contains(byte)).count();
                            if octal > 0 {
                                let digits = std::str::from_utf8(&content[at..at + octal]).unwrap();
                                text.push(u8::try_from(u32::from_str_radix(digits, 8).unwrap()).unwrap());
                                at += octal - 1;
                            } else {
                                text.push(match content[at] {
                                    b'n' => b'\n',
                                    b'r' => b'\r',
                                    b't' => b'\t',
                                    b'b' => 8,
                                    b'f' => 12,
                                    other => other,
                                });
                            }
                        }
                        b'(' => {
                            if depth > 0 {
                                text.push(b'(');
                            }
                            depth += 1;
                        }
                        b')' => {
                            depth -= 1;
                            if depth == 0 {
                                break;
                            }
                            text.push(b')');
                        }
                        other => text.push(other),
                    }
                    at += 1;
                }
                at += 1;
                tokens.push(Token::Text(text));
            }
            b'<' if content[at + 1] != b'<' => {
                let end = at + find(&content[at..], b">").unwrap();
                let digits: Vec<_> = content[at + 1..end].iter().filter(|byte| byte.is_ascii_hexdigit()).collect();
                let value = |byte: &u8| (*byte as char).to_digit(16).unwrap() as u8;
                tokens.push(Token::Text(digits.chunks(2).map(|pair| 16 * value(pair[0]) + value(pair[1])).collect()));
                at = end + 1;
            }
            b'<' => at += 2,
            byte if byte == b'>' || byte.is_ascii_whitespace() => at += 1,
            _ => {
                let length = content[at + 1..].iter().position(|byte| b" \n\r\t(/<>[".contains(byte));
                let end = length.map_or(content.len(), |length| at + 1 + length);
                tokens.push(Token::Word(String::from_utf8_lossy(&content[at..end]).into_owned()));
                at = end;
            }
        }
    }
    tokens
}
