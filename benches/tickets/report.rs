//! The report: every figure beside its aim, as Markdown.

use crate::roles::Roles;
use crate::support::figures::{Figures, Ms, mark};
use crate::support::server::RAISED;
use std::fmt::{self, Display, Formatter};

/// Least part of pgbench's throughput.
const RATIO: f64 = 0.5;
/// Most that the 99th percentile may grow by from few tickets to many.
const GROWTH: f64 = 2.0;

/// A command at one size with so many workers.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) tickets: i64,
    pub(crate) command: &'static str,
    pub(crate) workers: usize,
    pub(crate) program: Figures,
    /// pgbench statement by statement, and with pipelines.
    pub(crate) beside: Vec<Figures>,
}

/// All that was measured.
#[derive(Debug)]
pub(crate) struct Report {
    server: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) roles: Roles,
}

impl Report {
    /// An empty report on a server.
    pub(crate) fn new(server: &str) -> Self {
        Self { server: server.to_owned(), lines: Vec::new(), roles: Roles::default() }
    }

    /// The same command with as many workers at the smaller size.
    fn before(&self, line: &Line) -> Option<&Line> {
        let same = |other: &&Line| other.command == line.command && other.workers == line.workers;
        self.lines.iter().filter(same).find(|other| other.tickets < line.tickets)
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let changed: Vec<String> = RAISED.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let changed = if changed.is_empty() { "none".to_owned() } else { changed.join(", ") };
        writeln!(f, "# Benchmark of tickets\n")?;
        writeln!(
            f,
            "{}, the private server's own settings (changed: {changed}), durability on, row-level",
            self.server
        )?;
        writeln!(f, "security forced; {cores} cores, shared by server, program and pgbench.\n")?;
        writeln!(f, "Ratio: commands a second by those of pgbench on the same statements, statement by statement and")?;
        writeln!(f, "with pipelines. Growth: p99 by that with fewer tickets.\n")?;
        writeln!(
            f,
            "| tickets | command | at a time | commands/s | p50 ms | p99 ms | growth | pgbench/s | p99 ms | ratio \
                     | pipelined/s | p99 ms | ratio |"
        )?;
        writeln!(f, "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        for line in &self.lines {
            write!(f, "| {} | {} | {} | ", line.tickets, line.command, line.workers)?;
            let program = &line.program;
            let p99 = program.percentile(99);
            write!(f, "{:.0} | {} | {} | ", program.rate, Ms(program.percentile(50)), Ms(p99))?;
            match self.before(line) {
                Some(before) => {
                    let growth = p99.as_secs_f64() / before.program.percentile(99).as_secs_f64();
                    write!(f, "{growth:.2}{} |", mark(growth <= GROWTH))?;
                }
                None => write!(f, "|")?,
            }
            for (at, figures) in line.beside.iter().enumerate() {
                let ratio = program.rate / figures.rate;
                // The aim is about pgbench as it is; its pipelines show what is left to gain.
                let good = at > 0 || ratio >= RATIO;
                write!(f, " {:.0} | {} | {ratio:.2}{} |", figures.rate, Ms(figures.percentile(99)), mark(good))?;
            }
            writeln!(f)?;
        }
        writeln!(f, "\nProcessor time of one command in µs, by client and server:\n")?;
        writeln!(f, "| tickets | command | at a time | program | server | pgbench | server | pipelined | server |")?;
        writeln!(f, "|--:|---|--:|--:|--:|--:|--:|--:|--:|")?;
        for line in &self.lines {
            write!(f, "| {} | {} | {} |", line.tickets, line.command, line.workers)?;
            for figures in std::iter::once(&line.program).chain(&line.beside) {
                write!(f, " {} | {} |", figures.cost.client.as_micros(), figures.cost.server.as_micros())?;
            }
            writeln!(f)?;
        }
        writeln!(
            f,
            "\nAims: ratio to pgbench statement by statement at least {RATIO}, growth at most {GROWTH}; ❌ marks what misses its aim.\n"
        )?;
        self.roles.fmt(f)
    }
}
