//! What a person may use: the program's own table, fed by payments, subscriptions, grants and prizes.
//!
//! An entitlement is named by what gave it, so giving it twice changes nothing. Discord's roles follow this table; putting
//! them right is a notice's work (`ShopKind::Roles`). Changes act as the *payments* duty.

use super::{Source, turn};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::error::Context;
use crate::kernel::text::shorten;
use crate::kernel::{Error, GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A plan, by its code.
    Plan(String),
    /// A role of the guild.
    Role(RoleId),
}

/// An entitlement to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Give {
    /// To whom.
    pub user: UserId,
    /// What.
    pub what: What,
    /// What gives it.
    pub source: Source,
    /// Names what gives it: `order/12`, `sub/…`: one entitlement for each name.
    pub key: String,
    /// The order that it comes from.
    pub order: Option<i64>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when; `None`: for good.
    pub ends_at: Option<Timestamp>,
    /// Who of staff gave it.
    pub by: Option<UserId>,
}

/// The word of what staff took away, what stands between a word and a reason, and the longest of both (the table's own check).
const STAFF: &str = "staff";
const REASON: &str = ": ";
const REASON_MAX: usize = 100;

/// How an entitlement stands beside its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is in its way.
    Clear,
    /// Held back for now: a dispute is open.
    Suspended,
    /// Taken away; the word says why.
    Revoked(&'static str),
}

