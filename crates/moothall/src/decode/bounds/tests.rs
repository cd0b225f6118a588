//! What a decoder that a picture has taken over can do. Each attempt runs in a process of its own: this test program again,
//! which lays the limits over itself.

use super::*;
use std::{
    env, fs, io,
    net::{TcpListener, TcpStream, UdpSocket},
    os::unix::{net::UnixStream, process::ExitStatusExt},
    path::Path,
    process::{Command, ExitStatus, exit},
};

const ATTEMPT: &str = "MOOTHALL_ATTEMPT";
/// The attempt was refused, and the process lives.
const REFUSED: i32 = 41;
const DONE: i32 = 42;

fn attempt(what: &str) -> ExitStatus {
    let this = "decode::bounds::tests::an_attempt_under_limits";
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", this, "--nocapture", "--test-threads=1"]).env(ATTEMPT, what);
    // Small steps of the allocator, as its parent tells the child.
    command.env("MIMALLOC_ARENA_RESERVE", "64MiB").output().unwrap().status
}

fn ended<T>(result: io::Result<T>) -> ! {
    exit(if result.is_ok() { DONE } else { REFUSED })
}

/// Says nothing of its own: the tests below start it.
#[test]
fn an_attempt_under_limits() {
    let Ok(what) = env::var(ATTEMPT) else { return };
    let (how, what) = what.split_once(' ').unwrap();
    let converter = Converter::at(Path::new("/usr/bin/true"), Path::new("/nowhere"));
    let bounds = Bounds { memory: 1 << 30, taken: 0, cpu_seconds: 1 };
    let starts_a_converter = how == "converter";
    files(Some(&converter).filter(|_| starts_a_converter)).unwrap();
    if how != "landlock" {
        bounds.lay(starts_a_converter).unwrap();
    }
    match what {
        "nothing" => exit(DONE),
        "read" => ended(fs::read("/etc/passwd")),
        "write" => ended(fs::write(env::temp_dir().join("moothall-attempt"), "x")),
        "connect" => ended(TcpStream::connect(("127.0.0.1", 9))),
        "listen" => ended(TcpListener::bind(("127.0.0.1", 0))),
        "datagram" => ended(UdpSocket::bind(("127.0.0.1", 0))),
        "local socket" => ended(UnixStream::connect("/run/nowhere")),
        "shell" => ended(Command::new("/bin/sh").arg("-c").arg("exit 0").status()),
        "program" => ended(Command::new("/usr/bin/true").status()),
        "thread" => ended(std::thread::Builder::new().spawn(|| ())),
        "signal" => ended(rustix::process::test_kill_process(rustix::process::getppid().unwrap()).map_err(Into::into)),
        "memory" => {
            let (mut small, mut large) = (Vec::<u8>::new(), Vec::<u8>::new());
            assert!(small.try_reserve_exact(256 << 20).is_ok());
            exit(if large.try_reserve_exact(1 << 30).is_ok() { DONE } else { REFUSED })
        }
        "time" => loop {
            std::hint::spin_loop();
        },
        other => panic!("{other}"),
    }
}

fn is_killed(status: ExitStatus, by: i32) -> bool {
    status.signal() == Some(by)
}

fn is_there_landlock() -> bool {
    let is_there = attempt("landlock read").code() == Some(REFUSED);
    if !is_there {
        println!("skipped: this kernel has no landlock");
    }
    is_there
}

#[test]
fn a_decoder_that_reaches_for_files_network_or_processes_is_killed() {
    assert_eq!(attempt("decoder nothing").code(), Some(DONE));
    for what in
        ["read", "write", "connect", "listen", "datagram", "local socket", "shell", "program", "thread", "signal"]
    {
        let status = attempt(&format!("decoder {what}"));
        assert!(is_killed(status, libc::SIGSYS), "{what}: {status}");
    }
}

#[test]
fn a_decoder_has_its_memory_and_its_time_and_no_more() {
    assert_eq!(attempt("decoder memory").code(), Some(REFUSED));
    let status = attempt("decoder time");
    assert!(is_killed(status, libc::SIGXCPU), "{status}");
}

#[test]
fn a_converter_runs_its_program_and_nothing_else() {
    if !is_there_landlock() {
        return;
    }
    assert_eq!(attempt("converter program").code(), Some(DONE));
    for what in ["read", "write", "shell"] {
        assert_eq!(attempt(&format!("converter {what}")).code(), Some(REFUSED), "{what}");
    }
    for what in ["connect", "listen", "datagram", "local socket", "signal"] {
        let status = attempt(&format!("converter {what}"));
        assert!(is_killed(status, libc::SIGSYS), "{what}: {status}");
    }
    assert!(is_killed(attempt("converter time"), libc::SIGXCPU));
}

#[test]
fn landlock_alone_opens_nothing() {
    if !is_there_landlock() {
        return;
    }
    for what in ["read", "write", "shell"] {
        assert_eq!(attempt(&format!("landlock {what}")).code(), Some(REFUSED), "{what}");
    }
}
