//! Opening checkouts without Stripe's own time: an order is placed and its checkout opened at a provider that answers at once.
//! Each order is a new member's, who becomes a customer too: the most that opening a checkout ever does.

use crate::buy::{self, Buyer};
use crate::provider::Provider;
use crate::report::Checkout;
use crate::support::cpu::Spent;
use crate::support::figures::Figures;
use crate::support::server::Server;
use crate::support::{Failure, Outcome, app};
use shellia::app::App;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Orders at the same time.
pub(crate) const WORKERS: [usize; 2] = [1, 8];
/// Orders of each worker before it is measured.
const WARM: usize = 20;
/// The number of the next member.
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// Measures one at a time with so many orders, and eight at a time with four times as many.
pub(crate) async fn measure(server: &Server, provider: &Arc<Provider>, count: usize) -> Outcome<Vec<Checkout>> {
    let mut lines = Vec::new();
    for workers in WORKERS {
        eprintln!("checkouts, {workers} at a time");
        let app = Arc::new(app::app(server, workers, provider.clone())?);
        side_by_side(&app, workers, WARM).await?;
        let (before, start) = (Spent::now(server)?, Instant::now());
        let each = if workers == 1 { count } else { count * 4 / workers };
        let took = side_by_side(&app, workers, each).await?;
        let all = start.elapsed();
        let cost = before.own(server, took.len())?;
        let figures =
            |part: fn(&(Duration, Duration)) -> Duration| Figures::of(took.iter().map(part).collect(), all, cost);
        let (placed, opened, both) = (figures(|took| took.0), figures(|took| took.1), figures(|took| took.0 + took.1));
        lines.push(Checkout { workers, placed, opened, both });
        app.db.close();
    }
    Ok(lines)
}

/// Each of so many workers buys so often; gives how long placing and opening took.
pub(crate) async fn side_by_side(app: &Arc<App>, workers: usize, each: usize) -> Outcome<Vec<(Duration, Duration)>> {
    let work = |app: Arc<App>| async move {
        let mut took = Vec::with_capacity(each);
        for _ in 0..each {
            let buyer = Buyer::numbered(NEXT.fetch_add(1, Ordering::Relaxed))?;
            let start = Instant::now();
            let order = buy::place(&app, &buyer).await?;
            let placed = start.elapsed();
            buy::open(&app, &order).await?;
            took.push((placed, start.elapsed() - placed));
        }
        Ok::<_, Failure>(took)
    };
    let tasks: Vec<_> = (0..workers).map(|_| tokio::spawn(work(app.clone()))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}
