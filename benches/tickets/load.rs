//! Commands as the program carries them out: `commands::answer`, so many at a time, each by a member chosen at random.

use crate::fill::{Data, FIRST_MEMBER, GUILD};
use crate::scripts::Command;
use crate::support::cpu::Spent;
use crate::support::figures::Figures;
use crate::support::server::Server;
use crate::support::{self, Failure, Outcome};
use rand::random_range;
use shellia::app::App;
use shellia::commands::{Answer, Call, Raw, Way, answer};
use shellia::domain::accounts::Person;
use shellia::domain::payments;
use shellia::kernel::reply::Reply;
use shellia::kernel::{ChannelId, GuildId, Locale, UserId};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Commands that each connection answers before it is measured.
const WARM: usize = 20;

/// The program with a pool of `connections`; payment is off.
pub(crate) fn app(server: &Server, connections: usize) -> Outcome<App> {
    support::app::app(server, connections, Arc::new(payments::Unwired))
}

/// One command by somebody, of `data` as it stands.
fn call(command: Command, data: &Data) -> Outcome<Call> {
    let (ticket, opener) = data.open_ticket(random_range(1..=data.blocks()));
    let anybody = FIRST_MEMBER + random_range(0..data.members);
    let text = |name: &str, value: &str| (name.to_owned(), Raw::Text(value.to_owned()));
    let id = ("id".to_owned(), Raw::Int(ticket));
    let (user, given) = match command {
        Command::Create => {
            let given = vec![
                text("subject", SUBJECT),
                text("description", BODY),
                text("category", "billing"),
                text("priority", "high"),
            ];
            (anybody, given)
        }
        Command::List => (anybody, Vec::new()),
        Command::View => (opener, vec![id]),
        Command::Reply => (opener, vec![id, text("message", BODY)]),
    };
    let wrong = || Failure::from("an id of the benchmark is none");
    Ok(Call {
        request: rand::random::<u64>().to_string(),
        command: command.name().to_owned(),
        given,
        person: Person {
            user: UserId::try_from(user)?,
            name: "Marie".to_owned(),
            roles: Vec::new(),
            manages_guild: false,
            locale: Some(Locale::Fr),
            bot: false,
            joined_at: None,
        },
        guild: Some(GuildId::try_from(GUILD)?),
        channel: ChannelId::new(1).ok_or_else(wrong)?,
        way: Way::Slash,
        typed: String::new(),
    })
}

/// What is written.
pub(crate) const SUBJECT: &str = "Paiement refusé";
/// What is written at length.
pub(crate) const BODY: &str =
    "Bonjour, ma carte est refusée au moment de payer le plan Pro, alors qu'elle marche ailleurs. Que faire ?";

/// Carries out one command and gives its answer; a refusal is a failure.
pub(crate) async fn once(app: &App, command: Command, data: &Data) -> Outcome<Reply> {
    match answer(app, &call(command, data)?).await {
        // Every good answer of these commands leads on by a button.
        Answer::Say { reply, .. } if !reply.buttons.is_empty() => Ok(reply),
        Answer::Say { reply, .. } => Err(format!("{} answered: {}", command.name(), reply.text).into()),
        Answer::Ask(_) => Err(format!("{} asked back", command.name()).into()),
        Answer::Nothing => Err(format!("{} said nothing", command.name()).into()),
    }
}

/// Measures `count` commands, `workers` at a time.
pub(crate) async fn run(
    server: &Server,
    data: &Data,
    command: Command,
    workers: usize,
    count: usize,
) -> Outcome<Figures> {
    let app = Arc::new(app(server, workers)?);
    side_by_side(&app, data, command, workers, WARM).await?;
    let (before, start) = (Spent::now(server)?, Instant::now());
    let latencies = side_by_side(&app, data, command, workers, count / workers).await?;
    let took = start.elapsed();
    let cost = before.own(server, latencies.len())?;
    Ok(Figures::of(latencies, took, cost))
}

async fn side_by_side(
    app: &Arc<App>,
    data: &Data,
    command: Command,
    workers: usize,
    each: usize,
) -> Outcome<Vec<Duration>> {
    let work = |app: Arc<App>, data: Data| async move {
        let mut latencies = Vec::with_capacity(each);
        for _ in 0..each {
            let start = Instant::now();
            once(&app, command, &data).await?;
            latencies.push(start.elapsed());
        }
        Ok::<_, Failure>(latencies)
    };
    let tasks: Vec<_> = (0..workers).map(|_| tokio::spawn(work(app.clone(), *data))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}
