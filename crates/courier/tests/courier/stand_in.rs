//! A mail server of our own: it says what the test tells it to, and keeps every mail it took.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What happens to one mail. Those told first come first; after them every mail is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Accept,
    /// Says this instead of a greeting.
    Greet(&'static str),
    /// Offers STARTTLS, and speaks no TLS.
    FalseTls,
    /// Wants a sign-in, and says this to it.
    AtSignIn(&'static str),
    /// Says this at RCPT.
    AtRecipient(&'static str),
    /// Says this after the text.
    AfterText(&'static str),
    /// Hangs up at RCPT.
    HangUpEarly,
    /// Hangs up in the middle of the text.
    HangUpInText,
    /// Reads the whole text, keeps it, hangs up without an answer.
    HangUpAfterText,
    /// Reads the whole text, keeps it, and says nothing.
    SilentAfterText,
}

pub struct StandIn {
    pub port: u16,
    moods: Arc<Mutex<VecDeque<Mood>>>,
    taken: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl StandIn {
    pub async fn new(moods: &[Mood]) -> StandIn {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), moods)
    }

    pub fn on(listener: TcpListener, moods: &[Mood]) -> StandIn {
        let port = listener.local_addr().unwrap().port();
        let moods = Arc::new(Mutex::new(moods.iter().copied().collect::<VecDeque<_>>()));
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (told, kept) = (moods.clone(), taken.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = told.lock().unwrap().pop_front().unwrap_or(Mood::Accept);
                tokio::spawn(serve(stream, mood, kept.clone()));
            }
        });
        StandIn { port, moods, taken, task }
    }

    /// The mails whose whole text was read, whatever was answered.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Every mood was met.
    pub fn is_done(&self) -> bool {
        self.moods.lock().unwrap().is_empty()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream, mood: Mood, taken: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    if let Mood::Greet(greeting) = mood {
        return say(&mut stream, greeting).await;
    }
    say(&mut stream, "220 stand-in").await?;
    loop {
        let line = hear(&mut stream).await?.to_uppercase();
        match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say(&mut stream, mood.offers()).await?,
            "AUTH" if let Mood::AtSignIn(answer) = mood => say(&mut stream, answer).await?,
            "RCPT" => match mood {
                Mood::AtRecipient(answer) => say(&mut stream, answer).await?,
                Mood::HangUpEarly => return None,
                _ => say(&mut stream, "250 ok").await?,
            },
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                text(&mut stream, mood, &taken).await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

impl Mood {
    fn offers(self) -> &'static str {
        match self {
            Mood::FalseTls => "250-stand-in\r\n250 STARTTLS",
            Mood::AtSignIn(_) => "250-stand-in\r\n250 AUTH PLAIN",
            _ => "250 stand-in",
        }
    }
}

async fn text(stream: &mut BufReader<TcpStream>, mood: Mood, taken: &Mutex<Vec<String>>) -> Option<()> {
    let mut text = String::new();
    loop {
        let line = hear(stream).await?;
        match (line.as_str(), mood) {
            (_, Mood::HangUpInText) => return None,
            (".", _) => break,
            _ => text.push_str(&format!("{line}\n")),
        }
    }
    taken.lock().unwrap().push(text);
    match mood {
        Mood::AfterText(answer) => say(stream, answer).await,
        Mood::HangUpAfterText => None,
        Mood::SilentAfterText => std::future::pending().await,
        _ => say(stream, "250 taken").await,
    }
}

async fn hear(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).await.ok()
}
