//! Placing an order: checks, number, and what it must hold, in one transaction; the checkout is opened after its commit.
//!
//! Acts as the *payments* duty in the buyer's guild. A repeat of the same request finds the order that it made before.

use super::offer::{Offer, offer};
use super::quote::before;
pub use super::store::OPEN_FOR;
use super::{Item, Order, hold, settle, store};
use crate::db::{Tx, sql};
use crate::domain::notifications;
use crate::domain::payments::tasks::{self, Kind as Task};
pub use crate::domain::promotions::Reduction;
use crate::domain::shop::{Mode, OrderState, ShopRules, entitlements};
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Locale, Money, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// Most units of one order.
pub const QUANTITY_MAX: u32 = 100;

/// Who buys, as Discord describes him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// His account.
    pub user: UserId,
    /// His name.
    pub name: String,
    /// His roles.
    pub roles: Vec<RoleId>,
    /// His language.
    pub locale: Locale,
}

/// An order to place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// The guild.
    pub guild: GuildId,
    /// The request: a repeat finds the same order.
    pub request: String,
    /// Who buys.
    pub buyer: Buyer,
    /// Who gets it, where it is another member.
    pub recipient: Option<UserId>,
    /// What.
    pub item: Item,
    /// How many.
    pub quantity: u32,
    /// Whether it begins with the plan's trial.
    pub trial: bool,
    /// The version of the consent text that he agreed to.
    pub consent: Option<&'static str>,
    /// The idempotency key of its checkout: random, so that no key is ever used for two orders.
    pub checkout_key: String,
}

/// What an order of a product gives, as it is on sale when the order is placed: what staff change later doesn't change it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Gives {
    /// Days of one unit; 0: for good. `None` of a plan.
    pub days: Option<i32>,
    /// The role.
    pub role: Option<RoleId>,
    /// The plan whose days it gives.
    pub plan: Option<String>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    last_number: i64,
}

/// Places an order, or finds the one that this request placed before. An order that costs nothing is handed over at once; an
/// open checkout for another plan gives way.
///
/// # Errors
/// As [`offer`]; [`Error::Conflict`] when it is sold out, needs a consent that was not given, or its promotion is gone.
pub async fn place(
    tx: &mut Tx,
    new: &NewOrder,
    reduction: Option<&Reduction>,
    rules: &ShopRules,
    now: Timestamp,
) -> Result<Order> {
    // Serialises the orders of a guild from here on, so that counting and taking see what others took.
    let number = next_number(tx, new.guild).await?;
    if let Some(order) = store::of_request(tx, new.guild, new.buyer.user, &new.request).await? {
        return Ok(order);
    }
    let offer = offer(tx, new, now).await?;
    let mut order = order_of(new, &offer, reduction, number, rules, now)?;
    if new.consent.is_none() && !order.list.is_zero() {
        return Err(Error::Conflict("error-shop-consent"));
    }
    if let Some(order) = store::unopened(tx, &order, (&new.request, new.consent), now).await? {
        return Ok(order);
    }
    if matches!(new.item, Item::Plan { .. }) {
        give_way(tx, new, now).await?;
    }
    if order.mode == Mode::Free {
        // Before the goods, as where money comes: two that wait for each other would not end.
        entitlements::one_by_one(tx, order.guild, order.recipient).await?;
    }
    if !hold::take(tx, &mut order, now).await? {
        return Err(offer.sold_out());
    }
    let gives = Gives { days: offer.days, role: offer.role, plan: offer.plan };
    insert(tx, &order, new, (reduction, gives), now).await?;
    notifications::record_order(tx, order.guild, "order_placed", order.number, now);
    if order.mode == Mode::Free {
        settle::free(tx, &mut order, now).await?;
    }
    Ok(order)
}

/// The order that a request of this buyer placed before.
///
/// # Errors
/// As [`Tx::load`].
pub async fn placed(tx: &mut Tx, guild: GuildId, buyer: UserId, request: &str) -> Result<Option<Order>> {
    store::of_request(tx, guild, buyer, request).await
}

