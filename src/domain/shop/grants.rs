//! What staff give by hand, and that it is written down. Acts as the *payments* duty.

use super::catalogue::price::FREE_PLAN;
use super::entitlements::{self, Give, What};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::kernel::text::shorten;
use crate::kernel::{Error, GuildId, Result, UserId};
use diesel::sql_types::{BigInt, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Longest value of the audit.
const VALUE_MAX: usize = 500;

/// Gives a member a plan or a role; a second time under the same name it changes nothing but its end.
///
/// # Errors
/// [`Error::Conflict`] where there is no such plan, or everybody has it.
pub async fn grant(
    tx: &mut Tx,
    guild: GuildId,
    give: &Give,
    (reason, by): (&str, UserId),
    now: Timestamp,
) -> Result<()> {
    if let What::Plan(plan) = &give.what {
        if plan == FREE_PLAN {
            return Err(Error::Conflict("error-grant-free"));
        }
        let found = tx
            .execute(
                "looking for a plan",
                sql("select from plans where guild_id = ? and code = ?")
                    .bind::<BigInt, _>(guild.as_i64())
                    .bind::<Text, _>(plan.clone()),
            )
            .await?;
        if found == 0 {
            return Err(Error::Conflict("error-grant-no-plan"));
        }
    }
    entitlements::give(tx, guild, give, now);
    let until = give.ends_at.map(|end| format!(" until {end}")).unwrap_or_default();
    tell(tx, guild, give.user, now);
    audit(tx, guild, ("granted", give.user), format!("{}{until}: {reason}", word(&give.what)), by, now);
    Ok(())
}

/// Writes down that what was given was taken away, and has its member told.
pub fn audit_revoked(
    tx: &mut Tx,
    guild: GuildId,
    (user, what): (UserId, &What),
    (reason, by): (&str, UserId),
    now: Timestamp,
) {
    tell(tx, guild, user, now);
    audit(tx, guild, ("revoked", user), format!("{}: {reason}", word(what)), by, now);
}

/// Has a member told, at the commit, of what staff did at this time.
fn tell(tx: &mut Tx, guild: GuildId, user: UserId, now: Timestamp) {
    let notice = OrderNotice { guild, kind: ShopKind::Granted, order: None, recipient: Some(user) };
    notifications::queue_order(tx, notice, now);
}

fn word(what: &What) -> String {
    match what {
        What::Plan(plan) => format!("plan/{plan}"),
        What::Role(role) => format!("role/{role}"),
    }
}

fn audit(
    tx: &mut Tx,
    guild: GuildId,
    (action, user): (&'static str, UserId),
    value: String,
    by: UserId,
    now: Timestamp,
) {
    tx.defer(
        "adding to the shop's audit",
        sql("insert into shop_audit (guild_id, actor_id, action, subject, new_value, at) values (?, ?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(by.as_i64())
            .bind::<Text, _>(action)
            .bind::<Text, _>(user.to_string())
            .bind::<Text, _>(shorten(&value, VALUE_MAX))
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
}
