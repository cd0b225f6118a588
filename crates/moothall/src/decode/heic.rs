//! HEIC by libheif's own program, where it is installed. It has the limits of the child that starts it.

use picture::Fault;
use rustix::fs::{MemfdFlags, memfd_create};
use std::{
    fs::File,
    io::{self, ErrorKind, Read, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The newer name first. Debian: `libheif-examples`.
const PROGRAMS: [&str; 4] =
    ["/usr/bin/heif-dec", "/usr/bin/heif-convert", "/usr/local/bin/heif-dec", "/usr/local/bin/heif-convert"];
/// What starts a program before its own first instruction.
const LOADERS: [&str; 2] = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];
const LIBRARIES: [&str; 6] = ["/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr/local/lib", "/etc/ld.so.cache"];
/// The picture is made small and written as JPEG once more: this loses nothing the eye sees.
const QUALITY: &str = "95";

pub struct Converter {
    program: PathBuf,
    output: PathBuf,
}

impl Converter {
    /// It tells the kind of its output by the end of a name: in `room` stands a name that leads to its standard output.
    pub fn installed(room: &Path) -> Option<Converter> {
        let program = PROGRAMS.iter().map(PathBuf::from).find(|program| program.exists())?;
        Some(Converter::at(&program, room))
    }

    pub fn at(program: &Path, room: &Path) -> Converter {
        Converter { program: program.to_owned(), output: room.join(custody::decode::OUTPUT) }
    }

    pub fn runs(&self) -> Vec<PathBuf> {
        LOADERS.iter().map(PathBuf::from).chain([self.program.clone()]).collect()
    }

    pub fn libraries(&self) -> Vec<PathBuf> {
        LIBRARIES.iter().map(PathBuf::from).collect()
    }

    /// A JPEG, upright.
    pub fn convert(&self, original: &[u8]) -> Result<Vec<u8>, Fault> {
        let run = || -> io::Result<(Vec<u8>, std::process::ExitStatus)> {
            // Not a pipe: it wants to know the length and to go back. Not a file on disk: it is somebody's picture.
            let mut file = File::from(memfd_create("picture", MemfdFlags::CLOEXEC)?);
            file.write_all(original)?;
            let mut child = Command::new(&self.program)
                .args(["--quiet", "-q", QUALITY, "/proc/self/fd/0"])
                .arg(&self.output)
                .env_clear()
                // Each thread would reserve address space for itself.
                .env("MALLOC_ARENA_MAX", "1")
                .stdin(file)
                .stdout(Stdio::piped())
                .spawn()?;
            let mut jpeg = Vec::new();
            if let Some(mut output) = child.stdout.take() {
                output.read_to_end(&mut jpeg)?;
            }
            Ok((jpeg, child.wait()?))
        };
        match run() {
            Ok((jpeg, status)) if status.success() => Ok(jpeg),
            Ok((_, status)) => Err(ended(status.signal())),
            Err(error) if error.kind() == ErrorKind::OutOfMemory => Err(Fault::OutOfMemory),
            Err(_) => Err(Fault::NoDecoder),
        }
    }
}

fn ended(signal: Option<i32>) -> Fault {
    match signal {
        None => Fault::Broken,
        Some(libc::SIGXCPU) => Fault::OutOfTime,
        Some(_) => Fault::Crashed,
    }
}
