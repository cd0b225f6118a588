//! Two ways to a full disk: a small file system where the test may mount one, a limit on files anywhere.

use crate::{folder::Folder, postgres::is_root, server::Server};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// A file system in memory, mounted over the data folder.
pub struct Small(PathBuf);

impl Small {
    /// `None` where the test may not mount.
    pub fn over(folder: &Folder, megabytes: u32) -> Option<Small> {
        Small::at(&folder.data, megabytes)
    }

    /// Over any folder.
    pub fn at(path: &Path, megabytes: u32) -> Option<Small> {
        if !is_root() {
            return None;
        }
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"]).arg(path);
        mount.output().is_ok_and(|output| output.status.success()).then(|| Small(path.to_owned()))
    }

    /// Fills it to the last byte.
    pub fn fill(&self) {
        let mut file = File::create(self.filler()).unwrap();
        let mut block = 64 * 1024;
        while block > 0 {
            match file.write(&vec![b'x'; block]) {
                Ok(n) if n > 0 => {}
                _ => block /= 2,
            }
        }
    }

    pub fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

/// Starts the server so that no file of it may grow beyond the size of the database now and a little more.
pub fn start_limited(folder: &Folder) -> Server {
    let kilobytes = size(&folder.data.join("moothall.db")) / 1024 + 900;
    Server::start(limited(&folder.command(&["serve"]), kilobytes), folder.at, &folder.beside("server.log"))
}

/// The same command so that no file it writes may be larger.
pub fn limited(plain: &Command, kilobytes: u64) -> Command {
    let mut command = Command::new("bash");
    // A program that ignores SIGXFSZ is told by the write instead, as by a full disk.
    command.arg("-c").arg(format!("trap '' XFSZ; ulimit -S -f {kilobytes}; exec \"$0\" \"$@\""));
    command.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Lifts the limit of the running server; false where the tool is absent.
pub fn lift_limit(server: &Server) -> bool {
    let pid = server.pid().to_string();
    Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited:"]).output().is_ok_and(|o| o.status.success())
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}
