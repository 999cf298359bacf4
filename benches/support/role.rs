//! The real program as a process of one role, against the sandbox: when it is ready, and what memory it holds.

use super::Outcome;
use rustix::process::{Pid, Signal, kill_process};
use shellia::sandbox::Sandbox;
use std::fmt::{self, Display, Formatter};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// When a role that isn't ready is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// The guild of `World::demo`.
pub(crate) const GUILD: &str = "La Boutique de Léa";

/// Memory of a process in MiB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// All that is resident, the program's own text included.
    pub(crate) resident: f64,
    /// What belongs to it alone.
    pub(crate) own: f64,
}

impl Display for Memory {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} ({:.1})", self.resident, self.own)
    }
}

impl Memory {
    /// What a process holds; proc(5), `VmRSS` and `RssAnon` in kB.
    pub(crate) fn of(pid: u32) -> Outcome<Self> {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let mib = |name: &str| -> Outcome<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("a status without memory")?;
            let kb: f64 = line.trim().trim_end_matches(" kB").parse()?;
            Ok(kb / 1024.0)
        };
        Ok(Self { resident: mib("VmRSS:")?, own: mib("RssAnon:")? })
    }
}

/// A running process of one role.
pub(crate) struct Role {
    child: Child,
    started: Instant,
    address: SocketAddr,
}

impl Role {
    pub(crate) fn new(name: &str, sandbox: &Sandbox, directory: &Path, more: Vec<(String, String)>) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_shellia"));
        command
            .args(["--role", name])
            .env("DISCORD_API_URL", sandbox.url())
            .env("DISCORD_GATEWAY_URL", sandbox.gateway_url())
            .env("MAXIS_DISCORD_TOKEN", "sandbox-maxis")
            .env("SHELLIA_DISCORD_TOKEN", "sandbox-shellia")
            .env("MAXIS_API_KEY", "only-for-the-benchmark")
            .env("MAXIS_API_URL", "http://127.0.0.1:9/api")
            .env("MAXIS_LISTEN", address.to_string())
            .env("SHELLIA_LISTEN", address.to_string())
            .env("SHELLIA_DATA_DIR", directory)
            .env("LIMIT_MEMBER_COMMANDS_PER_MINUTE", "1000000")
            .env("TICKETS_OPEN_MAX", "0")
            .env("LIMIT_GUILD_COMMANDS_PER_MINUTE", "1000000")
            .env("RUST_LOG", "warn")
            .envs(presets(sandbox))
            .envs(more)
            .current_dir(directory)
            .kill_on_drop(true);
        let started = Instant::now();
        Ok(Self { child: command.spawn()?, started, address })
    }

    /// Waits until it says that it is ready; gives the time since it was started.
    pub(crate) async fn ready(&mut self) -> Outcome<Duration> {
        while self.started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("a role ended with {status} before it was ready").into());
            }
            if self.says_ready().await.unwrap_or(false) {
                return Ok(self.started.elapsed());
            }
            sleep(Duration::from_millis(5)).await;
        }
        Err("a role was not ready in time".into())
    }

    async fn says_ready(&self) -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(b"GET /ready HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer.starts_with("HTTP/1.1 200 "))
    }

    /// Where it answers HTTP.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its number.
    pub(crate) fn pid(&self) -> Outcome<u32> {
        self.child.id().ok_or_else(|| "the role has ended".into())
    }

    /// What it holds.
    pub(crate) fn memory(&self) -> Outcome<Memory> {
        Memory::of(self.pid()?)
    }

    pub(crate) async fn end(mut self) -> Outcome<()> {
        let pid = self.child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        kill_process(pid.ok_or("the role has ended")?, Signal::TERM)?;
        timeout(PATIENCE, self.child.wait()).await??;
        Ok(())
    }
}

/// Where the guild's channels and roles are, so that staff cards are posted as in real life.
fn presets(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let Some(guild) = sandbox.guild_id(GUILD) else { return Vec::new() };
    let channel = |name: &str| sandbox.channel_id(guild, name).map(|id| id.to_string());
    let values = [("TICKETS_CHANNEL_ID", channel("support")), ("TICKETS_STAFF_CHANNEL_ID", channel("staff"))];
    values.into_iter().filter_map(|(name, id)| Some((name, id?))).collect()
}
