//! A guild with a shop: what happened there is written by the program's own ledger and settling, at chosen times.

use crate::support::db::{Database, run};
use crate::tickets::world as people;
use jiff::Timestamp;
use shellia::app::App;
use shellia::commands::{self, Answer, Raw};
use shellia::db::Tx;
use shellia::domain::analytics::{Figures, Window, figures};
use shellia::domain::payments::ledger::{self, About, Movement};
use shellia::domain::payments::{CustomerId, InvoiceView, SubscriptionView};
use shellia::domain::shop::{ShopRules, subscriptions};
use shellia::kernel::reply::Reply;
use shellia::kernel::{Actor, Currency, GuildId, Locale, Money, Rank, System, UserId};
use std::sync::Arc;

/// The people and commands of the tickets' world, with a shop.
pub struct Shop {
    pub world: people::World,
    pub guild: GuildId,
}

/// How a subscription was found at a time.
#[derive(Debug, Clone)]
pub struct Look {
    pub at: Timestamp,
    pub state: &'static str,
    pub plan: &'static str,
    pub interval: &'static str,
    pub price: Money,
    /// Its paid invoices: when, and how much.
    pub invoices: Vec<(Timestamp, Money)>,
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, code.parse().unwrap()).unwrap()
}

impl Shop {
    /// An empty shop with the plans `basic` and `pro`.
    pub async fn open() -> Self {
        let world = people::World::new().await;
        let shop = Self { world, guild: people::guild(people::GUILD) };
        shop.guild_with(shop.guild.as_i64(), "Europe/Paris").await;
        shop
    }

    /// A guild of its own in the same database.
    pub async fn guild_with(&self, guild: i64, zone: &str) {
        run(
            &mut self.database().owner().await,
            &format!(
                "insert into guilds (guild_id, time_zone, created_at, updated_at) values ({guild}, '{zone}', now(), now());
                 insert into staff_roles values ({guild}, 100, 'support'), ({guild}, 101, 'operator');
                 insert into plans (guild_id, code, name, level, created_at, updated_at) values
                     ({guild}, 'basic', 'Basic', 1, now(), now()), ({guild}, 'pro', 'Pro', 2, now(), now());"
            ),
        )
        .await;
    }

    pub fn database(&self) -> &Database {
        &self.world.database
    }

    pub fn app(&self) -> &Arc<App> {
        &self.world.app
    }

    /// Runs statements as the owner.
    pub async fn sql(&self, statements: &str) {
        run(&mut self.database().owner().await, statements).await;
    }

    /// An order as it stands in the end.
    pub async fn order(&self, guild: i64, number: i64, order: &Order) {
        self.sql(&order.row(guild, number)).await;
    }

    /// Writes movements into the ledger.
    pub async fn post(&self, guild: i64, movements: &[(Movement, Currency, Timestamp)]) {
        let mut tx = self.payments().await;
        for (movement, currency, when) in movements {
            ledger::post(&mut tx, GuildId::try_from(guild).unwrap(), movement, *currency, &About::default(), *when);
        }
        tx.commit().await.unwrap();
    }

