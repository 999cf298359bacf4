//! `make bench`: how fast the admin panel shows tickets among a million, and how soon two hundred open pages hear of what happens.
//!
//! It prints one Markdown report and judges nothing: a slow machine fails no build. `--quick` takes fewer tickets, questions and pages.
//! Everything runs on this machine: a private PostgreSQL with the settings of production (durability on, row-level security forced),
//! the real Maxis as a process of its own, asked over real sockets by sessions that were opened with one-time links, and the sandbox in
//! place of Discord. A Chromium, where there is one, shows the longest ticket.

mod ask;
mod paint;
mod report;
mod streams;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each uses what it needs")]
mod support;

use ask::{Asked, Visitor};
use report::{Line, Report};
use shellia::db::Db;
use shellia::kernel::{Clock, GuildId, UserId};
use shellia::sandbox::{self, Sandbox, World};
use std::process::ExitCode;
use support::Outcome;
use support::role::{GUILD, Role};
use support::server::Server;

/// Members are numbered from here.
const FIRST_MEMBER: i64 = 1_000_000;
/// Members of the guild.
const MEMBERS: i64 = 10_000;
/// Messages of the one long ticket, whose number is the last.
const LONG: i64 = 5_000;
/// Questions at the same time.
const WORKERS: [usize; 2] = [1, 8];
/// Questions before a measurement, which fill caches and connections.
const BEFORE: usize = 20;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Plan {
    tickets: i64,
    questions: usize,
    pages: usize,
    seconds: u64,
}

const FULL: Plan = Plan { tickets: 1_000_000, questions: 2_000, pages: 200, seconds: 20 };
const QUICK: Plan = Plan { tickets: 20_000, questions: 200, pages: 24, seconds: 3 };

fn main() -> ExitCode {
    let plan = if std::env::args().any(|arg| arg == "--quick") { QUICK } else { FULL };
    support::block_on(run(plan))
}

async fn run(plan: Plan) -> Outcome<()> {
    shellia::discord::install_tls();
    let server = Server::start().await?;
    let mut report = Report::new(&server.version().await?);
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
    let person = sandbox.user_id("lea").ok_or("the demo's world has other people")?;
    eprintln!("filling in {} tickets", plan.tickets);
    fill(server, guild, plan.tickets).await?;
    report.tickets = plan.tickets;
    report.messages = server.number("select count(*) as number from ticket_messages").await?;
    let settings = [("DATABASE_URL", server.app_url())];
    let settings = settings.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let mut maxis = Role::new("commerce", &sandbox, server.directory(), settings)?;
    maxis.ready().await?;
    let doors = Doors { db: Db::new(&server.app_url(), 2)?, guild, person, maxis: maxis.address() };
    let measured = both(plan, server, (&maxis, &doors), report).await;
    let ended = maxis.end().await;
    sandbox.stop().await;
    measured.and(ended)
}

/// How sessions are opened: by links, since nobody sits before a browser here.
struct Doors {
    db: Db,
    guild: u64,
    person: u64,
    maxis: std::net::SocketAddr,
}

impl Doors {
    /// The word of a one-time link.
    async fn link(&self) -> Outcome<String> {
        let guild = GuildId::new(self.guild).ok_or("no guild")?;
        let person = UserId::new(self.person).ok_or("nobody")?;
        let link = shellia::panel::make_link(&self.db, (guild, person), Clock::new().now()).await?;
        Ok(link.expose().to_owned())
    }

    /// A signed-in visitor, the `nth`, who comes from an address of his own.
    async fn visitor(&self, nth: usize) -> Outcome<Visitor> {
        Visitor::enter(self.maxis, (nth, self.guild), &self.link().await?).await
    }
}

async fn both(plan: Plan, server: &Server, (maxis, doors): (&Role, &Doors), report: &mut Report) -> Outcome<()> {
    let mut visitors = Vec::new();
    for (kind, asked) in Asked::ALL.into_iter().enumerate() {
        // Others for each question, since nobody asks more often than one network may in a minute.
        visitors.clear();
        for nth in 0..WORKERS[1] {
            visitors.push(doors.visitor(kind * WORKERS[1] + nth).await?);
        }
        let some = |count: usize| visitors.get(..count).unwrap_or(&visitors);
        ask::run(server, some(1), (asked, plan.tickets), BEFORE / asked.way()).await?;
        for workers in WORKERS {
            eprintln!("{}, {workers} at a time", asked.name());
            let count = if workers == 1 { plan.questions / 4 } else { plan.questions } / asked.way();
            let figures = ask::run(server, some(workers), (asked, plan.tickets), count).await?;
            report.lines.push(Line { asked, workers, figures });
        }
    }
    eprintln!("a browser");
    let link = format!("http://{}/admin-panel/index.html#link={}", doors.maxis, doors.link().await?);
    report.paint = paint::run(&link, (doors.guild, plan.tickets)).await?;
    eprintln!("{} open pages", plan.pages);
    let readers = plan.pages.div_ceil(streams::A_SESSION);
    let mut pages = Vec::new();
    for nth in 0..readers {
        pages.push(doors.visitor(100 + nth).await?);
    }
    report.live = Some(streams::run(maxis, (&pages, plan.pages), &visitors, (plan.tickets, plan.seconds)).await?);
    Ok(())
}

/// A guild with so many tickets, three messages each in the mean, their words for the search, and one ticket of many messages.
async fn fill(server: &Server, guild: u64, tickets: i64) -> Outcome<()> {
    let guild = guild.to_string();
    let text = include_str!("../tickets/fill.sql")
        .replace(":guild", &guild)
        .replace(":first_member", &FIRST_MEMBER.to_string())
        .replace(":members", &MEMBERS.min(tickets / 10).to_string())
        .replace(":tickets", &tickets.to_string())
        .replace(":block", "4");
    server.run(&text).await?;
    let more = include_str!("more.sql")
        .replace(":guild", &guild)
        .replace(":ticket", &tickets.to_string())
        .replace(":messages", &LONG.to_string());
    server.run(&more).await?;
    server.run("vacuum analyze").await
}
