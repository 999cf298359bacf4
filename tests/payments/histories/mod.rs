//! Generated histories of purchases, faults and lost events, each step against the real database: whatever happened, once
//! the janitor has run, every member holds what he paid for, once, and the books agree with the provider.
//!
//! `HISTORIES` says how many are run (a few hundred by default; `make histories` runs 100 000).

mod judge;

use super::provider::{Dashboard, Fault, Provider};
use super::shop::{self, ITEMS, Shop};
use crate::support::db::{Database, run as run_as_owner};
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use shellia::app::App;
use shellia::domain::payments::{DisputeState, receive};
use shellia::domain::shop::orders::refunds;
use shellia::jobs::{janitor, payments};
use shellia::kernel::{Actor, Clock, Money, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What happens in a history; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Buy { user: u8, item: u8, trial: bool, again: bool },
    Pay { session: u8, at_once: bool },
    Debit { session: u8, arrives: bool },
    RefundByStaff { order: u8, part: u8 },
    RefundInDashboard { payment: u8, part: u8 },
    RefundFails { payment: u8 },
    Dispute { payment: u8, to: u8 },
    Renew { sub: u8, paid: bool },
    TryAgain { sub: u8, paid: bool },
    Dashboard { sub: u8, change: u8 },
    Time { hours: u16 },
    Event { at: u8 },
    Fault { kind: u8 },
    Work,
    Due,
}

fn step() -> impl Strategy<Value = Step> {
    let flag = any::<bool>();
    prop_oneof![
        6 => (0u8..3, 0u8..5, flag, flag).prop_map(|(user, item, trial, again)| Step::Buy { user, item, trial, again }),
        6 => (any::<u8>(), prop::bool::weighted(0.8)).prop_map(|(session, at_once)| Step::Pay { session, at_once }),
        2 => (any::<u8>(), flag).prop_map(|(session, arrives)| Step::Debit { session, arrives }),
        2 => (any::<u8>(), 1u8..=100).prop_map(|(order, part)| Step::RefundByStaff { order, part }),
        2 => (any::<u8>(), 1u8..=100).prop_map(|(payment, part)| Step::RefundInDashboard { payment, part }),
        1 => any::<u8>().prop_map(|payment| Step::RefundFails { payment }),
        2 => (any::<u8>(), 0u8..3).prop_map(|(payment, to)| Step::Dispute { payment, to }),
        2 => (any::<u8>(), prop::bool::weighted(0.7)).prop_map(|(sub, paid)| Step::Renew { sub, paid }),
        1 => (any::<u8>(), flag).prop_map(|(sub, paid)| Step::TryAgain { sub, paid }),
        2 => (any::<u8>(), 0u8..6).prop_map(|(sub, change)| Step::Dashboard { sub, change }),
        3 => prop_oneof![Just(1u16), Just(24), Just(80), Just(745), Just(8800)].prop_map(|hours| Step::Time { hours }),
        5 => any::<u8>().prop_map(|at| Step::Event { at }),
        2 => (0u8..3).prop_map(|kind| Step::Fault { kind }),
        4 => Just(Step::Work),
        1 => Just(Step::Due),
    ]
}

/// What the tests of a process share: one database, a guild for each history.
struct World {
    database: Database,
    app: Arc<App>,
    owner: AsyncPgConnection,
}

static NEXT_GUILD: AtomicU64 = AtomicU64::new(1_000);

fn choose<T>(all: &[T], at: u8) -> Option<usize> {
    (!all.is_empty()).then(|| usize::from(at) % all.len())
}

