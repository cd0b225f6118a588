//! Clients that ask as fast as they are answered, and what that cost the server.

use crate::{client::Client, process};
use anyhow::{Result, bail};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub per_second: f64,
    pub p50_ms: f64,
    /// User and system time of the server for each request.
    pub cpu_ms: f64,
}

/// One kind of request, in as many variants as there are.
#[derive(Clone)]
pub struct Work {
    pub requests: Arc<Vec<Vec<u8>>>,
    pub status: u16,
    /// Each variant is sent once at most: a report cannot be sent twice.
    pub once: bool,
}

impl Work {
    pub fn pages(requests: Vec<Vec<u8>>) -> Work {
        Work { requests: Arc::new(requests), status: 200, once: false }
    }
}

/// Asks for `how_long` by `clients` connections at once, after a short warming up.
pub async fn run(at: SocketAddr, pid: u32, work: &Work, clients: usize, how_long: Duration) -> Result<Cost> {
    let next = Arc::new(AtomicUsize::new(0));
    if !work.once {
        ask(at, work, clients, how_long / 8, &next).await?;
    }
    let (cpu, began) = (process::cpu_ms(pid)?, Instant::now());
    let mut times = ask(at, work, clients, how_long, &next).await?;
    let (cpu, seconds) = (process::cpu_ms(pid)? - cpu, began.elapsed().as_secs_f64());
    if times.is_empty() {
        bail!("nothing was asked");
    }
    times.sort_unstable();
    let n = times.len() as f64;
    Ok(Cost { per_second: n / seconds, p50_ms: times[times.len() / 2].as_secs_f64() * 1000.0, cpu_ms: cpu / n })
}

async fn ask(
    at: SocketAddr,
    work: &Work,
    clients: usize,
    how_long: Duration,
    next: &Arc<AtomicUsize>,
) -> Result<Vec<Duration>> {
    let until = Instant::now() + how_long;
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let (work, next) = (work.clone(), next.clone());
        tasks.push(tokio::spawn(async move {
            let (mut client, mut times) = (Client::new(at).await?, Vec::new());
            loop {
                let began = Instant::now();
                let n = next.fetch_add(1, Relaxed);
                if began >= until || (work.once && n >= work.requests.len()) {
                    return Ok(times);
                }
                let request = &work.requests[n % work.requests.len()];
                let status = client.status(request).await?;
                if status != work.status {
                    bail!("{status} to {:?}", String::from_utf8_lossy(&request[..request.len().min(80)]));
                }
                times.push(began.elapsed());
            }
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.append(&mut task.await??);
    }
    Ok(times)
}
