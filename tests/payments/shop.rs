//! A guild with a small shop, and its people, for the payment engine's tests.

use super::provider::Provider;
use crate::support::app;
use crate::support::db::{Database, run};
use shellia::app::App;
use shellia::commands::purchases::checkout::{self, Opened};
use shellia::domain::shop::orders::place::{self, Buyer, NewOrder};
use shellia::domain::shop::orders::{Item, Order};
use shellia::kernel::{Actor, Clock, GuildId, Locale, Result, System, UserId};
use std::sync::Arc;

/// What a shop of a test sells: a plan with a trial, a bigger plan, a role of which there is one, a key of which there is
/// one, and a text without limit.
pub const ITEMS: [&str; 5] =
    ["plan/pro/month", "plan/ultra/year", "product/role/standard", "product/key/standard", "product/text/standard"];

/// A shop whose provider is in memory.
pub struct Shop {
    pub app: Arc<App>,
    pub provider: Arc<Provider>,
    pub guild: GuildId,
}

/// The same parts as the program's, with this provider.
pub fn app(database: &Database, provider: Arc<Provider>, clock: Clock) -> Arc<App> {
    let parts = Arc::into_inner(app::unwired(database)).unwrap();
    Arc::new(App { gateway: provider, clock, ..parts })
}

/// Opens the shop of a guild.
pub async fn open(database: &Database, app: &Arc<App>, provider: &Arc<Provider>, guild: u64) -> Shop {
    run(&mut database.owner().await, &rows(guild)).await;
    Shop { app: app.clone(), provider: provider.clone(), guild: GuildId::new(guild).unwrap() }
}

/// What it sells.
pub fn rows(guild: u64) -> String {
    format!(
        "insert into guilds (guild_id, created_at, updated_at) values ({guild}, now(), now());
         insert into plans (guild_id, code, name, level, role_id, trial_days, created_at, updated_at) values
           ({guild}, 'pro', 'Pro', 2, 901, 3, now(), now()), ({guild}, 'ultra', 'Ultra', 3, 901, 0, now(), now());
         insert into products (guild_id, code, name, kind, role_id, days, created_at, updated_at) values
           ({guild}, 'role', 'Rôle', 'role', 902, 30, now(), now()), ({guild}, 'key', 'Clé', 'key', null, null, now(), now()),
           ({guild}, 'text', 'Texte', 'text', null, null, now(), now());
         insert into product_contents (guild_id, product, body, updated_at) values ({guild}, 'text', 'merci', now());
         insert into variants (guild_id, product, code, name, stock) values ({guild}, 'role', 'standard', 'Standard', 1),
           ({guild}, 'key', 'standard', 'Standard', null), ({guild}, 'text', 'standard', 'Standard', null);
         insert into product_keys (guild_id, product, variant, secret, added_at) values ({guild}, 'key', 'standard', 'K-1', now());
         insert into prices (guild_id, item, currency, amount_minor, updated_at) values
           ({guild}, 'plan/pro/month', 'eur', 999, now()), ({guild}, 'plan/ultra/year', 'eur', 28790, now()),
           ({guild}, 'product/role/standard', 'eur', 500, now()), ({guild}, 'product/key/standard', 'eur', 1500, now()),
           ({guild}, 'product/text/standard', 'eur', 300, now());"
    )
}

/// An order of somebody, as a command would place it.
pub fn order(guild: GuildId, user: u64, item: &str, request: &str) -> NewOrder {
    NewOrder {
        guild,
        request: request.to_owned(),
        buyer: Buyer {
            user: UserId::new(user).unwrap(),
            name: format!("buyer {user}"),
            roles: Vec::new(),
            locale: Locale::Fr,
        },
        recipient: None,
        item: Item::from_name(item).unwrap(),
        quantity: 1,
        trial: false,
        consent: Some("1"),
        checkout_key: format!("checkout-{guild}-{user}-{request}"),
    }
}

impl Shop {
    /// Places an order and opens its checkout.
    pub async fn buy(&self, new: &NewOrder) -> Result<(Order, Opened)> {
        let order = self.place(new).await?;
        let opened = checkout::open(&self.app, &order).await?;
        Ok((order, opened))
    }

    /// Places an order.
    pub async fn place(&self, new: &NewOrder) -> Result<Order> {
        let mut tx = self.app.db.begin(&Actor::system_in(System::Payments, self.guild)).await?;
        match place::place(&mut tx, new, None, &self.app.shop, self.app.clock.now()).await {
            Ok(order) => {
                tx.commit().await?;
                Ok(order)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}
