//! What a member was given: what it is, by whom, and whether he has it still. He reads nothing of the order by which it was
//! bought, which is its buyer's.
//!
//! Acts as who got it; the policies decide what is there.

use crate::db::{Tx, sql};
use crate::domain::shop::Period;
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;

/// A gift that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// The guild.
    pub guild: GuildId,
    /// The number of the order by which it was bought.
    pub number: i64,
    /// Who gave it.
    pub giver: UserId,
    /// Who got it.
    pub recipient: UserId,
    /// What it is called.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// The period that was given, where it is a plan.
    pub period: Option<Period>,
    /// When it was handed over.
    pub given_at: Timestamp,
    /// When it was taken away.
    pub revoked_at: Option<Timestamp>,
    /// Since when it is held back.
    pub suspended_at: Option<Timestamp>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    order_number: i64,
    #[diesel(sql_type = BigInt)]
    giver_id: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Integer)]
    quantity: i32,
    #[diesel(sql_type = Nullable<Text>)]
    period: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    delivered_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    revoked_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    suspended_at: Option<jiff_diesel::Timestamp>,
}

impl Row {
    fn read(self, guild: GuildId) -> Result<Gift> {
        let user = |id: i64| UserId::try_from(id).internal("reading a gift");
        let strange = || Error::Internal { what: "reading a gift", cause: Cause::new("period") };
        let period = |word: &str| Period::from_word(word).ok_or_else(strange);
        Ok(Gift {
            guild,
            number: self.order_number,
            giver: user(self.giver_id)?,
            recipient: user(self.user_id)?,
            title: self.title,
            quantity: u32::try_from(self.quantity).unwrap_or(1),
            period: self.period.as_deref().map(period).transpose()?,
            given_at: self.delivered_at.to_jiff(),
            revoked_at: self.revoked_at.map(|at| at.to_jiff()),
            suspended_at: self.suspended_at.map(|at| at.to_jiff()),
        })
    }
}

/// The gift of that order's number.
///
/// # Errors
/// [`Error::NotFound`] as for an order, where it was not given to who asks.
pub async fn one(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Gift> {
    let row: Option<Row> = tx
        .first(
            "loading a gift",
            sql("select order_number, giver_id, user_id, title, quantity, period, delivered_at, revoked_at, suspended_at from deliveries \
                 where guild_id = ? and order_number = ? and giver_id is not null")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    row.ok_or(Error::NotFound("order"))?.read(guild)
}

/// The gifts that a person got, the newest first, below an order's number, as many as a page of orders has.
///
/// # Errors
/// As [`Tx::load`].
pub async fn to(tx: &mut Tx, guild: GuildId, user: UserId, below: i64) -> Result<Vec<Gift>> {
    let rows: Vec<Row> = tx
        .load(
            "listing gifts",
            sql("select order_number, giver_id, user_id, title, quantity, period, delivered_at, revoked_at, suspended_at from deliveries \
                 where guild_id = ? and user_id = ? and order_number < ? and giver_id is not null \
                 order by order_number desc limit ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(below)
            .bind::<BigInt, _>(super::reading::PAGE),
        )
        .await?;
    rows.into_iter().map(|row| row.read(guild)).collect()
}

#[derive(QueryableByName)]
struct Title {
    #[diesel(sql_type = Text)]
    title: String,
}

/// What an order that he bought is called, or a gift that he got.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub async fn title(tx: &mut Tx, guild: GuildId, number: i64) -> Result<String> {
    let row: Option<Title> = tx
        .first(
            "looking how an order is called",
            sql("select title from orders where guild_id = ? and number = ? \
                 union all select title from deliveries where guild_id = ? and order_number = ? and giver_id is not null limit 1")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number)
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(number),
        )
        .await?;
    row.map(|row| row.title).ok_or(Error::NotFound("order"))
}
