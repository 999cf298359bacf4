//! What members ask to change of their subscriptions: kept with its idempotency key before the provider is told.
//!
//! A repeat of the same request finds the same change, and so does the same wish while nobody knows what became of it and
//! nothing else was wished since. Acts as the *payments* duty.

use super::subscriptions::Subscription;
use crate::db::{Tx, sql};
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long a key may be sent again: less than the day for which the provider knows it (Stripe, "Idempotent requests").
const KEY_HOLDS: SignedDuration = SignedDuration::from_hours(23);

/// What is to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// It ends with the present period.
    End,
    /// It goes on after all.
    GoOn,
    /// It changes to this item of the catalogue.
    Switch(String),
}

impl Wish {
    const fn word(&self) -> &'static str {
        match self {
            Self::End => "end",
            Self::GoOn => "go_on",
            Self::Switch(_) => "switch",
        }
    }

    fn item(&self) -> Option<String> {
        match self {
            Self::Switch(item) => Some(item.clone()),
            Self::End | Self::GoOn => None,
        }
    }
}

/// A change to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// Our own number of it.
    pub id: i64,
    /// Its idempotency key.
    pub key: String,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    change_key: String,
}

/// Writes a change down with `fresh_key`, or finds the one that this request, or the same wish lately, wrote down.
///
/// # Errors
/// As [`Tx::load`].
pub async fn ask(
    tx: &mut Tx,
    guild: GuildId,
    (subscription, wish): (&Subscription, &Wish),
    (request, fresh_key): (&str, &str),
    now: Timestamp,
) -> Result<ToSend> {
    let since = now.checked_sub(KEY_HOLDS).unwrap_or(now);
    let known: Option<Row> = tx
        .first(
            "looking for a change of a subscription",
            sql("select id, change_key from subscription_changes where guild_id = ? and subscription_id = ? \
                   and (request = ? or (kind = ? and item is not distinct from ? and state = 'asked' and created_at > ? \
                        and id = (select max(id) from subscription_changes where guild_id = ? and subscription_id = ?))) \
                 order by id desc limit 1")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(subscription.id.clone())
            .bind::<Text, _>(request.to_owned())
            .bind::<Text, _>(wish.word())
            .bind::<Nullable<Text>, _>(wish.item())
            .bind::<Timestamptz, _>(since.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(subscription.id.clone()),
        )
        .await?;
    if let Some(row) = known {
        return Ok(ToSend { id: row.id, key: row.change_key });
    }
    let new: Option<Row> = tx
        .first(
            "writing down a change of a subscription",
            sql("insert into subscription_changes as c (guild_id, user_id, subscription_id, request, kind, item, change_key, \
                   created_at) values (?, ?, ?, ?, ?, ?, ?, ?) \
                 on conflict (guild_id, user_id, request) do update set change_key = c.change_key returning id, change_key")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(subscription.user.as_i64())
            .bind::<Text, _>(subscription.id.clone())
            .bind::<Text, _>(request.to_owned())
            .bind::<Text, _>(wish.word())
            .bind::<Nullable<Text>, _>(wish.item())
            .bind::<Text, _>(fresh_key.to_owned())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    let none = || Error::Internal { what: "writing down a change of a subscription", cause: Cause::new("no row") };
    new.map(|row| ToSend { id: row.id, key: row.change_key }).ok_or_else(none)
}

/// Writes down the provider's word on a change, at the commit.
pub fn told(tx: &mut Tx, guild: GuildId, change: &ToSend, done: bool, now: Timestamp) {
    tx.defer(
        "writing down what became of a change",
        sql("update subscription_changes set state = ?, done_at = ? where guild_id = ? and id = ?")
            .bind::<Text, _>(if done { "done" } else { "refused" })
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(change.id),
    );
}
