//! A stand-in for a mail server: takes mail, refuses it, or hangs up, by the name before the `@`.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

#[derive(Clone, Default)]
pub struct PostOffice(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    /// Mails taken: to whom, and the Message-ID.
    taken: Vec<(String, String)>,
    /// The whole of each, in the same order, with lines that were folded put together.
    letters: Vec<String>,
    /// Tries by recipient, those that failed included.
    tries: BTreeMap<String, usize>,
}

impl PostOffice {
    /// Opens at an address where nobody listens yet, and stays open until the tests end.
    pub fn open(at: SocketAddr) -> PostOffice {
        let office = PostOffice::default();
        let listener = TcpListener::bind(at).unwrap();
        let staff = office.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let clerk = staff.clone();
                // A sender that hangs up is no fault of this office.
                thread::spawn(move || clerk.serve(stream).is_ok());
            }
        });
        office
    }

    pub fn taken(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap().taken.clone()
    }

    pub fn letters(&self) -> Vec<String> {
        self.0.lock().unwrap().letters.clone()
    }

    pub fn tries(&self, to: &str) -> usize {
        self.0.lock().unwrap().tries.get(to).copied().unwrap_or(0)
    }

    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let mut out = stream.try_clone()?;
        let mut lines = BufReader::new(stream).lines();
        writeln!(out, "220 office.example.test ready\r")?;
        let (mut to, mut from) = (String::new(), String::new());
        while let Some(line) = lines.next().transpose()? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => writeln!(out, "250 office.example.test\r")?,
                "MAIL" => {
                    from = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    writeln!(out, "250 fine\r")?;
                }
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    let mut books = self.0.lock().unwrap();
                    let tries = books.tries.entry(to.clone()).or_default();
                    *tries += 1;
                    let answer = match to.split('@').next() {
                        Some("nobody") => "550 no such mailbox",
                        Some("busy") if *tries == 1 => "451 try again later",
                        _ => "250 fine",
                    };
                    drop(books);
                    writeln!(out, "{answer}\r")?;
                }
                "DATA" => {
                    writeln!(out, "354 go on\r")?;
                    // As servers do that keep a mail (RFC 5321, 4.4).
                    let (mut id, mut letter) = (String::new(), format!("Return-Path: <{from}>"));
                    for line in lines.by_ref() {
                        let line = line?;
                        if line == "." {
                            break;
                        }
                        if !line.starts_with(' ') {
                            letter.push('\n');
                        }
                        letter.push_str(&line);
                        if line.to_ascii_lowercase().starts_with("message-id:") {
                            id = line["message-id:".len()..].trim().to_owned();
                        }
                    }
                    let mut books = self.0.lock().unwrap();
                    books.taken.push((to.clone(), id));
                    books.letters.push(letter);
                    drop(books);
                    // The mail is taken and the sender never hears of it.
                    if to.starts_with("silent@") {
                        return Ok(());
                    }
                    writeln!(out, "250 taken\r")?;
                }
                "QUIT" => {
                    writeln!(out, "221 bye\r")?;
                    return Ok(());
                }
                _ => writeln!(out, "250 fine\r")?,
            }
        }
        Ok(())
    }
}
