//! What people look at: their orders, one order with what became of it, what was delivered.
//!
//! Acts as the person or as staff; the policies decide what is there.

use super::Order;
use super::course::{self, Course};
use super::given::{self, Given};
use super::store::{self, Row};
use crate::db::{Tx, sql};
use crate::domain::payments::DisputeState;
use crate::domain::shop::{Mode, OrderState};
use crate::kernel::error::Context;
use crate::kernel::{Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;
use serde::Deserialize;

/// Orders on one page.
pub const PAGE: i64 = 10;
/// How long a buyer may withdraw.
const WITHDRAWAL: SignedDuration = SignedDuration::from_hours(14 * 24);

/// An order that the actor may see.
///
/// # Errors
/// [`Error::NotFound`] for one that he can't see.
pub async fn order(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Order> {
    store::find(tx, guild, number).await?.ok_or(Error::NotFound("order"))
}

/// The orders that a person bought, the newest first, below a number; for staff, those that he is to get as well.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, (user, as_staff): (UserId, bool), below: i64) -> Result<Vec<Order>> {
    let rows: Vec<Row> = tx
        .load(
            "listing orders",
            sql(
                "select * from orders where guild_id = ? and number < ? and (user_id = ? or (? and recipient_id = ?)) \
                 order by number desc limit ?",
            )
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(below)
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Bool, _>(as_staff)
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(PAGE),
        )
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// What was given back of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenBack {
    /// How much.
    pub amount: Money,
    /// `requested`, `done` or `failed`.
    pub state: String,
    /// When it was asked for.
    pub at: Timestamp,
}

/// An order with what stands on its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The order.
    pub order: Order,
    /// The buyer's consent; `None` where the order needed none.
    pub consent: Option<Consent>,
    /// What was given back, the oldest first.
    pub refunds: Vec<GivenBack>,
    /// What credit at the provider paid of a subscription's first invoice.
    pub credit: Money,
    /// What became of its subscription.
    pub course: Option<Course>,
    /// How its role stands with who reads it, where it gives one.
    pub role: Option<Given>,
}

impl Receipt {
    /// Whether money that was to go back did not, and staff see to it: the last refund failed, and no bank holds the money or
    /// took it.
    pub fn owes(&self) -> bool {
        let failed = self.refunds.last().is_some_and(|refund| refund.state == "failed");
        failed && !matches!(self.order.dispute, Some(DisputeState::Open | DisputeState::Lost))
    }

    /// Until when the buyer may withdraw from what he bought: 14 days after he paid (Directive 2011/83/EU, article 9).
    pub fn withdrawal_until(&self) -> Option<Timestamp> {
        self.order.paid_at.and_then(|paid| paid.checked_add(WITHDRAWAL).ok())
    }

    /// Whether the right of withdrawal ended before its time, because he asked for delivery at once and got it.
    pub fn lost_withdrawal(&self, now: Timestamp) -> bool {
        let open = matches!(self.order.state, OrderState::Paid | OrderState::Fulfilled);
        let in_time = self.withdrawal_until().is_some_and(|end| now < end);
        // What his bank took back is his already.
        let taken = self.order.dispute == Some(DisputeState::Lost);
        open && in_time && !taken && self.order.mode != Mode::Free && !self.may_withdraw(now)
    }

    /// Whether the right of withdrawal still stands: nothing was delivered, or he didn't ask for delivery at once.
    pub fn may_withdraw(&self, now: Timestamp) -> bool {
        let given = self.order.fulfilled_at.is_some() && !self.role.is_some_and(|role| role.never_was());
        let lost = self.consent.is_some() && given;
        let open = matches!(self.order.state, OrderState::Paid | OrderState::Fulfilled);
        open && !lost && self.order.mode != Mode::Free && self.withdrawal_until().is_some_and(|end| now < end)
    }
}

/// A refund, as the database's JSON gives it; its time in microseconds.
#[derive(Deserialize)]
struct Back {
    amount_minor: i64,
    state: String,
    at: i64,
}

/// All that a receipt is made of. An order of 20 refunds at most.
#[derive(QueryableByName)]
struct ReceiptRow {
    #[diesel(embed)]
    order: Row,
    #[diesel(embed)]
    detail: Detail,
    #[diesel(sql_type = Jsonb)]
    refunds: serde_json::Value,
    #[diesel(sql_type = BigInt)]
    credit_minor: i64,
    #[diesel(sql_type = Nullable<Text>)]
    later_dispute: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    course: Option<serde_json::Value>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    role: Option<serde_json::Value>,
}

