//! The report: every figure beside its aim, as Markdown.

use crate::support::figures::{Figures, Ms, mark};
use crate::support::server::RAISED;
use crate::{access, webhook};
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

/// Longest answer of the webhook at its rate, at the 99th percentile.
const ANSWER: Duration = Duration::from_millis(50);
/// Longest way from a payment to the access, at the 95th percentile.
const GRANTED: Duration = Duration::from_secs(2);

/// The webhook in one way, with pgbench statement by statement and with pipelines.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) what: &'static str,
    pub(crate) program: Figures,
    pub(crate) beside: Vec<Figures>,
}

/// The webhook.
#[derive(Debug, Default)]
pub(crate) struct Webhook {
    /// At its rate, then as fast as it can.
    pub(crate) lines: Vec<Line>,
    /// How late the sender was, in rising order.
    pub(crate) late: Vec<Duration>,
    /// Objects that were still to be looked at when the last event at its rate was answered.
    pub(crate) left: i64,
    /// How long the looks went on after the last event that came as fast as it could.
    pub(crate) drained: Duration,
    /// Mean size of an event.
    pub(crate) bytes: usize,
}

/// From a payment to the access.
#[derive(Debug)]
pub(crate) struct Access {
    /// To the entitlement.
    pub(crate) granted: Figures,
    /// To the role in Discord.
    pub(crate) given: Figures,
}

/// Checkouts with so many workers.
#[derive(Debug)]
pub(crate) struct Checkout {
    pub(crate) workers: usize,
    pub(crate) placed: Figures,
    pub(crate) opened: Figures,
    pub(crate) both: Figures,
}

/// One reconciliation.
#[derive(Debug)]
pub(crate) struct Pass {
    /// Looks that were asked for.
    pub(crate) asked: usize,
    /// Looks that were made: one may lead to another.
    pub(crate) looks: usize,
    /// Until everything was asked for.
    pub(crate) listed: Duration,
    /// In all.
    pub(crate) all: Duration,
    /// Growth of memory, at its most, in MiB.
    pub(crate) growth: f64,
}

/// Both reconciliations.
#[derive(Debug)]
pub(crate) struct Reconciled {
    pub(crate) members: usize,
    pub(crate) drifted: usize,
    pub(crate) outage: Pass,
    pub(crate) usual: Pass,
}

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    server: String,
    pub(crate) webhook: Webhook,
    pub(crate) access: Option<Access>,
    pub(crate) checkouts: Vec<Checkout>,
    pub(crate) reconciled: Option<Reconciled>,
}

impl Report {
    /// An empty report on a server.
    pub(crate) fn new(server: &str) -> Self {
        Self { server: server.to_owned(), ..Self::default() }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let changed: Vec<String> = RAISED.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let changed = if changed.is_empty() { "none".to_owned() } else { changed.join(", ") };
        writeln!(f, "# Benchmark of the shop\n")?;
        writeln!(f, "{}, the private server's own settings (changed: {changed}), durability on;", self.server)?;
        writeln!(f, "{cores} cores, shared by server, program, sandbox and sender. ❌ marks what misses its aim.\n")?;
        self.webhook.fmt(f)?;
        if let Some(access) = &self.access {
            access.fmt(f)?;
        }
        if !self.checkouts.is_empty() {
            checkouts(f, &self.checkouts)?;
        }
        self.reconciled.as_ref().map_or(Ok(()), |reconciled| reconciled.fmt(f))
    }
}