async fn take(shop: &Shop, step: &Step, requests: &mut u32) {
    let provider = &shop.provider;
    let count = |what: fn(&super::provider::State) -> usize| what(&provider.state.lock().unwrap());
    let pick = |len: usize, at: u8| choose(&vec![(); len], at).unwrap_or(usize::MAX);
    match *step {
        Step::Buy { user, item, trial, again } => {
            if !again {
                *requests += 1;
            }
            let name = ITEMS[usize::from(item)];
            let mut new = shop::order(shop.guild, 50 + u64::from(user), name, &format!("r{requests}"));
            new.trial = trial && name == ITEMS[0];
            // Refusals and lost answers are part of life; what they leave is judged at the end.
            drop(shop.buy(&new).await);
        }
        Step::Pay { session, at_once } => {
            provider.expire_old();
            provider.pay(pick(count(|s| s.sessions.len()), session), at_once);
        }
        Step::Debit { session, arrives } => {
            provider.settle_debit(pick(count(|s| s.sessions.len()), session), arrives);
        }
        Step::RefundByStaff { order, part } => refund_by_staff(shop, i64::from(order % 6) + 1, i64::from(part)).await,
        Step::RefundInDashboard { payment, part } => {
            provider.refund_in_dashboard(pick(count(|s| s.payments.len()), payment), i64::from(part));
        }
        Step::RefundFails { payment } => {
            provider.refund_fails(pick(count(|s| s.payments.len()), payment));
        }
        Step::Dispute { payment, to } => {
            let to = [DisputeState::Open, DisputeState::Won, DisputeState::Lost][usize::from(to)];
            provider.dispute(pick(count(|s| s.payments.len()), payment), to);
        }
        Step::Renew { sub, paid } => {
            provider.renew(pick(count(|s| s.subs.len()), sub), paid);
        }
        Step::TryAgain { sub, paid } => {
            provider.try_again(pick(count(|s| s.subs.len()), sub), paid);
        }
        Step::Dashboard { sub, change } => {
            let change = [
                Dashboard::EndWithPeriod(true),
                Dashboard::EndWithPeriod(false),
                Dashboard::Pause,
                Dashboard::Resume,
                Dashboard::End,
                Dashboard::Plan("ultra"),
            ][usize::from(change)];
            provider.change_in_dashboard(pick(count(|s| s.subs.len()), sub), change);
        }
        Step::Time { hours } => {
            provider.clock.advance(SignedDuration::from_hours(i64::from(hours)));
            provider.expire_old();
        }
        Step::Event { at } => tell_event(shop, at).await,
        Step::Fault { kind } => {
            let fault = [Fault::LostAnswer, Fault::Nothing, Fault::Later][usize::from(kind)];
            provider.state.lock().unwrap().faults.push(fault);
        }
        Step::Work => {
            payments::work_off(&shop.app).await.unwrap();
        }
        Step::Due => janitor::due_now(&shop.app).await.unwrap(),
    }
}

async fn refund_by_staff(shop: &Shop, number: i64, part: i64) {
    let now = shop.app.clock.now();
    let key = format!("refund-{}-{number}-{part}-{}", shop.guild, now.as_microsecond());
    let mut tx = shop.app.db.begin(&Actor::system_in(System::Payments, shop.guild)).await.unwrap();
    let amount = Money::new(part * 10, shellia::kernel::Currency::EUR).unwrap();
    let asked = refunds::refund(&mut tx, (shop.guild, number), Some(amount), ("test", &key), None, now).await;
    match asked {
        Ok(_) => tx.commit().await.unwrap(),
        Err(_) => tx.rollback().await.unwrap(),
    }
}

