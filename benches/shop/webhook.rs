//! The webhook of a running Maxis, over real sockets: events that come at their rate whether or not earlier ones were answered,
//! and events as fast as a few connections bring them.
//!
//! pgbench runs beside it on the same server, with the statements that one delivery writes, in both ways.

use crate::events::Example;
use crate::report::{Line, Webhook};
use crate::support::cpu::{Spent, of_process};
use crate::support::figures::Figures;
use crate::support::pgbench::{self, Run};
use crate::support::server::Server;
use crate::support::{Failure, Outcome, app, proof};
use crate::till::Till;
use shellia::domain::payments::{self, EventRef};
use shellia::kernel::{Actor, System};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, sleep_until};

/// Events that come in a second.
pub(crate) const RATE: u32 = 200;
/// Connections that bring events as fast as they can.
pub(crate) const WORKERS: usize = 8;
/// Events that are sent before anything is measured.
const WARM: usize = 300;
/// How long the looks that the events led to may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long an idle connection is used again: less than the five seconds after which Maxis closes it (actix-web's keep-alive).
const KEPT: Duration = Duration::from_secs(3);
/// When pgbench's tasks are due: so late that Maxis, who runs beside, leaves them alone.
const DISTANT: &str = "2099-01-01T00:00:00Z";
const SCRIPT: &str = include_str!("webhook.sql");

/// Proves that pgbench's script is what a delivery writes: the use case that the webhook calls, in its transaction.
pub(crate) async fn check(server: &Server) -> Outcome<()> {
    let app = app::app(server, 1, Arc::new(payments::Unwired))?;
    let event = EventRef {
        id: "evt_1".to_owned(),
        kind: "checkout.session.completed".to_owned(),
        object: Some("cs_1".to_owned()),
        payment: None,
        subscription: None,
        at: app.clock.now(),
    };
    let deliver = async {
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await?;
        payments::receive(&mut tx, &event, app.clock.now()).await?;
        Ok(tx.commit().await?)
    };
    proof::same(server, ("the webhook", SCRIPT), deliver).await?;
    app.db.close();
    clean(server).await
}

/// Measures both ways, for so many seconds and with so many events.
pub(crate) async fn measure(
    server: &Server,
    till: &Till,
    example: &Example,
    (seconds, burst): (u32, usize),
) -> Outcome<Webhook> {
    let address = till.maxis.address();
    let count = usize::try_from(RATE * seconds)?;
    let requests = |first: usize, count: usize| example.requests(&address.to_string(), first, count);
    in_turn(address, split(requests(0, WARM))).await?;
    rest(server).await?;

    eprintln!("the webhook at {RATE} events a second for {seconds} s");
    let steady = requests(1_000_000, count);
    let before = (Spent::now(server)?, of_process(till.maxis.pid()?)?, Instant::now());
    let (latencies, late) = on_time(address, steady).await?;
    let program = figures(server, till, latencies, before)?;
    let left = server.number("select count(*) as number from payment_tasks where state = 'pending'").await?;
    rest(server).await?;
    let steady = Line { what: "at its rate", program, beside: beside(server, count, Some(RATE)).await? };

    eprintln!("the webhook as fast as {WORKERS} connections bring events");
    let all = split(requests(2_000_000, burst));
    let before = (Spent::now(server)?, of_process(till.maxis.pid()?)?, Instant::now());
    let latencies = in_turn(address, all).await?;
    let program = figures(server, till, latencies, before)?;
    let worked = Instant::now();
    rest(server).await?;
    let drained = worked.elapsed();
    let fastest = Line { what: "as fast as it can", program, beside: beside(server, burst, None).await? };
    Ok(Webhook { lines: vec![steady, fastest], late, left, drained, bytes: example.bytes() })
}

/// Waits until no event is left to look at, and takes back what the events wrote, so that each measurement starts alike.
async fn rest(server: &Server) -> Outcome<()> {
    let started = Instant::now();
    while server.number("select count(*) as number from payment_tasks where state = 'pending'").await? > 0 {
        if started.elapsed() > PATIENCE {
            return Err("the looks that the events led to did not end".into());
        }
        sleep(Duration::from_millis(100)).await;
    }
    clean(server).await
}

async fn clean(server: &Server) -> Outcome<()> {
    server.run("truncate provider_events, payment_tasks").await?;
    server.run("checkpoint").await
}

