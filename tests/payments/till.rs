//! Maxis with the local Stripe behind real sockets, as its tests use him.

use super::shop;
use crate::purchases::world::{labels, said, someone, words};
use crate::support::app;
use crate::support::db::run;
use crate::support::maxis::Maxis;
use crate::support::witness::judge_stripe;
use jiff::SignedDuration;
use shellia::app::App;
use shellia::commands::purchases::checkout::{self, Opened};
use shellia::commands::{self, Call, Raw, Way};
use shellia::config::{Settings, Sources};
use shellia::domain::shop::orders::place::{self, NewOrder};
use shellia::domain::shop::orders::{Order, refunds};
use shellia::kernel::reply::Reply;
use shellia::kernel::{Actor, ChannelId, Clock, Currency, GuildId, Money, System};
use shellia::roles::{Commerce, Running};
use shellia::sandbox::World;
use shellia::sandbox::stripe::How;
use shellia::stripe::{self, StripeGateway};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

pub const GUILD: u64 = 4_000;
pub const SECRET: &str = "whsec_sandbox";
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A Maxis that takes payments at the local Stripe, and the same parts to act as his commands do.
pub struct Till {
    pub maxis: Maxis,
    pub role: Commerce,
    pub app: Arc<App>,
    pub gateway: Arc<StripeGateway>,
    pub clock: Clock,
}

impl Till {
    pub async fn open() -> Self {
        let mut maxis = Maxis::prepare(World::two_guilds()).await;
        let stripe = maxis.sandbox.stripe();
        maxis.set("STRIPE_API_URL", &stripe.url());
        maxis.set("STRIPE_SECRET_KEY", "sk_test_sandbox");
        maxis.set("STRIPE_WEBHOOK_SECRET", SECRET);
        let settings = Settings::load(&Sources::from_environment(maxis.environment())).unwrap();
        let clock = Clock::new();
        let role = Commerce::start(&settings, clock.clone(), &CancellationToken::new()).await.unwrap();
        // The program's clock moves with the sandbox's, so the signatures' time must too.
        stripe.mail(|mail| mail.sandbox_time = true);
        stripe.rules(|rules| rules.draft_s = 0);
        stripe.webhook(&format!("http://{}/webhooks/stripe", role.address()), SECRET);
        let gateway = Arc::new(StripeGateway::new(stripe::Options::of(&settings).unwrap()).unwrap());
        let parts = Arc::into_inner(app::unwired(&maxis.database)).unwrap();
        let app = Arc::new(App { gateway: gateway.clone(), clock: clock.clone(), ..parts });
        run(&mut maxis.database.owner().await, &shop::rows(GUILD)).await;
        let staff = format!("insert into staff_roles values ({GUILD}, 101, 'operator')");
        run(&mut maxis.database.owner().await, &staff).await;
        Self { maxis, role, app, gateway, clock }
    }

