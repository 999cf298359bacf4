//! Queries of orders.

use super::{Item, Order};
use crate::db::{Tx, sql};
use crate::domain::payments::DisputeState;
use crate::domain::shop::{Mode, OrderState, Period, Trouble};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, GuildId, Locale, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

type Time = jiff_diesel::Timestamp;

/// For how long a checkout must be payable when it is opened (Stripe, "Create a Checkout Session", `expires_at`).
pub const OPEN_FOR: SignedDuration = SignedDuration::from_mins(30);
/// How long the opening of a checkout is left to itself.
const OPENS_WITHIN: SignedDuration = SignedDuration::from_secs(10);

/// A row of `orders`.
#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = BigInt)]
    recipient_id: i64,
    #[diesel(sql_type = Text)]
    locale: String,
    #[diesel(sql_type = Text)]
    mode: String,
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    period: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    trial_days: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    product: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    variant: Option<String>,
    #[diesel(sql_type = Integer)]
    quantity: i32,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    list_minor: i64,
    #[diesel(sql_type = BigInt)]
    discount_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    before_minor: Option<i64>,
    #[diesel(sql_type = BigInt)]
    total_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    promotion_id: Option<i64>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    problem: Option<String>,
    #[diesel(sql_type = Bool)]
    reserved: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    stock_round: Option<i32>,
    #[diesel(sql_type = Text)]
    checkout_key: String,
    #[diesel(sql_type = Nullable<Text>)]
    session_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    checkout_url: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    payment_id: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    subscription_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    paid_minor: i64,
    #[diesel(sql_type = BigInt)]
    refunded_minor: i64,
    #[diesel(sql_type = Bool)]
    refund_returned: bool,
    #[diesel(sql_type = Nullable<Text>)]
    dispute: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    expires_at: Option<Time>,
    #[diesel(sql_type = Timestamptz)]
    created_at: Time,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paid_at: Option<Time>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    fulfilled_at: Option<Time>,
}

fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading an order", cause: Cause::new(what) }
}

/// The word of a dispute kept in the database.
pub(super) const fn dispute_word(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Open => "open",
        DisputeState::Won => "won",
        DisputeState::Lost => "lost",
    }
}

pub(super) fn dispute_of(word: &str) -> Option<DisputeState> {
    [DisputeState::Open, DisputeState::Won, DisputeState::Lost].into_iter().find(|state| dispute_word(*state) == word)
}

impl Row {
    /// Reads the row into an order.
    ///
    /// # Errors
    /// [`Error::Internal`] for a value that the table's checks should have refused.
    pub(super) fn read(self) -> Result<Order> {
        let user = |id: i64| UserId::try_from(id).internal("reading an order");
        let currency: Currency = self.currency.parse().internal("reading an order")?;
        let money = |minor: i64| Money::new(minor, currency).internal("reading an order");
        let item = match (self.plan, self.period, self.product, self.variant) {
            (Some(code), Some(period), ..) => {
                Item::Plan { code, period: Period::from_word(&period).ok_or_else(|| strange("period"))? }
            }
            (None, _, Some(code), Some(variant)) => Item::Product { code, variant },
            _ => return Err(strange("item")),
        };
        let jiff = |at: Option<Time>| at.map(|at| at.to_jiff());
        Ok(Order {
            guild: GuildId::try_from(self.guild_id).internal("reading an order")?,
            number: self.number,
            buyer: user(self.user_id)?,
            recipient: user(self.recipient_id)?,
            locale: Locale::from_code(&self.locale).unwrap_or_default(),
            item,
            mode: Mode::from_word(&self.mode).ok_or_else(|| strange("mode"))?,
            trial_days: self.trial_days.and_then(|days| u32::try_from(days).ok()),
            quantity: u32::try_from(self.quantity).unwrap_or(1),
            title: self.title,
            list: money(self.list_minor)?,
            discount: money(self.discount_minor)?,
            before: self.before_minor.map(money).transpose()?,
            total: money(self.total_minor)?,
            promotion: self.promotion_id,
            state: OrderState::from_word(&self.state).ok_or_else(|| strange("state"))?,
            trouble: self.problem.as_deref().and_then(Trouble::from_word),
            reserved: self.reserved,
            stock_round: self.stock_round,
            checkout_key: self.checkout_key,
            session: self.session_id,
            checkout_url: self.checkout_url,
            payment: self.payment_id,
            subscription: self.subscription_id,
            paid_minor: self.paid_minor,
            refunded_minor: self.refunded_minor,
            refund_returned: self.refund_returned,
            dispute: self.dispute.as_deref().and_then(dispute_of),
            expires_at: jiff(self.expires_at),
            created_at: self.created_at.to_jiff(),
            paid_at: jiff(self.paid_at),
            fulfilled_at: jiff(self.fulfilled_at),
        })
    }
}

