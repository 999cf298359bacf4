//! Open pages: each a connection on which what happens is streamed, while tickets are changed at a steady pace.

use crate::ask::Visitor;
use crate::support::figures::Figures;
use crate::support::role::{Memory, Role};
use crate::support::{Failure, Outcome};
use reqwest::Method;
use serde_json::json;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

/// Open pages that one session may have.
pub(crate) const A_SESSION: usize = 8;
/// Changes in a second.
pub(crate) const A_SECOND: u64 = 50;
/// How long the last word may be under way.
const LATEST: Duration = Duration::from_secs(15);

/// What came of it.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) pages: usize,
    pub(crate) changes: usize,
    /// Words that did not arrive.
    pub(crate) missed: usize,
    /// From before a change was asked for to each page's hearing of it.
    pub(crate) delays: Figures,
    pub(crate) before: Memory,
    pub(crate) open: Memory,
    pub(crate) after: Memory,
}

/// When each ticket's change was asked for.
type Asked = Arc<Mutex<HashMap<i64, Instant>>>;

async fn open(visitor: &Visitor) -> Outcome<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(visitor.address, 0))?;
    let mut stream = socket.connect(visitor.maxis).await?;
    let request =
        format!("GET {} HTTP/1.1\r\nHost: bench\r\nCookie: {}\r\n\r\n", visitor.of_guild("stream"), visitor.cookie);
    stream.write_all(request.as_bytes()).await?;
    let mut first = [0; 2048];
    let read = stream.read(&mut first).await?;
    let said = String::from_utf8_lossy(first.get(..read).unwrap_or_default()).into_owned();
    if said.starts_with("HTTP/1.1 200 ") { Ok(stream) } else { Err(Failure::from(format!("no stream: {said}"))) }
}

/// Reads until every change was heard, or nothing is said any more; how late each was.
async fn hear(mut stream: TcpStream, asked: Asked, changes: usize) -> Vec<Duration> {
    let (mut delays, mut text, mut block) = (Vec::with_capacity(changes), String::new(), vec![0; 16 << 10]);
    while delays.len() < changes {
        let Ok(Ok(read @ 1..)) = timeout(LATEST, stream.read(&mut block)).await else { break };
        let now = Instant::now();
        text.push_str(&String::from_utf8_lossy(block.get(..read).unwrap_or_default()));
        while let Some((line, rest)) = text.split_once('\n') {
            let number = line
                .split_once("\"kind\":\"changed\",\"number\":")
                .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<i64>().ok());
            let since = number.and_then(|n| asked.lock().unwrap_or_else(PoisonError::into_inner).get(&n).copied());
            delays.extend(since.map(|since| now.saturating_duration_since(since)));
            text = rest.to_owned();
        }
    }
    delays
}

/// Opens pages, changes tickets, and listens.
pub(crate) async fn run(
    maxis: &Role,
    (readers, pages): (&[Visitor], usize),
    writers: &[Visitor],
    (tickets, seconds): (i64, u64),
) -> Outcome<Live> {
    let before = maxis.memory()?;
    let changes = usize::try_from(A_SECOND * seconds)?;
    let asked = Asked::default();
    let mut hearing = tokio::task::JoinSet::new();
    for nth in 0..pages {
        let reader = readers.get(nth / A_SESSION).ok_or("too few sessions")?;
        hearing.spawn(hear(open(reader).await?, asked.clone(), changes));
    }
    sleep(Duration::from_secs(2)).await;
    let open = maxis.memory()?;
    let mut pace = interval(Duration::from_secs(1) / u32::try_from(A_SECOND)?);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let began = Instant::now();
    let mut changing = tokio::task::JoinSet::new();
    for nth in 0..changes {
        pace.tick().await;
        let writer = writers.get(nth % writers.len()).ok_or("nobody writes")?.clone();
        // Every fourth ticket is open; each is changed once.
        let number = (tickets / 4 - 1 - i64::try_from(nth)?) * 4;
        let asked = asked.clone();
        changing.spawn(async move {
            asked.lock().unwrap_or_else(PoisonError::into_inner).insert(number, Instant::now());
            // What it is about differs from what it was, whatever that was.
            let to = if number % 6 == 1 { "general" } else { "billing" };
            let path = writer.of_guild(&format!("tickets/{number}/category"));
            writer.send(Method::POST, &path, Some(json!({"category": to}))).await.map(drop)
        });
    }
    while let Some(done) = changing.join_next().await {
        done??;
    }
    let took = began.elapsed();
    let mut delays = Vec::new();
    while let Some(heard) = hearing.join_next().await {
        delays.extend(heard?);
    }
    let missed = (pages * changes).saturating_sub(delays.len());
    let after = maxis.memory()?;
    Ok(Live { pages, changes, missed, delays: Figures::of(delays, took, Default::default()), before, open, after })
}
