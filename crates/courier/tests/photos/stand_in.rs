//! A web server with photos, some of which are none.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub struct StandIn {
    pub at: SocketAddr,
    /// The paths that were asked for.
    pub asked: Arc<Mutex<Vec<String>>>,
    /// It is away.
    pub down: Arc<Mutex<bool>>,
    running: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl StandIn {
    pub async fn new(photo: Vec<u8>) -> StandIn {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (asked, down): (Arc<Mutex<Vec<String>>>, Arc<Mutex<bool>>) = Default::default();
        let (note, is_down) = (asked.clone(), down.clone());
        let running = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (photo, note) = (photo.clone(), note.clone());
                let is_down = *is_down.lock().unwrap();
                tokio::spawn(async move { answer(stream, photo, note, is_down).await });
            }
        });
        StandIn { at, asked, down, running }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.at)
    }
}

async fn answer(mut stream: TcpStream, photo: Vec<u8>, asked: Arc<Mutex<Vec<String>>>, down: bool) {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return,
            Ok(n) => head.extend_from_slice(&piece[..n]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let (status, more, body): (&str, String, Vec<u8>) = match path.as_str() {
        _ if down => ("503 Down", String::new(), Vec::new()),
        "/photo.jpg" => ("200 OK", String::new(), photo),
        "/html" => ("200 OK", String::new(), b"<html><body>Sign in</body></html>".to_vec()),
        "/once" => ("302 Found", "location: /photo.jpg\r\n".to_owned(), Vec::new()),
        "/round" => ("302 Found", "location: /round\r\n".to_owned(), Vec::new()),
        "/inside" => ("302 Found", "location: http://127.0.0.1/secret\r\n".to_owned(), Vec::new()),
        "/metadata" => ("302 Found", "location: http://169.254.169.254/latest\r\n".to_owned(), Vec::new()),
        "/huge" => ("200 OK", String::new(), vec![0; 64 * 1024 * 1024]),
        "/slow" => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            return;
        }
        _ => ("404 Not Found", String::new(), Vec::new()),
    };
    let length = body.len();
    let _ = stream
        .write_all(
            format!("HTTP/1.1 {status}\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n").as_bytes(),
        )
        .await;
    let _ = stream.write_all(&body).await;
    let _ = stream.shutdown().await;
}
