//! A shop whose provider is in memory, for tests that tell one story each.

use super::provider::{Fault, Provider};
use super::shop::{self, Shop};
use crate::support::db::{Database, run};
use jiff::SignedDuration;
use shellia::domain::payments::{EventRef, receive};
use shellia::domain::shop::orders::{Order, reading, refunds};
use shellia::jobs::{janitor, payments};
use shellia::kernel::{Actor, Clock, Result, System};
use std::sync::Arc;

/// Counts what people hold now.
pub const HELD: &str = "select count(*) as n from entitlements where revoked_at is null and suspended_at is null";

/// A shop of its own, and what somebody does in it.
pub struct World {
    pub database: Database,
    pub shop: Shop,
}

impl World {
    pub async fn new() -> Self {
        let database = Database::fresh().await;
        let clock = Clock::new();
        let provider = Arc::new(Provider::new(clock.clone()));
        let app = shop::app(&database, provider.clone(), clock);
        let shop = shop::open(&database, &app, &provider, 100).await;
        Self { database, shop }
    }

    /// Somebody buys and pays; tells the order's number.
    pub async fn owns(&self, user: u64, item: &str, request: &str) -> i64 {
        let (order, _) = self.shop.buy(&shop::order(self.shop.guild, user, item, request)).await.unwrap();
        let at = self.shop.provider.state.lock().unwrap().sessions.len() - 1;
        assert!(self.shop.provider.pay(at, true));
        self.work().await;
        order.number
    }

    pub async fn work(&self) {
        janitor::reconcile(&self.shop.app).await.unwrap();
        payments::work_off(&self.shop.app).await.unwrap();
    }

    /// The provider tells an event about one of its objects.
    pub async fn hears(&self, kind: &str, object: &str) {
        let app = &self.shop.app;
        let event = EventRef {
            id: format!("evt-{kind}-{object}"),
            kind: kind.to_owned(),
            object: Some(object.to_owned()),
            payment: Some(object.to_owned()),
            subscription: None,
            at: app.clock.now(),
        };
        let mut tx = app.db.begin(&Actor::system(System::Payments)).await.unwrap();
        receive(&mut tx, &event, event.at).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Staff ask for all of an order's money to go back.
    pub async fn refunds(&self, number: i64) -> Result<()> {
        let app = &self.shop.app;
        let mut tx = app.db.begin(&Actor::system_in(System::Payments, self.shop.guild)).await?;
        let (key, now) = (format!("refund-{number}"), app.clock.now());
        match refunds::refund(&mut tx, (self.shop.guild, number), None, ("test", &key), None, now).await {
            Ok(_) => tx.commit().await,
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }

    pub fn faults(&self, faults: &[Fault]) {
        self.shop.provider.state.lock().unwrap().faults.extend(faults);
    }

    pub fn pass(&self, hours: i64) {
        self.shop.app.clock.advance(SignedDuration::from_hours(hours));
    }

    pub async fn count(&self, query: &str) -> i64 {
        self.database.count(query).await
    }

    pub async fn behind(&self, statements: &str) {
        run(&mut self.database.owner().await, statements).await;
    }

    /// What went back of all payments.
    pub fn back(&self) -> Vec<i64> {
        let state = self.shop.provider.state.lock().unwrap();
        state.payments.iter().flat_map(|payment| &payment.refunds).map(|refund| refund.amount_minor).collect()
    }

    /// An order as it stands now.
    pub async fn fresh(&self, number: i64) -> Order {
        let app = &self.shop.app;
        let mut tx = app.db.begin(&Actor::system_in(System::Payments, self.shop.guild)).await.unwrap();
        let order = reading::order(&mut tx, self.shop.guild, number).await.unwrap();
        tx.end().await.unwrap();
        order
    }
}