async fn tell_event(shop: &Shop, at: u8) {
    let event = {
        let state = shop.provider.state.lock().unwrap();
        choose(&state.events, at).map(|at| state.events[at].clone())
    };
    if let Some(event) = event {
        let mut tx = shop.app.db.begin(&Actor::system(System::Payments)).await.unwrap();
        receive(&mut tx, &event, shop.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The janitor runs, and everything it asks for is looked at.
async fn clean_up(owner: &mut AsyncPgConnection, shop: &Shop) {
    shop.provider.state.lock().unwrap().faults.clear();
    let mut round = 0;
    while round < 3 || (round < 10 && put_off_by_us(owner, shop).await) {
        round += 1;
        // Past every put-off task and lease.
        shop.provider.clock.advance(SignedDuration::from_hours(2));
        shop.provider.expire_old();
        janitor::due_now(&shop.app).await.unwrap();
        janitor::reconcile(&shop.app).await.unwrap();
        payments::work_off(&shop.app).await.unwrap();
    }
    janitor::due_now(&shop.app).await.unwrap();
}

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Whether a task waits because the database did not answer in time, as on a machine that does much else: the program puts
/// it off, and the next round has it. Nothing else that waits is waited for.
async fn put_off_by_us(owner: &mut AsyncPgConnection, shop: &Shop) -> bool {
    let waiting: Waiting = diesel::sql_query(format!(
        "select count(*) from payment_tasks where guild_id = {} and state = 'pending' and outcome = 'not_written'",
        shop.guild
    ))
    .get_result(owner)
    .await
    .unwrap();
    waiting.count > 0
}

async fn live(world: &mut World, steps: &[Step]) -> Result<(), String> {
    let guild = NEXT_GUILD.fetch_add(1, Ordering::Relaxed);
    let clock = Clock::new();
    let provider = Arc::new(Provider::new(clock.clone()));
    let parts = &world.app;
    // A history has its own clock and provider on the shared database.
    let app = Arc::new(App {
        bot: parts.bot,
        db: parts.db.clone(),
        clock,
        words: shellia::kernel::words::Words::new(),
        guilds: shellia::app::GuildCache::new(crate::support::app::presets()),
        drafts: shellia::app::Drafts::default(),
        limits: shellia::app::Limits::new(shellia::app::Rates::default()),
        tickets: parts.tickets.clone(),
        promotions: shellia::domain::promotions::PromotionRules::default(),
        privacy: shellia::domain::privacy::PrivacyRules::default(),
        shop: parts.shop.clone(),
        gateway: provider.clone(),
        beacon: parts.beacon.clone(),
        peer: Arc::new(shellia::control::Unwired),
        pilot: Arc::default(),
        courier: parts.courier.clone(),
        roles: parts.roles.clone(),
        news: shellia::app::News::default(),
        inspector: parts.inspector.clone(),
    });
    let shop = shop::open(&world.database, &app, &provider, guild).await;
    let mut requests = 0;
    for step in steps {
        take(&shop, step, &mut requests).await;
    }
    clean_up(&mut world.owner, &shop).await;
    let judged = judge::judge(&mut world.owner, &shop).await;
    // The next history has another clock and another provider.
    run_as_owner(&mut world.owner, FORGET).await;
    judged
}

/// How far this history's provider was gone through, and what would be asked of it again.
const FORGET: &str = "
    delete from provider_marks;
    update orders set dispute = null where dispute = 'open';
    update invoices set dispute = null where dispute = 'open';";

/// Runs this many histories on one thread with its own database.
fn run(cases: u32) -> Option<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut world = runtime.block_on(async {
        let database = Database::fresh().await;
        let app = crate::support::app::unwired(&database);
        let owner = database.owner().await;
        World { database, app, owner }
    });
    let mut runner =
        TestRunner::new(Config { cases, max_shrink_iters: 300, failure_persistence: None, ..Config::default() });
    let world = std::cell::RefCell::new(&mut world);
    let outcome = runner.run(&prop::collection::vec(step(), 1..14), |steps| {
        runtime.block_on(live(&mut world.borrow_mut(), &steps)).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => None,
        Err(TestError::Fail(why, steps)) => Some(format!("{why}\nafter {steps:#?}")),
        Err(TestError::Abort(why)) => Some(format!("{why}")),
    }
}

#[test]
fn every_history_ends_with_what_was_paid_for() {
    let cases: u32 = std::env::var("HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let started = std::time::Instant::now();
    let threads: Vec<_> = (0..2).map(|_| std::thread::spawn(move || run(cases.div_ceil(2)))).collect();
    let failures: Vec<String> = threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect();
    println!("{cases} histories in {:.0} s", started.elapsed().as_secs_f64());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