impl Display for Webhook {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.lines.is_empty() {
            return Ok(());
        }
        let (rate, aim) = (webhook::RATE, Ms(ANSWER));
        writeln!(f, "## Webhook\n")?;
        writeln!(f, "Events of {} bytes. At its rate: {rate} a second, each sent when it is due, latency", self.bytes)?;
        writeln!(f, "from then on; aim p99 under {aim} ms. As fast as it can: {} connections.\n", webhook::WORKERS)?;
        writeln!(
            f,
            "| events come | events/s | p50 ms | p99 ms | pgbench/s | p50 ms | p99 ms | ratio \
             | pipelined/s | p50 ms | p99 ms | ratio |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        for (at, line) in self.lines.iter().enumerate() {
            let p99 = line.program.percentile(99);
            let good = at > 0 || p99 < ANSWER;
            write!(f, "| {} | {:.0} | {} | ", line.what, line.program.rate, Ms(line.program.percentile(50)))?;
            write!(f, "{}{} |", Ms(p99), mark(good))?;
            for figures in &line.beside {
                let (p50, p99) = (Ms(figures.percentile(50)), Ms(figures.percentile(99)));
                write!(f, " {:.0} | {p50} | {p99} | {:.2} |", figures.rate, line.program.rate / figures.rate)?;
            }
            writeln!(f)?;
        }
        writeln!(f, "\nProcessor time of one event in µs:\n")?;
        writeln!(f, "| events come | Maxis | server | pgbench | server | pipelined | server |")?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|")?;
        for line in &self.lines {
            write!(f, "| {} |", line.what)?;
            for figures in std::iter::once(&line.program).chain(&line.beside) {
                write!(f, " {} | {} |", figures.cost.client.as_micros(), figures.cost.server.as_micros())?;
            }
            writeln!(f)?;
        }
        let late = self.late.get(self.late.len() * 99 / 100).copied().unwrap_or_default();
        writeln!(f, "\nThe sender itself was late by {} ms (p99). When the last event at its rate was", Ms(late))?;
        writeln!(
            f,
            "answered, {} objects were still to be looked at; after the last one that came as fast",
            self.left
        )?;
        writeln!(f, "as it could, the looks went on for {:.1} s.\n", self.drained.as_secs_f64())
    }
}

impl Display for Access {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "## Access\n")?;
        writeln!(f, "From the payment at the local Stripe, {} purchases a second; aim p95 under", access::RATE)?;
        writeln!(f, "{} s. Looked at every {} ms.\n", GRANTED.as_secs(), access::LOOK.as_millis())?;
        writeln!(f, "| until | purchases | p50 ms | p95 ms |\n|---|--:|--:|--:|")?;
        for (what, figures) in [("the entitlement is committed", &self.granted), ("the role is given", &self.given)] {
            let (p50, p95) = (figures.percentile(50), figures.percentile(95));
            let count = figures.latencies.len();
            writeln!(f, "| {what} | {count} | {} | {}{} |", Ms(p50), Ms(p95), mark(p95 < GRANTED))?;
        }
        writeln!(f)
    }
}

fn checkouts(f: &mut Formatter<'_>, lines: &[Checkout]) -> fmt::Result {
    writeln!(f, "## Checkout\n")?;
    writeln!(f, "By new members, at a provider that answers at once. Processor time of one order in µs.\n")?;
    writeln!(
        f,
        "| at a time | orders/s | place p50 ms | p99 ms | open p50 ms | p99 ms | both p50 ms | p99 ms | program | server |"
    )?;
    writeln!(f, "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    for line in lines {
        write!(f, "| {} | {:.0} |", line.workers, line.both.rate)?;
        for figures in [&line.placed, &line.opened, &line.both] {
            write!(f, " {} | {} |", Ms(figures.percentile(50)), Ms(figures.percentile(99)))?;
        }
        let cost = line.both.cost;
        writeln!(f, " {} | {} |", cost.client.as_micros(), cost.server.as_micros())?;
    }
    writeln!(f)
}

impl Display for Reconciled {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "## Reconciliation\n")?;
        writeln!(f, "{} members with one order each, three of ten a subscription, at a provider that", self.members)?;
        writeln!(f, "answers at once. On a usual day {} had drifted; all were repaired.\n", self.drifted)?;
        writeln!(f, "| | asked for | looks | until asked for, s | in all, s | looks/s | memory, MiB more |")?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|")?;
        for (what, pass) in [("after an outage: paid, no event came", &self.outage), ("on a usual day", &self.usual)] {
            let (listed, all) = (pass.listed.as_secs_f64(), pass.all.as_secs_f64());
            let looks = f64::from(u32::try_from(pass.looks).unwrap_or(u32::MAX));
            write!(f, "| {what} | {} | {} | {listed:.2} | {all:.1} | ", pass.asked, pass.looks)?;
            writeln!(f, "{:.0} | {:.1} |", looks / (all - listed), pass.growth)?;
        }
        writeln!(f)
    }
}
