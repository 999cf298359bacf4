//! Nothing lost, nothing doubled: a Maxis of his own process is killed again and again during a stream of creates and replies,
//! over the real gateway and the real database.

mod purchases;
pub mod stream;

use crate::support::maxis::{Maxis, PATIENCE, SHOP, button_of, id};
use serde_json::Value;
use shellia::sandbox::World;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use stream::{Child, Said, Talkers};

/// How often the process is killed; `KILLS` sets another number.
const KILLS: usize = 200;

/// How long the notices that a killed process held may take: its leases end first.
pub const LEASES: Duration = Duration::from_secs(180);

fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_loses_and_doubles_nothing() {
    let maxis = Maxis::prepare(World::two_guilds()).await;
    let mut child = Child::start(&maxis).await;
    let talkers = Talkers::start(&maxis);
    for n in 0..kills() {
        // Every other time it is killed somewhere in its start, else in the full stream.
        if n % 2 == 0 {
            child.online(&maxis).await;
        }
        tokio::time::sleep(Duration::from_millis(stream::random(n) % 700)).await;
        child.kill().await;
        child = Child::start_anew(&maxis).await;
    }
    child.online(&maxis).await;
    let said = talkers.stop().await;
    child.online(&maxis).await;
    maxis.settled_within(LEASES).await;
    let wrong = judge(&maxis, &said).await;
    child.stop().await;
    assert!(
        wrong.is_empty(),
        "{} faults:\n{}",
        wrong.len(),
        wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n")
    );
    // How much is said in that time depends on the machine; what was said must be more than chance.
    assert!(said.len() > kills() / 5, "the stream ran: {}", said.len());
    maxis.sandbox.stop().await;
}

/// Compares what people said with what is stored and shown.
async fn judge(maxis: &Maxis, said: &[Said]) -> Vec<String> {
    let mut wrong = Vec::new();
    let opened = stored(maxis, "select subject as word, count(*) as n from tickets group by 1").await;
    let replied =
        stored(maxis, "select body as word, count(*) as n from ticket_messages where kind = 'reply' group by 1").await;
    for Said { word, acknowledged, reply } in said {
        let found = if *reply { replied.get(word) } else { opened.get(word) }.copied().unwrap_or(0);
        if found > 1 {
            wrong.push(format!("{word} is stored {found} times"));
        }
        if *acknowledged && found != 1 {
            wrong.push(format!("{word} was acknowledged and is stored {found} times"));
        }
    }
    let known: BTreeSet<&str> = said.iter().map(|said| said.word.as_str()).collect();
    for word in opened.keys().chain(replied.keys()) {
        if !known.contains(word.as_str()) && word != "premier" {
            wrong.push(format!("{word} was never said"));
        }
    }
    numbers(maxis, &mut wrong).await;
    cards(maxis, &mut wrong).await;
    deliveries(maxis, &mut wrong).await;
    wrong
}

/// Ticket numbers run from 1 without gap or double, and every ticket has its opening message.
async fn numbers(maxis: &Maxis, wrong: &mut Vec<String>) {
    let counts = [
        ("a gap or double in the numbers", "select count(*) - coalesce(max(number), 0) as n from tickets"),
        (
            "a ticket without its opening message",
            "select count(*) as n from tickets t where (select count(*) from ticket_messages m where m.guild_id = t.guild_id \
             and m.ticket_number = t.number and m.kind = 'opening') <> 1",
        ),
        (
            "the counter differs from the tickets",
            "select abs(c.last_number - (select count(*) from tickets t where t.guild_id = c.guild_id)) as n \
             from ticket_counters c order by 1 desc limit 1",
        ),
        ("a notice that failed", "select count(*) as n from outbox where state = 'failed'"),
    ];
    for (what, query) in counts {
        if maxis.database.count(query).await != 0 {
            wrong.push(what.to_owned());
        }
    }
}

/// Each ticket has one card in the staff channel.
async fn cards(maxis: &Maxis, wrong: &mut Vec<String>) {
    let shop = maxis.sandbox.guild_id(SHOP).expect("the shop");
    let staff = maxis.sandbox.channel_id(shop, "staff").expect("the channel");
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for message in maxis.sandbox.messages(staff) {
        // A card carries the note button; what Sam alone was answered is no card.
        let for_all = message["flags"].as_u64().unwrap_or_default() & 64 == 0;
        if for_all && let Some(action) = button_of(&message, "ticket_note?id=") {
            *shown.entry(action).or_default() += 1;
        }
    }
    for (action, times) in &shown {
        if *times != 1 {
            wrong.push(format!("the card {action} is shown {times} times"));
        }
    }
    let tickets = maxis.database.count("select count(*) as n from tickets").await;
    if i64::try_from(shown.len()) != Ok(tickets) {
        wrong.push(format!("{} cards for {tickets} tickets", shown.len()));
    }
}

/// Each answer of staff reached its opener, once.
async fn deliveries(maxis: &Maxis, wrong: &mut Vec<String>) {
    let told = stored(
        maxis,
        "select m.body as word, count(*) as n from ticket_messages m where m.from_staff and m.kind = 'reply' group by 1",
    )
    .await;
    // Whoever of the two came first opened the ticket that Sam answers.
    let people = [maxis.person("marie", "support"), maxis.person("jean", "support")];
    let seen: Vec<Value> = people.iter().flat_map(|one| one.person.visible(one.direct())).collect();
    for word in told.keys() {
        let times =
            seen.iter().filter(|m| m["embeds"].to_string().contains(&format!("{word}\"")) || says(m, word)).count();
        if times != 1 {
            wrong.push(format!("the answer {word} was shown {times} times"));
        }
    }
    let ids: BTreeSet<u64> = seen.iter().map(id).collect();
    assert_eq!(ids.len(), seen.len());
}

/// Whether a message holds a word as a whole.
fn says(message: &Value, word: &str) -> bool {
    message.to_string().split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
}

#[derive(diesel::QueryableByName)]
pub struct Word {
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub word: String,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

async fn stored(maxis: &Maxis, query: &str) -> BTreeMap<String, i64> {
    use diesel_async::RunQueryDsl;
    let rows: Vec<Word> =
        diesel::sql_query(query).load(&mut maxis.database.owner().await).await.expect("the query runs");
    rows.into_iter().map(|row| (row.word, row.n)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_members_open_a_ticket_in_the_same_second() {
    let mut world = World::two_guilds();
    let shop = world.guild_id(SHOP).expect("the shop");
    let crowd = world.crowd(shop, "foule", 100);
    let mut maxis = Maxis::prepare(world).await;
    maxis.run().await;
    let support = maxis.person("marie", "support").channel;
    let all = crowd.into_iter().map(|user| {
        let person = maxis.sandbox.person(user);
        let app = maxis.app;
        async move {
            let options = serde_json::json!({"subject": format!("s{user}"), "description": "Bonjour"});
            let used = person.slash(support, app, "ticket_create", options).await.expect("the command is there");
            // The sandbox fails an interaction that is not acknowledged within Discord's three seconds.
            (user, person.wait_answer_for(used, PATIENCE).await)
        }
    });
    for (user, answer) in futures_util::future::join_all(all).await {
        assert!(answer.message().is_some(), "{user}: {answer:?}");
    }
    assert_eq!(maxis.database.count("select count(*) as n from tickets").await, 100);
    assert_eq!(
        maxis.database.count("select count(distinct number) as n from tickets where number between 1 and 100").await,
        100
    );
    assert_eq!(maxis.database.count("select count(distinct opener_id) as n from tickets").await, 100);
    maxis.end().await;
}
