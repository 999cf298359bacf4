//! Queries of promotions.

use super::{Discount, Ending, PromoCode, Promotion, PromotionKind, PromotionState, Target};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, GuildId, Money, Percent, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

type Time = jiff_diesel::Timestamp;

/// A row of `promotions`.
#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Integer>)]
    percent_hundredths: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount_minor: Option<i64>,
    #[diesel(sql_type = Integer)]
    cap_hundredths: i32,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    starts_at: Time,
    #[diesel(sql_type = Timestamptz)]
    ends_at: Time,
    #[diesel(sql_type = Nullable<Integer>)]
    uses_allowed: Option<i32>,
    #[diesel(sql_type = Integer)]
    uses_held: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    uses_per_member: Option<i32>,
    #[diesel(sql_type = Bool)]
    first_purchase: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    budget_minor: Option<i64>,
    #[diesel(sql_type = BigInt)]
    spent_minor: i64,
    #[diesel(sql_type = BigInt)]
    made_by: i64,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    ended_reason: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    for_user: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<Time>,
}

pub(super) fn strange(what: &'static str) -> Error {
    Error::Internal { what: "reading a promotion", cause: Cause::new(what) }
}

/// Reads what comes off from its columns.
///
/// # Errors
/// [`Error::Internal`] for what the table's checks should have refused.
pub(super) fn discount_of(hundredths: Option<i32>, minor: Option<i64>, currency: Currency) -> Result<Discount> {
    match (hundredths, minor) {
        (Some(hundredths), None) => {
            Percent::from_hundredths(i64::from(hundredths)).map(Discount::Percent).internal("reading a promotion")
        }
        (None, Some(minor)) => Money::new(minor, currency).map(Discount::Amount).internal("reading a promotion"),
        _ => Err(strange("discount")),
    }
}

/// Reads the largest part of a price that comes off from its column.
///
/// # Errors
/// As [`discount_of`].
pub(super) fn cap_of(hundredths: i32) -> Result<Percent> {
    Percent::from_hundredths(i64::from(hundredths)).internal("reading a promotion")
}

impl Row {
    /// Reads the row into a promotion.
    ///
    /// # Errors
    /// As [`discount_of`].
    pub(super) fn read(self) -> Result<Promotion> {
        let currency: Currency = self.currency.parse().internal("reading a promotion")?;
        // What was spent may be more than one amount of money may be; it is shown, not paid.
        let money = |minor: i64| Money::new(minor.min(crate::kernel::money::MOST_MINOR), currency);
        Ok(Promotion {
            guild: GuildId::try_from(self.guild_id).internal("reading a promotion")?,
            number: self.number,
            kind: PromotionKind::from_word(&self.kind).ok_or_else(|| strange("kind"))?,
            discount: discount_of(self.percent_hundredths, self.amount_minor, currency)?,
            cap: cap_of(self.cap_hundredths)?,
            currency,
            target: Target::from_word(&self.target).ok_or_else(|| strange("target"))?,
            code: self.code.as_deref().map(PromoCode::parse).transpose().map_err(|_| strange("code"))?,
            starts_at: self.starts_at.to_jiff(),
            ends_at: self.ends_at.to_jiff(),
            uses_allowed: self.uses_allowed.map(i64::from),
            uses_held: i64::from(self.uses_held),
            uses_per_member: self.uses_per_member.map(i64::from),
            first_purchase: self.first_purchase,
            budget: self.budget_minor.map(money).transpose().internal("reading a promotion")?,
            spent: money(self.spent_minor).internal("reading a promotion")?,
            made_by: UserId::try_from(self.made_by).internal("reading a promotion")?,
            reason: self.reason,
            state: PromotionState::from_word(&self.state).ok_or_else(|| strange("state"))?,
            personal: self.for_user.is_some(),
            ending: self.ended_reason.as_deref().and_then(Ending::from_word),
            ended_at: self.ended_at.map(|at| at.to_jiff()),
        })
    }
}

