//! Clients that send prepared reports as fast as they can.

use crate::{answer::Answer, client::Client, database::SERVICE, server::rest};
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Who was told that nothing can be kept now waits a little.
const PAUSE: Duration = Duration::from_millis(100);

/// What a client knows of one report it sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Known {
    /// The page with the reference came.
    Received(String),
    /// The answer to the post came, the page did not.
    Acknowledged,
    /// The connection broke before an answer came: nobody knows.
    CutOff,
    /// The house could not keep it and said so.
    Refused,
}

/// Where the journey of a service stands and sends.
pub fn path(end: &str) -> String {
    format!("/report/{SERVICE}/{end}")
}

pub fn browser(at: SocketAddr, token: &str) -> Client {
    Client::new(at).with_cookie("attempt", token, &path("")[..path("").len() - 1])
}

/// The reference on the page after sending.
pub fn reference(page: &Answer) -> Option<String> {
    let shown = page.between("moot-reference", "</")?;
    let digits: String = shown.split_once('>')?.1.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 9).then_some(digits)
}

/// Sends one prepared report and reads the page that follows. An answer that is no answer of ours fails the test.
pub fn send(at: SocketAddr, token: &str) -> Known {
    let mut browser = browser(at, token);
    let answer = match browser.post(&path("send"), &[]) {
        Ok(answer) => answer,
        Err(_) => return Known::CutOff,
    };
    match answer.status {
        303 if answer.location().ends_with("/done") => done(&mut browser).unwrap_or(Known::Acknowledged),
        503 => {
            assert!(answer.words().contains("cannot"), "{}", answer.words());
            Known::Refused
        }
        other => panic!("{other} to {:?}: {}", answer.location(), answer.words()),
    }
}

/// The page after sending, again.
pub fn look(at: SocketAddr, token: &str) -> io::Result<Known> {
    done(&mut browser(at, token))
}

fn done(browser: &mut Client) -> io::Result<Known> {
    let page = browser.get(&path("done"))?;
    if page.status == 503 {
        return Ok(Known::Acknowledged);
    }
    assert_eq!(page.status, 200, "{}", page.words());
    Ok(Known::Received(reference(&page).unwrap_or_else(|| panic!("no reference: {}", page.words()))))
}

pub struct Race {
    clients: Vec<JoinHandle<Vec<(String, Known)>>>,
    sent: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Race {
    /// Each client takes its share of the tokens; it stops when the connection breaks.
    pub fn start(at: SocketAddr, tokens: Vec<String>, clients: usize) -> Race {
        let (sent, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let share = tokens.len().div_ceil(clients);
        let clients = tokens
            .chunks(share)
            .map(|tokens| {
                let (tokens, sent, stop) = (tokens.to_vec(), sent.clone(), stop.clone());
                thread::spawn(move || {
                    let mut known = Vec::new();
                    for token in tokens {
                        if stop.load(Relaxed) || known.last().is_some_and(|(_, last)| *last == Known::CutOff) {
                            break;
                        }
                        let outcome = send(at, &token);
                        sent.fetch_add(1, Relaxed);
                        if outcome == Known::Refused {
                            rest(PAUSE);
                        }
                        known.push((token, outcome));
                    }
                    known
                })
            })
            .collect();
        Race { clients, sent, stop }
    }

    /// How many were sent so far.
    pub fn sent(&self) -> usize {
        self.sent.load(Relaxed)
    }

    /// Lets every client end what it is at.
    pub fn stop(self) -> Vec<(String, Known)> {
        self.stop.store(true, Relaxed);
        self.end()
    }

    /// Waits for all of them.
    pub fn end(self) -> Vec<(String, Known)> {
        self.clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    }
}
