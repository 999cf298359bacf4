//! The daily reconciliation of a shop with many members, without Stripe's own time: everything that stands at the provider is
//! asked for, then looked at by as many workers as the program has. First after an outage in which every purchase was paid and
//! no event came; then on a day on which little drifted.

use crate::buy::GUILD;
use crate::checkout::side_by_side;
use crate::provider::Provider;
use crate::report::{Pass, Reconciled};
use crate::support::role::Memory;
use crate::support::server::{LOGIN, Server};
use crate::support::{Outcome, app};
use shellia::app::App;
use shellia::jobs::{janitor, payments};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Looks at the same time, as the program's own worker has them.
const WORKERS: usize = 8;
/// One order in so many drifts on a usual day.
const DRIFT: usize = 100;
/// How often memory is read.
const LOOK: Duration = Duration::from_millis(20);

/// Measures both, with so many members of whom each has one order.
pub(crate) async fn measure(server: &Server, provider: &Arc<Provider>, members: usize) -> Outcome<Reconciled> {
    fill(server, provider, members).await?;
    let app = Arc::new(app::app(server, WORKERS, provider.clone())?);
    eprintln!("reconciling {members} members after an outage");
    provider.pay_all(app.clock.now());
    let outage = pass(&app).await?;
    expect(server, "orders where state = 'fulfilled'", provider.len()).await?;
    server.run("vacuum analyze").await?;
    server.run("checkpoint").await?;

    eprintln!("reconciling {members} members on a usual day");
    let (refunded, ended) = provider.drift(DRIFT, app.clock.now());
    let usual = pass(&app).await?;
    app.db.close();
    expect(server, "orders where state = 'refunded'", refunded).await?;
    expect(server, "subscriptions where state = 'canceled'", ended).await?;
    let hold = "entitlements where revoked_at is null and (ends_at is null or ends_at > now())";
    expect(server, hold, provider.len() - refunded - ended).await?;
    Ok(Reconciled { members: provider.len(), drifted: refunded + ended, outage, usual })
}

/// Opens checkouts until every member has one. Nothing is measured here, so it doesn't wait for the disk.
async fn fill(server: &Server, provider: &Arc<Provider>, members: usize) -> Outcome<()> {
    let Some(missing) = members.checked_sub(provider.len()).filter(|missing| *missing > 0) else { return Ok(()) };
    eprintln!("placing {missing} orders");
    server.run(&format!("alter role {LOGIN} set synchronous_commit = off")).await?;
    let app = Arc::new(app::app(server, WORKERS, provider.clone())?);
    side_by_side(&app, WORKERS, missing.div_ceil(WORKERS)).await?;
    app.db.close();
    server.run(&format!("alter role {LOGIN} reset synchronous_commit")).await?;
    server.run("vacuum analyze").await?;
    server.run("checkpoint").await
}

/// Fails unless the guild has so many of these rows: what is wrong is not worth measuring.
async fn expect(server: &Server, rows: &str, expected: usize) -> Outcome<()> {
    let found = server.number(&format!("select count(*) as number from {rows} and guild_id = {GUILD}")).await?;
    if usize::try_from(found)? == expected { Ok(()) } else { Err(format!("{rows}: {found} and not {expected}").into()) }
}

/// One reconciliation to its end.
async fn pass(app: &Arc<App>) -> Outcome<Pass> {
    let before = own()?;
    let over = Arc::new(AtomicBool::new(false));
    let watch = tokio::spawn(peak(over.clone()));
    let start = Instant::now();
    let asked = janitor::reconcile(app).await?;
    let listed = start.elapsed();
    let work = |app: Arc<App>| async move { payments::work_off(&app).await };
    let workers: Vec<_> = (0..WORKERS).map(|_| tokio::spawn(work(app.clone()))).collect();
    let mut looks = 0;
    for worker in workers {
        looks += worker.await??;
    }
    let all = start.elapsed();
    over.store(true, Ordering::Relaxed);
    let growth = watch.await?? - before;
    Ok(Pass { asked, looks, listed, all, growth })
}

/// The most memory that was seen, in MiB.
async fn peak(over: Arc<AtomicBool>) -> Outcome<f64> {
    let mut most = own()?;
    while !over.load(Ordering::Relaxed) {
        sleep(LOOK).await;
        most = most.max(own()?);
    }
    Ok(most)
}

fn own() -> Outcome<f64> {
    Ok(Memory::of(std::process::id())?.own)
}
