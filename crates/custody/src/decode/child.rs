use picture::{Developed, Fault, Media, Order};
use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use std::{
    io,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::Command,
    sync::Semaphore,
    time::timeout,
};

/// The child says it where its kernel has no landlock. It then decodes all but HEIC.
pub const NO_LANDLOCK: &str = "moothall decode: this kernel has no landlock";
/// In the room that a converter of HEIC is given: a name that leads to its standard output.
pub const OUTPUT: &str = "pixels.jpg";

/// More than the head of an answer ever has.
const MOST_HEAD: u64 = (1 << 20) + 5;

/// What one child may use, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// By the clock on the wall.
    pub seconds: u64,
    /// Of one processor.
    pub cpu_seconds: u64,
    /// Bytes of address space of one process; a converter of HEIC has as much again.
    pub memory: u64,
    /// Children at work together; others wait.
    pub at_once: usize,
    /// Bytes of all renditions together.
    pub most_answer: usize,
}

impl Default for Limits {
    /// Thirty times what a photograph of twelve megapixels takes (docs/decisions/0016).
    fn default() -> Limits {
        Limits { seconds: 20, cpu_seconds: 10, memory: 1 << 30, at_once: 2, most_answer: 32 << 20 }
    }
}

pub struct Child {
    program: PathBuf,
    limits: Limits,
    turns: Semaphore,
    /// That there is no landlock is said once.
    has_told: AtomicBool,
}

/// Ends all that the child started, whatever becomes of the child.
struct Group(Pid);

impl Drop for Group {
    fn drop(&mut self) {
        // Mostly there is nobody left.
        let _ = kill_process_group(self.0, Signal::KILL);
    }
}

impl Child {
    pub(super) fn new(program: PathBuf, limits: Limits) -> Child {
        Child { program, limits, turns: Semaphore::new(limits.at_once.max(1)), has_told: AtomicBool::new(false) }
    }

    pub(super) async fn develop(&self, order: &Order, original: &[u8]) -> Result<Developed, Fault> {
        // It is never closed.
        let _turn = self.turns.acquire().await.map_err(|_| Fault::Crashed)?;
        match timeout(Duration::from_secs(self.limits.seconds), self.run(order, original)).await {
            Ok(Ok(developed)) => developed,
            Ok(Err(error)) => {
                tracing::error!("a picture cannot be decoded: {error}");
                Err(Fault::Crashed)
            }
            Err(_) => Err(Fault::OutOfTime),
        }
    }

    async fn run(&self, order: &Order, original: &[u8]) -> io::Result<Result<Developed, Fault>> {
        let room = if order.media == Media::Heic { Some(room()?) } else { None };
        let mut command = Command::new(&self.program);
        command.args(["decode", "--media", order.media.name()]);
        command.arg(format!("--memory={}", self.limits.memory));
        command.arg(format!("--cpu-seconds={}", self.limits.cpu_seconds));
        if let Some(room) = &room {
            command.arg("--room").arg(room.path());
        }
        // Of the server's environment it learns nothing. Its allocator would else reserve at its start all it may have, and
        // look for the machine's memory nodes when it may no longer.
        command.env_clear().env("MIMALLOC_ARENA_RESERVE", "64MiB").env("MIMALLOC_USE_NUMA_NODES", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.process_group(0).kill_on_drop(true).spawn()?;
        let _group = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)).map(Group);
        let (Some(mut stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };

        let mut bytes = Vec::with_capacity(original.len() + 1024);
        picture::write_order(&mut bytes, order, original)?;
        let send = async move {
            // A child that ends early says why below.
            let _ = stdin.write_all(&bytes).await;
        };
        // What is longer than it may be is no answer; the pipe is closed, so that the child does not wait for a reader.
        let most = self.limits.most_answer as u64;
        let read = async move {
            let mut answer = Vec::new();
            let read = stdout.take(most.saturating_add(MOST_HEAD)).read_to_end(&mut answer).await;
            read.map(|_| answer)
        };
        let ((), answer, said) = tokio::join!(send, read, last_words(stderr));
        self.tell_once(&said);
        match picture::read_answer(&mut answer?.as_slice(), most) {
            Ok(answer) => Ok(answer),
            Err(_) => Ok(Err(met(child.wait().await?, &said))),
        }
    }

    fn tell_once(&self, said: &str) {
        if said.contains(NO_LANDLOCK) && !self.has_told.swap(true, Ordering::Relaxed) {
            tracing::warn!("this kernel has no landlock: pictures are decoded without it, HEIC not at all");
        }
    }
}

/// Why there is no answer.
fn met(status: ExitStatus, said: &str) -> Fault {
    // The words of Rust's own end after a failed allocation.
    if said.contains("memory allocation of ") {
        return Fault::OutOfMemory;
    }
    match (status.signal(), status.code()) {
        (Some(signal), _) if signal == Signal::XCPU.as_raw() => Fault::OutOfTime,
        (_, Some(code)) if code != 0 => {
            tracing::error!(
                "the child that decodes pictures ended with {code}: it cannot limit itself, or has no order"
            );
            Fault::Crashed
        }
        _ => Fault::Crashed,
    }
}

/// Empty but for the name; goes when the picture is done. Nothing of the picture is in it.
fn room() -> io::Result<TempDir> {
    let room = tempfile::tempdir()?;
    std::os::unix::fs::symlink("/proc/self/fd/1", room.path().join(OUTPUT))?;
    Ok(room)
}

/// The end of what was said, to be compared with known words and never shown: a converter may quote its picture.
async fn last_words(mut from: impl AsyncRead + Unpin) -> String {
    const MOST: usize = 1024;
    let (mut kept, mut chunk) = (Vec::new(), [0; MOST]);
    while let Ok(read @ 1..) = from.read(&mut chunk).await {
        kept.extend_from_slice(&chunk[..read]);
        kept.drain(..kept.len().saturating_sub(MOST));
    }
    String::from_utf8_lossy(&kept).into_owned()
}