pub(super) async fn next_number(tx: &mut Tx, guild: GuildId) -> Result<i64> {
    let row: Option<Number> = tx
        .first(
            "taking an order's number",
            sql("insert into order_counters as c (guild_id, last_number) values (?, 1) \
                 on conflict (guild_id) do update set last_number = c.last_number + 1 returning last_number")
            .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    let none = || Error::Internal { what: "taking an order's number", cause: Cause::new("no row") };
    row.map(|row| row.last_number).ok_or_else(none)
}

fn order_of(
    new: &NewOrder,
    offer: &Offer,
    reduction: Option<&Reduction>,
    number: i64,
    rules: &ShopRules,
    now: Timestamp,
) -> Result<Order> {
    let too_much = |_| Error::Conflict("error-shop-too-much");
    let list = offer.unit.times(new.quantity).map_err(too_much)?;
    let discount = reduction.map_or(Money::zero(list.currency()), |reduction| reduction.amount);
    let total = list.minus(discount).map_err(too_much)?;
    let before = before(reduction, list, new.quantity);
    let recurring = matches!(new.item, Item::Plan { .. }) && new.recipient.is_none();
    let mode = match (list.is_zero(), recurring) {
        (true, _) => Mode::Free,
        (false, true) => Mode::Subscription,
        (false, false) => Mode::Payment,
    };
    Ok(Order {
        guild: new.guild,
        number,
        buyer: new.buyer.user,
        recipient: new.recipient.unwrap_or(new.buyer.user),
        locale: new.buyer.locale,
        item: new.item.clone(),
        mode,
        trial_days: offer.trial_days.filter(|_| new.trial && mode == Mode::Subscription),
        quantity: new.quantity,
        title: offer.title.clone(),
        list,
        discount,
        before,
        total,
        promotion: reduction.and_then(|reduction| reduction.promotion),
        state: OrderState::Pending,
        trouble: None,
        reserved: true,
        stock_round: None,
        checkout_key: new.checkout_key.clone(),
        session: None,
        checkout_url: None,
        payment: None,
        subscription: None,
        paid_minor: 0,
        refunded_minor: 0,
        refund_returned: false,
        dispute: None,
        expires_at: now.checked_add(SignedDuration::from_mins(i64::from(rules.checkout_minutes))).ok(),
        created_at: now,
        paid_at: None,
        fulfilled_at: None,
    })
}

#[derive(QueryableByName)]
struct OpenOrder {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<Text>)]
    session_id: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
}

/// An order for a plan that waits to be paid: another one for a plan takes its place.
#[derive(QueryableByName, Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// What it is for.
    #[diesel(sql_type = Text)]
    pub title: String,
}

/// The order of a member that gives way where he orders this: whoever is shown an offer or has agreed to one is told of it.
///
/// # Errors
/// As [`Tx::load`].
pub async fn gives_way(tx: &mut Tx, guild: GuildId, user: UserId, item: &Item) -> Result<Option<Waiting>> {
    if !matches!(item, Item::Plan { .. }) {
        return Ok(None);
    }
    tx.first(
        "looking for an order that gives way",
        sql("select number, title from orders where guild_id = ? and user_id = ? and kind = 'plan' and state = 'pending'")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64()),
    )
    .await
}

/// The newest order of a member for a product, in any of its variants, that waits to be paid: while it does, it counts to what he may
/// buy, and holds what is left. None of a plan, whose other order gives way.
///
/// # Errors
/// As [`Tx::load`].
pub async fn unpaid(tx: &mut Tx, guild: GuildId, user: UserId, item: &Item) -> Result<Option<Waiting>> {
    let Item::Product { code, .. } = item else { return Ok(None) };
    tx.first(
        "looking for an order that waits to be paid",
        sql(
            "select number, title from orders where guild_id = ? and user_id = ? and product = ? and state = 'pending' \
             order by number desc limit 1",
        )
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Text, _>(code.clone()),
    )
    .await
}

/// Cancels the member's open checkout for a plan, so that there is one at most. One whose money is on its way stays.
async fn give_way(tx: &mut Tx, new: &NewOrder, now: Timestamp) -> Result<()> {
    let open: Option<OpenOrder> = tx
        .first(
            "looking for an open checkout",
            sql("select number, session_id, state from orders where guild_id = ? and user_id = ? and kind = 'plan' \
                 and state in ('pending', 'awaiting') for update")
            .bind::<BigInt, _>(new.guild.as_i64())
            .bind::<BigInt, _>(new.buyer.user.as_i64()),
        )
        .await?;
    let Some(open) = open else { return Ok(()) };
    if open.state == OrderState::Awaiting.as_str() {
        return Err(Error::Conflict("error-shop-awaiting"));
    }
    let mut order = store::lock(tx, new.guild, open.number).await?.ok_or(Error::NotFound("order"))?;
    settle::end(tx, &mut order, OrderState::Canceled, now).await?;
    // Now, not at the commit: the new order's row would meet the constraint.
    tx.execute(
        "canceling an open checkout",
        sql("update orders set state = 'canceled' where guild_id = ? and number = ?")
            .bind::<BigInt, _>(new.guild.as_i64())
            .bind::<BigInt, _>(open.number),
    )
    .await?;
    if let Some(session) = open.session_id {
        tasks::ask(tx, Task::Expire, &session, Some(new.guild), now);
    }
    Ok(())
}

/// Cancels an order of a buyer that waits to be paid, and gives back what it holds; its checkout is made unpayable.
///
/// # Errors
/// [`Error::NotFound`] for an order that isn't his; [`Error::Conflict`] when it doesn't wait to be paid.
pub async fn cancel(tx: &mut Tx, (guild, number): (GuildId, i64), buyer: UserId, now: Timestamp) -> Result<Order> {
    let found = store::lock(tx, guild, number).await?.filter(|order| order.buyer == buyer);
    let mut order = found.ok_or(Error::NotFound("order"))?;
    match order.state {
        OrderState::Pending => {}
        // It was done before.
        OrderState::Canceled => return Ok(order),
        OrderState::Awaiting
        | OrderState::Paid
        | OrderState::Fulfilled
        | OrderState::Expired
        | OrderState::Failed
        | OrderState::Refunded => return Err(Error::Conflict("error-order-not-pending")),
    }
    settle::end(tx, &mut order, OrderState::Canceled, now).await?;
    if let Some(session) = &order.session {
        tasks::ask(tx, Task::Expire, session, Some(guild), now);
    }
    Ok(order)
}