    /// Settles a subscription as it was found.
    pub async fn settle(&self, guild: i64, (id, order): (&str, i64), look: &Look) -> &'static str {
        let mut tx = self.payments().await;
        let (view, invoices) = views(guild, (id, order), look);
        let found = subscriptions::settle(&mut tx, &view, &invoices, &ShopRules::default(), look.at).await.unwrap();
        tx.commit().await.unwrap();
        found
    }

    async fn payments(&self) -> Tx {
        self.app().db.begin(&Actor::system(System::Payments)).await.unwrap()
    }

    /// The figures as staff of a rank gets them.
    pub async fn figures(&self, guild: i64, rank: Rank, window: &Window, currency: Currency) -> Figures {
        let guild = GuildId::try_from(guild).unwrap();
        let staff = Actor::staff(guild, UserId::new(22).unwrap(), rank);
        let mut tx = self.app().db.begin(&staff).await.unwrap();
        let found = figures(&mut tx, guild, window, currency).await.unwrap();
        tx.rollback().await.unwrap();
        found
    }

    /// Asks for a command as somebody who speaks a language.
    pub async fn asks(&self, who: &people::Someone, locale: Locale, command: &str, given: &[(&str, Raw)]) -> Reply {
        let mut call = self.world.call(who, command, given);
        call.person.locale = Some(locale);
        match commands::answer(self.app(), &call).await {
            Answer::Say { reply, .. } => reply,
            other => panic!("nothing said: {other:?}"),
        }
    }

    /// Moves the clock to a time.
    pub fn now_is(&self, when: &str) {
        let now = self.app().clock.now();
        self.app().clock.advance(now.duration_until(at(when)));
    }
}

/// An order as it stands in the end.
#[derive(Debug, Clone)]
pub struct Order {
    pub placed: Timestamp,
    pub paid: Option<Timestamp>,
    pub mode: &'static str,
    /// A plan's code, else it is for the product `jeu`.
    pub plan: Option<&'static str>,
    pub quantity: i64,
    pub total: Money,
    pub user: i64,
}

impl Order {
    fn row(&self, guild: i64, number: i64) -> String {
        let Self { placed, mode, quantity, total, user, .. } = self;
        let (minor, code) = (total.minor(), total.currency().code());
        let (kind, what) = match self.plan {
            Some(plan) => ("plan", format!("'{plan}', 'month', null, null")),
            None => ("product", "null, null, 'jeu', 'standard'".to_owned()),
        };
        let (state, paid) = match self.paid {
            Some(paid) => ("fulfilled", format!("'{paid}'")),
            None => ("expired", "null".to_owned()),
        };
        // What a subscription's first period brought stands on its first invoice.
        let paid_minor = if self.paid.is_some() && *mode != "subscription" { minor } else { 0 };
        format!(
            "insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, plan, period,
                 product, variant, quantity, title, currency, list_minor, total_minor, paid_minor, state, reserved, checkout_key,
                 created_at, paid_at, updated_at)
             values ({guild}, {number}, {user}, {user}, 'x', 'fr', 'r{number}', '{kind}', '{mode}', {what}, {quantity}, 'Titre',
                 '{code}', {minor}, {minor}, {paid_minor}, '{state}', false, 'k{guild}-{number}', '{placed}', {paid}, '{placed}');"
        )
    }
}

fn views(guild: i64, (id, order): (&str, i64), look: &Look) -> (SubscriptionView, Vec<InvoiceView>) {
    let view = SubscriptionView {
        id: id.to_owned(),
        order: Some((GuildId::try_from(guild).unwrap(), order)),
        customer: Some(CustomerId("cus".to_owned())),
        state: look.state.to_owned(),
        item: Some(format!("plan/{}", look.plan)),
        line: None,
        interval: Some(look.interval.to_owned()),
        amount: Some(look.price),
        period_start: look.at,
        period_end: look.at,
        cancel_at_period_end: false,
        trial_end: None,
        started_at: look.at,
        ended_at: (look.state == "canceled").then_some(look.at),
        latest_invoice: None,
        fingerprint: None,
    };
    let invoice = |(n, (when, total)): (usize, &(Timestamp, Money))| InvoiceView {
        id: format!("in_{id}_{n}"),
        subscription: Some(id.to_owned()),
        paid: true,
        open: false,
        change: false,
        // Where nothing was paid, the member's credit paid for it.
        billed_minor: if total.is_zero() { look.price.minor() } else { total.minor() },
        total: Some(*total),
        tax_minor: 0,
        payment: Some(format!("pi_{id}_{n}")),
        url: None,
        at: *when,
    };
    (view, look.invoices.iter().enumerate().map(invoice).collect())
}
