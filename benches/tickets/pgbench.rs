//! pgbench on the same statements: a client that does nothing but send them.
//!
//! It runs each script twice: statement by statement, as pgbench does by itself, and with the pipelines that the script
//! marks where the program sends several statements without waiting.

use crate::cpu::Spent;
use crate::fill::{BLOCK, Data, FIRST_MEMBER, GUILD};
use crate::load::{BODY, Figures, SUBJECT};
use crate::scripts::Command;
use crate::server::{LOGIN, Server};
use crate::{Failure, Outcome};
use std::path::Path;
use std::time::Duration;
use tokio::time::sleep;

/// One measurement.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    pub(crate) command: Command,
    pub(crate) workers: usize,
    pub(crate) count: usize,
    /// Whether the script's pipelines are used.
    pub(crate) pipelined: bool,
    /// The program's answer to the command, which the scripts of changes keep as it does.
    pub(crate) answer: &'a str,
}

/// Runs pgbench to its end.
pub(crate) async fn run(server: &Server, data: &Data, run: &Run<'_>) -> Outcome<Figures> {
    let directory = tempfile::tempdir_in(server.directory())?;
    let script = directory.path().join("script.sql");
    std::fs::write(&script, text(run))?;
    let threads = std::thread::available_parallelism()?.get().min(run.workers);
    let mut command = tokio::process::Command::new(server.program("pgbench"));
    command
        .env("PGPASSWORD", server.password())
        .env("PGOPTIONS", "")
        .args(["--no-vacuum", "--protocol=prepared", "--log", "--log-prefix=transactions"])
        .arg(format!("--client={}", run.workers))
        .arg(format!("--jobs={threads}"))
        .arg(format!("--transactions={}", run.count / run.workers))
        .arg("--file=script.sql")
        .args(["--host=127.0.0.1", &format!("--port={}", server.port()), &format!("--username={LOGIN}")]);
    for (name, value) in variables(data, run.answer) {
        command.arg(format!("--define={name}={value}"));
    }
    let before = Spent::now(server)?;
    let output = command.arg("shellia").current_dir(directory.path()).kill_on_drop(true).output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = || Failure::from(format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr)));
    if !output.status.success() {
        return Err(failed());
    }
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    let latencies = latencies(directory.path())?;
    // The server's processes end a moment after their clients, and their time is their parent's from then on.
    sleep(Duration::from_millis(100)).await;
    let cost = before.of_children(server, latencies.len())?;
    Ok(Figures::new(latencies, rate.ok_or_else(failed)?, cost))
}

fn text(run: &Run<'_>) -> String {
    let lines = run.command.script().lines();
    let kept = lines.filter(|line| run.pipelined || !matches!(*line, "\\startpipeline" | "\\endpipeline"));
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

/// What a script may name, beside what it sets itself.
fn variables(data: &Data, answer: &str) -> Vec<(&'static str, String)> {
    vec![
        ("guild", GUILD.to_string()),
        ("first_member", FIRST_MEMBER.to_string()),
        ("members", data.members.to_string()),
        ("blocks", data.blocks().to_string()),
        ("block_size", BLOCK.to_string()),
        ("f", "false".to_owned()),
        ("page", "5".to_owned()),
        ("start", "0".to_owned()),
        ("limit", "11".to_owned()),
        ("now", "2026-01-01T00:00:00Z".to_owned()),
        ("due", "2026-03-01T00:00:00Z".to_owned()),
        ("subject", SUBJECT.to_owned()),
        ("body", BODY.to_owned()),
        ("answer", answer.to_owned()),
    ]
}

/// Reads the logs of pgbench's threads: the third word of each line is a transaction's time in microseconds.
fn latencies(directory: &Path) -> Outcome<Vec<Duration>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with("transactions.") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path())?;
        all.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse().ok()).map(Duration::from_micros));
    }
    Ok(all)
}
