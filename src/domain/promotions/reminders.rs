//! Who agreed to be reminded of a checkout that he left. Without a row nobody is reminded (Discord, "Developer Policy": no
//! unsolicited messages); agreeing is a member's own act, by a button.

use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::sql_types::{BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Writes down a member's choice at the commit. Acts as the member.
pub fn choose(tx: &mut Tx, (guild, member): (GuildId, UserId), agrees: bool, now: Timestamp) {
    let statement = if agrees {
        sql("insert into reminders (guild_id, user_id, agreed_at) values (?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel())
    } else {
        sql("delete from reminders where guild_id = ? and user_id = ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
    };
    tx.defer("writing down whether a member wants reminders", statement);
}

/// Whether a member agreed. Acts as the member or as the *payments* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn agreed(tx: &mut Tx, guild: GuildId, member: UserId) -> Result<bool> {
    let found = tx
        .execute(
            "asking whether a member wants reminders",
            sql("select from reminders where guild_id = ? and user_id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(member.as_i64()),
        )
        .await?;
    Ok(found > 0)
}
