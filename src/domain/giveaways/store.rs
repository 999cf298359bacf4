//! Rows of giveaways: reading, locking, keeping.

use super::{Also, Giveaway, NewGiveaway, Prize, SourceKind, State, Trouble};
use crate::db::{Statement, Tx, sql};
use crate::domain::promotions::Discount;
use crate::kernel::error::{Cause, Context};
use crate::kernel::text::shorten;
use crate::kernel::{ChannelId, Error, GuildId, MessageId, Money, Percent, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Longest value of the audit.
const VALUE_MAX: usize = 500;

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = BigInt)]
    host_id: i64,
    #[diesel(sql_type = BigInt)]
    channel_id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Integer)]
    winners: i32,
    #[diesel(sql_type = Text)]
    prize: String,
    #[diesel(sql_type = Nullable<Text>)]
    prize_plan: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    prize_role: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    prize_product: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    prize_variant: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    prize_days: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    prize_percent: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    prize_minor: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    prize_currency: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    prize_cap: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    also_plan: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    also_days: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    also_role: Option<i64>,
    #[diesel(sql_type = Jsonb)]
    requirements: serde_json::Value,
    #[diesel(sql_type = Integer)]
    claim_hours: i32,
    #[diesel(sql_type = Text)]
    source: String,
    #[diesel(sql_type = Nullable<Text>)]
    source_value: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Timestamptz)]
    starts_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Timestamptz)]
    ends_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paused_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Integer)]
    terms_version: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    terms_message_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    card_message_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    card_shows: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    root: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    commitment: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    entries: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    commitment_message_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    proof: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    waits_since: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Bool)]
    wait_told: bool,
    #[diesel(sql_type = Integer)]
    checked: i32,
    #[diesel(sql_type = Integer)]
    told: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    winners_message_id: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    seen_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    moved_to: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    weighing_since: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    weighed_to: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    trouble: Option<String>,
    #[diesel(sql_type = Bool)]
    trouble_told: bool,
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    look_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ended_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    last_request: Option<String>,
}

/// What the program knows not to be there.
fn unreadable() -> Error {
    Error::Internal { what: "reading a giveaway", cause: Cause::new("a word that is none of ours") }
}

fn percent(hundredths: i32) -> Option<Percent> {
    Percent::from_hundredths(i64::from(hundredths)).ok()
}

impl Row {
    pub(super) fn read(self) -> Result<Giveaway> {
        let prize = self.prize().ok_or_else(unreadable)?;
        let message = |id: Option<i64>| id.and_then(|id| MessageId::try_from(id).ok());
        let small = |n: i32| u32::try_from(n).unwrap_or(0);
        let time = |at: Option<jiff_diesel::Timestamp>| at.map(|at| at.to_jiff());
        Ok(Giveaway {
            guild: GuildId::try_from(self.guild_id).internal("reading a giveaway")?,
            number: self.number,
            host: UserId::try_from(self.host_id).internal("reading a giveaway")?,
            channel: ChannelId::try_from(self.channel_id).internal("reading a giveaway")?,
            title: self.title,
            description: self.description,
            winners: small(self.winners),
            prize,
            also: Also {
                plan: self.also_plan.zip(self.also_days.map(small)),
                role: self.also_role.and_then(|role| RoleId::try_from(role).ok()),
            },
            requirements: serde_json::from_value(self.requirements).internal("reading a giveaway's requirements")?,
            claim_hours: small(self.claim_hours),
            source: SourceKind::from_word(&self.source).ok_or_else(unreadable)?,
            source_value: self.source_value,
            state: State::from_word(&self.state).ok_or_else(unreadable)?,
            starts_at: self.starts_at.to_jiff(),
            ends_at: self.ends_at.to_jiff(),
            paused_at: time(self.paused_at),
            version: self.version,
            terms_version: self.terms_version,
            terms_message: message(self.terms_message_id),
            card_message: message(self.card_message_id),
            card_shows: self.card_shows,
            root: self.root,
            commitment: self.commitment,
            entries: self.entries.map(small),
            commitment_message: message(self.commitment_message_id),
            proof: self.proof,
            waits_since: time(self.waits_since),
            wait_told: self.wait_told,
            checked: small(self.checked),
            told: self.told,
            winners_message: message(self.winners_message_id),
            seen_at: time(self.seen_at),
            moved_to: self.moved_to.and_then(|id| ChannelId::try_from(id).ok()),
            weighed: time(self.weighing_since).zip(self.weighed_to),
            trouble: self.trouble.as_deref().and_then(Trouble::from_word),
            trouble_told: self.trouble_told,
            attempts: small(self.attempts),
            look_at: time(self.look_at),
            ended_at: time(self.ended_at),
            last_request: self.last_request,
        })
    }

