//! A running server, and the ways it ends.

use crate::client::Client;
use std::{
    fs::{self, OpenOptions},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// A start that takes longer has failed.
const START: Duration = Duration::from_secs(30);

pub struct Server {
    child: Child,
    pub at: SocketAddr,
    /// From the command to the first request answered.
    pub took: Duration,
    log: PathBuf,
}

#[expect(clippy::disallowed_methods, reason = "the test itself waits, on another process")]
pub fn rest(how_long: Duration) {
    std::thread::sleep(how_long);
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch")]
pub fn stopwatch() -> Instant {
    Instant::now()
}

/// Asks until it is so.
pub fn until(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let began = stopwatch();
    while !is_so() {
        assert!(began.elapsed() < patience, "waited {patience:?} for {what}");
        rest(Duration::from_millis(3));
    }
}

impl Server {
    pub fn start(mut command: Command, at: SocketAddr, log: &Path) -> Server {
        let open = || OpenOptions::new().create(true).append(true).open(log).unwrap();
        let began = stopwatch();
        let child = command.stdin(Stdio::null()).stdout(open()).stderr(open()).spawn().unwrap();
        let mut server = Server { child, at, took: Duration::ZERO, log: log.to_owned() };
        until(START, "a start", || {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("the server ended ({status}): {}", server.log());
            }
            Client::new(at).get("/readyz").is_ok_and(|answer| answer.status == 200)
        });
        server.took = began.elapsed();
        server
    }

    pub fn client(&self) -> Client {
        Client::new(self.at)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote so far, in all its starts.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// SIGKILL: nothing of it runs any more when this returns.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and how it ended.
    pub fn terminate(mut self, patience: Duration) -> ExitStatus {
        let pid = self.pid().to_string();
        assert!(Command::new("sh").args(["-c", "kill -TERM \"$0\"", &pid]).status().unwrap().success());
        let mut ended = None;
        until(patience, "a clean end", || {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        ended.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already in most tests; a failing one leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
