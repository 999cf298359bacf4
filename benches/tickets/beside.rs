//! pgbench beside the program: the script of a command with this data.

use crate::fill::{BLOCK, Data, FIRST_MEMBER, GUILD};
use crate::load::{BODY, SUBJECT};
use crate::scripts::Command;
use crate::support::Outcome;
use crate::support::figures::Figures;
use crate::support::pgbench::{self, Run};
use crate::support::server::Server;

/// Runs a command's script `count` times, `workers` at a time; `answer` is the program's answer, which the scripts of changes
/// keep as it does.
pub(crate) async fn run(
    server: &Server,
    data: &Data,
    (command, answer): (Command, &str),
    (workers, count): (usize, usize),
    pipelined: bool,
) -> Outcome<Figures> {
    let variables = variables(data, answer);
    let run = Run { script: command.script(), variables: &variables, workers, count, pipelined, rate: None };
    pgbench::run(server, &run).await
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
        ("now", "2126-01-01T00:00:00Z".to_owned()),
        ("due", "2126-03-01T00:00:00Z".to_owned()),
        ("subject", SUBJECT.to_owned()),
        ("body", BODY.to_owned()),
        ("answer", answer.to_owned()),
    ]
}
