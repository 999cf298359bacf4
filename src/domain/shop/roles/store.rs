//! Queries of what a person should hold and of what was given; written as the *payments* duty, read by the person and staff.

use super::{RoleState, Written};
use crate::db::{Tx, sql};
use crate::domain::shop::lapse::give_time_back;
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, RoleId, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct RoleRow {
    #[diesel(sql_type = BigInt)]
    role_id: i64,
}

/// The roles that a person should hold at a time: those of his active entitlements and of the plans among them. Acts as the person, as
/// staff, or as the program.
///
/// # Errors
/// As [`Tx::load`].
pub async fn due(tx: &mut Tx, guild: GuildId, user: UserId, at: Timestamp) -> Result<Vec<RoleId>> {
    let rows: Vec<RoleRow> = tx
        .load(
            "working out a person's roles",
            sql("select distinct coalesce(e.role_id, p.role_id) as role_id from entitlements e \
                 left join plans p on p.guild_id = e.guild_id and p.code = e.plan \
                 where e.guild_id = ? and e.user_id = ? and e.revoked_at is null and e.suspended_at is null \
                   and e.starts_at <= ? and (e.ends_at is null or e.ends_at > ?) \
                   and coalesce(e.role_id, p.role_id) is not null order by 1")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Timestamptz, _>(at.to_diesel())
            .bind::<Timestamptz, _>(at.to_diesel()),
        )
        .await?;
    rows.into_iter().map(|row| RoleId::try_from(row.role_id).internal("working out a person's roles")).collect()
}

#[derive(QueryableByName)]
struct Sells {
    #[diesel(sql_type = Bool)]
    sells: bool,
}

/// Whether the shop gives one of these roles: by a plan or a product, also one that is off sale, since its holders keep the role
/// and it may be sold again; or because a member holds it by an entitlement that isn't over. Acts as staff or as the program.
///
/// # Errors
/// As [`Tx::first`].
pub async fn any_sold(tx: &mut Tx, guild: GuildId, roles: &[RoleId], at: Timestamp) -> Result<bool> {
    let roles: Vec<i64> = roles.iter().map(|role| role.as_i64()).collect();
    let found: Option<Sells> = tx
        .first(
            "looking whether a role is sold",
            sql("select exists (select 1 from plans p where p.guild_id = g.id and p.role_id = any (g.roles)) \
                 or exists (select 1 from products p where p.guild_id = g.id and p.role_id = any (g.roles)) \
                 or exists (select 1 from entitlements e where e.guild_id = g.id and e.role_id = any (g.roles) \
                            and e.revoked_at is null and (e.ends_at is null or e.ends_at > g.at)) as sells \
                 from (select ?::bigint as id, ?::bigint[] as roles, ?::timestamptz as at) g")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Array<BigInt>, _>(roles)
            .bind::<Timestamptz, _>(at.to_diesel()),
        )
        .await?;
    Ok(found.is_some_and(|found| found.sells))
}

/// What was written down of a person's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The role.
    pub role: RoleId,
    /// How it stands.
    pub state: RoleState,
    /// Whether the program gave it.
    pub ours: bool,
    /// Since when it stands so; where it can't be given, since that began, whatever is in the way by now.
    pub since: Timestamp,
    /// When Discord was asked last.
    pub checked_at: Timestamp,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    role_id: i64,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Bool)]
    ours: bool,
    #[diesel(sql_type = Timestamptz)]
    since: jiff_diesel::Timestamp,
    #[diesel(sql_type = Timestamptz)]
    checked_at: jiff_diesel::Timestamp,
}