/// Gives an entitlement, or sets its plan and end anew where it was given by the same name, at the commit. The person's roles
/// are put right afterwards.
pub fn give(tx: &mut Tx, guild: GuildId, give: &Give, now: Timestamp) {
    let (kind, plan, role) = match &give.what {
        What::Plan(code) => ("plan", Some(code.clone()), None),
        What::Role(role) => ("role", None, Some(role.as_i64())),
    };
    tx.defer(
        "giving an entitlement",
        sql(
            "insert into entitlements as e (guild_id, user_id, kind, plan, role_id, source, source_key, order_number, \
             starts_at, ends_at, granted_by, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             on conflict (guild_id, source_key) do update set kind = excluded.kind, plan = excluded.plan, \
               role_id = excluded.role_id, ends_at = excluded.ends_at, updated_at = excluded.updated_at, \
               lapsed = e.lapsed and excluded.ends_at is not distinct from e.ends_at",
        )
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(give.user.as_i64())
        .bind::<Text, _>(kind)
        .bind::<Nullable<Text>, _>(plan)
        .bind::<Nullable<BigInt>, _>(role)
        .bind::<Text, _>(give.source.as_str())
        .bind::<Text, _>(give.key.clone())
        .bind::<Nullable<BigInt>, _>(give.order)
        .bind::<Timestamptz, _>(give.starts_at.to_diesel())
        .bind::<Nullable<Timestamptz>, _>(give.ends_at.map(|at| at.to_diesel()))
        .bind::<Nullable<BigInt>, _>(give.by.map(UserId::as_i64))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    put_roles_right(tx, guild, give.user, now);
}

/// Ends an entitlement at `at`, unless it ends earlier, at the commit.
pub fn end(tx: &mut Tx, guild: GuildId, key: &str, user: UserId, (at, now): (Timestamp, Timestamp)) {
    tx.defer(
        "ending an entitlement",
        sql(
            "update entitlements set ends_at = least(ends_at, ?), updated_at = ? where guild_id = ? and source_key = ?",
        )
        .bind::<Timestamptz, _>(at.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(key.to_owned()),
    );
    put_roles_right(tx, guild, user, now);
}

/// Waits until nobody else gives, dates or takes what this person has, until the commit: what is read after it stays so.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn one_by_one(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<()> {
    turn::take(tx, "waiting for what else a person gets", format!("holds/{guild}/{user}")).await
}

/// Lets what stands behind an entitlement move up by what is left of it, at the commit: it is about to be held back or taken
/// away. One that gives nothing already moves nothing.
pub fn close_gap(tx: &mut Tx, guild: GuildId, key: &str, now: Timestamp) {
    tx.defer(
        "moving entitlements up",
        sql("update entitlements l set starts_at = l.starts_at - d.unused, ends_at = l.ends_at - d.unused, updated_at = ? from ( \
               select guild_id, user_id, plan, role_id, ends_at, ends_at - greatest(?::timestamptz, starts_at) as unused \
               from entitlements where guild_id = ? and source_key = ? and revoked_at is null and suspended_at is null \
                 and ends_at > ?) d \
             where l.guild_id = d.guild_id and l.user_id = d.user_id and l.plan is not distinct from d.plan \
               and l.role_id is not distinct from d.role_id and l.revoked_at is null and l.source = 'payment' \
               and l.starts_at >= d.ends_at")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(key.to_owned())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

/// Lets days of a plan that somebody won, and that didn't begin yet, begin when what else he has of the same ends, at the commit:
/// they wait as long as his subscription to it goes on, and come earlier where it ends earlier.
pub fn let_prizes_follow(tx: &mut Tx, guild: GuildId, (user, plan): (UserId, &str), now: Timestamp) {
    tx.defer(
        "moving days that were won",
        sql("with won as ( \
               select id, starts_at from entitlements where guild_id = ? and user_id = ? and plan = ? and source = 'prize' \
                 and revoked_at is null and ends_at is not null and starts_at > ?), \
             due as ( \
               select greatest(?::timestamptz, (select max(o.ends_at) from entitlements o where o.guild_id = ? and o.user_id = ? \
                   and o.plan = ? and o.revoked_at is null and o.id not in (select id from won) \
                   and (o.source = 'subscription' or o.starts_at < (select min(starts_at) from won)))) \
                 - (select min(starts_at) from won) as by) \
             update entitlements e set starts_at = e.starts_at + d.by, ends_at = e.ends_at + d.by, updated_at = ? \
             from due d where e.guild_id = ? and e.id in (select id from won) and d.by <> interval '0'")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Text, _>(plan.to_owned())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Text, _>(plan.to_owned())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64()),
    );
}

/// Lets what was held back or taken away and comes back begin anew, behind what else of the same the person has, for as long as
/// what he did not have; at the commit, before [`stand`]. What was bought for good, and what a subscription gives, stay as they
/// are.
pub fn return_rest(tx: &mut Tx, guild: GuildId, key: &str, now: Timestamp) {
    tx.defer(
        "giving the rest of an entitlement back",
        sql("update entitlements e set starts_at = d.begins, ends_at = d.begins + d.taken, lapsed = false, updated_at = ? from ( \
               select b.guild_id, b.source_key, b.ends_at - greatest(coalesce(b.revoked_at, b.suspended_at), b.starts_at) as taken, \
                 greatest(?::timestamptz, (select max(o.ends_at) from entitlements o \
                   where o.guild_id = b.guild_id and o.user_id = b.user_id and o.plan is not distinct from b.plan \
                     and o.role_id is not distinct from b.role_id and o.source <> 'subscription' and o.revoked_at is null \
                     and o.suspended_at is null)) as begins \
               from entitlements b where b.guild_id = ? and b.source_key = ? and b.source = 'payment' \
                 and b.ends_at > greatest(coalesce(b.revoked_at, b.suspended_at), b.starts_at) \
                 and coalesce(b.revoked_at, b.suspended_at) is not null) d \
             where e.guild_id = d.guild_id and e.source_key = d.source_key")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(key.to_owned()),
    );
}

/// Sets how the entitlement of a name stands, at the commit; since when it gives nothing stays, also where what was held back is
/// taken away.
pub fn stand(tx: &mut Tx, guild: GuildId, key: &str, standing: Standing, now: Timestamp) {
    let (suspended, revoked) = match standing {
        Standing::Clear => (false, None),
        Standing::Suspended => (true, None),
        Standing::Revoked(why) => (false, Some(why)),
    };
    tx.defer(
        "setting how an entitlement stands",
        sql("update entitlements set suspended_at = case when ? then coalesce(suspended_at, revoked_at, ?::timestamptz) end, \
               revoked_at = case when ? then coalesce(revoked_at, suspended_at, ?::timestamptz) end, reason = ?, updated_at = ? \
             where guild_id = ? and source_key = ?")
        .bind::<Bool, _>(suspended)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Bool, _>(revoked.is_some())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Nullable<Text>, _>(revoked)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(key.to_owned()),
    );
}

/// Takes away what staff gave, at the commit, with their reason; it is staff's to read.
pub fn take_back(tx: &mut Tx, guild: GuildId, key: &str, reason: &str, now: Timestamp) {
    stand(tx, guild, key, Standing::Revoked(STAFF), now);
    tx.defer(
        "adding why staff took an entitlement away",
        sql("update entitlements set reason = ? where guild_id = ? and source_key = ?")
            .bind::<Text, _>(shorten(&format!("{STAFF}{REASON}{reason}"), REASON_MAX))
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(key.to_owned()),
    );
}

/// The word of why something was taken away, and what staff wrote beside it.
pub fn why_revoked(reason: &str) -> (&str, Option<&str>) {
    match reason.split_once(REASON) {
        Some((word, note)) => (word, Some(note)),
        None => (reason, None),
    }
}

/// Has a person's roles put right after the commit.
pub fn put_roles_right(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) {
    notifications::queue_order(
        tx,
        OrderNotice { guild, kind: ShopKind::Roles, order: None, recipient: Some(user) },
        now,
    );
}

/// An entitlement as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// What it gives.
    pub what: What,
    /// What gave it.
    pub source: Source,
    /// The name of what gave it.
    pub key: String,
    /// The order that it comes from.
    pub order: Option<i64>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when; `None`: for good.
    pub ends_at: Option<Timestamp>,
    /// Since when it is held back.
    pub suspended_at: Option<Timestamp>,
    /// When it was taken away.
    pub revoked_at: Option<Timestamp>,
    /// Why it was taken away.
    pub reason: Option<String>,
}

impl Entitlement {
    /// Whether it gives anything at a time.
    pub fn is_active(&self, at: Timestamp) -> bool {
        self.revoked_at.is_none()
            && self.suspended_at.is_none()
            && self.starts_at <= at
            && self.ends_at.is_none_or(|end| end > at)
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    plan: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    role_id: Option<i64>,
    #[diesel(sql_type = Text)]
    source: String,
    #[diesel(sql_type = Text)]
    source_key: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Timestamptz)]
    starts_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    suspended_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    revoked_at: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
}

