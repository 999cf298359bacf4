//! The outside witnesses: `tests/witness/judge.mjs` judges what the bots asked of a sandbox and what it answered, by
//! validators made from Discord's own description of its API; `tests/witness/stripe/judge.mjs` does so for Stripe's.

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};
use shellia::sandbox::stripe::StripeExchange;
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

/// Judges every exchange with the local Stripe; a violation or an unknown route fails the test.
pub async fn judge_stripe(sandbox: &Sandbox) {
    let exchanges: Vec<Value> = sandbox.stripe().log(0).iter().map(StripeExchange::json).collect();
    assert!(!exchanges.is_empty(), "no program has asked anything of the local Stripe");
    let verdict = stripe_verdict(&exchanges).await;
    assert!(verdict.right, "the witness objects:\n{}\n{}", verdict.violations.join("\n"), verdict.summary);
}

/// What the witness says about exchanges with Discord.
pub async fn verdict(exchanges: &[Value]) -> Verdict {
    ask("judge.mjs", exchanges).await
}

/// What the witness says about exchanges with Stripe.
pub async fn stripe_verdict(exchanges: &[Value]) -> Verdict {
    let description = place().join("python/seahaven_stripe_world");
    assert!(description.is_dir(), "Stripe's description is not here: run `tests/witness/fetch` (`make test` does)");
    ask("stripe/judge.mjs", exchanges).await
}

/// Where the witnesses are.
pub fn place() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/witness")
}

async fn ask(judge: &str, exchanges: &[Value]) -> Verdict {
    let remedy = "run `npm ci --prefix tests/witness` (`make test` does)";
    assert!(place().join("node_modules/discord-api-spec").is_dir(), "the witness is not installed: {remedy}");
    let started = Command::new("node")
        .arg(place().join(judge))
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
