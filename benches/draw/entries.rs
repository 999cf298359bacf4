//! Everybody presses Enter: the real program against the sandbox and a private PostgreSQL, the announcement live meanwhile.
//!
//! Presses come at an even pace whether earlier ones are answered or not; every tenth member presses twice at once. What a press
//! takes is told to its answer, so an answer that was put off counts whole. It fails where an entry that was acknowledged isn't
//! stored, or one is stored or counted twice.

use crate::support::figures::{Figures, Ms, mark};
use crate::support::role::{GUILD, Role};
use crate::support::server::Server;
use crate::support::{Failure, Outcome};
use serde_json::{Value, json};
use shellia::sandbox::{self, Answer, Sandbox, World};
use std::fmt::{self, Display, Formatter};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{sleep, sleep_until};

/// Entries in a minute, and how long the minute is with `--quick`.
pub(crate) const FULL: (u32, Duration) = (10_000, Duration::from_secs(60));
pub(crate) const QUICK: (u32, Duration) = (1_000, Duration::from_secs(6));
/// Within which Discord wants an interaction acknowledged.
const LIMIT: Duration = Duration::from_secs(3);
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was measured.
pub(crate) struct Entries {
    members: u32,
    presses: usize,
    unanswered: usize,
    within: Duration,
    figures: Figures,
    edits: usize,
}

impl Display for Entries {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n# Benchmark of entering\n")?;
        let (within, cores) = (self.within.as_secs(), std::thread::available_parallelism().map_or(0, usize::from));
        write!(
            f,
            "{} members enter one giveaway within {within} s, every tenth by two presses at once: ",
            self.members
        )?;
        writeln!(f, "{} presses. {cores} cores for", self.presses)?;
        writeln!(f, "everything: the program, PostgreSQL and the sandbox with its people.\n")?;
        writeln!(f, "| answers/s | p50 ms | p99 ms | slowest ms | unanswered | edits of the announcement |")?;
        writeln!(f, "|--:|--:|--:|--:|--:|--:|")?;
        let slowest = self.figures.latencies.last().copied().unwrap_or_default();
        write!(f, "| {:.0} | {} ", self.figures.rate, Ms(self.figures.percentile(50)))?;
        write!(f, "| {} | {}{} ", Ms(self.figures.percentile(99)), Ms(slowest), mark(slowest < LIMIT))?;
        writeln!(f, "| {}{} | {} |\n", self.unanswered, mark(self.unanswered == 0), self.edits)?;
        writeln!(f, "Every entry that was acknowledged is stored, none twice, and the kept count is theirs.")
    }
}

/// Lets so many members enter within a time.
pub(crate) async fn measure((members, within): (u32, Duration)) -> Outcome<Entries> {
    eprintln!("entering: {members} members");
    let server = Server::start().await?;
    let mut world = World::demo();
    let guild = world.guild_id(GUILD).ok_or("the guild")?;
    let people = world.crowd(guild, "client", usize::try_from(members)?);
    let limits = sandbox::Limits::raised();
    let sandbox = Sandbox::start(sandbox::Options { limits, ..sandbox::Options::new(world) }).await?;
    let more = [
        ("DATABASE_URL", server.app_url()),
        ("DRAND_RELAYS", sandbox.drand_url()),
        ("DRAND_SANDBOX_KEY", sandbox.drand_key()),
    ];
    let more = more.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let mut maxis = Role::new("commerce", &sandbox, server.directory(), more)?;
    maxis.ready().await?;
    let place = announce(&sandbox, guild).await?;
    let (latencies, entered, took) = press(&sandbox, &place, &people, within).await?;
    stored(&server, &entered).await?;
    let shown = shows(&sandbox, &place, members).await;
    let edits = sandbox.log(0).iter().filter(|one| one.method == "PATCH" && one.path.contains("/messages/")).count();
    maxis.end().await?;
    sandbox.stop().await;
    server.stop().await?;
    if !shown {
        return Err("the announcement never showed how many take part".into());
    }
    let presses = people.len() + people.len().div_ceil(10);
    let unanswered = presses.saturating_sub(latencies.len());
    let figures = Figures::of(latencies, took, crate::support::cpu::Cost::default());
    Ok(Entries { members, presses, unanswered, within, figures, edits })
}

/// Where the announcement is.
struct Place {
    channel: u64,
    message: u64,
    button: String,
}

