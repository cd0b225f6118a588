//! Asks a clamd whether bytes are malware (its command INSTREAM).

use serde::Deserialize;
use std::{io, path::PathBuf, time::Duration};
use store::held::Scan;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Bytes of one piece on the wire.
const PIECE: usize = 64 * 1024;
/// The longest answer that is read.
const MOST_ANSWER: u64 = 4096;

/// Where it listens: `/run/clamav/clamd.ctl`, or `127.0.0.1:3310`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Clamd {
    Socket(PathBuf),
    Address(String),
}

impl From<String> for Clamd {
    fn from(text: String) -> Clamd {
        if text.starts_with('/') { Clamd::Socket(text.into()) } else { Clamd::Address(text) }
    }
}

/// How long one search may take.
const PATIENCE: Duration = Duration::from_secs(60);

impl Clamd {
    /// [`Scan::Waiting`] where it is away or does not answer as it should: then nobody is shown the file.
    pub async fn search(&self, bytes: &[u8]) -> Scan {
        match timeout(PATIENCE, self.ask(bytes)).await {
            Ok(Ok(scan)) => scan,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the search for malware is away; files wait for it");
                Scan::Waiting
            }
            Err(_) => {
                tracing::warn!("the search for malware takes too long; files wait for it");
                Scan::Waiting
            }
        }
    }

    async fn ask(&self, bytes: &[u8]) -> io::Result<Scan> {
        match self {
            Clamd::Socket(path) => converse(UnixStream::connect(path).await?, bytes).await,
            Clamd::Address(address) => converse(TcpStream::connect(address).await?, bytes).await,
        }
    }
}

async fn converse(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> io::Result<Scan> {
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE) {
        stream.write_all(&(piece.len() as u32).to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&[0; 4]).await?;
    let mut answer = Vec::new();
    stream.take(MOST_ANSWER).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    match answer.trim_end_matches(['\0', '\n']) {
        "stream: OK" => Ok(Scan::Clean),
        found if found.starts_with("stream: ") && found.ends_with(" FOUND") => Ok(Scan::Infected),
        // Its words may quote what it read.
        _ => Err(io::Error::other("it gave another answer than OK or FOUND")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{io::DuplexStream, task::JoinHandle};

    /// Reads one INSTREAM whole and answers with these words.
    async fn clamd(mut stream: DuplexStream, answer: &'static [u8]) -> Vec<u8> {
        let mut command = [0; 10];
        stream.read_exact(&mut command).await.unwrap();
        assert_eq!(&command, b"zINSTREAM\0");
        let mut got = Vec::new();
        loop {
            let mut piece = vec![0; stream.read_u32().await.unwrap() as usize];
            if piece.is_empty() {
                break;
            }
            stream.read_exact(&mut piece).await.unwrap();
            got.extend(piece);
        }
        stream.write_all(answer).await.unwrap();
        got
    }

    #[tokio::test]
    async fn its_answer_is_taken_at_its_word_and_any_other_is_none() {
        let bytes = vec![7; PIECE * 2 + 5];
        for (answer, scan) in [
            (&b"stream: OK\0"[..], Some(Scan::Clean)),
            (b"stream: Eicar-Test-Signature FOUND\0", Some(Scan::Infected)),
            (b"INSTREAM size limit exceeded. ERROR\0", None),
            (b"", None),
        ] {
            let (ours, theirs) = tokio::io::duplex(1024);
            let other: JoinHandle<Vec<u8>> = tokio::spawn(clamd(theirs, answer));
            assert_eq!(converse(ours, &bytes).await.ok(), scan);
            assert_eq!(other.await.unwrap(), bytes);
        }
        let nowhere = Clamd::from("/nowhere/clamd.ctl".to_owned());
        assert_eq!(nowhere.search(&bytes).await, Scan::Waiting);
    }
}
