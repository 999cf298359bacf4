//! Uses of promotions by orders: reserved when an order is placed, given back when it ends unpaid, used when it is handed over.
//!
//! A use and what it costs are counted on the locked promotion, so of many who want the last one, one gets it. Acts as the
//! *payments* duty, under the lock of the order.

use super::{Promotion, PromotionState, Refusal, store};
use crate::db::{Statement, Tx, sql};
use crate::kernel::{GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// The use of a promotion that an order wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The guild.
    pub guild: GuildId,
    /// The order's number.
    pub order: i64,
    /// The promotion's number.
    pub promotion: i64,
    /// Who buys.
    pub member: UserId,
    /// What comes off.
    pub amount: Money,
}

#[derive(QueryableByName)]
struct Had {
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<String>,
    #[diesel(sql_type = BigInt)]
    mine: i64,
    /// Whether he bought something, or is about to as his first purchase.
    #[diesel(sql_type = Bool)]
    bought: bool,
}

/// Takes a use for an order that is being placed.
///
/// # Errors
/// [`crate::kernel::Error::Conflict`] with the reason when it can't be had any more.
pub async fn take(tx: &mut Tx, wanted: &Use, now: Timestamp) -> Result<()> {
    let promotion = store::lock(tx, wanted.guild, wanted.promotion).await?.ok_or(Refusal::Unknown)?;
    let had = had(tx, wanted).await?;
    if is_held(&had) {
        return Ok(());
    }
    if !promotion.state.is_live() || promotion.ends_at <= now {
        return Err(Refusal::Ended.into());
    }
    if promotion.starts_at > now || (promotion.code.is_none() && promotion.state != PromotionState::Active) {
        return Err(Refusal::NotBegun.into());
    }
    may(&promotion, &had)?;
    reaches(&promotion, wanted)?;
    write(tx, wanted, now);
    Ok(())
}

/// Takes the use again that an order gave back, because its money came after all; `false` when others, or he himself,
/// have taken what was left. Its price was agreed while the promotion ran, so that it is over since is no hindrance.
///
/// # Errors
/// As [`Tx::load`].
pub async fn take_again(tx: &mut Tx, wanted: &Use, now: Timestamp) -> Result<bool> {
    let Some(promotion) = store::lock(tx, wanted.guild, wanted.promotion).await? else { return Ok(false) };
    let had = had(tx, wanted).await?;
    if is_held(&had) {
        return Ok(true);
    }
    if may(&promotion, &had).is_err() || reaches(&promotion, wanted).is_err() {
        return Ok(false);
    }
    write(tx, wanted, now);
    Ok(true)
}

/// Whether the member may use it, by what he had before.
fn may(promotion: &Promotion, had: &Had) -> Result<(), Refusal> {
    if promotion.first_purchase && had.bought {
        return Err(Refusal::FirstOnly);
    }
    if promotion.uses_per_member.is_some_and(|most| had.mine >= most) { Err(Refusal::MemberCap) } else { Ok(()) }
}

/// Whether a use and a budget are left.
fn reaches(promotion: &Promotion, wanted: &Use) -> Result<(), Refusal> {
    if promotion.uses_allowed.is_some_and(|most| promotion.uses_held >= most) {
        return Err(Refusal::UsedUp);
    }
    let after = promotion.spent.minor().saturating_add(wanted.amount.minor());
    if promotion.budget.is_some_and(|budget| after > budget.minor()) { Err(Refusal::BudgetSpent) } else { Ok(()) }
}

fn is_held(had: &Had) -> bool {
    matches!(had.state.as_deref(), Some("reserved" | "used"))
}