fn read(row: Row) -> Result<Entitlement> {
    let strange =
        || Error::Internal { what: "reading an entitlement", cause: crate::kernel::error::Cause::new("a word") };
    let what = match (row.plan, row.role_id) {
        (Some(plan), _) => What::Plan(plan),
        (None, role) => What::Role(RoleId::try_from(role.unwrap_or_default()).internal("reading an entitlement")?),
    };
    let jiff = |at: Option<jiff_diesel::Timestamp>| at.map(|at| at.to_jiff());
    Ok(Entitlement {
        what,
        source: Source::from_word(&row.source).ok_or_else(strange)?,
        key: row.source_key,
        order: row.order_number,
        starts_at: row.starts_at.to_jiff(),
        ends_at: jiff(row.ends_at),
        suspended_at: jiff(row.suspended_at),
        revoked_at: jiff(row.revoked_at),
        reason: row.reason,
    })
}

/// What a person was given, the newest first, at most 200: active or not. Acts as the person, as staff, or as the program.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<Entitlement>> {
    let rows: Vec<Row> = tx
        .load(
            "loading entitlements",
            sql("select plan, role_id, source, source_key, order_number, starts_at, ends_at, suspended_at, revoked_at, reason \
                 from entitlements where guild_id = ? and user_id = ? order by id desc limit 200")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    rows.into_iter().map(read).collect()
}
