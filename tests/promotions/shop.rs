//! A guild that sells a plan and two products, with people who buy and a boss who makes promotions.

use crate::support::db::{Database, run};
use crate::tickets::world::{guild, user};
use jiff::{SignedDuration, Timestamp};
use shellia::db::{Db, Tx};
use shellia::domain::payments::{Payment, PaymentStatus, RefundState, RefundView, SessionStatus, SessionView};
use shellia::domain::promotions::service::{self, NewPromotion};
use shellia::domain::promotions::{
    self, Ask, Discount, PromoCode, Promotion, PromotionKind, PromotionRules, Target, schedule,
};
use shellia::domain::shop::orders::place::{Buyer, NewOrder, place};
use shellia::domain::shop::orders::quote::quote;
use shellia::domain::shop::orders::{Item, Order, paid, settle};
use shellia::domain::shop::{Period, ShopRules};
use shellia::kernel::error::Problem;
use shellia::kernel::text::Line;
use shellia::kernel::{Actor, Clock, Currency, Error, Locale, Money, Rank, Result, System, UserId};
use std::sync::atomic::{AtomicU64, Ordering};

pub const GUILD: u64 = 7;
pub const BOSS: u64 = 22;

pub struct Shop {
    pub database: Database,
    pub db: Db,
    pub clock: Clock,
    requests: AtomicU64,
}

pub fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR).unwrap()
}

pub fn code(text: &str) -> PromoCode {
    PromoCode::parse(text).unwrap()
}

pub fn pro() -> Item {
    Item::Plan { code: "pro".to_owned(), period: Period::Month }
}

pub fn game() -> Item {
    Item::Product { code: "jeu".to_owned(), variant: "standard".to_owned() }
}

pub fn album() -> Item {
    Item::Product { code: "album".to_owned(), variant: "standard".to_owned() }
}

/// The text of a refusal.
pub fn why<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        Error::Conflict(text) => text.to_owned(),
        Error::Argument { problem: Problem::Rests(_), .. } => "error-promo-cooldown".to_owned(),
        Error::Argument { problem: Problem::AskedBefore(_), .. } => "error-promo-no-reduction".to_owned(),
        other => format!("{other}"),
    }
}

/// Fills a database with what the guild sells; its prices have stood for a hundred days.
pub async fn fill(database: &Database) {
    run(
        &mut database.owner().await,
        "insert into guilds (guild_id, created_at, updated_at) values (7, now(), now()) on conflict do nothing;
         insert into shops (guild_id, updated_at) values (7, now());
         insert into plans (guild_id, code, name, created_at, updated_at) values (7, 'pro', 'Pro', now(), now());
         insert into products (guild_id, code, name, kind, created_at, updated_at) values
             (7, 'jeu', 'Jeu', 'text', now(), now()), (7, 'album', 'Album', 'text', now(), now());
         insert into variants (guild_id, product, code, name) values (7, 'jeu', 'standard', 'Standard'), (7, 'album', 'standard', 'Standard');
         insert into prices values (7, 'plan/pro/month', 'eur', 999, now()), (7, 'plan/pro/year', 'eur', 9590, now()),
             (7, 'product/jeu/standard', 'eur', 2000, now()), (7, 'product/album/standard', 'eur', 1000, now());
         insert into price_history (guild_id, item, currency, amount_minor, since)
             select guild_id, item, currency, amount_minor, now() - interval '100 days' from prices;",
    )
    .await;
}

