//! `make bench`: how fast the shop is. The webhook beside pgbench on the statements that it writes, the time from a payment
//! to the access, the opening of checkouts without Stripe's own time, and the daily reconciliation.
//!
//! It prints one Markdown report and judges nothing: a slow machine fails no build. `--quick` takes fewer of everything;
//! `--only webhook`, `access`, `checkout` or `reconcile` leaves the other parts out, for development. Everything runs on this
//! machine: a private PostgreSQL with the settings of production (durability on), the real Maxis as a process of its own, and
//! the sandbox in place of Discord and Stripe.

mod access;
mod buy;
mod checkout;
mod events;
mod provider;
mod reconcile;
mod report;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each uses what it needs")]
mod support;
mod till;
mod webhook;

use report::Report;
use std::process::ExitCode;
use std::sync::Arc;
use support::Outcome;
use support::server::Server;
use till::Till;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Plan {
    /// For how many seconds events come at their rate.
    webhook_s: u32,
    /// Events that come as fast as they are taken.
    burst: usize,
    /// Purchases that are paid at their rate.
    purchases: usize,
    /// Checkouts that are opened by one after the other; eight at a time open four times as many.
    checkouts: usize,
    /// Members whose orders are reconciled.
    members: usize,
}

const FULL: Plan = Plan { webhook_s: 30, burst: 12_000, purchases: 300, checkouts: 500, members: 10_000 };
const QUICK: Plan = Plan { webhook_s: 10, burst: 3_000, purchases: 60, checkouts: 100, members: 1_000 };

fn main() -> ExitCode {
    let plan = if std::env::args().any(|arg| arg == "--quick") { QUICK } else { FULL };
    support::block_on(run(plan))
}

async fn run(plan: Plan) -> Outcome<()> {
    // Another part of the process may have chosen already; any choice will do.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
    let server = Server::start().await?;
    let mut report = Report::new(&server.version().await?);
    let measured = measure(&plan, &server, &mut report).await;
    server.stop().await?;
    // Whatever was measured is told, even when the rest could not be.
    print!("{report}");
    measured
}

/// Whether a part is measured.
fn wanted(part: &str) -> bool {
    let mut args = std::env::args().skip_while(|arg| arg != "--only").skip(1);
    args.next().is_none_or(|only| only == part)
}

async fn measure(plan: &Plan, server: &Server, report: &mut Report) -> Outcome<()> {
    if wanted("webhook") || wanted("access") {
        webhook::check(server).await?;
        let till = Till::open(server, plan.purchases).await?;
        let measured = at_the_till(plan, server, &till, report).await;
        till.close().await?;
        measured?;
    }
    let provider = Arc::new(provider::Provider::default());
    if wanted("checkout") || wanted("reconcile") {
        buy::open_shop(server, buy::GUILD, buy::ROLE).await?;
    }
    if wanted("checkout") {
        report.checkouts = checkout::measure(server, &provider, plan.checkouts).await?;
    }
    if wanted("reconcile") {
        report.reconciled = Some(reconcile::measure(server, &provider, plan.members).await?);
    }
    Ok(())
}

async fn at_the_till(plan: &Plan, server: &Server, till: &Till, report: &mut Report) -> Outcome<()> {
    let example = till.example().await?;
    if wanted("access") {
        report.access = Some(access::measure(server, till, plan.purchases).await?);
    }
    if wanted("webhook") {
        report.webhook = webhook::measure(server, till, &example, (plan.webhook_s, plan.burst)).await?;
    }
    Ok(())
}