/// What this member had before, asked once the promotion is locked: a statement sees what was committed before it began. A trial
/// for which nothing was paid yet is no purchase, and neither is what could not be handed over.
async fn had(tx: &mut Tx, wanted: &Use) -> Result<Had> {
    let (guild, user) = (wanted.guild.as_i64(), wanted.member.as_i64());
    let row: Option<Had> = tx
        .first(
            "counting a member's uses of a promotion",
            sql("select (select u.state from promotion_uses u where u.guild_id = ? and u.order_number = ?) as state, \
                   (select count(*) from promotion_uses u where u.guild_id = ? and u.promotion_number = ? and u.user_id = ? \
                    and u.state <> 'released') as mine, \
                   (exists (select from orders o where o.guild_id = ? and o.user_id = ? and o.number <> ? \
                            and o.fulfilled_at is not null and o.mode <> 'free' and (o.trial_days is null or o.payment_id is not null)) \
                    or exists (select from promotion_uses u join promotions p on p.guild_id = u.guild_id \
                                 and p.number = u.promotion_number where u.guild_id = ? and u.user_id = ? \
                                 and u.order_number <> ? and u.state <> 'released' and p.first_purchase)) as bought")
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(wanted.order)
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(wanted.promotion)
            .bind::<BigInt, _>(user)
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(user)
            .bind::<BigInt, _>(wanted.order)
            .bind::<BigInt, _>(guild)
            .bind::<BigInt, _>(user)
            .bind::<BigInt, _>(wanted.order),
        )
        .await?;
    Ok(row.unwrap_or(Had { state: None, mine: 0, bought: false }))
}

fn write(tx: &mut Tx, wanted: &Use, now: Timestamp) {
    tx.defer(
        "reserving a use of a promotion",
        sql("insert into promotion_uses as u (guild_id, order_number, promotion_number, user_id, state, amount_minor, currency, \
               reserved_at, updated_at) values (?, ?, ?, ?, 'reserved', ?, ?, ?, ?) \
             on conflict (guild_id, order_number) do update set state = 'reserved', reserved_at = excluded.reserved_at, \
               updated_at = excluded.updated_at")
        .bind::<BigInt, _>(wanted.guild.as_i64())
        .bind::<BigInt, _>(wanted.order)
        .bind::<BigInt, _>(wanted.promotion)
        .bind::<BigInt, _>(wanted.member.as_i64())
        .bind::<BigInt, _>(wanted.amount.minor())
        .bind::<Text, _>(wanted.amount.currency().code())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    tx.defer(
        "counting a use of a promotion",
        sql("update promotions set uses_held = uses_held + 1, spent_minor = spent_minor + ?, updated_at = ? \
             where guild_id = ? and number = ?")
        .bind::<BigInt, _>(wanted.amount.minor())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(wanted.guild.as_i64())
        .bind::<BigInt, _>(wanted.promotion),
    );
}

/// Gives back now what an order reserved; one that reserved nothing, or whose use is used, stays as it is.
///
/// # Errors
/// As [`Tx::load`].
pub async fn give_back(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) -> Result<()> {
    tx.execute("giving back a use of a promotion", released(guild, order, now)).await.map(|_| ())
}

/// The same at the commit.
pub fn give_back_later(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) {
    tx.defer("giving back a use of a promotion", released(guild, order, now));
}

fn released(guild: GuildId, order: i64, now: Timestamp) -> Statement {
    sql("with freed as ( \
           update promotion_uses set state = 'released', updated_at = ? \
           where guild_id = ? and order_number = ? and state = 'reserved' \
           returning guild_id, promotion_number, amount_minor) \
         update promotions p set uses_held = p.uses_held - 1, spent_minor = p.spent_minor - f.amount_minor, updated_at = ? \
         from freed f where p.guild_id = f.guild_id and p.number = f.promotion_number")
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<BigInt, _>(guild.as_i64())
    .bind::<BigInt, _>(order)
    .bind::<Timestamptz, _>(now.to_diesel())
}

/// Uses up, at the commit, what an order reserved; a code that its buyer had remembered is forgotten with it.
pub fn use_up(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) {
    tx.defer(
        "using up a promotion",
        sql("with used as ( \
               update promotion_uses set state = 'used', updated_at = ? \
               where guild_id = ? and order_number = ? and state = 'reserved' returning guild_id, promotion_number, user_id) \
             delete from remembered_codes r using used u \
             where r.guild_id = u.guild_id and r.user_id = u.user_id and r.promotion_number = u.promotion_number")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(order),
    );
}