impl Shop {
    pub async fn open() -> Self {
        let database = Database::fresh().await;
        fill(&database).await;
        Self { db: database.open(), database, clock: Clock::new(), requests: AtomicU64::new(1) }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn wait_hours(&self, hours: i64) {
        self.clock.advance(SignedDuration::from_hours(hours));
    }

    pub fn request(&self) -> String {
        format!("r{}", self.requests.fetch_add(1, Ordering::Relaxed))
    }

    /// As the payments duty.
    pub async fn duty(&self) -> Tx {
        self.db.begin(&Actor::system_in(System::Payments, guild(GUILD))).await.unwrap()
    }

    pub async fn boss(&self) -> Tx {
        self.db.begin(&Actor::staff(guild(GUILD), user(BOSS), Rank::Operator)).await.unwrap()
    }

    /// A promotion of 20 % on everything for two days.
    pub fn twenty(&self) -> NewPromotion {
        NewPromotion {
            guild: guild(GUILD),
            request: self.request(),
            kind: PromotionKind::Manual,
            discount: Discount::parse("20%").unwrap(),
            target: Target::Everything,
            code: None,
            starts_at: self.now(),
            ends_at: self.now() + SignedDuration::from_hours(48),
            uses: None,
            per_member: None,
            first_purchase: false,
            budget: None,
            reason: Line::parse("essai").unwrap(),
            by: user(BOSS),
            locale: Locale::Fr,
        }
    }

    pub fn coded(&self, text: &str) -> NewPromotion {
        NewPromotion { code: Some(code(text)), ..self.twenty() }
    }

    pub async fn makes(&self, new: &NewPromotion) -> Result<Promotion> {
        let mut tx = self.boss().await;
        let made = service::create(&mut tx, new, &PromotionRules::default(), self.now()).await;
        match made {
            Ok(made) => tx.commit().await.map(|()| made),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }

    pub async fn stops(&self, number: i64) -> Result<Promotion> {
        let mut tx = self.boss().await;
        let stopped = service::stop(&mut tx, guild(GUILD), number, self.now()).await?;
        tx.commit().await.map(|()| stopped)
    }

    /// What comes off one unit for a member.
    pub async fn off(&self, member: u64, item: &Item, typed: Option<&str>) -> Result<Option<promotions::Reduction>> {
        let list = if *item == pro() { euros(999) } else { euros(2000) };
        let name = item.name();
        let ask = Ask { guild: guild(GUILD), member: user(member), item: &name, list };
        let typed = typed.map(code);
        let mut tx = self.duty().await;
        let found = promotions::best(&mut tx, &ask, typed.as_ref(), self.now()).await;
        tx.rollback().await?;
        found
    }

    /// Looks what one unit costs a member and places the order, in one transaction.
    pub async fn buys(&self, member: u64, item: &Item, typed: Option<&str>) -> Result<Order> {
        self.buys_many(member, item, 1, typed).await
    }

    pub async fn buys_many(&self, member: u64, item: &Item, quantity: u32, typed: Option<&str>) -> Result<Order> {
        let mut tx = self.duty().await;
        let new = NewOrder { quantity, ..self.order(user(member), item) };
        match self.buying(&mut tx, &new, typed).await {
            Ok(order) => tx.commit().await.map(|()| order),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }

    async fn buying(&self, tx: &mut Tx, new: &NewOrder, typed: Option<&str>) -> Result<Order> {
        let typed = typed.map(code);
        let quote = quote(tx, new, typed.as_ref(), self.now()).await?;
        let order = place(tx, new, quote.reduction.as_ref(), &ShopRules::default(), self.now()).await?;
        assert_eq!((order.list, order.total), (quote.list, quote.total));
        Ok(order)
    }

    fn order(&self, member: UserId, item: &Item) -> NewOrder {
        let request = self.request();
        NewOrder {
            guild: guild(GUILD),
            checkout_key: format!("k-{request}"),
            request,
            buyer: Buyer { user: member, name: "Marie".to_owned(), roles: Vec::new(), locale: Locale::Fr },
            recipient: None,
            item: item.clone(),
            quantity: 1,
            trial: false,
            consent: Some("v1"),
        }
    }

    /// The provider tells how the checkout of an order stands.
    pub async fn hears(&self, order: &Order, status: SessionStatus, payment_status: PaymentStatus) -> &'static str {
        let view = SessionView {
            id: format!("cs_{}", order.number),
            order: Some((order.guild, order.number)),
            status,
            payment_status,
            total: Some(order.total),
            tax_minor: 0,
            payment: Some(format!("pi_{}", order.number)),
            subscription: None,
            customer: None,
            invoice: None,
            url: None,
            failed: false,
        };
        let mut tx = self.duty().await;
        let word = settle::session(&mut tx, &view, false, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        word
    }

    pub async fn pays(&self, order: &Order) -> &'static str {
        self.hears(order, SessionStatus::Complete, PaymentStatus::Paid).await
    }

    /// The provider tells that so much of an order's payment went back.
    pub async fn gives_back(&self, order: &Order, amount: Money) {
        self.refund_is(order, amount, RefundState::Succeeded).await;
    }

    /// The provider tells how a refund of an order's payment stands.
    pub async fn refund_is(&self, order: &Order, amount: Money, state: RefundState) {
        let view = Payment {
            id: format!("pi_{}", order.number),
            received: Some(order.total),
            fee_minor: None,
            refunds: vec![RefundView {
                id: "re_1".to_owned(),
                amount_minor: amount.minor(),
                state,
                ours: None,
                at: self.now(),
            }],
            dispute: None,
            dispute_fees: Vec::new(),
            fingerprint: None,
            at: self.now(),
        };
        let mut tx = self.duty().await;
        paid::payment(&mut tx, &view, self.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn lets_expire(&self, order: &Order) -> &'static str {
        self.hears(order, SessionStatus::Expired, PaymentStatus::Unpaid).await
    }

    pub async fn tick(&self) -> schedule::Done {
        let mut tx = self.db.begin(&Actor::system(System::Payments)).await.unwrap();
        let done = schedule::run(&mut tx, self.now(), 100).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    /// A number of one promotion, as the owner sees it.
    pub async fn field(&self, number: i64, column: &str) -> i64 {
        let query = format!("select coalesce({column}, -1)::bigint as n from promotions where number = {number}");
        self.database.count(&query).await
    }
}
