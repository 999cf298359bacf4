//! The proof that a script of pgbench holds the statements that the program sends.
//!
//! The private server logs every statement of the application's login while the program acts; those must be the script's, in
//! the same order. Values don't count, and neither does how a value is given.

use super::Outcome;
use super::plain::statements;
use super::server::{LOGIN, Server};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::Duration;

/// How often, and with what pause, the log is looked at for a statement that is still under way.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// Fails unless what `act` sends over connections that it opens itself is the script's; gives what `act` gives.
pub(crate) async fn same<T>(
    server: &Server,
    (name, script): (&str, &str),
    act: impl Future<Output = Outcome<T>>,
) -> Outcome<T> {
    server.run(&format!("alter role {LOGIN} set log_statement = 'all'")).await?;
    let start = std::fs::metadata(server.log())?.len();
    let given = act.await;
    server.run(&format!("alter role {LOGIN} reset log_statement")).await?;
    let written = statements(script);
    let mut sent = logged(server, start)?;
    // The end of a transaction that only read is sent when the answer is out already.
    for _ in 0..LOOKS {
        if sent.len() >= written.len() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
        sent = logged(server, start)?;
    }
    if sent != written {
        let list = |statements: &[String]| statements.join(";\n");
        let (sent, written) = (list(&sent), list(&written));
        return Err(format!("{name} sends\n{sent}\nand its script holds\n{written}").into());
    }
    given
}

/// The statements in the server's log from a place on.
fn logged(server: &Server, start: u64) -> Outcome<Vec<String>> {
    let mut log = std::fs::File::open(server.log())?;
    log.seek(SeekFrom::Start(start))?;
    let mut text = String::new();
    log.read_to_string(&mut text)?;
    let statement = |line: &str| {
        let (_, line) = line.split_once("LOG:  ")?;
        let sent = line.strip_prefix("statement: ");
        let sent = sent.or_else(|| line.strip_prefix("execute ").and_then(|line| Some(line.split_once(": ")?.1)));
        sent.map(statements)
    };
    Ok(text.lines().filter_map(statement).flatten().filter(|text| !IGNORED.contains(&text.as_str())).collect())
}

/// What a new connection sends before its first command.
const IGNORED: [&str; 2] = ["set time zone ?", "set client_encoding to ?"];
