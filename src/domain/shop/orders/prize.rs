//! A product that somebody won: an order of price zero, handed over at once like any other that costs nothing.
//!
//! Nobody is asked whether he may buy it, and nothing is reserved beyond the goods. Acts as the *payments* duty.

use super::place::{Buyer, Gives, NewOrder, insert, next_number};
use super::{Item, Order, hold, settle, store};
use crate::db::{Tx, sql};
use crate::domain::shop::{Mode, OrderState, entitlements};
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Locale, Money, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use jiff::Timestamp;

/// What somebody won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Won {
    /// The guild.
    pub guild: GuildId,
    /// Who.
    pub user: UserId,
    /// His language.
    pub locale: Locale,
    /// The product's code.
    pub code: String,
    /// The variant's code.
    pub variant: String,
    /// Names the prize: a second time finds the order of the first.
    pub key: String,
}

#[derive(QueryableByName)]
struct Goods {
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Integer)]
    days: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    role_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
}

/// Hands a prize over; gives its order's number, or `None` where there is nothing to hand over: sold out, or gone.
///
/// # Errors
/// As [`Tx::load`].
pub async fn hand_out(tx: &mut Tx, won: &Won, now: Timestamp) -> Result<Option<i64>> {
    let number = next_number(tx, won.guild).await?;
    if let Some(order) = store::of_request(tx, won.guild, won.user, &won.key).await? {
        return Ok(Some(order.number));
    }
    let goods: Option<Goods> = tx
        .first(
            "looking at a prize",
            sql("select g.name as title, coalesce((select currency from shops where guild_id = g.guild_id), 'eur') as currency, \
                   coalesce(g.days, 0) as days, case when g.kind = 'role' then g.role_id end as role_id, \
                   case when g.kind = 'plan_days' then g.plan end as plan \
                 from products g join variants v on v.guild_id = g.guild_id and v.product = g.code \
                 where g.guild_id = ? and g.code = ? and v.code = ?")
            .bind::<BigInt, _>(won.guild.as_i64())
            .bind::<Text, _>(won.code.clone())
            .bind::<Text, _>(won.variant.clone()),
        )
        .await?;
    let Some(goods) = goods else { return Ok(None) };
    let currency: Currency = goods.currency.parse().internal("looking at a prize")?;
    let mut order = order_of(won, number, (goods.title, currency), now);
    entitlements::one_by_one(tx, order.guild, order.recipient).await?;
    if !hold::take(tx, &mut order, now).await? {
        return Ok(None);
    }
    let buyer = Buyer { user: won.user, name: String::new(), roles: Vec::new(), locale: won.locale };
    let new = NewOrder {
        guild: won.guild,
        request: won.key.clone(),
        buyer,
        recipient: None,
        item: order.item.clone(),
        quantity: 1,
        trial: false,
        consent: None,
        checkout_key: order.checkout_key.clone(),
    };
    let role = goods.role_id.and_then(|id| RoleId::try_from(id).ok());
    let gives = Gives { days: Some(goods.days), role, plan: goods.plan };
    insert(tx, &order, &new, (None, gives), now).await?;
    settle::free(tx, &mut order, now).await?;
    Ok(Some(number))
}

fn order_of(won: &Won, number: i64, (title, currency): (String, Currency), now: Timestamp) -> Order {
    let nothing = Money::zero(currency);
    Order {
        guild: won.guild,
        number,
        buyer: won.user,
        recipient: won.user,
        locale: won.locale,
        item: Item::Product { code: won.code.clone(), variant: won.variant.clone() },
        mode: Mode::Free,
        trial_days: None,
        quantity: 1,
        title,
        list: nothing,
        discount: nothing,
        before: None,
        total: nothing,
        promotion: None,
        state: OrderState::Pending,
        trouble: None,
        reserved: true,
        stock_round: None,
        // Never sent anywhere; it only has to be its own.
        checkout_key: format!("{}-{}", won.guild, won.key),
        session: None,
        checkout_url: None,
        payment: None,
        subscription: None,
        paid_minor: 0,
        refunded_minor: 0,
        refund_returned: false,
        dispute: None,
        expires_at: None,
        created_at: now,
        paid_at: None,
        fulfilled_at: None,
    }
}
