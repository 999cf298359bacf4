//! What pgbench runs: the statements of each command, written by hand beside this file, and the proof that they are the
//! ones that the program sends.
//!
//! The proof: the private server logs every statement of the application's login while one command is carried out; those
//! must be the script's, in the same order. Values don't count, and neither does how a value is given.

use crate::fill::Data;
use crate::server::{LOGIN, Server};
use crate::{Outcome, load};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::Duration;

/// How often, and with what pause, the log is looked at for a statement that is still under way.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    Create,
    List,
    View,
    Reply,
}

impl Command {
    pub(crate) const ALL: [Self; 4] = [Self::Create, Self::List, Self::View, Self::Reply];

    /// Its name in the program.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Create => "ticket_create",
            Self::List => "ticket_list",
            Self::View => "ticket_view",
            Self::Reply => "ticket_reply",
        }
    }

    /// Its script for pgbench.
    pub(crate) const fn script(self) -> &'static str {
        match self {
            Self::Create => include_str!("create.sql"),
            Self::List => include_str!("list.sql"),
            Self::View => include_str!("view.sql"),
            Self::Reply => include_str!("reply.sql"),
        }
    }
}

/// Proves that a command's script is what the program sends; gives the command's answer as JSON, for the script to keep.
pub(crate) async fn check(server: &Server, data: &Data, command: Command) -> Outcome<String> {
    let app = load::app(server, 1)?;
    // The guild's settings are asked for once in a while, not by each command.
    load::once(&app, command, data).await?;
    server.run(&format!("alter role {LOGIN} set log_statement = 'all'")).await?;
    let watched = load::app(server, 1)?;
    if let Some(settings) = app.guilds.get(shellia::kernel::GuildId::try_from(crate::fill::GUILD)?) {
        watched.guilds.keep((*settings).clone());
    }
    let start = std::fs::metadata(server.log())?.len();
    let reply = load::once(&watched, command, data).await;
    server.run(&format!("alter role {LOGIN} reset log_statement")).await?;
    let written = statements(command.script());
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
        let name = command.name();
        let (sent, written) = (list(&sent), list(&written));
        return Err(format!("{name} sends\n{sent}\nand its script holds\n{written}").into());
    }
    Ok(serde_json::to_string(&reply?)?)
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

/// The statements of a text in a plain form: without comments and pgbench's own commands, each value a `?`.
fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with("--") && !line.starts_with('\\'));
    let text = lines.collect::<Vec<_>>().join(" ").to_lowercase().replace("\\gset", ";");
    text.split(';').map(plain).filter(|statement| !statement.is_empty()).collect()
}

/// Makes one form of many: `$1`, `:name`, `'text'` and `null` all become `?`, and one space stands between words.
fn plain(statement: &str) -> String {
    let mut out = String::new();
    let mut rest = statement.trim();
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let (piece, next) = match letter {
            '\'' => ("?", after.split_once('\'').map_or("", |(_, next)| next)),
            '$' => ("?", &after[word(after)..]),
            ':' if after.starts_with(':') => ("::", &after[1..]),
            ':' => ("?", &after[word(after)..]),
            letter if letter.is_whitespace() => (" ", after.trim_start()),
            letter if letter.is_alphanumeric() || letter == '_' => match rest.split_at(word(rest)) {
                ("null", next) => ("?", next),
                split => split,
            },
            letter => (&rest[..letter.len_utf8()], after),
        };
        out.push_str(piece);
        rest = next;
    }
    out
}
