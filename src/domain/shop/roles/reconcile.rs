//! Whose roles want looking at again: those that were not looked at for long, and those of whom Discord tells something that
//! doesn't fit. Acts as the *payments* duty.

use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Jsonb, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;
use serde::Serialize;

/// How long a look at a role that is as it should be counts.
const FRESH: SignedDuration = SignedDuration::from_hours(6);
/// How long a look at one that staff must mend counts.
const STUCK: SignedDuration = SignedDuration::from_hours(1);
/// How long a role that could not be given is left alone, whatever the person does.
const REST: SignedDuration = SignedDuration::from_mins(1);

/// Where a walk over all people is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The guild of the last person.
    pub guild: i64,
    /// The last person.
    pub user: i64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// Has the roles of at most `limit` people behind `after` looked at, whose last look is too old: six hours, one where only
/// staff can mend it. Tells where it ended, and how many it were.
///
/// # Errors
/// As [`Tx::load`].
pub async fn walk(tx: &mut Tx, after: Cursor, now: Timestamp, limit: i64) -> Result<(Cursor, usize)> {
    let ago = |by: SignedDuration| now.checked_sub(by).unwrap_or(now).to_diesel();
    let rows: Vec<Row> = tx
        .load(
            "looking for roles that were not looked at for long",
            sql("with bounds as (select ?::timestamptz as at, ?::timestamptz as fresh, ?::timestamptz as stuck) \
                 select m.guild_id, m.user_id from ( \
                   select e.guild_id, e.user_id from bounds b, entitlements e \
                   left join plans p on p.guild_id = e.guild_id and p.code = e.plan \
                   where (e.guild_id, e.user_id) > (?, ?) and e.revoked_at is null and e.suspended_at is null \
                     and e.starts_at <= b.at and (e.ends_at is null or e.ends_at > b.at) \
                     and coalesce(e.role_id, p.role_id) is not null \
                     and not exists (select from granted_roles g where g.guild_id = e.guild_id and g.user_id = e.user_id \
                                     and g.role_id = coalesce(e.role_id, p.role_id)) \
                   union \
                   select g.guild_id, g.user_id from bounds b, granted_roles g \
                   where (g.guild_id, g.user_id) > (?, ?) \
                     and g.checked_at <= case when g.state in ('given', 'left') then b.fresh else b.stuck end) m \
                 order by m.guild_id, m.user_id limit ?")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(ago(FRESH))
            .bind::<Timestamptz, _>(ago(STUCK))
            .bind::<BigInt, _>(after.guild)
            .bind::<BigInt, _>(after.user)
            .bind::<BigInt, _>(after.guild)
            .bind::<BigInt, _>(after.user)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    for row in &rows {
        let guild = GuildId::try_from(row.guild_id).internal("looking for roles")?;
        let user = UserId::try_from(row.user_id).internal("looking for roles")?;
        crate::domain::shop::entitlements::put_roles_right(tx, guild, user, now);
    }
    let last = rows.last().map_or(after, |row| Cursor { guild: row.guild_id, user: row.user_id });
    Ok((last, rows.len()))
}

/// What Discord told of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    guild: i64,
    person: i64,
    roles: Vec<i64>,
    anew: bool,
}

impl Moved {
    /// A member with the roles that he holds; `anew`: he came or left just now.
    pub fn new(guild: GuildId, user: UserId, roles: &[RoleId], anew: bool) -> Self {
        let roles = roles.iter().map(|role| role.as_i64()).collect();
        Self { guild: guild.as_i64(), person: user.as_i64(), roles, anew }
    }

    /// Of whom it was told: his guild's id and his own.
    pub const fn whom(&self) -> (i64, i64) {
        (self.guild, self.person)
    }

    /// The newer of two, which came or left just now if either did.
    #[must_use]
    pub fn after(self, older: &Self) -> Self {
        Self { anew: self.anew || older.anew, ..self }
    }
}

