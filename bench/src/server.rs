//! The programs that are measured, each in a process of its own.

use crate::{
    client,
    client::Client,
    world::{self, SECRET, World},
};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub struct Server {
    child: Child,
    pub at: SocketAddr,
    /// From the command to the first answer.
    pub took: Duration,
}

impl Server {
    pub async fn moothall(world: &World) -> Result<Server> {
        let (at, folder) = (free_address()?, world.folder.path());
        let secret: String = SECRET.iter().map(|byte| format!("{byte:02x}")).collect();
        let config = folder.join("moothall.toml");
        fs::write(
            &config,
            format!(
                "[server]\nlisten = \"{at}\"\npublic_url = \"http://bench\"\nposts_per_minute = 1000000000\n\
                 [data]\ndir = {folder:?}\n[keys]\nsecret = \"{secret}\"\n[definitions]\ndir = {:?}\n",
                world::repository()
            ),
        )?;
        let mut command = Command::new(beside("moothall")?);
        command.arg("serve").arg("--config").arg(config).env("MOOTHALL_LOG", "error");
        Server::start(command, at, "/readyz", &folder.join("server.log")).await
    }

    /// A bare server of the same make, with nothing behind it.
    pub async fn hello() -> Result<Server> {
        let at = free_address()?;
        let mut command = Command::new(beside("examples/hello")?);
        command.arg(at.to_string());
        Server::start(command, at, "/", &std::env::temp_dir().join("hello.log")).await
    }

    async fn start(mut command: Command, at: SocketAddr, path: &str, log: &PathBuf) -> Result<Server> {
        let began = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(log)?).spawn()?;
        let mut server = Server { child, at, took: Duration::ZERO };
        loop {
            if let Ok(mut client) = Client::new(at).await
                && client.status(&client::get(path, None)).await.is_ok_and(|status| status == 200)
            {
                server.took = began.elapsed();
                return Ok(server);
            }
            if server.child.try_wait()?.is_some() || began.elapsed() > Duration::from_secs(60) {
                bail!("the server does not start: {}", fs::read_to_string(log).unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// A program built into the same folder as this one.
fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let path = own.parent().context("no folder")?.join(name);
    if !path.exists() {
        bail!("{} is not built: run scripts/bench.sh", path.display());
    }
    Ok(path)
}