    fn discount(&self) -> Option<Discount> {
        match (self.prize_percent, self.prize_minor) {
            (Some(hundredths), None) => percent(hundredths).map(Discount::Percent),
            (None, Some(minor)) => {
                let currency = self.prize_currency.as_deref()?.parse().ok()?;
                Money::new(minor, currency).ok().map(Discount::Amount)
            }
            _ => None,
        }
    }

    fn prize(&self) -> Option<Prize> {
        let days = self.prize_days.and_then(|days| u32::try_from(days).ok());
        Some(match self.prize.as_str() {
            "plan" => Prize::Plan { code: self.prize_plan.clone()?, days: days? },
            "role" => Prize::Role { role: RoleId::try_from(self.prize_role?).ok()?, days },
            "product" => Prize::Product { code: self.prize_product.clone()?, variant: self.prize_variant.clone()? },
            "coupon" => Prize::Coupon { discount: self.discount()?, cap: percent(self.prize_cap?)?, days: days? },
            "hand" => Prize::Hand,
            _ => return None,
        })
    }
}

async fn one(tx: &mut Tx, what: &'static str, statement: Statement) -> Result<Option<Giveaway>> {
    let row: Option<Row> = tx.first(what, statement).await?;
    row.map(Row::read).transpose()
}

/// The giveaway of that number, as the actor sees it.
pub(super) async fn find(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Giveaway>> {
    let statement = sql("select * from giveaways where guild_id = ? and number = ?");
    one(tx, "loading a giveaway", statement.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(number)).await
}

/// The same, locked until the transaction ends: nobody else changes it; whoever enters isn't held up.
pub(super) async fn lock(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Giveaway>> {
    let statement = sql("select * from giveaways where guild_id = ? and number = ? for no key update");
    one(tx, "locking a giveaway", statement.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(number)).await
}

/// The same, for oneself alone: whoever is about to enter is waited for, and nobody enters beside it.
pub(super) async fn lock_alone(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Giveaway>> {
    let statement = sql("select * from giveaways where guild_id = ? and number = ? for update");
    one(tx, "locking a giveaway", statement.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(number)).await
}

/// The same, held until the transaction ends, by as many as like: it isn't frozen meanwhile.
pub(super) async fn hold(tx: &mut Tx, guild: GuildId, number: i64) -> Result<Option<Giveaway>> {
    let statement = sql("select * from giveaways where guild_id = ? and number = ? for key share");
    one(tx, "holding a giveaway", statement.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(number)).await
}

/// The giveaway that a request made.
pub(super) async fn of_request(tx: &mut Tx, guild: GuildId, request: &str) -> Result<Option<Giveaway>> {
    let statement = sql("select * from giveaways where guild_id = ? and request = ?")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(request.to_owned());
    one(tx, "looking for a request's giveaway", statement).await
}

/// Writes a new giveaway, with its secrets.
pub(super) async fn insert(tx: &mut Tx, number: i64, new: &NewGiveaway, now: Timestamp) -> Result<()> {
    let (plan, role, product, variant, days) = match &new.prize {
        Prize::Plan { code, days } => (Some(code.clone()), None, None, None, Some(*days)),
        Prize::Role { role, days } => (None, Some(role.as_i64()), None, None, *days),
        Prize::Product { code, variant } => (None, None, Some(code.clone()), Some(variant.clone()), None),
        Prize::Coupon { days, .. } => (None, None, None, None, Some(*days)),
        Prize::Hand => (None, None, None, None, None),
    };
    let (percent, amount, cap) = match &new.prize {
        Prize::Coupon { discount: Discount::Percent(percent), cap, .. } => {
            (Some(percent.hundredths()), None, Some(*cap))
        }
        Prize::Coupon { discount: Discount::Amount(amount), cap, .. } => (None, Some(*amount), Some(*cap)),
        Prize::Plan { .. } | Prize::Role { .. } | Prize::Product { .. } | Prize::Hand => (None, None, None),
    };
    let (also_plan, also_days) = new.also.plan.clone().unzip();
    let small = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let requirements = serde_json::to_value(&new.requirements).internal("writing a giveaway's requirements")?;
    let statement =
        sql("insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, \
           prize, prize_plan, prize_role, prize_product, prize_variant, prize_days, prize_percent, prize_minor, prize_currency, prize_cap, also_plan, also_days, also_role, requirements, claim_hours, source, \
           source_value, state, starts_at, ends_at, look_at, created_at, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'scheduled', ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(new.guild.as_i64())
        .bind::<BigInt, _>(number)
        .bind::<BigInt, _>(new.host.as_i64())
        .bind::<Text, _>(new.request.clone())
        .bind::<BigInt, _>(new.channel.as_i64())
        .bind::<Text, _>(new.title.clone())
        .bind::<Text, _>(new.description.clone())
        .bind::<Integer, _>(small(new.winners))
        .bind::<Text, _>(new.prize.as_str())
        .bind::<Nullable<Text>, _>(plan)
        .bind::<Nullable<BigInt>, _>(role)
        .bind::<Nullable<Text>, _>(product)
        .bind::<Nullable<Text>, _>(variant)
        .bind::<Nullable<Integer>, _>(days.map(small))
        .bind::<Nullable<Integer>, _>(percent.map(i32::from))
        .bind::<Nullable<BigInt>, _>(amount.map(Money::minor))
        .bind::<Nullable<Text>, _>(amount.map(|amount| amount.currency().code().to_owned()))
        .bind::<Nullable<Integer>, _>(cap.map(|cap| i32::from(cap.hundredths())))
        .bind::<Nullable<Text>, _>(also_plan)
        .bind::<Nullable<Integer>, _>(also_days.map(small))
        .bind::<Nullable<BigInt>, _>(new.also.role.map(RoleId::as_i64))
        .bind::<Jsonb, _>(requirements)
        .bind::<Integer, _>(small(new.claim_hours))
        .bind::<Text, _>(new.source.as_str())
        .bind::<Nullable<Text>, _>(new.source_value.clone())
        .bind::<Timestamptz, _>(new.starts_at.to_diesel())
        .bind::<Timestamptz, _>(new.ends_at.to_diesel())
        .bind::<Timestamptz, _>(new.starts_at.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel());
    tx.execute("making a giveaway", statement).await?;
    tx.execute(
        "keeping a giveaway's secrets",
        sql("insert into giveaway_secrets (guild_id, giveaway, salt, secret) values (?, ?, ?, ?)")
            .bind::<BigInt, _>(new.guild.as_i64())
            .bind::<BigInt, _>(number)
            .bind::<Text, _>(new.salt.clone())
            .bind::<Nullable<Text>, _>(new.secret.clone()),
    )
    .await
    .map(|_| ())
}

/// Keeps what changed of a giveaway that is locked, at the commit.
pub(super) fn save(tx: &mut Tx, giveaway: &Giveaway, now: Timestamp) {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_diesel());
    let message = |id: Option<MessageId>| id.map(MessageId::as_i64);
    let small = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let statement = sql(
        "update giveaways set state = ?, channel_id = ?, starts_at = ?, ends_at = ?, paused_at = ?, version = ?, terms_version = ?, \
           terms_message_id = ?, card_message_id = ?, card_shows = ?, root = ?, commitment = ?, entries = ?, \
           commitment_message_id = ?, proof = ?, waits_since = ?, wait_told = ?, checked = ?, told = ?, winners_message_id = ?, \
           seen_at = ?, moved_to = ?, weighing_since = ?, weighed_to = ?, trouble = ?, \
           trouble_told = ?, attempts = ?, look_at = ?, ended_at = ?, last_request = ?, updated_at = ? \
         where guild_id = ? and number = ?",
    )
    .bind::<Text, _>(giveaway.state.as_str())
    .bind::<BigInt, _>(giveaway.channel.as_i64())
    .bind::<Timestamptz, _>(giveaway.starts_at.to_diesel())
    .bind::<Timestamptz, _>(giveaway.ends_at.to_diesel())
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.paused_at))
    .bind::<Integer, _>(giveaway.version)
    .bind::<Integer, _>(giveaway.terms_version)
    .bind::<Nullable<BigInt>, _>(message(giveaway.terms_message))
    .bind::<Nullable<BigInt>, _>(message(giveaway.card_message))
    .bind::<Nullable<Text>, _>(giveaway.card_shows.clone())
    .bind::<Nullable<Text>, _>(giveaway.root.clone())
    .bind::<Nullable<Text>, _>(giveaway.commitment.clone())
    .bind::<Nullable<Integer>, _>(giveaway.entries.map(small))
    .bind::<Nullable<BigInt>, _>(message(giveaway.commitment_message))
    .bind::<Nullable<Text>, _>(giveaway.proof.clone())
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.waits_since))
    .bind::<Bool, _>(giveaway.wait_told)
    .bind::<Integer, _>(small(giveaway.checked))
    .bind::<Integer, _>(giveaway.told)
    .bind::<Nullable<BigInt>, _>(message(giveaway.winners_message))
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.seen_at))
    .bind::<Nullable<BigInt>, _>(giveaway.moved_to.map(ChannelId::as_i64))
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.weighed.map(|(since, _)| since)))
    .bind::<Nullable<BigInt>, _>(giveaway.weighed.map(|(_, to)| to))
    .bind::<Nullable<Text>, _>(giveaway.trouble.map(Trouble::as_str))
    .bind::<Bool, _>(giveaway.trouble_told)
    .bind::<Integer, _>(small(giveaway.attempts))
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.look_at))
    .bind::<Nullable<Timestamptz>, _>(time(giveaway.ended_at))
    .bind::<Nullable<Text>, _>(giveaway.last_request.clone())
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<BigInt, _>(giveaway.guild.as_i64())
    .bind::<BigInt, _>(giveaway.number);
    tx.defer("keeping a giveaway", statement);
}

/// Writes down what somebody of staff did, at the commit.
pub(super) fn audit(
    tx: &mut Tx,
    (guild, number): (GuildId, i64),
    action: &'static str,
    value: Option<&str>,
    by: UserId,
    now: Timestamp,
) {
    audit_of(tx, guild, format!("giveaway/{number}"), (action, value), by, now);
}

/// The same of something else than a giveaway.
pub(super) fn audit_of(
    tx: &mut Tx,
    guild: GuildId,
    subject: String,
    (action, value): (&'static str, Option<&str>),
    by: UserId,
    now: Timestamp,
) {
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, new_value, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(by.as_i64())
            .bind::<Text, _>(action)
            .bind::<Text, _>(subject)
            .bind::<Nullable<Text>, _>(value.map(|value| shorten(value, VALUE_MAX)))
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
