//! A shop in the local Discord, its people, and workers that can be started and killed.

use crate::payments::provider::Provider;
use crate::payments::shop::{self, Shop};
use crate::support::app;
use crate::support::db::{Database, count, run};
use crate::support::show::show;
use jiff::SignedDuration;
use serde_json::Value;
use shellia::app::App;
use shellia::commands::{self, Answer, Blind, Call, Inspector, Raw, Way};
use shellia::discord::courier::DiscordCourier;
use shellia::discord::roles::DiscordRoles;
use shellia::domain::accounts::Person;
use shellia::domain::shop::roles::Moved;
use shellia::jobs::{self, janitor};
use shellia::kernel::reply::Reply;
use shellia::kernel::{Clock, GuildId, RoleId, UserId};
use shellia::sandbox::{Fault, Limits, Options, Sandbox, rights};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use twilight_http::Client;
use twilight_model::id::Id;

/// How long a test waits for what should happen at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// What Maxis' role allows beside giving roles.
pub const WITHOUT_ROLES: u64 = rights::VIEW_CHANNEL | rights::SEND_MESSAGES | rights::EMBED_LINKS;

pub struct World {
    pub sandbox: Sandbox,
    pub database: Database,
    pub shop: Shop,
    pub guild: u64,
    pub marie: u64,
    pub jean: u64,
    pub premium: u64,
    next: AtomicU32,
}

/// A running process' worth of jobs.
pub struct Worker {
    stop: CancellationToken,
    task: JoinHandle<usize>,
}

impl Worker {
    /// Ends it as a signal does.
    pub async fn stop(self) {
        self.stop.cancel();
        assert_eq!(self.task.await.unwrap(), 0, "every loop stops in time");
    }

    /// Ends it as `kill -9` does.
    pub async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

impl World {
    /// The shop sells the plans and the role `Premium`, which stands below Maxis.
    pub async fn new() -> Self {
        Self::seen_by(Arc::new(Blind)).await
    }

    /// The same, with somebody who looks at channels.
    pub async fn seen_by(inspector: Arc<dyn Inspector>) -> Self {
        shellia::discord::install_tls();
        let options = Options { limits: Limits::raised(), ..Options::new(shellia::sandbox::World::demo()) };
        let sandbox = Sandbox::start(options).await.unwrap();
        let database = Database::fresh().await;
        let clock = Clock::new();
        let provider = Arc::new(Provider::new(clock.clone()));
        let http = Client::builder().token("Bot sandbox-maxis".to_owned()).proxy(sandbox.authority(), true);
        let http = Arc::new(http.ratelimiter(None).build());
        let me = sandbox.bot_user(sandbox.app_id("Maxis").unwrap()).unwrap();
        let parts = Arc::into_inner(app::unwired(&database)).unwrap();
        let app = Arc::new(App {
            gateway: provider.clone(),
            beacon: Arc::new(shellia::domain::giveaways::Unwired),
            peer: Arc::new(shellia::control::Unwired),
            pilot: Arc::default(),
            inspector,
            clock,
            courier: Arc::new(DiscordCourier::new(http.clone(), Some(&sandbox.url().parse().unwrap())).unwrap()),
            roles: Arc::new(DiscordRoles::new(http, Id::new(me))),
            ..parts
        });
        let guild = sandbox.guild_id("La Boutique de Léa").unwrap();
        let shop = shop::open(&database, &app, &provider, guild).await;
        let (marie, jean) = (sandbox.user_id("marie").unwrap(), sandbox.user_id("jean").unwrap());
        let premium = sandbox.role_id(guild, "Premium").unwrap();
        let staff = sandbox.channel_id(guild, "staff").unwrap();
        let world = Self { sandbox, database, shop, guild, marie, jean, premium, next: AtomicU32::new(1) };
        world.behind(&format!("update guilds set staff_channel_id = {staff}")).await;
        world.sells(premium).await;
        world
    }

    pub fn app(&self) -> &Arc<App> {
        &self.shop.app
    }

    pub fn role(&self, name: &str) -> u64 {
        self.sandbox.role_id(self.guild, name).unwrap()
    }

    /// What is sold gives this role.
    pub async fn sells(&self, role: u64) {
        self.behind(&format!(
            "update plans set role_id = {role}; update products set role_id = {role} where kind = 'role'; \
             update variants set stock = null"
        ))
        .await;
    }

    pub fn start(&self) -> Worker {
        let stop = CancellationToken::new();
        Worker { task: tokio::spawn(jobs::run(self.app().clone(), stop.clone())), stop }
    }

    pub fn pass(&self, hours: i64) {
        self.app().clock.advance(SignedDuration::from_hours(hours));
    }

    /// Runs statements as the owner.
    pub async fn behind(&self, statements: &str) {
        run(&mut self.database.owner().await, statements).await;
    }

