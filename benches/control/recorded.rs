//! The statements that one answer sends, with their values, as the server logs them; and pgbench on them, which sends nothing else.

use crate::ask::{self, Asked, Way};
use crate::support::figures::Figures;
use crate::support::pgbench::{self, Run};
use crate::support::server::{LOGIN, Server};
use crate::support::{Failure, Outcome};
use std::collections::HashMap;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::Duration;

/// How long the log may be behind.
const BEHIND: Duration = Duration::from_millis(500);

/// How often it is asked, since the first may meet a connection that was ended.
const TRIES: usize = 5;

/// A script of what an answer has Maxis send: the transaction in which a statement bears the question's mark.
pub(crate) async fn script(server: &Server, way: &Way, asked: Asked) -> Outcome<String> {
    server.run(&format!("alter role {LOGIN} set log_statement = 'all'")).await?;
    // The private server's log leaves values out.
    server.run(&format!("alter role {LOGIN} set log_error_verbosity = 'default'")).await?;
    // Connections that there are go on as they began.
    server.run(&format!("select pg_terminate_backend(pid) from pg_stat_activity where usename = '{LOGIN}'")).await?;
    tokio::time::sleep(BEHIND).await;
    let start = std::fs::metadata(server.log())?.len();
    let mut acted = ask::once(way, asked).await;
    for _ in 1..TRIES {
        if acted.is_ok() {
            break;
        }
        tokio::time::sleep(BEHIND).await;
        acted = ask::once(way, asked).await;
    }
    tokio::time::sleep(BEHIND).await;
    server.run(&format!("alter role {LOGIN} reset log_statement")).await?;
    server.run(&format!("alter role {LOGIN} reset log_error_verbosity")).await?;
    server.run(&format!("select pg_terminate_backend(pid) from pg_stat_activity where usename = '{LOGIN}'")).await?;
    acted?;
    let mut log = std::fs::File::open(server.log())?;
    log.seek(SeekFrom::Start(start))?;
    let mut text = String::new();
    log.read_to_string(&mut text)?;
    let found = transactions(&text).into_iter().rev().find(|one| one.iter().any(|sent| sent.contains(asked.mark())));
    let found: Vec<String> = found.into_iter().flatten().map(|sent| sent + ";").collect();
    if found.is_empty() {
        return Err(Failure::from(format!("{} sends no statement with {}", asked.name(), asked.mark())));
    }
    Ok(found.join("\n") + "\n")
}

/// The transactions in a log, each connection's apart.
fn transactions(log: &str) -> Vec<Vec<String>> {
    let mut open: HashMap<&str, Vec<String>> = HashMap::new();
    let mut done = Vec::new();
    for line in log.lines() {
        let Some((process, rest)) = line.split_once('[').and_then(|(_, rest)| rest.split_once(']')) else { continue };
        let sent = open.entry(process).or_default();
        if let Some((_, values)) = rest.split_once("DETAIL:  parameters: ") {
            if let Some(last) = sent.last_mut() {
                *last = with_values(last, values);
            }
            continue;
        }
        let Some((_, logged)) = rest.split_once("LOG:  ") else { continue };
        let text = logged.strip_prefix("statement: ");
        let text = text.or_else(|| logged.strip_prefix("execute ").and_then(|rest| Some(rest.split_once(": ")?.1)));
        let Some(text) = text else { continue };
        // Several at once, as the beginning is sent.
        for one in text.split(';').map(str::trim).filter(|one| !one.is_empty()) {
            let word = one.to_lowercase();
            if word.starts_with("begin") {
                sent.clear();
            }
            sent.push(one.to_owned());
            if word == "commit" || word == "rollback" {
                done.push(std::mem::take(sent));
            }
        }
    }
    done
}

/// A statement with its values in the place of `$1`, `$2`, …; the last first, so that `$1` isn't found in `$12`.
fn with_values(statement: &str, logged: &str) -> String {
    let mut values = Vec::new();
    let mut rest = logged;
    while let Some((_, after)) = rest.split_once(" = ") {
        let (value, next) = match after.strip_prefix('\'') {
            Some(quoted) => {
                // No value of these questions holds a quotation mark.
                let (value, next) = quoted.split_once('\'').unwrap_or((quoted, ""));
                let kind = if value.starts_with('{') { "::timestamptz[]" } else { "" };
                (format!("'{value}'{kind}"), next)
            }
            None => {
                let (value, next) = after.split_once(',').unwrap_or((after, ""));
                (value.trim().to_owned(), next)
            }
        };
        values.push(value);
        rest = next;
    }
    let mut text = statement.to_owned();
    for (at, value) in values.iter().enumerate().rev() {
        text = text.replace(&format!("${}", at + 1), value);
    }
    text
}

/// Sends a script so many times, over so many connections at a time.
pub(crate) async fn run(server: &Server, script: &str, (workers, count): (usize, usize)) -> Outcome<Figures> {
    pgbench::run(server, &Run { script, variables: &[], workers, count, pipelined: false, rate: None }).await
}
