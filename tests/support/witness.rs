//! The outside witness: `tests/witness/judge.mjs` judges what the bots asked of a sandbox and what it answered, by
//! validators made from Discord's own description of its API.

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};
use shellia::sandbox::{Exchange, Sandbox};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// What the witness says.
#[derive(Debug)]
pub struct Verdict {
    /// Nothing is wrong.
    pub right: bool,
    /// One line for each violation.
    pub violations: Vec<String>,
    /// The closing line.
    pub summary: String,
}

/// Judges every exchange of a sandbox; a violation or an unknown route fails the test.
pub async fn judge(sandbox: &Sandbox) {
    let exchanges: Vec<Value> = sandbox.log(0).iter().map(line).collect();
    assert!(!exchanges.is_empty(), "no bot has asked anything of the sandbox");
    let verdict = verdict(&exchanges).await;
    assert!(verdict.right, "the witness objects:\n{}\n{}", verdict.violations.join("\n"), verdict.summary);
}

/// What the witness says about exchanges.
pub async fn verdict(exchanges: &[Value]) -> Verdict {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/witness");
    let remedy = "run `npm ci --prefix tests/witness` (`make test` does)";
    assert!(place.join("node_modules/discord-api-spec").is_dir(), "the witness is not installed: {remedy}");
    let started = Command::new("node")
        .arg(place.join("judge.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let mut node =
        started.unwrap_or_else(|error| panic!("Node.js can't be started ({error}): install it, then {remedy}"));
    let mut stdin = node.stdin.take().expect("it has an input");
    let lines: String = exchanges.iter().map(|exchange| format!("{exchange}\n")).collect();
    let (written, ended) =
        tokio::join!(async move { stdin.write_all(lines.as_bytes()).await }, node.wait_with_output());
    let ended = ended.expect("the witness ends");
    let said = String::from_utf8(ended.stdout).expect("the witness writes UTF-8");
    let mut violations: Vec<String> = said.lines().map(str::to_owned).collect();
    let summary = violations.pop().unwrap_or_default();
    if written.is_err() || !summary.starts_with("judged ") {
        panic!("the witness broke down: {said}{}", String::from_utf8_lossy(&ended.stderr));
    }
    Verdict { right: ended.status.success(), violations, summary }
}

fn line(exchange: &Exchange) -> Value {
    json!({
        "method": exchange.method, "path": exchange.path, "query": exchange.query, "status": exchange.status,
        "request": exchange.request, "response": exchange.response, "fault": exchange.fault,
    })
}
