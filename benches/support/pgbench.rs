//! pgbench on the same statements: a client that does nothing but send them.
//!
//! A script can be run in two ways: statement by statement, as pgbench does by itself, and with the pipelines that the script
//! marks where the program sends several statements without waiting.

use super::cpu::Spent;
use super::figures::Figures;
use super::server::{LOGIN, Server};
use super::{Failure, Outcome};
use std::path::Path;
use std::time::Duration;
use tokio::time::sleep;

/// One measurement.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    /// The script.
    pub(crate) script: &'a str,
    /// What it may name, beside what it sets itself.
    pub(crate) variables: &'a [(&'static str, String)],
    /// Connections at the same time.
    pub(crate) workers: usize,
    /// Transactions in all.
    pub(crate) count: usize,
    /// Whether the script's pipelines are used.
    pub(crate) pipelined: bool,
    /// Transactions begun in a second, latency counted from when each was due; `None` for as many as it can.
    pub(crate) rate: Option<u32>,
}

/// Runs pgbench to its end.
pub(crate) async fn run(server: &Server, run: &Run<'_>) -> Outcome<Figures> {
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
        .args(run.rate.map(|rate| format!("--rate={rate}")))
        .arg("--file=script.sql")
        .args(["--host=127.0.0.1", &format!("--port={}", server.port()), &format!("--username={LOGIN}")]);
    for (name, value) in run.variables {
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
    let lines = run.script.lines();
    let kept = lines.filter(|line| run.pipelined || !matches!(*line, "\\startpipeline" | "\\endpipeline"));
    kept.collect::<Vec<_>>().join("\n") + "\n"
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