    pub async fn buy(&self, new: &NewOrder) -> (Order, String) {
        let mut tx = self.app.db.begin(&Actor::system_in(System::Payments, new.guild)).await.unwrap();
        let order = place::place(&mut tx, new, None, &self.app.shop, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let session = self.open_again(&order).await;
        (order, session)
    }

    /// Opens an order's checkout, or finds it again; gives its name.
    pub async fn open_again(&self, order: &Order) -> String {
        loop {
            match checkout::open(&self.app, order).await.unwrap() {
                Opened::At(url) => return url.rsplit('/').next().unwrap().to_owned(),
                // A kept connection that the other side closes as it is used: nobody knows, so the same is asked again.
                Opened::NotNow(refused) if refused.may_pass() => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Waits until a count of rows is as expected.
    pub async fn until(&self, query: &str, expected: i64) {
        let reached = async {
            while self.maxis.database.count(query).await != expected {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, reached).await.is_err() {
            panic!("{query}: {} and not {expected}", self.maxis.database.count(query).await);
        }
    }

    pub fn advance(&self, hours: u64) {
        self.clock.advance(SignedDuration::from_hours(i64::try_from(hours).unwrap()));
        self.maxis.sandbox.advance(Duration::from_secs(hours * 3600));
    }

    /// Ends it, and has every exchange with Stripe judged.
    pub async fn close(self) {
        self.maxis.sandbox.stripe().delivered(PATIENCE).await;
        judge_stripe(&self.maxis.sandbox).await;
        let drift = "select coalesce(sum(amount_minor), 0)::bigint as n from ledger";
        assert_eq!(self.maxis.database.count(drift).await, 0, "the ledger balances");
        self.role.stop().await;
        self.maxis.sandbox.stop().await;
    }
}

pub fn guild() -> GuildId {
    GuildId::new(GUILD).unwrap()
}

impl Till {
    /// Somebody asks by a command.
    pub async fn asks(&self, who: u64, command: &str, given: &[(&str, Raw)]) -> Reply {
        self.answer(Way::Slash, who, command, given).await
    }

    async fn answer(&self, way: Way, who: u64, command: &str, given: &[(&str, Raw)]) -> Reply {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let call = Call {
            request: format!("{}", 5_000 + NEXT.fetch_add(1, Ordering::Relaxed)),
            command: command.to_owned(),
            given: given.iter().map(|(name, raw)| ((*name).to_owned(), raw.clone())).collect(),
            person: someone(who),
            guild: GuildId::new(GUILD),
            channel: ChannelId::new(50).unwrap(),
            way,
            typed: String::new(),
        };
        said(commands::answer(&self.app, &call).await)
    }

    /// Presses a button of an answer.
    pub async fn presses(&self, who: u64, reply: &Reply, label: &str) -> Reply {
        let found = reply.buttons.iter().find(|button| button.label == label);
        let action = &found.unwrap_or_else(|| panic!("no button {label} in {:?}", labels(reply))).action;
        let given: Vec<_> =
            action.options.iter().map(|(name, value)| (name.as_str(), Raw::Text(value.clone()))).collect();
        self.answer(Way::Button, who, &action.command, &given).await
    }

    /// What somebody reads of changing his plan to an item.
    pub async fn switches(&self, who: u64, item: &str) -> Reply {
        self.asks(who, "subscription_switch", &[("item", Raw::Text(item.to_owned()))]).await
    }

    /// Changes a plan at once; gives what is said.
    pub async fn switched(&self, who: u64, item: &str) -> String {
        let asked = self.switches(who, item).await;
        words(&self.presses(who, &asked, "Changer").await)
    }

    /// Somebody buys an item and pays; gives the order and the customer's name at Stripe.
    pub async fn owns(&self, who: u64, item: &str, how: How) -> (Order, String) {
        let (order, session) = self.buy(&shop::order(guild(), who, item, &format!("r-{who}-{item}"))).await;
        self.maxis.sandbox.stripe().pay(&session, how).unwrap();
        let paid = matches!(how, How::Card | How::CardFailsLater);
        // Its invoice may be written down while its session's payment isn't yet.
        let seen = if paid { "= 'fulfilled'" } else { "in ('awaiting', 'fulfilled')" };
        let seen = format!("select count(*) as n from orders where number = {} and state {seen}", order.number);
        self.until(&seen, 1).await;
        if paid && item.starts_with("plan/") {
            self.until(&format!("select count(*) as n from invoices where order_number = {}", order.number), 1).await;
        }
        (order, self.gateway_customer(&session).await)
    }

    async fn gateway_customer(&self, session: &str) -> String {
        use shellia::domain::payments::Gateway;
        self.gateway.session(session).await.unwrap().customer.unwrap().0
    }

    /// Staff ask for a part of an order's money to go back, or for all of it.
    pub async fn refunds(&self, number: i64, minor: Option<i64>, key: &str) {
        let mut tx = self.app.db.begin(&Actor::system_in(System::Payments, guild())).await.unwrap();
        let amount = minor.map(|minor| Money::new(minor, Currency::EUR).unwrap());
        refunds::refund(&mut tx, (guild(), number), amount, ("test", key), None, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The charge of an amount.
    pub fn charge(&self, minor: i64) -> String {
        let events = self.maxis.sandbox.stripe().events();
        let made = events.iter().find(|event| {
            event["type"] == "charge.succeeded" && event["data"]["object"]["amount"].as_i64() == Some(minor)
        });
        made.unwrap_or_else(|| panic!("no charge of {minor}"))["data"]["object"]["id"].as_str().unwrap().to_owned()
    }

    /// What stands to a customer's credit at Stripe.
    pub fn credit(&self, customer: &str) -> i64 {
        -self.maxis.sandbox.stripe().object(customer).unwrap()["balance"].as_i64().unwrap()
    }

    /// How often something was counted so far.
    pub async fn count(&self, query: &str) -> i64 {
        self.maxis.database.count(query).await
    }
}