/// What was written down of a person's roles. Acts as the person, as staff, or as the program.
///
/// # Errors
/// As [`Tx::load`].
pub async fn kept(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = tx
        .load(
            "loading a person's roles",
            sql(
                "select role_id, state, ours, since, checked_at from granted_roles where guild_id = ? and user_id = ? \
                 order by role_id",
            )
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    let read = |row: Row| {
        Some(Kept {
            role: RoleId::try_from(row.role_id).ok()?,
            state: RoleState::from_word(&row.state)?,
            ours: row.ours,
            since: row.since.to_jiff(),
            checked_at: row.checked_at.to_jiff(),
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Writes down, at the commit, that these roles are about to be given: from then on they are ours.
pub fn intend(tx: &mut Tx, (guild, user): (GuildId, UserId), roles: &[RoleId], now: Timestamp) {
    let roles: Vec<i64> = roles.iter().map(|role| role.as_i64()).collect();
    tx.defer(
        "writing down roles that are about to be given",
        sql("insert into granted_roles (guild_id, user_id, role_id, state, ours, since, checked_at) \
             select ?, ?, r, 'waiting', true, b.at, b.at from (select ?::timestamptz as at) b, unnest(?::bigint[]) r \
             on conflict (guild_id, user_id, role_id) do update set ours = true")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Array<BigInt>, _>(roles),
    );
}

/// Writes down what became of a person's roles, at the commit. Staff are told of what only they can mend, once for each role
/// of the guild until it is mended.
pub fn write(tx: &mut Tx, (guild, user): (GuildId, UserId), written: &[(RoleId, Written)], now: Timestamp) {
    for (role, written) in written {
        if !matches!(written, Written::Stands { state, .. } if state.is_withheld()) {
            give_time_back(tx, (guild, user), *role, now);
        }
        match *written {
            Written::Stands { state, ours } => {
                stand(tx, (guild, user), *role, (state, ours), now);
                if state.needs_staff() {
                    alert(tx, guild, *role, state, now);
                }
            }
            Written::Nothing => forget(tx, guild, user, *role),
        }
    }
}

fn stand(
    tx: &mut Tx,
    (guild, user): (GuildId, UserId),
    role: RoleId,
    (state, ours): (RoleState, bool),
    now: Timestamp,
) {
    tx.defer(
        "writing down a person's role",
        sql("insert into granted_roles as g (guild_id, user_id, role_id, state, ours, since, checked_at) \
             values (?, ?, ?, ?, ?, ?, ?) on conflict (guild_id, user_id, role_id) do update \
             set state = excluded.state, ours = excluded.ours, checked_at = excluded.checked_at, \
               since = case when g.state = excluded.state \
                   or (g.state in ('no_permission', 'too_low', 'refused') and excluded.state in ('no_permission', 'too_low', 'refused')) \
                 then g.since else excluded.since end")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<BigInt, _>(role.as_i64())
        .bind::<Text, _>(state.as_str())
        .bind::<Bool, _>(ours)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

fn forget(tx: &mut Tx, guild: GuildId, user: UserId, role: RoleId) {
    tx.defer(
        "forgetting a person's role",
        sql("delete from granted_roles where guild_id = ? and user_id = ? and role_id = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<BigInt, _>(role.as_i64()),
    );
    // One that is gone stays known as long as somebody waits for it, or something on sale or an order that is under way would
    // give it. Of what is in another's way Discord is asked, whoever waits.
    tx.defer(
        "forgetting what staff were told of a role",
        sql("delete from role_alerts a where a.guild_id = ? and a.role_id = ? and a.why = 'gone' \
             and not exists (select from granted_roles g where g.guild_id = a.guild_id and g.role_id = a.role_id \
                             and g.state in ('no_permission', 'too_low', 'refused', 'gone')) \
             and not exists (select from plans p where p.guild_id = a.guild_id and p.role_id = a.role_id and not p.archived) \
             and not exists (select from products p where p.guild_id = a.guild_id and p.role_id = a.role_id \
                             and p.kind = 'role' and not p.archived) \
             and not exists (select from orders o where o.guild_id = a.guild_id and o.gives_role_id = a.role_id \
                             and o.state in ('pending', 'awaiting'))")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(role.as_i64()),
    );
}

/// What follows the alerts that are written: of those that are new, or of another kind, staff are told, and within an hour, or before
/// he is charged, each member whose subscription goes on with a plan whose role was deleted.
const TELL: &str = " on conflict (guild_id, role_id) do update set why = excluded.why, at = excluded.at \
         where a.why <> excluded.why returning guild_id, role_id, why, at), \
     charged as ( \
       insert into outbox (guild_id, kind, order_number, recipient_id, due_at, created_at) \
       select s.guild_id, 'plan_broken', s.order_number, s.user_id, \
         least(t.at + interval '1 hour', greatest(t.at, s.period_end - interval '1 hour')), t.at \
       from told t join plans p on p.guild_id = t.guild_id and p.role_id = t.role_id \
         join subscriptions s on s.guild_id = p.guild_id and s.plan = p.code \
       where t.why = 'gone' and s.state in ('trialing', 'active') and not s.cancel_at_period_end \
         and s.order_number is not null) \
     insert into outbox (guild_id, kind, role_id, due_at, created_at) \
     select guild_id, 'shop_alert', role_id, at, at from told";

fn alert(tx: &mut Tx, guild: GuildId, role: RoleId, why: RoleState, now: Timestamp) {
    tx.defer(
        "telling staff of a role",
        sql("with told as ( \
               insert into role_alerts as a (guild_id, role_id, why, at) values (?, ?, ?, ?)")
        .then(TELL)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(role.as_i64())
        .bind::<Text, _>(why.as_str())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.wake_outbox();
}

/// Discord told that these roles were deleted: it is told of once of each that something on sale or an order under way gives, whoever
/// holds it or not, at the commit, unless it was mended until then. Until it gives another one, nobody can buy it.
pub(super) fn gone(tx: &mut Tx, guilds: Vec<i64>, roles: Vec<i64>, now: Timestamp) {
    tx.defer(
        "telling staff of roles that were deleted",
        sql("with sold as ( \
               select guild_id, role_id from plans where guild_id = any(?) and role_id = any(?) and not archived \
               union select guild_id, role_id from products \
                 where guild_id = any(?) and role_id = any(?) and kind = 'role' and not archived \
               union select guild_id, gives_role_id from orders \
                 where guild_id = any(?) and gives_role_id = any(?) and state in ('pending', 'awaiting')), \
             told as ( \
               insert into role_alerts as a (guild_id, role_id, why, at) select guild_id, role_id, 'gone', ? from sold")
        .then(TELL)
        .bind::<Array<BigInt>, _>(guilds.clone())
        .bind::<Array<BigInt>, _>(roles.clone())
        .bind::<Array<BigInt>, _>(guilds.clone())
        .bind::<Array<BigInt>, _>(roles.clone())
        .bind::<Array<BigInt>, _>(guilds)
        .bind::<Array<BigInt>, _>(roles)
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

#[derive(QueryableByName)]
struct UnwaitedRow {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    role_id: i64,
}

/// Roles, at most `limit`, of which staff were told that they can't be given, and for which nobody waits now: no try to give one
/// tells when it can.
///
/// # Errors
/// As [`Tx::load`].
pub async fn unwaited(tx: &mut Tx, limit: i64) -> Result<Vec<(GuildId, RoleId)>> {
    let rows: Vec<UnwaitedRow> = tx
        .load(
            "looking for roles that nobody waits for",
            sql("select a.guild_id, a.role_id from role_alerts a where a.why <> 'gone' \
                 and not exists (select from granted_roles g where g.guild_id = a.guild_id and g.role_id = a.role_id \
                                 and g.state in ('no_permission', 'too_low', 'refused', 'gone')) \
                 order by random() limit ?")
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let read = |row: UnwaitedRow| Some((GuildId::try_from(row.guild_id).ok()?, RoleId::try_from(row.role_id).ok()?));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Forgets, at the commit, what staff were told of a role for which nobody waits: nothing is in its way any more.
pub fn forget_unwaited(tx: &mut Tx, guild: GuildId, role: RoleId) {
    tx.defer(
        "forgetting what staff were told of a role that nobody waits for",
        sql("delete from role_alerts a where a.guild_id = ? and a.role_id = ? and a.why <> 'gone' \
             and not exists (select from granted_roles g where g.guild_id = a.guild_id and g.role_id = a.role_id \
                             and g.state in ('no_permission', 'too_low', 'refused', 'gone'))")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(role.as_i64()),
    );
}

/// Forgets, at the commit, that staff were told of these roles: they can be given and taken again.
pub fn mended(tx: &mut Tx, guild: GuildId, roles: &[RoleId]) {
    let roles: Vec<i64> = roles.iter().map(|role| role.as_i64()).collect();
    tx.defer(
        "forgetting what staff were told of roles",
        sql("delete from role_alerts where guild_id = ? and role_id = any(?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Array<BigInt>, _>(roles),
    );
}

#[derive(QueryableByName)]
struct AlertRow {
    #[diesel(sql_type = Text)]
    why: String,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    charged: i64,
}

/// What staff are told of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alerted {
    /// What stands in its way.
    pub why: RoleState,
    /// How many people wait for it: of one that is gone also those who held it.
    pub waiting: i64,
    /// How many subscriptions go on that are charged for a plan which gives it.
    pub charged: i64,
}

/// What stands in the way of a role; `None` when nothing does any more. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn alerted(tx: &mut Tx, guild: GuildId, role: RoleId) -> Result<Option<Alerted>> {
    let row: Option<AlertRow> = tx
        .first(
            "looking at what is wrong with a role",
            sql("select a.why, (select count(*) from granted_roles g where g.guild_id = a.guild_id and g.role_id = a.role_id \
                                and (g.state = a.why or (a.why = 'gone' and g.state = 'given'))) as waiting, \
                   (select count(*) from plans p join subscriptions s on s.guild_id = p.guild_id and s.plan = p.code \
                    where p.guild_id = a.guild_id and p.role_id = a.role_id and s.state in ('trialing', 'active') \
                      and not s.cancel_at_period_end) as charged \
                 from role_alerts a where a.guild_id = ? and a.role_id = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(role.as_i64()),
        )
        .await?;
    let read = |row: AlertRow| {
        Some(Alerted { why: RoleState::from_word(&row.why)?, waiting: row.waiting, charged: row.charged })
    };
    Ok(row.and_then(read))
}

/// Whether the role that a plan gives was deleted. Acts as a member, as staff, or as the program.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn plan_lost_its(tx: &mut Tx, guild: GuildId, plan: &str) -> Result<bool> {
    let found = tx
        .execute(
            "asking whether a plan's role was deleted",
            sql("select from role_alerts a join plans p on p.guild_id = a.guild_id and p.role_id = a.role_id \
                 where p.guild_id = ? and p.code = ? and a.why = 'gone'")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(plan.to_owned()),
        )
        .await?;
    Ok(found > 0)
}

#[derive(QueryableByName)]
struct PlanRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = BigInt)]
    role_id: i64,
}

/// The plans of a guild that give a role, with that role. Acts as a member, as staff, or as the program.
///
/// # Errors
/// As [`Tx::load`].
pub async fn of_plans(tx: &mut Tx, guild: GuildId) -> Result<Vec<(String, RoleId)>> {
    let rows: Vec<PlanRow> = tx
        .load(
            "loading the roles of plans",
            sql("select code, role_id from plans where guild_id = ? and role_id is not null order by level, code limit 100")
                .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.code, RoleId::try_from(row.role_id).ok()?))).collect())
}
