//! The real program, role by role, against the sandbox: when it is ready, and how much memory it holds.

use crate::Outcome;
use crate::report::mark;
use crate::server::Server;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use shellia::sandbox::{self, Sandbox, World};
use std::fmt::{self, Display, Formatter};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// Most memory of both roles together, in MiB.
const MEMORY: f64 = 80.0;
/// Longest time to ready.
const READY: Duration = Duration::from_secs(2);
/// Starts of each kind, of which the slowest counts.
const STARTS: usize = 3;
/// When a role that isn't ready is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a role is left alone before it counts as idle.
const IDLE: Duration = Duration::from_secs(3);
/// How long one command may take through all sockets.
const ANSWER: Duration = Duration::from_secs(10);
/// The guild of `World::demo`.
const GUILD: &str = "La Boutique de Léa";

/// What was measured of the roles.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    memory: Vec<(&'static str, Memory, Memory)>,
    starts: Vec<(&'static str, Duration)>,
    commands: usize,
}

/// Memory of a process in MiB.
#[derive(Debug, Clone, Copy)]
struct Memory {
    /// All that is resident, the program's own text included.
    resident: f64,
    /// What belongs to it alone.
    own: f64,
}

impl Display for Memory {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} ({:.1})", self.resident, self.own)
    }
}

impl Display for Roles {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.memory.is_empty() {
            return writeln!(f, "The roles were not measured.");
        }
        writeln!(f, "| resident memory (of it anonymous), MiB | idle | after {} commands |", self.commands)?;
        writeln!(f, "|---|--:|--:|")?;
        for (role, idle, after) in &self.memory {
            writeln!(f, "| {role} | {idle} | {after} |")?;
        }
        let idle: f64 = self.memory.iter().map(|(_, idle, _)| idle.resident).sum();
        let after: f64 = self.memory.iter().map(|(_, _, after)| after.resident).sum();
        write!(f, "| together, under {MEMORY} | {idle:.1}{} ", mark(idle < MEMORY))?;
        writeln!(f, "| {after:.1}{} |\n", mark(after < MEMORY))?;
        writeln!(f, "| from start to ready, slowest of {STARTS} | s, within {} |\n|---|--:|", READY.as_secs())?;
        for (what, took) in &self.starts {
            writeln!(f, "| {what} | {:.2}{} |", took.as_secs_f64(), mark(*took <= READY))?;
        }
        Ok(())
    }
}

/// Measures both roles on the data that `server` holds; ends the server.
pub(crate) async fn measure(server: Server, commands: usize) -> Outcome<Roles> {
    // Discord lets a bot open one session in 5 s: starts one after the other would measure that.
    let limits = sandbox::Limits::raised();
    let sandbox = Sandbox::start(sandbox::Options { limits, ..sandbox::Options::new(World::demo()) }).await?;
    let measured = on_sandbox(server, &sandbox, commands).await;
    sandbox.stop().await;
    measured
}

async fn on_sandbox(server: Server, sandbox: &Sandbox, commands: usize) -> Outcome<Roles> {
    eprintln!("the roles");
    let mut roles = Roles { commands, ..Roles::default() };
    let given = ("DATABASE_URL".to_owned(), server.app_url());
    let commerce = || Role::new("commerce", sandbox, server.directory(), vec![given.clone()]);
    let controller = || Role::new("controller", sandbox, server.directory(), Vec::new());
    roles.starts.push(("commerce, on a running database", slowest(commerce).await?));
    roles.starts.push(("controller", slowest(controller).await?));

    let (mut maxis, mut shellia) = (commerce()?, controller()?);
    maxis.ready().await?;
    shellia.ready().await?;
    sleep(IDLE).await;
    let idle = (maxis.memory()?, shellia.memory()?);
    converse(sandbox, commands).await?;
    roles.memory.push(("commerce", idle.0, maxis.memory()?));
    roles.memory.push(("controller", idle.1, shellia.memory()?));
    maxis.end().await?;
    shellia.end().await?;

    let directory = server.leave().await?;
    let alone = || Role::new("commerce", sandbox, directory.path(), Vec::new());
    roles.starts.push(("commerce, with its private database", slowest(alone).await?));
    directory.close()?;
    Ok(roles)
}

async fn slowest(role: impl Fn() -> Outcome<Role>) -> Outcome<Duration> {
    let mut slowest = Duration::ZERO;
    for _ in 0..STARTS {
        let mut role = role()?;
        slowest = slowest.max(role.ready().await?);
        role.end().await?;
    }
    Ok(slowest)
}

/// A running process of one role.
struct Role {
    child: Child,
    started: Instant,
    address: SocketAddr,
}

impl Role {
    fn new(name: &str, sandbox: &Sandbox, directory: &Path, more: Vec<(String, String)>) -> Outcome<Self> {
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
    async fn ready(&mut self) -> Outcome<Duration> {
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

    /// What it holds; proc(5), `VmRSS` and `RssAnon` in kB.
    fn memory(&self) -> Outcome<Memory> {
        let pid = self.child.id().ok_or("the role has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let mib = |name: &str| -> Outcome<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("a status without memory")?;
            let kb: f64 = line.trim().trim_end_matches(" kB").parse()?;
            Ok(kb / 1024.0)
        };
        Ok(Memory { resident: mib("VmRSS:")?, own: mib("RssAnon:")? })
    }

    async fn end(mut self) -> Outcome<()> {
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

/// One member opens a ticket, then reads and writes by turns.
async fn converse(sandbox: &Sandbox, commands: usize) -> Outcome<()> {
    let missing = || "the sandbox lacks somebody or something";
    let guild = sandbox.guild_id(GUILD).ok_or_else(missing)?;
    let support = sandbox.channel_id(guild, "support").ok_or_else(missing)?;
    let maxis = sandbox.app_id("Maxis").ok_or_else(missing)?;
    let marie = sandbox.person_named("marie").ok_or_else(missing)?;
    let create = json!({ "subject": crate::load::SUBJECT, "description": crate::load::BODY });
    let turns = [
        ("ticket_create", create),
        ("ticket_list", json!({})),
        ("ticket_view", json!({ "id": 1 })),
        ("ticket_reply", json!({ "id": 1, "message": crate::load::BODY })),
    ];
    for (name, options) in turns.iter().cycle().take(commands) {
        let refused = |refused: sandbox::Refused| format!("{name}: {}", refused.error);
        let interaction = marie.slash(support, maxis, name, options.clone()).await.map_err(refused)?;
        let answer = marie.wait_answer_for(interaction, ANSWER).await;
        // Every good answer of these commands leads on by a button.
        let buttons = answer.message().and_then(|message| message.get("components")).and_then(|rows| rows.as_array());
        if buttons.is_none_or(Vec::is_empty) {
            return Err(format!("{name} answered: {answer:?}").into());
        }
    }
    Ok(())
}