/// An order that the actor may see, with its receipt: asked for at once, as the database may be far away.
///
/// # Errors
/// [`Error::NotFound`] for one that he can't see.
pub async fn receipt(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Receipt> {
    let row: Option<ReceiptRow> = tx
        .first(
            "loading a receipt",
            sql("select o.*, (select coalesce(jsonb_agg(jsonb_build_object('amount_minor', r.amount_minor, 'state', r.state, \
                     'at', (extract(epoch from r.created_at) * 1000000)::bigint) order by r.id), '[]') \
                   from (select * from refunds f where f.guild_id = o.guild_id and f.order_number = o.number order by f.id limit 20) r) as refunds, \
                 coalesce((select i.credit_minor from invoices i where i.guild_id = o.guild_id and i.order_number = o.number \
                   order by i.paid_at, i.id limit 1), 0) as credit_minor, \
                 (select (array_agg(i.dispute order by i.dispute <> 'open', i.paid_at desc) filter (where i.dispute is not null))[1] \
                   from invoices i where i.guild_id = o.guild_id and i.order_number = o.number and i.payment_id is not null \
                     and i.payment_id is distinct from o.payment_id) as later_dispute, (")
            .then(course::OF_ORDER)
            .then(") as course, (select to_jsonb(h) from (")
            .then(given::HELD)
            .then(" and e.guild_id = o.guild_id and e.order_number = o.number order by e.id desc limit 1) h) as role \
                 from orders o where o.guild_id = ? and o.number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    let row = row.ok_or(Error::NotFound("order"))?;
    let mut order = row.order.read()?;
    if order.mode == Mode::Subscription && order.dispute.is_none() {
        // A later month's dispute keeps all of it from him.
        order.dispute = row.later_dispute.as_deref().and_then(store::dispute_of);
    }
    let currency = order.total.currency();
    let back = |back: Back| {
        let amount = Money::new(back.amount_minor, currency).internal("reading a refund")?;
        let at = Timestamp::from_microsecond(back.at).internal("reading a refund")?;
        Ok(GivenBack { amount, state: back.state, at })
    };
    let refunds: Vec<Back> = serde_json::from_value(row.refunds).internal("reading refunds")?;
    let role = row.role.filter(|_| order.state == OrderState::Fulfilled);
    Ok(Receipt {
        consent: row.detail.read(),
        refunds: refunds.into_iter().map(back).collect::<Result<_>>()?,
        credit: Money::new(row.credit_minor, currency).internal("asking what a credit paid")?,
        course: row.course.map(course::read).transpose()?,
        role: role.map(given::of_json).transpose()?,
        order,
    })
}

#[derive(QueryableByName)]
struct CreditRow {
    #[diesel(sql_type = BigInt)]
    credit_minor: i64,
}

/// What credit at the provider paid of an order's first invoice: a change of an earlier subscription's plan had left it.
///
/// # Errors
/// As [`Tx::first`].
pub async fn credit(tx: &mut Tx, order: &Order) -> Result<Money> {
    let row: Option<CreditRow> = tx
        .first(
            "asking what a credit paid",
            sql("select credit_minor from invoices where guild_id = ? and order_number = ? order by paid_at, id limit 1")
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<BigInt, _>(order.number),
        )
        .await?;
    Money::new(row.map_or(0, |row| row.credit_minor), order.total.currency()).internal("asking what a credit paid")
}

/// Writes down at the commit that a member of staff read orders; `subject` says whose or which.
pub fn audit_read(tx: &mut Tx, guild: GuildId, (action, subject): (&'static str, &str), by: UserId, now: Timestamp) {
    store::audit(tx, guild, None, store::Trace { action, old: None, new: None, subject }, Some(by), now);
}

#[derive(QueryableByName)]
struct DeliveryRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    file_name: Option<String>,
    #[diesel(sql_type = Nullable<diesel::sql_types::Bytea>)]
    bytes: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<Text>)]
    keys: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    revoked_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    suspended_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Bool)]
    gift: bool,
}