/// Reads an order that the actor may see.
pub(super) async fn find(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Order>> {
    let row: Option<Row> = tx
        .first(
            "loading an order",
            sql("select * from orders where guild_id = ? and number = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// Reads an order and keeps it from changing until the commit.
pub(super) async fn lock(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Order>> {
    let row: Option<Row> = tx
        .first(
            "locking an order",
            sql("select * from orders where guild_id = ? and number = ? for update")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// The order of an earlier try of the same request.
pub(super) async fn of_request(tx: &mut Tx, guild: GuildId, buyer: UserId, request: &str) -> Result<Option<Order>> {
    let row: Option<Row> = tx
        .first(
            "looking for the order of a request",
            sql("select * from orders where guild_id = ? and user_id = ? and request = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(buyer.as_i64())
                .bind::<Text, _>(request.to_owned()),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// An order of the same buyer for the same product on the same terms, whose checkout was not opened and still can be: it is his
/// order again, under this request, so that what it holds is not held twice. One that was placed just now is being opened.
pub(super) async fn unopened(
    tx: &mut Tx,
    wanted: &Order,
    (request, consent): (&str, Option<&'static str>),
    now: Timestamp,
) -> Result<Option<Order>> {
    let Item::Product { code, variant } = &wanted.item else { return Ok(None) };
    let row: Option<Row> = tx
        .first(
            "looking for an order that was not opened",
            sql("update orders set request = ? where guild_id = ? and number = ( \
                   select number from orders where guild_id = ? and user_id = ? and recipient_id = ? and product = ? \
                     and variant = ? and quantity = ? and currency = ? and total_minor = ? and promotion_id is not distinct from ? \
                     and consent_version is not distinct from ? and state = 'pending' and session_id is null \
                     and created_at <= ? and expires_at > ? order by number desc limit 1 for update) returning *")
            .bind::<Text, _>(request.to_owned())
            .bind::<BigInt, _>(wanted.guild.as_i64())
            .bind::<BigInt, _>(wanted.guild.as_i64())
            .bind::<BigInt, _>(wanted.buyer.as_i64())
            .bind::<BigInt, _>(wanted.recipient.as_i64())
            .bind::<Text, _>(code.clone())
            .bind::<Text, _>(variant.clone())
            .bind::<Integer, _>(i32::try_from(wanted.quantity).unwrap_or(i32::MAX))
            .bind::<Text, _>(wanted.total.currency().code())
            .bind::<BigInt, _>(wanted.total.minor())
            .bind::<Nullable<BigInt>, _>(wanted.promotion)
            .bind::<Nullable<Text>, _>(consent)
            .bind::<Timestamptz, _>(now.checked_sub(OPENS_WITHIN).unwrap_or(now).to_diesel())
            .bind::<Timestamptz, _>(now.checked_add(OPEN_FOR).unwrap_or(now).to_diesel()),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// Saves what may change of a locked order, at the commit.
pub(super) fn save(tx: &mut Tx, order: &Order, now: Timestamp) {
    let over = !order.state.is_open() && !matches!(order.state, OrderState::Paid | OrderState::Fulfilled);
    tx.defer(
        "saving an order",
        sql(
            "update orders set state = ?, problem = ?, reserved = ?, stock_round = ?, session_id = ?, checkout_url = ?, payment_id = ?, \
               subscription_id = ?, paid_minor = ?, refunded_minor = ?, refund_returned = ?, dispute = ?, paid_at = ?, fulfilled_at = ?, \
               ended_at = case when ? then coalesce(ended_at, ?::timestamptz) end, updated_at = ? \
             where guild_id = ? and number = ?",
        )
        .bind::<Text, _>(order.state.as_str())
        .bind::<Nullable<Text>, _>(order.trouble.map(Trouble::as_str))
        .bind::<Bool, _>(order.reserved)
        .bind::<Nullable<Integer>, _>(order.stock_round)
        .bind::<Nullable<Text>, _>(order.session.clone())
        .bind::<Nullable<Text>, _>(order.checkout_url.clone())
        .bind::<Nullable<Text>, _>(order.payment.clone())
        .bind::<Nullable<Text>, _>(order.subscription.clone())
        .bind::<BigInt, _>(order.paid_minor)
        .bind::<BigInt, _>(order.refunded_minor)
        .bind::<Bool, _>(order.refund_returned)
        .bind::<Nullable<Text>, _>(order.dispute.map(dispute_word))
        .bind::<Nullable<Timestamptz>, _>(order.paid_at.map(|at| at.to_diesel()))
        .bind::<Nullable<Timestamptz>, _>(order.fulfilled_at.map(|at| at.to_diesel()))
        .bind::<Bool, _>(over)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number),
    );
}

/// Who did what to an order.
pub(super) struct Trace<'a> {
    pub action: &'static str,
    pub old: Option<String>,
    pub new: Option<String>,
    pub subject: &'a str,
}

/// Adds a line to the shop's audit at the commit.
pub(super) fn audit(
    tx: &mut Tx,
    guild: GuildId,
    order: Option<i64>,
    trace: Trace<'_>,
    by: Option<UserId>,
    now: Timestamp,
) {
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, order_number, old_value, new_value, at) \
             values (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Nullable<BigInt>, _>(by.map(UserId::as_i64))
        .bind::<Text, _>(trace.action)
        .bind::<Text, _>(trace.subject.to_owned())
        .bind::<Nullable<BigInt>, _>(order)
        .bind::<Nullable<Text>, _>(trace.old)
        .bind::<Nullable<Text>, _>(trace.new)
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
