//! `make bench`: how fast the ticket commands are, beside pgbench on the same statements, the same server and the same data;
//! how much memory each role takes, and how soon it is ready.
//!
//! It prints one Markdown report and judges nothing: a slow machine fails no build. `--quick` takes fewer tickets and
//! commands, `--roles` leaves the commands out, for development. Everything runs on this machine: a private PostgreSQL with the settings of production
//! (durability on) and the sandbox in place of Discord.

mod beside;
mod fill;
mod load;
mod report;
mod roles;
mod scripts;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each uses what it needs")]
mod support;

use report::{Line, Report};
use scripts::Command;
use std::process::ExitCode;
use support::Outcome;
use support::figures::Figures;
use support::server::Server;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// Tickets in the database, first few and then many.
    sizes: [i64; 2],
    /// Commands that each measurement sends.
    commands: usize,
    /// Commands that the running roles are given before their memory is read again.
    role_commands: usize,
}

const FULL: Plan = Plan { sizes: [1_000, 1_000_000], commands: 6_000, role_commands: 1_000 };
const QUICK: Plan = Plan { sizes: [1_000, 20_000], commands: 1_000, role_commands: 100 };

/// Commands at the same time.
const WORKERS: [usize; 2] = [1, 8];

fn main() -> ExitCode {
    let plan = if std::env::args().any(|arg| arg == "--quick") { QUICK } else { FULL };
    support::block_on(run(plan))
}

async fn run(plan: Plan) -> Outcome<()> {
    let server = Server::start().await?;
    let mut report = Report::new(&server.version().await?);
    let measured = if only_roles() { Ok(()) } else { measure(&plan, &server, &mut report).await };
    let roles = match measured {
        Ok(()) => roles::measure(server, plan.role_commands).await,
        Err(failure) => {
            server.stop().await?;
            Err(failure)
        }
    };
    // Whatever was measured is told, even when the rest could not be.
    let failure = roles.map(|roles| report.roles = roles).err();
    print!("{report}");
    failure.map_or(Ok(()), Err)
}

/// Whether only the roles are measured, on empty tables.
fn only_roles() -> bool {
    std::env::args().any(|arg| arg == "--roles")
}

async fn measure(plan: &Plan, server: &Server, report: &mut Report) -> Outcome<()> {
    for tickets in plan.sizes {
        eprintln!("filling in {tickets} tickets");
        let data = fill::fill(server, tickets).await?;
        let mut answers = Vec::new();
        for command in Command::ALL {
            answers.push((command, scripts::check(server, &data, command).await?));
            fill::restore(server, &data).await?;
        }
        for (command, answer) in answers {
            for workers in WORKERS {
                eprintln!("{} with {tickets} tickets, {workers} at a time", command.name());
                let count = if workers == 1 { plan.commands / 4 } else { plan.commands };
                let program = load::run(server, &data, command, workers, count).await?;
                fill::restore(server, &data).await?;
                let mut others: Vec<Figures> = Vec::new();
                for pipelined in [false, true] {
                    others.push(beside::run(server, &data, (command, &answer), (workers, count), pipelined).await?);
                    fill::restore(server, &data).await?;
                }
                report.lines.push(Line { tickets, command: command.name(), workers, program, beside: others });
            }
        }
    }
    Ok(())
}