/// Every `custom_id` of a message.
fn buttons(message: &Value) -> Vec<&str> {
    match message {
        Value::Object(fields) => {
            let own = fields.get("custom_id").and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(buttons)).collect()
        }
        Value::Array(all) => all.iter().flat_map(buttons).collect(),
        _ => Vec::new(),
    }
}

async fn announce(sandbox: &Sandbox, guild: u64) -> Outcome<Place> {
    let channel = sandbox.channel_id(guild, "discussion").ok_or("the channel")?;
    let maxis = sandbox.app_id("Maxis").ok_or("the bot")?;
    let lea = sandbox.person_named("lea").ok_or("the owner")?;
    let options = json!({"prize": "Une clé", "winners": 10, "duration": "48h"});
    let refused = |refused: sandbox::Refused| Failure::from(refused.error);
    let asked = lea.slash(channel, maxis, "giveaway_create", options).await.map_err(refused)?;
    let answer = lea.wait_answer_for(asked, PATIENCE).await;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        for message in sandbox.messages(channel) {
            let id = message.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let button = buttons(&message).into_iter().find(|id| id.starts_with("giveaway_enter?")).map(str::to_owned);
            if let (Some(message), Some(button)) = (id, button) {
                return Ok(Place { channel, message, button });
            }
        }
        sleep(Duration::from_millis(50)).await;
    }
    Err(format!("nothing was announced: {answer:?}").into())
}

/// Everybody presses, at an even pace: how long each answer took, who was told that he takes part, and how long it took in all.
async fn press(
    sandbox: &Sandbox,
    place: &Place,
    people: &[u64],
    within: Duration,
) -> Outcome<(Vec<Duration>, Vec<u64>, Duration)> {
    let begun = tokio::time::Instant::now();
    let pace = within / u32::try_from(people.len())?;
    let mut presses = JoinSet::new();
    for (index, user) in (0_u32..).zip(people) {
        for _ in 0..if index % 10 == 0 { 2 } else { 1 } {
            let (person, user) = (sandbox.person(*user), *user);
            let (channel, message, button) = (place.channel, place.message, place.button.clone());
            presses.spawn(async move {
                sleep_until(begun + pace * index).await;
                let pressed = Instant::now();
                let made = person.press(channel, message, &button, Vec::new()).await.ok()?;
                match person.wait_answer_for(made, PATIENCE).await {
                    Answer::Message(_) => Some((pressed.elapsed(), user)),
                    Answer::Modal(_) | Answer::Choices(_) | Answer::Silent | Answer::Failed(_) => None,
                }
            });
        }
    }
    let answered: Vec<(Duration, u64)> = presses.join_all().await.into_iter().flatten().collect();
    let (latencies, mut entered): (Vec<Duration>, Vec<u64>) = answered.into_iter().unzip();
    entered.sort_unstable();
    entered.dedup();
    Ok((latencies, entered, begun.elapsed()))
}

/// Makes sure that what was acknowledged is stored, once.
async fn stored(server: &Server, entered: &[u64]) -> Outcome<()> {
    let ids: Vec<String> = entered.iter().map(ToString::to_string).collect();
    let missing = format!(
        "select count(*) as number from unnest(array[{}]::bigint[]) u where not exists \
         (select from giveaway_entries e where e.user_id = u)",
        ids.join(",")
    );
    let (missing, twice, miscounted) = (
        server.number(&missing).await?,
        server.number("select count(*) - count(distinct user_id) as number from giveaway_entries").await?,
        server
            .number(
                "select abs((select count(*) from giveaway_entries) \
                   - (select coalesce(sum(entries), 0)::bigint from giveaway_crowds)) as number",
            )
            .await?,
    );
    if (missing, twice, miscounted) == (0, 0, 0) {
        return Ok(());
    }
    Err(format!("{missing} acknowledged entries are not stored, {twice} are twice, the count differs by {miscounted}")
        .into())
}

/// Whether the announcement comes to show how many take part.
async fn shows(sandbox: &Sandbox, place: &Place, members: u32) -> bool {
    let (begun, count) = (Instant::now(), json!(members.to_string()));
    let shows = |message: &Value| {
        let embeds = message.get("embeds").and_then(Value::as_array);
        let fields = embeds.into_iter().flatten().filter_map(|embed| embed.get("fields").and_then(Value::as_array));
        fields.flatten().any(|field| field.get("value") == Some(&count))
    };
    while begun.elapsed() < PATIENCE {
        if sandbox.messages(place.channel).iter().any(shows) {
            return true;
        }
        sleep(Duration::from_millis(200)).await;
    }
    false
}
