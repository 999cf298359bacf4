//! The members that a guild's panel knows: who bought something, got something or opened a ticket. It reads; who is a member now is
//! Discord's to say.
//!
//! Acts as staff; the policies decide what is there.

use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text};

/// Somebody who is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub user: UserId,
    /// What he was called when he last bought something, or opened a ticket.
    pub name: Option<String>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
}

/// What somebody is called, beside his id `k.id` in a guild `i.guild`.
const NAMED: &str = "select k.id, coalesce( \
     (select o.user_name from orders o where o.guild_id = i.guild and o.user_id = k.id order by o.number desc limit 1), \
     (select t.opener_name from tickets t where t.guild_id = i.guild and t.opener_id = k.id order by t.number desc limit 1)) as name \
   from input i, ";

/// The next person after one, each found by the first row of an index: however many rows there are, a page costs as many looks as
/// it has lines.
const EVERYBODY: &str = "with recursive input as materialized (select ?::bigint as guild, ?::bigint as below, ?::bigint as most), \
   people (id, place) as ( \
     select i.below, 0::bigint from input i \
     union all \
     select least( \
       (select o.user_id from orders o where o.guild_id = i.guild and o.user_id > p.id order by o.user_id limit 1), \
       (select o.recipient_id from orders o where o.guild_id = i.guild and o.recipient_id > p.id order by o.recipient_id limit 1), \
       (select e.user_id from entitlements e where e.guild_id = i.guild and e.user_id > p.id order by e.user_id limit 1), \
       (select t.opener_id from tickets t where t.guild_id = i.guild and t.opener_id > p.id order by t.opener_id limit 1)), \
       p.place + 1 \
     from people p, input i where p.id is not null and p.place < i.most) ";

/// Those whose id it is, or whose name holds the words.
const CALLED: &str = "with input as materialized (select ?::bigint as guild, ?::bigint as below, ?::bigint as most, ?::bigint as named, \
     ?::text as words), \
   people (id) as ( \
     select o.user_id from orders o, input i where o.guild_id = i.guild \
       and (o.user_id = i.named or strpos(lower(o.user_name), i.words) > 0) \
     union select o.recipient_id from orders o, input i where o.guild_id = i.guild and o.recipient_id = i.named \
     union select e.user_id from entitlements e, input i where e.guild_id = i.guild and e.user_id = i.named \
     union select t.opener_id from tickets t, input i where t.guild_id = i.guild \
       and (t.opener_id = i.named or strpos(lower(t.opener_name), i.words) > 0)) ";

/// A page of at most `limit` people above an id, by id; narrowed by words of their names, or by the id itself, where some are given.
///
/// # Errors
/// As [`Tx::load`].
pub async fn known(tx: &mut Tx, guild: GuildId, words: Option<&str>, (after, limit): (i64, i64)) -> Result<Vec<Known>> {
    let query = match words {
        None => sql(EVERYBODY)
            .then(NAMED)
            .then("people k where k.place > 0 and k.id is not null order by k.id")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(limit),
        Some(words) => sql(CALLED)
            .then(NAMED)
            .then("(select id from people, input where id > input.below order by id limit (select most from input)) k order by k.id")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<BigInt, _>(words.parse().unwrap_or(0))
            .bind::<Text, _>(words.to_lowercase()),
    };
    let rows: Vec<Row> = tx.load("listing who is known", query).await?;
    let read = |row: Row| {
        let user = UserId::try_from(row.id).internal("reading who is known")?;
        Ok(Known { user, name: row.name })
    };
    rows.into_iter().map(read).collect()
}
