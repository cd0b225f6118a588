//! A house of its own: data folder, configuration, free address.

use crate::server::Server;
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Output},
};
use store::DatabasePlace;
use tempfile::TempDir;

pub const BINARY: &str = env!("CARGO_BIN_EXE_moothall");

/// The folder that holds `services/` and `agencies/`.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

pub struct Folder {
    /// Removed with everything in it when the test ends.
    around: TempDir,
    pub data: PathBuf,
    pub at: SocketAddr,
    url: Option<String>,
}

/// An address nobody listens on now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap()
}

impl Folder {
    /// With an embedded database, ready to serve.
    pub fn new() -> Folder {
        let folder = Folder::bare(None);
        folder.done(&["migrate"]);
        folder
    }

    /// With a database of a server, ready to serve.
    pub fn on(url: &str) -> Folder {
        let folder = Folder::bare(Some(url.to_owned()));
        folder.done(&["migrate"]);
        folder
    }

    /// Without a schema.
    pub fn bare(url: Option<String>) -> Folder {
        let around = tempfile::tempdir().unwrap();
        let data = around.path().join("data");
        fs::create_dir(&data).unwrap();
        let folder = Folder { around, data, at: free_address(), url };
        folder.configure("");
        folder
    }

    /// Writes the configuration, with these sections at its end.
    pub fn configure(&self, more: &str) {
        let (root, at, data) = (repository(), self.at, &self.data);
        let database = self.url.as_ref().map(|url| format!("[database]\nurl = {url:?}\n")).unwrap_or_default();
        let text = format!(
            "[server]\nlisten = \"{at}\"\npublic_url = \"http://{at}\"\nposts_per_minute = 1000000\ndist = {:?}\n\
             [data]\ndir = {data:?}\n[definitions]\ndir = {root:?}\n{database}{more}",
            root.join("dist"),
        );
        fs::write(self.configuration(), text).unwrap();
    }

    pub fn configuration(&self) -> PathBuf {
        self.around.path().join("moothall.toml")
    }

    /// A file beside the data folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    /// The binary with this configuration and these words.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(words).arg("--config").arg(self.configuration());
        // What the tests themselves are told by the environment is nothing to the binary.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MOOTHALL_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs a command that must succeed; what it said.
    pub fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// Runs a command that must fail; what it complained of.
    pub fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?} succeeded");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// A command that fails; all that it said.
    pub fn told_of(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?} went well");
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat()
    }

    pub fn start(&self) -> Server {
        Server::start(self.command(&["serve"]), self.at, &self.beside("server.log"))
    }

    pub fn place(&self) -> DatabasePlace {
        match &self.url {
            Some(url) => DatabasePlace::parse(url),
            None => DatabasePlace::File(self.data.join("moothall.db")),
        }
    }
}

/// The data that is shared beside the repository and never committed; says so where it is absent.
pub fn shared(what: &str) -> Option<PathBuf> {
    let path = repository().join("../shared/data").join(what);
    if !path.exists() {
        println!("skipped: ../shared/data/{what} is absent");
        return None;
    }
    Some(path)
}

/// The long form is asked for.
pub fn prove() -> bool {
    std::env::var("MOOTHALL_PROVE").is_ok_and(|value| value == "1")
}