/// pgbench, statement by statement and with pipelines.
async fn beside(server: &Server, count: usize, rate: Option<u32>) -> Outcome<Vec<Figures>> {
    let variables = [("t", "true".to_owned()), ("now", DISTANT.to_owned())];
    let mut all = Vec::new();
    for pipelined in [false, true] {
        let run = Run { script: SCRIPT, variables: &variables, workers: WORKERS, count, pipelined, rate };
        all.push(pgbench::run(server, &run).await?);
        clean(server).await?;
    }
    Ok(all)
}

fn figures(
    server: &Server,
    till: &Till,
    latencies: Vec<Duration>,
    (spent, maxis, start): (Spent, Duration, Instant),
) -> Outcome<Figures> {
    let took = start.elapsed();
    let each = u32::try_from(latencies.len().max(1))?;
    let mut cost = spent.own(server, latencies.len())?;
    // The program is the process that answers, not this one.
    cost.client = (of_process(till.maxis.pid()?)? - maxis) / each;
    Ok(Figures::of(latencies, took, cost))
}

/// Sends each request when it is due, whether or not earlier ones were answered; a latency is counted from when its event was
/// due. Gives also how late the sender itself was, in rising order.
async fn on_time(address: SocketAddr, requests: Vec<Vec<u8>>) -> Outcome<(Vec<Duration>, Vec<Duration>)> {
    let idle = Arc::new(Mutex::new(Vec::new()));
    let start = Instant::now() + Duration::from_millis(100);
    let mut sent = Vec::with_capacity(requests.len());
    for (n, request) in requests.into_iter().enumerate() {
        let due = start + Duration::from_secs(1) * u32::try_from(n)? / RATE;
        sleep_until(due.into()).await;
        let idle = idle.clone();
        sent.push(tokio::spawn(async move {
            let late = due.elapsed();
            // Never held over an await.
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut line = match kept {
                Some((since, line)) if Instant::elapsed(&since) < KEPT => line,
                _ => connect(address).await?,
            };
            send(&mut line, &request).await?;
            let took = due.elapsed();
            idle.lock().unwrap_or_else(PoisonError::into_inner).push((Instant::now(), line));
            Ok::<_, Failure>((took, late))
        }));
    }
    let (mut latencies, mut lateness) = (Vec::new(), Vec::new());
    for one in sent {
        let (took, late) = one.await??;
        latencies.push(took);
        lateness.push(late);
    }
    lateness.sort_unstable();
    Ok((latencies, lateness))
}

/// Shares requests out among the connections.
fn split(requests: Vec<Vec<u8>>) -> Vec<Vec<Vec<u8>>> {
    let mut shares = vec![Vec::new(); WORKERS];
    for (n, request) in requests.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(n % WORKERS) {
            share.push(request);
        }
    }
    shares
}

/// Each connection sends its share, one request after the other.
async fn in_turn(address: SocketAddr, shares: Vec<Vec<Vec<u8>>>) -> Outcome<Vec<Duration>> {
    let work = |share: Vec<Vec<u8>>| async move {
        let mut line = connect(address).await?;
        let mut latencies = Vec::with_capacity(share.len());
        for request in share {
            let start = Instant::now();
            send(&mut line, &request).await?;
            latencies.push(start.elapsed());
        }
        Ok::<_, Failure>(latencies)
    };
    let tasks: Vec<_> = shares.into_iter().map(|share| tokio::spawn(work(share))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

async fn connect(address: SocketAddr) -> Outcome<TcpStream> {
    let line = TcpStream::connect(address).await?;
    line.set_nodelay(true)?;
    Ok(line)
}

/// Sends one request and reads its answer to the end; anything but 200 is a failure.
async fn send(line: &mut TcpStream, request: &[u8]) -> Outcome<()> {
    line.write_all(request).await?;
    let mut answer = Vec::with_capacity(256);
    while !answer.ends_with(b"\r\n\r\ntaken") {
        if line.read_buf(&mut answer).await? == 0 || answer.len() > 4_096 {
            return Err(format!("the webhook answered: {}", String::from_utf8_lossy(&answer)).into());
        }
    }
    if answer.starts_with(b"HTTP/1.1 200 ") {
        Ok(())
    } else {
        Err("the webhook took it otherwise than with 200".into())
    }
}
