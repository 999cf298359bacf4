//! The real program, role by role, against the sandbox: when it is ready, and how much memory it holds.

use crate::support::Outcome;
use crate::support::figures::mark;
use crate::support::role::{GUILD, Memory, Role};
use crate::support::server::Server;
use serde_json::json;
use shellia::sandbox::{self, Sandbox, World};
use std::fmt::{self, Display, Formatter};
use std::time::Duration;
use tokio::time::sleep;

/// Most memory of both roles together, in MiB.
const MEMORY: f64 = 80.0;
/// Longest time to ready.
const READY: Duration = Duration::from_secs(2);
/// Starts of each kind, of which the slowest counts.
const STARTS: usize = 3;
/// How long a role is left alone before it counts as idle.
const IDLE: Duration = Duration::from_secs(3);
/// How long one command may take through all sockets.
const ANSWER: Duration = Duration::from_secs(10);

/// What was measured of the roles.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    memory: Vec<(&'static str, Memory, Memory)>,
    starts: Vec<(&'static str, Duration)>,
    commands: usize,
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