    /// Waits until a count is as expected.
    pub async fn until(&self, query: &str, expected: i64) {
        let mut owner = self.database.owner().await;
        let started = Instant::now();
        loop {
            let found = count(&mut owner, query).await;
            if found == expected {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{query}: {found}, not {expected}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until a member holds a role in Discord, or doesn't.
    pub async fn until_holds(&self, user: u64, role: u64, expected: bool) {
        let started = Instant::now();
        while self.holds(user, role) != expected {
            assert!(started.elapsed() < PATIENCE, "{user} holds {role}: not {expected}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until nothing is left to tell or to put right.
    pub async fn until_idle(&self) {
        self.until("select count(*) as n from outbox where state = 'pending'", 0).await;
    }

    pub fn holds(&self, user: u64, role: u64) -> bool {
        self.sandbox.member_roles(self.guild, user).is_some_and(|roles| roles.contains(&role))
    }

    /// How many rows of granted roles are in a state.
    pub async fn kept(&self, state: &str) -> i64 {
        self.database.count(&format!("select count(*) as n from granted_roles where state = '{state}'")).await
    }

    /// Somebody buys, and pays; waits until it is handed over. Tells the order's number.
    pub async fn buys(&self, user: u64, item: &str) -> i64 {
        self.gives(user, user, item).await
    }

    /// Somebody buys for another.
    pub async fn gives(&self, user: u64, to: u64, item: &str) -> i64 {
        let order = self.places(user, to, item).await;
        self.pays(order).await
    }

    /// Somebody orders for himself or another; tells the order's number and its checkout.
    pub async fn places(&self, user: u64, to: u64, item: &str) -> (i64, usize) {
        let request = format!("r{}", self.next.fetch_add(1, Ordering::Relaxed));
        let mut new = shop::order(self.shop.guild, user, item, &request);
        new.recipient = (to != user).then(|| UserId::new(to).unwrap());
        let (order, _) = self.shop.buy(&new).await.unwrap();
        (order.number, self.shop.provider.state.lock().unwrap().sessions.len() - 1)
    }

    /// He pays; waits until it is handed over.
    pub async fn pays(&self, (number, session): (i64, usize)) -> i64 {
        assert!(self.shop.provider.pay(session, true));
        self.looks().await;
        self.until(&format!("select count(*) as n from orders where number = {number} and paid_at is not null"), 1)
            .await;
        number
    }

    /// The provider is asked how everything stands; a running worker writes down what it says.
    pub async fn looks(&self) {
        janitor::reconcile(self.app()).await.unwrap();
        self.until("select count(*) as n from payment_tasks where state = 'pending'", 0).await;
    }

    /// Discord tells what a member holds now, or that he came or left.
    pub fn hears_of(&self, user: u64, anew: bool) {
        let held = self.sandbox.member_roles(self.guild, user).unwrap_or_default();
        let roles: Vec<RoleId> = held.into_iter().filter_map(RoleId::new).collect();
        self.app().news.member(Moved::new(self.guild_id(), UserId::new(user).unwrap(), &roles, anew));
    }

    pub fn guild_id(&self) -> GuildId {
        GuildId::new(self.guild).unwrap()
    }

    /// What a person was told by direct message, oldest first.
    pub fn told(&self, user: u64) -> Vec<String> {
        let me = self.sandbox.bot_user(self.sandbox.app_id("Maxis").unwrap()).unwrap();
        let person = self.sandbox.person(user);
        self.without_ids(&person.visible(person.direct(me)))
    }

    /// What stands in the staff channel, oldest first.
    pub fn staff_reads(&self) -> Vec<String> {
        self.without_ids(&self.sandbox.messages(self.sandbox.channel_id(self.guild, "staff").unwrap()))
    }

    fn without_ids(&self, messages: &[Value]) -> Vec<String> {
        messages.iter().map(show).map(|text| self.named(&text)).collect()
    }

    /// Names instead of ids, which stand for people and roles.
    pub fn named(&self, text: &str) -> String {
        let ids =
            [(self.marie, "Marie"), (self.jean, "Jean"), (self.premium, "Premium"), (self.role("Admin"), "Admin")];
        ids.iter().fold(text.to_owned(), |text, (id, name)| text.replace(&id.to_string(), name))
    }

    /// REST calls of a method whose path ends so.
    pub fn calls(&self, method: &str, end: &str) -> usize {
        self.sandbox.log(0).iter().filter(|call| call.method == method && call.path.ends_with(end)).count()
    }

    /// The next calls that change a member's roles meet a fault.
    pub fn role_calls_fail(&self, fault: Fault) {
        self.sandbox.fault(Fault { path_regex: Some("/members/[0-9]+/roles/".to_owned()), ..fault });
    }

    /// Asks why, as a member or as staff.
    pub async fn why(&self, asker: u64, staff: bool, given: Vec<(String, Raw)>) -> String {
        self.named(&super::words::plain(&self.asks(asker, "why", (staff, given)).await))
    }

    /// Asks a command, as a member or as staff.
    pub async fn asks(&self, asker: u64, command: &str, (staff, given): (bool, Vec<(String, Raw)>)) -> Reply {
        match commands::answer(self.app(), &self.call(asker, command, (staff, given))).await {
            Answer::Say { reply, .. } => reply,
            other => panic!("{other:?}"),
        }
    }

    /// What a member is suggested for an option.
    pub async fn suggested(&self, asker: u64, command: &str, (option, typed): (&str, &str)) -> Vec<String> {
        let call = self.call(asker, command, (false, Vec::new()));
        let found = commands::suggest(self.app(), &call, option, typed).await;
        found.into_iter().map(|(label, _)| label).collect()
    }

    fn call(&self, asker: u64, command: &str, (staff, given): (bool, Vec<(String, Raw)>)) -> Call {
        let held = self.sandbox.member_roles(self.guild, asker).unwrap_or_default();
        Call {
            request: format!("asked{}", self.next.fetch_add(1, Ordering::Relaxed)),
            command: command.to_owned(),
            given,
            person: Person {
                user: UserId::new(asker).unwrap(),
                name: "x".to_owned(),
                roles: held.into_iter().filter_map(RoleId::new).collect(),
                manages_guild: staff,
                locale: None,
                bot: false,
                joined_at: None,
            },
            guild: GuildId::new(self.guild),
            channel: shellia::kernel::ChannelId::new(9).unwrap(),
            way: Way::Slash,
            typed: String::new(),
        }
    }
}
