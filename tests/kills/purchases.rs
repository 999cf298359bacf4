//! Nothing paid for is lost or handed over twice: a Maxis of his own process is killed again and again while members buy and
//! pay, over the real gateway, the local Stripe and its webhooks.

use super::stream::{Child, random};
use super::{LEASES, Word};
use crate::payments::shop;
use crate::support::db::run;
use crate::support::maxis::{Maxis, SHOP, button_of, id, link_of};
use serde_json::json;
use shellia::sandbox::stripe::{How, Stripe};
use shellia::sandbox::{Answer, Person, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often the process is killed; `PURCHASE_KILLS` sets another number, and `make kills` 300.
const KILLS: usize = 60;
const SECRET: &str = "whsec_sandbox";
/// How long a buyer waits for an answer before he goes on.
const WAIT: Duration = Duration::from_secs(4);
/// Buyers at the same time, and members each of them is in turn.
const TILLS: usize = 3;
const MEMBERS: usize = 12;

fn kills() -> usize {
    std::env::var("PURCHASE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

/// Everything that the judge looks at.
struct Till {
    maxis: Maxis,
    stripe: Stripe,
    guild: u64,
    premium: u64,
    crowd: Vec<u64>,
}

impl Till {
    async fn open() -> Self {
        let mut world = World::two_guilds();
        let guild = world.guild_id(SHOP).expect("the shop");
        let crowd = world.crowd(guild, "acheteur", TILLS * MEMBERS);
        let mut maxis = Maxis::prepare(world).await;
        let stripe = maxis.sandbox.stripe();
        // The address outlives the process, as a public one does.
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number");
        maxis.set("MAXIS_LISTEN", &free.to_string());
        maxis.set("STRIPE_API_URL", &stripe.url());
        maxis.set("STRIPE_SECRET_KEY", "sk_test_sandbox");
        maxis.set("STRIPE_WEBHOOK_SECRET", SECRET);
        // Some events are given up while the process is down: they are only found by asking.
        stripe.mail(|mail| (mail.retry_ms, mail.tries) = (40, 5));
        stripe.webhook(&format!("http://{free}/webhooks/stripe"), SECRET);
        let premium = maxis.sandbox.role_id(guild, "Premium").expect("the role");
        let mut owner = maxis.database.owner().await;
        run(&mut owner, &shop::rows(guild)).await;
        let more = format!(
            "insert into shops (guild_id, loaded_at, updated_at) values ({guild}, now(), now());
             update plans set role_id = {premium}; update products set role_id = {premium} where kind = 'role';
             update variants set stock = null;
             insert into product_keys (guild_id, product, variant, secret, added_at)
               select {guild}, 'key', 'standard', 'K-' || n, now() from generate_series(2, 2000) n"
        );
        run(&mut owner, &more).await;
        drop(owner);
        Self { maxis, stripe, guild, premium, crowd }
    }

    async fn count(&self, query: &str) -> i64 {
        self.maxis.database.count(query).await
    }

    /// Waits until a count of rows is zero.
    async fn none(&self, query: &str) {
        let gone = async {
            while self.count(query).await > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(LEASES, gone).await.unwrap_or_else(|_| panic!("still: {query}"));
    }
}

/// How far the buyers are.
#[derive(Default)]
struct Course {
    over: AtomicBool,
    /// Purchases that were offered.
    begun: AtomicUsize,
}

impl Course {
    /// Waits until a purchase begins, for as long as a buyer would.
    async fn goes_on(&self) {
        let before = self.begun.load(Ordering::Relaxed);
        let next = async {
            while self.begun.load(Ordering::Relaxed) == before {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        // A busy machine may take longer; the count at the end tells.
        let _ = tokio::time::timeout(WAIT, next).await;
    }
}

/// A checkout that a buyer was led to, and whether he paid there.
struct Led {
    session: String,
    paid: bool,
}

/// Buys one thing after the other until it is over; who is in the middle of it as the process dies begins anew.
async fn buys(
    people: Vec<Person>,
    (channel, app): (u64, u64),
    stripe: Stripe,
    (course, mut deaths): (Arc<Course>, watch::Receiver<usize>),
) -> Vec<Led> {
    let items = ["product/text/standard", "product/key/standard", "product/role/standard", "plan/pro/month"];
    let mut led = Vec::new();
    for n in 0.. {
        if course.over.load(Ordering::Relaxed) {
            break;
        }
        let person = &people[n % people.len()];
        let item = items[(n / people.len() + n) % items.len()];
        deaths.mark_unchanged();
        let asked = tokio::select! {
            asked = asks(person, channel, app, item, &course.begun) => asked,
            _ = deaths.changed() => None,
        };
        let Some(session) = asked else {
            tokio::time::sleep(Duration::from_millis(30)).await;
            continue;
        };
        // Every fifth leaves without paying.
        let paid = !random(n).is_multiple_of(5) && stripe.pay(&session, How::Card).is_ok();
        led.push(Led { session, paid });
    }
    led
}

/// Asks for an item and agrees; gives the checkout where it is to be paid.
async fn asks(person: &Person, channel: u64, app: u64, item: &str, begun: &AtomicUsize) -> Option<String> {
    let used = person.slash(channel, app, "buy", json!({ "item": item })).await.ok()?;
    let Answer::Message(offer) = person.wait_answer_for(used, WAIT).await else { return None };
    let agree = button_of(&offer, "buy_agree?")?;
    begun.fetch_add(1, Ordering::Relaxed);
    let pressed = person.press(channel, id(&offer), &agree, Vec::new()).await.ok()?;
    let Answer::Message(order) = person.wait_answer_for(pressed, WAIT).await else { return None };
    link_of(&order).and_then(|url| url.rsplit('/').next().map(str::to_owned))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_process_hands_over_what_was_paid_once() {
    let till = Till::open().await;
    let mut child = Child::start(&till.maxis).await;
    let course = Arc::new(Course::default());
    let (died, deaths) = watch::channel(0);
    let channel = till.maxis.person("marie", "support").channel;
    let buyers: Vec<JoinHandle<Vec<Led>>> = till
        .crowd
        .chunks(MEMBERS)
        .map(|members| {
            let people = members.iter().map(|user| till.maxis.sandbox.person(*user)).collect();
            tokio::spawn(buys(people, (channel, till.maxis.app), till.stripe.clone(), (course.clone(), deaths.clone())))
        })
        .collect();
    for n in 0..kills() {
        // Every other time it dies somewhere in its start, else in the middle of purchases.
        if n % 2 == 0 {
            child.online(&till.maxis).await;
            course.goes_on().await;
        }
        tokio::time::sleep(Duration::from_millis(random(n) % 600)).await;
        child.kill().await;
        died.send_replace(n);
        child = Child::start_anew(&till.maxis).await;
    }
    child.online(&till.maxis).await;
    course.over.store(true, Ordering::Relaxed);
    let mut led = Vec::new();
    for buyer in buyers {
        led.extend(buyer.await.expect("nobody panics"));
    }
    // What was given up meanwhile is caught up with at a start.
    till.stripe.delivered(LEASES).await;
    child.kill().await;
    child = Child::start(&till.maxis).await;
    till.none(&unsettled(&led)).await;
    till.none("select count(*) as n from payment_tasks where state = 'pending'").await;
    till.maxis.settled_within(LEASES).await;
    let wrong = judge(&till, &led).await;
    child.stop().await;
    let paid = led.iter().filter(|one| one.paid).count();
    println!("{} kills, {} checkouts, {paid} of them paid", kills(), led.len());
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
    assert!(paid > kills() / 10, "people bought: {paid}");
    till.maxis.sandbox.stop().await;
}

/// Counts the paid checkouts whose order isn't settled yet.
fn unsettled(led: &[Led]) -> String {
    let paid: Vec<String> = led.iter().filter(|one| one.paid).map(|one| format!("'{}'", one.session)).collect();
    format!(
        "select {} - count(*) as n from orders where state in ('fulfilled', 'refunded') and session_id = any(array[{}]::text[])",
        paid.len(),
        paid.join(",")
    )
}

async fn judge(till: &Till, led: &[Led]) -> Vec<String> {
    let mut wrong = Vec::new();
    let orders = states(till).await;
    for Led { session, paid } in led {
        match (orders.get(session).map(String::as_str), paid) {
            // Of two checkouts for a plan that are both paid, one is kept and one given back.
            (Some("fulfilled" | "refunded"), true) | (Some("pending" | "expired" | "canceled"), false) => {}
            (state, paid) => wrong.push(format!("{session}, paid {paid}: {state:?}")),
        }
    }
    for (what, query) in FAULTS {
        let n = till.count(query).await;
        if n != 0 {
            wrong.push(format!("{n} × {what}"));
        }
    }
    roles(till, &mut wrong).await;
    told(till, &mut wrong).await;
    if !wrong.is_empty() {
        wrong.extend(problems(till).await);
    }
    wrong
}

/// What was in the way of which orders, to find out from.
async fn problems(till: &Till) -> Vec<String> {
    use diesel_async::RunQueryDsl;
    let query = "select concat_ws(' ', problem, coalesce(plan, product), state, refunded_minor, 'of', paid_minor) as word, count(*) as n \
                 from orders where problem is not null group by 1 order by 1";
    let rows: Vec<Word> =
        diesel::sql_query(query).load(&mut till.maxis.database.owner().await).await.expect("the query runs");
    rows.into_iter().map(|row| format!("{} orders: {}", row.n, row.word)).collect()
}

/// What must never be: counted by queries that give zero.
const FAULTS: [(&str, &str); 10] = [
    ("handed over unpaid", "select count(*) as n from orders where state = 'fulfilled' and paid_minor <> total_minor"),
    (
        "fulfilled without a delivery, or delivered without being fulfilled",
        "select count(*) as n from orders o full join deliveries d on (d.guild_id, d.order_number) = (o.guild_id, o.number) \
         where (o.state = 'fulfilled') is distinct from (d.order_number is not null)",
    ),
    (
        "orders of a role or a plan without their one entitlement",
        "select count(*) as n from orders o where state = 'fulfilled' and (plan is not null or product = 'role') and \
         (select count(*) from entitlements e where e.order_number = o.number and e.revoked_at is null) <> 1",
    ),
    (
        "keys for another number of orders",
        "select (select count(*) from product_keys k join orders o on (o.guild_id, o.number) = (k.guild_id, k.order_number) \
           where o.state = 'fulfilled') - (select count(*) from orders where state = 'fulfilled' and product = 'key') as n",
    ),
    (
        "sales that are booked another number of times than once",
        "select count(*) as n from orders o where state = 'fulfilled' and (select coalesce(sum(-amount_minor), 0) from ledger l \
         where l.account in ('revenue', 'tax') and l.order_number = o.number) <> o.paid_minor",
    ),
    ("a ledger that doesn't balance", "select coalesce(sum(amount_minor), 0)::bigint as n from ledger"),
    (
        "two subscriptions of one member",
        "select count(*) as n from (select user_id from subscriptions where state = 'active' group by 1 having count(*) > 1) d",
    ),
    ("notices that failed", "select count(*) as n from outbox where state = 'failed'"),
    (
        "paid orders that are neither handed over nor given back as a second one of the same member",
        // Who asks again while the process is down may be led to two pages: of a plan the second is one too many, of a text it gives nothing.
        "select count(*) as n from orders o where problem is not null and \
         not (problem in ('double', 'in_vain') and state = 'refunded' and refunded_minor = paid_minor and paid_minor = total_minor \
           and exists (select from orders k where k.user_id = o.user_id and k.number <> o.number and k.state = 'fulfilled' \
             and (k.plan, k.product) is not distinct from (o.plan, o.product)))",
    ),
    ("refunds without a reason", "select count(*) as n from orders where state = 'refunded' and problem is null"),
];

/// The states of orders by their checkout.
async fn states(till: &Till) -> BTreeMap<String, String> {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct State {
        #[diesel(sql_type = diesel::sql_types::Text)]
        session: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        state: String,
    }
    let query = "select session_id as session, state from orders where session_id is not null";
    let rows: Vec<State> =
        diesel::sql_query(query).load(&mut till.maxis.database.owner().await).await.expect("the query runs");
    rows.into_iter().map(|row| (row.session, row.state)).collect()
}

/// Who holds something has the role, and nobody else has it.
async fn roles(till: &Till, wrong: &mut Vec<String>) {
    use diesel_async::RunQueryDsl;
    let query = "select user_id::text as word, count(*) as n from entitlements where revoked_at is null group by 1";
    let rows: Vec<Word> =
        diesel::sql_query(query).load(&mut till.maxis.database.owner().await).await.expect("the query runs");
    let due: BTreeSet<String> = rows.into_iter().map(|row| row.word).collect();
    for user in &till.crowd {
        let roles = till.maxis.sandbox.member_roles(till.guild, *user).unwrap_or_default();
        if roles.contains(&till.premium) != due.contains(&user.to_string()) {
            wrong.push(format!("{user} is due the role: {}", due.contains(&user.to_string())));
        }
    }
}

/// Each buyer is thanked once for each order, by himself.
async fn told(till: &Till, wrong: &mut Vec<String>) {
    use diesel_async::RunQueryDsl;
    let query = "select user_id || ' ' || number as word, 1::bigint as n from orders where state = 'fulfilled'";
    let rows: Vec<Word> =
        diesel::sql_query(query).load(&mut till.maxis.database.owner().await).await.expect("the query runs");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for user in &till.crowd {
        let person = till.maxis.sandbox.person(*user);
        for message in person.visible(person.direct(till.maxis.bot())) {
            let Some(button) = button_of(&message, "order?order=") else { continue };
            let number = button.trim_start_matches("order?order=").split('&').next().unwrap_or_default().to_owned();
            *seen.entry(format!("{user} {number}")).or_default() += 1;
        }
    }
    let query = "select user_id || ' ' || number as word, 1::bigint as n from orders where state = 'refunded'";
    let back: Vec<Word> =
        diesel::sql_query(query).load(&mut till.maxis.database.owner().await).await.expect("the query runs");
    // That it goes back is told as well, in a message of its own or two.
    back.iter().for_each(|row| _ = seen.remove(&row.word));
    for row in &rows {
        let times = seen.remove(&row.word).unwrap_or(0);
        if times != 1 {
            wrong.push(format!("{} was told {times} times", row.word));
        }
    }
    wrong.extend(seen.into_keys().map(|stranger| format!("{stranger} was told of an order that is not done")));
}
