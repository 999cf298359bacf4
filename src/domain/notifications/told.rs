//! What became of telling openers of answers, and who did what the event log tells, over all guilds, as it happens.

use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;
use std::collections::HashMap;

/// Most at once.
const MOST: i64 = 500;

/// An answer of which its opener was told, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldReply {
    /// The notice's number.
    pub id: i64,
    /// The guild.
    pub guild: GuildId,
    /// The ticket's number.
    pub ticket: i64,
    /// When.
    pub at: Timestamp,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    ticket_number: i64,
    #[diesel(sql_type = Timestamptz)]
    done_at: jiff_diesel::Timestamp,
}

/// The answers whose telling ended after a time, the first first, at most 500. Acts as the *outbox* duty.
///
/// # Errors
/// As [`Tx::load`].
pub async fn replies_told(tx: &mut Tx, since: Timestamp) -> Result<Vec<ToldReply>> {
    let rows: Vec<Row> = tx
        .load(
            "looking which answers were told",
            sql("select id, guild_id, ticket_number, done_at from outbox where state <> 'pending' and kind = 'reply' \
                 and done_at > ? and ticket_number is not null order by done_at, id limit ?")
            .bind::<Timestamptz, _>(since.to_diesel())
            .bind::<BigInt, _>(MOST),
        )
        .await?;
    let read = |row: Row| {
        let guild = GuildId::try_from(row.guild_id).internal("reading which answers were told")?;
        Ok(ToldReply { id: row.id, guild, ticket: row.ticket_number, at: row.done_at.to_jiff() })
    };
    rows.into_iter().map(read).collect()
}

#[derive(QueryableByName)]
struct Actor {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    actor: i64,
}

/// Who did what some lines of the event log tell, by the line's number. Acts as the *panel* duty: whoever else reads the log on is
/// told of nobody.
///
/// # Errors
/// As [`Tx::load`].
pub async fn actors(tx: &mut Tx, lines: Vec<i64>) -> Result<HashMap<i64, UserId>> {
    let rows: Vec<Actor> = tx
        .load(
            "looking who did what is told",
            sql("select id, actor_id as actor from events where id = any(?) and actor_id is not null")
                .bind::<Array<BigInt>, _>(lines),
        )
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, UserId::try_from(row.actor).ok()?))).collect())
}