/// What was handed over with an order. Nothing of its content is there while it is held back, or once it was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Its kind: a word of [`crate::domain::shop::ProductKind`], or `plan`.
    pub kind: String,
    /// The text.
    pub text: Option<String>,
    /// The file, with its name.
    pub file: Option<(String, Vec<u8>)>,
    /// The keys, one a line.
    pub keys: Option<String>,
    /// When it was taken away.
    pub revoked_at: Option<Timestamp>,
    /// Since when it is held back: a bank looks into its payment.
    pub suspended_at: Option<Timestamp>,
    /// Whether somebody else paid for it.
    pub gift: bool,
}

/// What was handed over with an order, for whom it was; `None` for anybody else.
///
/// # Errors
/// As [`Tx::load`].
pub async fn delivered(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Delivered>> {
    let row: Option<DeliveryRow> = tx
        .first(
            "loading a delivery",
            sql("select d.kind, d.body, c.file_name, c.bytes, d.revoked_at, d.suspended_at, d.giver_id is not null as gift, \
                   (select string_agg(k.secret, E'\\n' order by k.id) from product_keys k \
                    where k.guild_id = d.guild_id and k.order_number = d.order_number) as keys \
                 from deliveries d left join product_contents c on c.guild_id = d.guild_id and c.product = d.product \
                   and d.kind = 'file' \
                 where d.guild_id = ? and d.order_number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.map(|row| {
        let shown = row.revoked_at.is_none() && row.suspended_at.is_none();
        Delivered {
            kind: row.kind,
            text: row.body.filter(|_| shown),
            file: row.file_name.zip(row.bytes).filter(|_| shown),
            keys: row.keys.filter(|_| shown),
            revoked_at: row.revoked_at.map(|at| at.to_jiff()),
            suspended_at: row.suspended_at.map(|at| at.to_jiff()),
            gift: row.gift,
        }
    }))
}

/// Whether an order handed keys over. Acts as staff or as the program.
///
/// # Errors
/// As [`Tx::first`].
pub async fn gave_keys(tx: &mut Tx, guild: GuildId, number: i64) -> Result<bool> {
    let row: Option<Kind> = tx
        .first(
            "looking what was delivered",
            sql("select kind from deliveries where guild_id = ? and order_number = ? and kind = 'key'")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.is_some_and(|row| row.kind == "key"))
}

#[derive(QueryableByName)]
struct Kind {
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Express consent to delivery at once, as it was given (Directive 2011/83/EU, article 16 m).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The version of the text that was agreed to.
    pub version: String,
    /// When.
    pub at: Timestamp,
}

#[derive(QueryableByName)]
struct Detail {
    #[diesel(sql_type = Nullable<Text>)]
    consent_version: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    consent_at: Option<jiff_diesel::Timestamp>,
}

impl Detail {
    fn read(self) -> Option<Consent> {
        Some(Consent { version: self.consent_version?, at: self.consent_at?.to_jiff() })
    }
}

async fn detail(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Detail>> {
    tx.first(
        "loading details of an order",
        sql("select o.consent_version, o.consent_at from orders o where o.guild_id = ? and o.number = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
    )
    .await
}

/// The consent that was given with an order; `None` where it needed none.
///
/// # Errors
/// As [`Tx::load`].
pub async fn consent(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Consent>> {
    Ok(detail(tx, guild, number).await?.and_then(Detail::read))
}

/// What is wrong with an order's refunds. One that failed is made good by those that follow it, once they give back as much.
#[derive(QueryableByName, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RefundTrouble {
    /// One failed, and was not made good.
    #[diesel(sql_type = Bool)]
    pub failed: bool,
    /// One was asked for hours ago and is still not on its way.
    #[diesel(sql_type = Bool)]
    pub late: bool,
}

/// What is wrong with an order's refunds. Acts as the buyer or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn refund_trouble(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) -> Result<RefundTrouble> {
    let found = tx
        .first(
            "looking at an order's refunds",
            sql("select coalesce(bool_or(r.state = 'failed' and r.amount_minor > ( \
                     select coalesce(sum(l.amount_minor), 0) from refunds l where l.guild_id = r.guild_id \
                       and l.order_number = r.order_number and l.payment_id is not distinct from r.payment_id \
                       and l.id > r.id and l.state <> 'failed')), false) as failed, \
                   coalesce(bool_or(r.state = 'requested' and r.created_at < ?::timestamptz - interval '1 hour'), false) as late \
                 from refunds r where r.guild_id = ? and r.order_number = ?")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(found.unwrap_or_default())
}