/// Has the roles of those members looked at of whom something was told that doesn't fit what was written down, at the commit.
///
/// # Errors
/// [`crate::kernel::Error::Internal`] when it can't be written as JSON.
pub fn moved(tx: &mut Tx, moved: &[Moved], now: Timestamp) -> Result<()> {
    let told = serde_json::to_value(moved).internal("writing down what was told of members")?;
    tx.defer(
        "queuing roles of members of whom something was told",
        sql("insert into outbox (guild_id, kind, recipient_id, due_at, created_at) \
             select t.guild, 'roles', t.person, b.at, b.at \
             from (select ?::timestamptz as at, ?::timestamptz as rest) b, \
               jsonb_to_recordset(?) as t (guild bigint, person bigint, roles bigint[], anew boolean) \
             where exists (select from granted_roles g where g.guild_id = t.guild and g.user_id = t.person \
                           and case when t.anew then true \
                                    when g.state = 'given' then g.role_id <> all(t.roles) \
                                    else g.checked_at <= b.rest end)")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.checked_sub(REST).unwrap_or(now).to_diesel())
        .bind::<Jsonb, _>(told),
    );
    tx.wake_outbox();
    Ok(())
}

#[derive(Serialize)]
struct There {
    guild: i64,
    roles: Vec<i64>,
}

#[derive(QueryableByName)]
struct Missing {
    #[diesel(sql_type = BigInt)]
    role_id: i64,
}

/// The roles that a guild's catalogue, its orders under way or its members name though they are not among all roles of the guild:
/// they were deleted while nothing was heard.
///
/// # Errors
/// As [`Tx::load`].
pub async fn missing(tx: &mut Tx, guilds: &[(GuildId, Vec<RoleId>)]) -> Result<Vec<RoleId>> {
    let there = |(guild, roles): &(GuildId, Vec<RoleId>)| There {
        guild: guild.as_i64(),
        roles: roles.iter().map(|role| role.as_i64()).collect(),
    };
    let there: Vec<There> = guilds.iter().map(there).collect();
    let there = serde_json::to_value(there).internal("comparing the roles of guilds")?;
    let rows: Vec<Missing> = tx
        .load(
            "comparing the roles of guilds",
            sql("select distinct n.role_id from jsonb_to_recordset(?) as t (guild bigint, roles bigint[]), lateral ( \
                   select p.role_id from plans p where p.guild_id = t.guild and not p.archived and p.role_id is not null \
                   union select g.role_id from products g \
                     where g.guild_id = t.guild and g.kind = 'role' and not g.archived and g.role_id is not null \
                   union select o.gives_role_id from orders o \
                     where o.guild_id = t.guild and o.gives_role_id is not null and o.state in ('pending', 'awaiting') \
                   union select r.role_id from granted_roles r where r.guild_id = t.guild and r.state <> 'gone') n \
                 where n.role_id <> all(t.roles)")
            .bind::<Jsonb, _>(there),
        )
        .await?;
    rows.into_iter().map(|row| RoleId::try_from(row.role_id).internal("comparing the roles of guilds")).collect()
}

/// Has the roles of those looked at who wait for staff in these guilds, or hold one of these roles, at the commit: something
/// changed about the guilds' roles. What is on sale and gives a role that is gone is told to staff, and no longer sold.
pub fn news(tx: &mut Tx, guilds: &[GuildId], gone: &[RoleId], now: Timestamp) {
    let guilds: Vec<i64> = guilds.iter().map(|guild| guild.as_i64()).collect();
    let gone: Vec<i64> = gone.iter().map(|role| role.as_i64()).collect();
    tx.defer(
        "queuing roles of guilds whose roles changed",
        sql("insert into outbox (guild_id, kind, recipient_id, due_at, created_at) \
             select distinct g.guild_id, 'roles', g.user_id, b.at, b.at from (select ?::timestamptz as at) b, granted_roles g \
             where g.guild_id = any(?) and (g.state in ('no_permission', 'too_low', 'refused', 'gone') or g.role_id = any(?))")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Array<BigInt>, _>(guilds.clone())
        .bind::<Array<BigInt>, _>(gone.clone()),
    );
    if !gone.is_empty() {
        super::store::gone(tx, guilds, gone, now);
    }
    tx.wake_outbox();
}