pub(super) async fn insert(
    tx: &mut Tx,
    order: &Order,
    new: &NewOrder,
    (reduction, gives): (Option<&Reduction>, Gives),
    now: Timestamp,
) -> Result<()> {
    let (kind, plan, period, product, variant) = match &order.item {
        Item::Plan { code, period } => ("plan", Some(code.clone()), Some(period.as_str()), None, None),
        Item::Product { code, variant } => ("product", None, None, Some(code.clone()), Some(variant.clone())),
    };
    let statement = sql("insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, plan, period, \
         trial_days, product, variant, quantity, title, currency, list_minor, discount_minor, total_minor, promotion_id, \
         code, state, reserved, consent_version, consent_at, checkout_key, expires_at, created_at, updated_at, days, gives_role_id, gives_plan, stock_round, before_minor) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind::<BigInt, _>(order.guild.as_i64())
    .bind::<BigInt, _>(order.number)
    .bind::<BigInt, _>(order.buyer.as_i64())
    .bind::<BigInt, _>(order.recipient.as_i64())
    .bind::<Text, _>(crate::kernel::text::shorten(&new.buyer.name, 100))
    .bind::<Text, _>(order.locale.as_str())
    .bind::<Text, _>(new.request.clone())
    .bind::<Text, _>(kind)
    .bind::<Text, _>(order.mode.as_str())
    .bind::<Nullable<Text>, _>(plan)
    .bind::<Nullable<Text>, _>(period)
    .bind::<Nullable<Integer>, _>(order.trial_days.and_then(|days| i32::try_from(days).ok()))
    .bind::<Nullable<Text>, _>(product)
    .bind::<Nullable<Text>, _>(variant)
    .bind::<Integer, _>(i32::try_from(order.quantity).unwrap_or(i32::MAX))
    .bind::<Text, _>(order.title.clone());
    let statement = statement
        .bind::<Text, _>(order.list.currency().code())
        .bind::<BigInt, _>(order.list.minor())
        .bind::<BigInt, _>(order.discount.minor())
        .bind::<BigInt, _>(order.total.minor())
        .bind::<Nullable<BigInt>, _>(order.promotion)
        .bind::<Nullable<Text>, _>(reduction.and_then(|reduction| reduction.code.clone()))
        .bind::<Text, _>(order.state.as_str())
        .bind::<Bool, _>(order.reserved)
        .bind::<Nullable<Text>, _>(new.consent)
        .bind::<Nullable<Timestamptz>, _>(new.consent.map(|_| now.to_diesel()))
        .bind::<Text, _>(order.checkout_key.clone())
        .bind::<Nullable<Timestamptz>, _>(order.expires_at.map(|at| at.to_diesel()))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Nullable<Integer>, _>(gives.days)
        .bind::<Nullable<BigInt>, _>(gives.role.map(|role| role.as_i64()))
        .bind::<Nullable<Text>, _>(gives.plan)
        .bind::<Nullable<Integer>, _>(order.stock_round)
        .bind::<Nullable<BigInt>, _>(order.before.map(|before| before.minor()));
    tx.execute("placing an order", statement).await.map(|_| ())
}

/// Puts a fresh key in the place of one that the provider answers with a fault, at the commit. A checkout whose address nobody
/// was told is paid by nobody.
pub fn renew_key(tx: &mut Tx, order: &Order, fresh: &str) {
    tx.defer(
        "renewing the key of a checkout",
        sql("update orders set checkout_key = ? where guild_id = ? and number = ? and checkout_key = ? and session_id is null")
            .bind::<Text, _>(fresh.to_owned())
            .bind::<BigInt, _>(order.guild.as_i64())
            .bind::<BigInt, _>(order.number)
            .bind::<Text, _>(order.checkout_key.clone()),
    );
}

/// Writes down the checkout that was opened for an order, unless it is over.
///
/// # Errors
/// As [`Tx::load`].
pub async fn opened(tx: &mut Tx, order: &Order, session: &str, url: Option<&str>, now: Timestamp) -> Result<()> {
    tx.execute(
        "writing down a checkout",
        sql("update orders set session_id = ?, checkout_url = ?, updated_at = ? \
             where guild_id = ? and number = ? and (session_id is null or session_id = ?)")
        .bind::<Text, _>(session.to_owned())
        .bind::<Nullable<Text>, _>(url.map(str::to_owned))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<Text, _>(session.to_owned()),
    )
    .await
    .map(|_| ())
}