/// Reads a promotion that the actor may see.
pub(super) async fn find(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Promotion>> {
    let row: Option<Row> = tx
        .first(
            "loading a promotion",
            sql("select * from promotions where guild_id = ? and number = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// Reads a promotion and keeps it from changing until the commit.
pub(super) async fn lock(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Promotion>> {
    let row: Option<Row> = tx
        .first(
            "locking a promotion",
            sql("select * from promotions where guild_id = ? and number = ? for update")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// The promotion of an earlier try of the same intent.
pub(super) async fn of_request(tx: &mut Tx, guild: GuildId, request: &str) -> Result<Option<Promotion>> {
    let row: Option<Row> = tx
        .first(
            "looking for the promotion of a request",
            sql("select * from promotions where guild_id = ? and request = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<Text, _>(request.to_owned()),
        )
        .await?;
    row.map(Row::read).transpose()
}

/// Adds a promotion now: what follows asks for it.
pub(super) async fn insert(tx: &mut Tx, promotion: &Promotion, request: &str, now: Timestamp) -> Result<()> {
    let (percent, amount) = match promotion.discount {
        Discount::Percent(percent) => (Some(i32::from(percent.hundredths())), None),
        Discount::Amount(amount) => (None, Some(amount.minor())),
    };
    let whole = |count: Option<i64>| count.and_then(|count| i32::try_from(count).ok());
    let started = (promotion.state == PromotionState::Active).then(|| promotion.starts_at.to_diesel());
    let statement = sql("insert into promotions (guild_id, number, kind, percent_hundredths, amount_minor, cap_hundredths, currency, target, code, \
         starts_at, ends_at, uses_allowed, uses_per_member, first_purchase, budget_minor, made_by, reason, request, state, \
         started_at, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind::<BigInt, _>(promotion.guild.as_i64())
    .bind::<BigInt, _>(promotion.number)
    .bind::<Text, _>(promotion.kind.as_str())
    .bind::<Nullable<Integer>, _>(percent)
    .bind::<Nullable<BigInt>, _>(amount)
    .bind::<Integer, _>(i32::from(promotion.cap.hundredths()))
    .bind::<Text, _>(promotion.currency.code())
    .bind::<Text, _>(promotion.target.to_string())
    .bind::<Nullable<Text>, _>(promotion.code.as_ref().map(ToString::to_string))
    .bind::<Timestamptz, _>(promotion.starts_at.to_diesel())
    .bind::<Timestamptz, _>(promotion.ends_at.to_diesel())
    .bind::<Nullable<Integer>, _>(whole(promotion.uses_allowed))
    .bind::<Nullable<Integer>, _>(whole(promotion.uses_per_member))
    .bind::<Bool, _>(promotion.first_purchase)
    .bind::<Nullable<BigInt>, _>(promotion.budget.map(Money::minor))
    .bind::<BigInt, _>(promotion.made_by.as_i64())
    .bind::<Text, _>(promotion.reason.clone())
    .bind::<Text, _>(request.to_owned())
    .bind::<Text, _>(promotion.state.as_str())
    .bind::<Nullable<Timestamptz>, _>(started)
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Timestamptz, _>(now.to_diesel());
    tx.execute("making a promotion", statement).await.map(|_| ())
}

/// Ends a promotion now: what follows asks for those that still run.
pub(super) async fn end(tx: &mut Tx, (guild, number): (GuildId, i64), ending: Ending, now: Timestamp) -> Result<()> {
    let stopped = matches!(ending, Ending::Stopped | Ending::NoReduction);
    let state = if stopped { PromotionState::Stopped } else { PromotionState::Ended };
    tx.execute(
        "ending a promotion",
        sql("update promotions set state = ?, ended_reason = ?, ended_at = least(?, ends_at), updated_at = ? \
             where guild_id = ? and number = ?")
        .bind::<Text, _>(state.as_str())
        .bind::<Text, _>(ending.as_str())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(number),
    )
    .await
    .map(|_| ())
}

/// Adds a line to the shop's audit at the commit.
pub(super) fn audit(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    action: &'static str,
    new: Option<String>,
    now: Timestamp,
) {
    let by = tx.actor().user();
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, new_value, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Nullable<BigInt>, _>(by.map(UserId::as_i64))
            .bind::<Text, _>(action)
            .bind::<Text, _>(format!("promotion/{number}"))
            .bind::<Nullable<Text>, _>(new)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
