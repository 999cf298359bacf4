//! What people look at: a subscription as it stands, found by whose it is or by the provider's name of it. Nothing changes.

use crate::db::{Tx, sql};
use crate::domain::shop::{Period, SubscriptionState};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;

/// A subscription as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The provider's name of it.
    pub id: String,
    /// Whose it is.
    pub user: UserId,
    /// The order that began it.
    pub order: Option<i64>,
    /// The plan.
    pub plan: String,
    /// The period.
    pub period: Period,
    /// How it stands.
    pub state: SubscriptionState,
    /// What one period costs.
    pub price: Money,
    /// The provider's line, which a change of plan names.
    pub line: Option<String>,
    /// When the present period began, where the provider was asked since we keep it.
    pub period_start: Option<Timestamp>,
    /// When the present period ends.
    pub period_end: Timestamp,
    /// Whether it ends then.
    pub ends_with_period: bool,
    /// When its trial ends.
    pub trial_end: Option<Timestamp>,
    /// Whether an invoice of it is still to be paid.
    pub owes: bool,
}

impl Subscription {
    /// When the present period began: as the provider said, else by the calendar, which is days off where its end was cut to the
    /// last of a short month.
    pub fn begins(&self) -> Option<Timestamp> {
        self.period_start.or_else(|| self.period.before(self.period_end))
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Text)]
    plan: String,
    #[diesel(sql_type = Text)]
    period: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Nullable<Text>)]
    item_id: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    period_start: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Timestamptz)]
    period_end: jiff_diesel::Timestamp,
    #[diesel(sql_type = Bool)]
    cancel_at_period_end: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    trial_end: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Bool)]
    owes: bool,
}

fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading a subscription", cause: Cause::new(what) }
}

fn read(row: Row) -> Result<Subscription> {
    let currency: Currency = row.currency.parse().internal("reading a subscription")?;
    Ok(Subscription {
        id: row.id,
        user: UserId::try_from(row.user_id).internal("reading a subscription")?,
        order: row.order_number,
        plan: row.plan,
        period: Period::from_word(&row.period).ok_or_else(|| strange("period"))?,
        state: SubscriptionState::from_word(&row.state).ok_or_else(|| strange("state"))?,
        price: Money::new(row.amount_minor, currency).internal("reading a subscription")?,
        line: row.item_id,
        period_start: row.period_start.map(|at| at.to_jiff()),
        period_end: row.period_end.to_jiff(),
        ends_with_period: row.cancel_at_period_end,
        trial_end: row.trial_end.map(|at| at.to_jiff()),
        owes: row.owes,
    })
}

/// A member's subscription that is not over, the newest first; `None` where he has none. Acts as the member, staff or program.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Option<Subscription>> {
    let row: Option<Row> = tx
        .first(
            "loading a subscription",
            sql("select * from subscriptions where guild_id = ? and user_id = ? \
                 and state not in ('canceled', 'incomplete_expired') order by started_at desc limit 1")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    row.map(read).transpose()
}

/// A subscription by the provider's name of it, over or not; `None` where there is none. Acts as the member or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn named(tx: &mut Tx, guild: GuildId, id: &str) -> Result<Option<Subscription>> {
    let named = sql("select * from subscriptions where guild_id = ? and id = ?");
    let named = named.bind::<BigInt, _>(guild.as_i64()).bind::<Text, _>(id.to_owned());
    let row: Option<Row> = tx.first("loading a subscription by its name", named).await?;
    row.map(read).transpose()
}

/// A member's newest subscriptions, over or not, at most ten. Acts as the member or as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn all_of(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<Subscription>> {
    let all =
        sql("select * from subscriptions where guild_id = ? and user_id = ? order by started_at desc, id limit 10");
    let all = all.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(user.as_i64());
    let rows: Vec<Row> = tx.load("loading a member's subscriptions", all).await?;
    rows.into_iter().map(read).collect()
}
