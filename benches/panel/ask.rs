//! Who asks, and what: requests as a page of the panel sends them, on a connection of his own from an address of his own.

use crate::support::Outcome;
use crate::support::cpu::Spent;
use crate::support::figures::Figures;
use crate::support::server::Server;
use rand::random_range;
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages before the deep one.
const PAGES: usize = 10;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    List,
    Filtered,
    Deep,
    Search,
    Common,
    Counts,
    Detail,
}

impl Asked {
    pub(crate) const ALL: [Self; 7] =
        [Self::List, Self::Filtered, Self::Deep, Self::Search, Self::Common, Self::Counts, Self::Detail];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::List => "list, the newest",
            Self::Filtered => "list, by state, priority and category",
            Self::Deep => "list, ten pages on",
            Self::Search => "search, words of few tickets",
            Self::Common => "search, a word of every ticket",
            Self::Counts => "counts of each filter",
            Self::Detail => "a ticket of 5 000 messages, its newest page",
        }
    }

    /// How many requests it takes to get to it, the measured one among them: so many times fewer are measured.
    pub(crate) const fn way(self) -> usize {
        match self {
            Self::Deep => PAGES + 1,
            Self::List | Self::Filtered | Self::Search | Self::Common | Self::Counts | Self::Detail => 1,
        }
    }

    /// At which percentile, the longest answer of one at a time; the counts have no aim.
    pub(crate) const fn aim(self) -> (usize, Option<Duration>) {
        match self {
            Self::List | Self::Filtered | Self::Deep => (99, Some(Duration::from_millis(30))),
            Self::Search | Self::Common => (95, Some(Duration::from_millis(100))),
            Self::Counts => (99, None),
            Self::Detail => (99, Some(Duration::from_millis(100))),
        }
    }

    /// A path of it, with other values each time.
    fn path(self, tickets: i64) -> String {
        let one = |words: &[&'static str]| words.get(random_range(0..words.len())).copied().unwrap_or_default();
        let priority = one(&["critical", "high", "medium", "low"]);
        let category = one(&["general", "billing", "technical", "bug", "account", "feature_request"]);
        match self {
            Self::List => "tickets?limit=50".to_owned(),
            Self::Filtered => {
                let state = one(&["in_progress", "closed"]);
                let sort = one(&["updated", "created", "priority"]);
                format!("tickets?limit=50&state={state}&priority={priority}&category={category}&sort={sort}")
            }
            Self::Deep => format!("tickets?limit=50&priority={priority}"),
            Self::Search => format!("tickets?limit=50&q=commande+{}", random_range(1..=tickets)),
            Self::Common => format!("tickets?limit=50&q={}", one(&["carte", "refusée", "paiement", "ticket"])),
            Self::Counts => format!("tickets/counts?priority={priority}"),
            Self::Detail => format!("tickets/{tickets}"),
        }
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    pub(crate) maxis: SocketAddr,
    pub(crate) address: IpAddr,
    guild: u64,
    pub(crate) cookie: String,
    csrf: String,
}

impl Visitor {
    /// Comes in by a link.
    pub(crate) async fn enter(maxis: SocketAddr, (nth, guild): (usize, u64), link: &str) -> Outcome<Self> {
        // All of 127/8 is this machine.
        let address = IpAddr::V4(Ipv4Addr::new(127, 1, u8::try_from(nth / 250)?, u8::try_from(nth % 250 + 1)?));
        let client = Client::builder().no_proxy().local_address(address).timeout(PATIENCE).build()?;
        let mut visitor = Self { client, maxis, address, guild, cookie: String::new(), csrf: String::new() };
        let url = format!("http://{maxis}/api/admin/link");
        let answer = visitor.client.post(url).json(&json!({"token": link})).send().await?.error_for_status()?;
        let lines = answer.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let session = lines.filter_map(|line| line.split(';').next()).find(|pair| !pair.ends_with('='));
        visitor.cookie = session.ok_or("a link that opened no session")?.to_owned();
        let me: Value = visitor.send(Method::GET, "/api/admin/me", None).await?.json().await?;
        visitor.csrf =
            me.get("csrf").and_then(Value::as_str).ok_or("a session without a word against foreign pages")?.to_owned();
        Ok(visitor)
    }

    /// A path of the guild's.
    pub(crate) fn of_guild(&self, rest: &str) -> String {
        format!("/api/admin/guilds/{}/{rest}", self.guild)
    }

    /// Asks, and is answered well.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Outcome<Response> {
        let url = format!("http://{}{path}", self.maxis);
        let mut request = self.client.request(method, url).header(COOKIE, &self.cookie).header("X-CSRF", &self.csrf);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        if !answer.status().is_success() {
            return Err(format!("{path}: {} {}", answer.status(), answer.text().await?).into());
        }
        Ok(answer)
    }

    /// Asks once, and gives the time until all of the answer was here.
    async fn once(&self, asked: Asked, tickets: i64) -> Outcome<Duration> {
        let mut path = self.of_guild(&asked.path(tickets));
        if asked == Asked::Deep {
            let first = path.clone();
            for _ in 0..PAGES {
                let page: Value = self.send(Method::GET, &path, None).await?.json().await?;
                let next = page.get("next").and_then(Value::as_str).ok_or("a list that ends too soon")?.to_owned();
                path = format!("{first}&cursor={next}");
            }
        }
        let began = Instant::now();
        let answer = self.send(Method::GET, &path, None).await?.bytes().await?;
        let took = began.elapsed();
        let rows: Value = serde_json::from_slice(&answer)?;
        // An answer that shows nothing would be quick for the wrong reason.
        let shows = |name: &str| rows.get(name).and_then(Value::as_array).is_some_and(|rows| !rows.is_empty());
        if asked == Asked::Counts || shows("tickets") || shows("messages") {
            return Ok(took);
        }
        if asked == Asked::Filtered {
            // Of some kinds there is none.
            return Box::pin(self.once(asked, tickets)).await;
        }
        Err(format!("{path} shows nothing").into())
    }
}

/// Asks so many times, each visitor one question after another.
pub(crate) async fn run(
    server: &Server,
    visitors: &[Visitor],
    (asked, tickets): (Asked, i64),
    count: usize,
) -> Outcome<Figures> {
    let (before, began) = (Spent::now(server)?, Instant::now());
    let mut asking = tokio::task::JoinSet::new();
    for visitor in visitors {
        let (visitor, each) = (visitor.clone(), (count / visitors.len()).max(1));
        asking.spawn(async move {
            let mut took = Vec::with_capacity(each);
            for _ in 0..each {
                took.push(visitor.once(asked, tickets).await?);
            }
            Outcome::Ok(took)
        });
    }
    let mut all = Vec::new();
    while let Some(took) = asking.join_next().await {
        all.extend(took??);
    }
    let took = began.elapsed();
    let cost = before.own(server, all.len())?;
    Ok(Figures::of(all, took, cost))
}
