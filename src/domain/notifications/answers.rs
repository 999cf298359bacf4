//! What a person was answered, kept by the id of what asked: for repeats, and for answers behind a private button.

use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::reply::Reply;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Name of the constraint that a second answer to the same request violates; see [`Tx::commit_once`].
pub const ANSWERED_ONCE: &str = "answers_pkey";

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Jsonb)]
    reply: serde_json::Value,
}

/// The answer that this person got to this request, if any. Acts as that person.
///
/// # Errors
/// As [`Tx::load`].
pub async fn kept(tx: &mut Tx, guild: GuildId, user: UserId, request: &str) -> Result<Option<Reply>> {
    let row: Option<Kept> = tx
        .first(
            "looking for an earlier answer",
            sql("select reply from answers where guild_id = ? and user_id = ? and request = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(user.as_i64())
                .bind::<Text, _>(request.to_owned()),
        )
        .await?;
    row.map(|row| serde_json::from_value(row.reply).internal("reading an earlier answer")).transpose()
}

/// Keeps an answer at the commit, which then fails as [`ANSWERED_ONCE`] if there is one. Acts as that person.
///
/// # Errors
/// [`crate::kernel::Error::Internal`] when it can't be written as JSON.
pub fn keep(tx: &mut Tx, guild: GuildId, user: UserId, request: &str, reply: &Reply, now: Timestamp) -> Result<()> {
    let json = serde_json::to_value(reply).internal("writing an answer")?;
    tx.defer(
        "keeping an answer",
        sql("insert into answers (guild_id, user_id, request, reply, created_at) values (?, ?, ?, ?, ?)")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(user.as_i64())
            .bind::<Text, _>(request.to_owned())
            .bind::<Jsonb, _>(json)
            .bind::<Timestamptz, _>(now.to_diesel()),
    );
    Ok(())
}
