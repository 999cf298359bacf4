//! `make bench`: how fast the control API answers over a million orders, beside pgbench on the same statements.
//!
//! It prints one Markdown report and judges nothing: a slow machine fails no build. `--orders 100000` takes fewer, `--quick` that many
//! and fewer questions. Everything runs on this machine: a private PostgreSQL with the settings of production (durability on), the real
//! Maxis as a process of its own, asked over a real socket with the signed pass, and the sandbox in place of Discord, which says each
//! time whether the person behind the question is an operator.

mod ask;
mod recorded;
mod report;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each uses what it needs")]
mod support;

use ask::{Asked, Way};
use report::{Line, Report};
use shellia::sandbox::{self, Sandbox, World};
use std::process::ExitCode;
use support::Outcome;
use support::role::{GUILD, Role};
use support::server::Server;

/// How many questions a measurement asks, with so many at a time.
const WORKERS: [usize; 2] = [1, 8];
/// Questions before a measurement, which fill caches and connections.
const BEFORE: usize = 20;
/// Members are numbered from here.
const FIRST_MEMBER: &str = "1000000";

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Plan {
    orders: u64,
    questions: usize,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let mut plan = Plan { orders: 1_000_000, questions: 2_000 };
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quick" => plan = Plan { orders: 100_000, questions: 200 },
            "--orders" => match args.next().and_then(|orders| orders.parse().ok()) {
                Some(orders) => plan.orders = orders,
                None => {
                    eprintln!("--orders needs a number");
                    return ExitCode::FAILURE;
                }
            },
            // What cargo adds.
            _ => {}
        }
    }
    support::block_on(run(plan))
}

async fn run(plan: Plan) -> Outcome<()> {
    shellia::discord::install_tls();
    let server = Server::start().await?;
    let mut report = Report::new(&server.version().await?, plan.orders);
    let measured = measure(plan, &server, &mut report).await;
    server.stop().await?;
    // Whatever was measured is told, even when the rest could not be.
    print!("{report}");
    measured
}

async fn measure(plan: Plan, server: &Server, report: &mut Report) -> Outcome<()> {
    let world = World::demo();
    let guild = world.guild_id(GUILD).ok_or("the demo's world has another guild")?;
    // Discord's own limits would be what is measured.
    let limits = sandbox::Limits::raised();
    let sandbox = Sandbox::start(sandbox::Options { limits, ..sandbox::Options::new(world) }).await?;
    let role = sandbox.role_id(guild, "Admin").ok_or("the demo's world has another role")?;
    let person = sandbox.user_id("lea").ok_or("the demo's world has other people")?;
    eprintln!("filling in {} orders", plan.orders);
    let text = include_str!("fill.sql")
        .replace(":guild", &guild.to_string())
        .replace(":role", &role.to_string())
        .replace(":first_member", FIRST_MEMBER)
        .replace(":orders", &plan.orders.to_string());
    server.run(&text).await?;
    server.run("vacuum analyze").await?;
    let any = "1000000".to_owned();
    let settings =
        [("DATABASE_URL", server.app_url()), ("MAXIS_API_PER_MINUTE", any.clone()), ("MAXIS_API_KEY_PER_MINUTE", any)];
    let settings = settings.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let mut maxis = Role::new("commerce", &sandbox, server.directory(), settings)?;
    maxis.ready().await?;
    let way = Way { maxis: maxis.address(), guild, person };
    let measured = questions(plan, server, &way, report).await;
    let ended = maxis.end().await;
    sandbox.stop().await;
    measured.and(ended)
}

async fn questions(plan: Plan, server: &Server, way: &Way, report: &mut Report) -> Outcome<()> {
    for asked in Asked::ALL {
        ask::run(server, way, asked, (1, BEFORE)).await?;
        let script = recorded::script(server, way, asked).await?;
        for workers in WORKERS {
            eprintln!("{}, {workers} at a time", asked.name());
            let count = if workers == 1 { plan.questions / 4 } else { plan.questions };
            let program = ask::run(server, way, asked, (workers, count)).await?;
            let bare = recorded::run(server, &script, (workers, count)).await?;
            report.lines.push(Line { asked, workers, program, bare });
        }
    }
    Ok(())
}
