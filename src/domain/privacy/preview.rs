//! What an erasure would do, in numbers, and what is in its way. Nothing but numbers leaves it.

use super::Obstacle;
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

/// How much of something there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// What, as in the texts `privacy-what-…`.
    pub what: &'static str,
    /// Why it stays, as in the texts `privacy-why-…`; empty for what is erased.
    pub why: &'static str,
    /// How many.
    pub count: i64,
}

/// What an erasure would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What would be gone, without what there is none of.
    pub erased: Vec<Counted>,
    /// What would stay under a pseudonym, or as it is where the reason says so.
    pub kept: Vec<Counted>,
    /// What must come to its end first.
    pub obstacles: Vec<Obstacle>,
    /// Whether he holds something now, which he gives up.
    pub holds: bool,
    /// His name at the payment provider, which keeps its own; empty where he has none.
    pub customer: String,
}

/// What can be counted: its word, why it stays, and its query.
const PARTS: &[(&str, &str, &str)] = &[
    ("tickets", "", "select count(*) from tickets x, g where x.guild_id = g.guild and x.opener_id = g.who"),
    ("messages", "", "select count(*) from ticket_messages x, g where x.guild_id = g.guild and x.opener_id = g.who"),
    ("files", "", "select count(*) from ticket_attachments x, g where x.guild_id = g.guild and x.opener_id = g.who"),
    ("answers", "", "select count(*) from answers x, g where x.guild_id = g.guild and x.user_id = g.who"),
    (
        "choices",
        "",
        "select (select count(*) from languages x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from reminders x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from remembered_codes x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from referral_codes x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from saved_views x, g where x.guild_id = g.guild and x.user_id = g.who)",
    ),
    ("sessions", "", "select count(*) from panel_sessions x, g where x.user_id = g.who"),
    (
        "entries",
        "",
        "select count(*) from giveaway_entries x, giveaways w, g where x.guild_id = g.guild and x.user_id = g.who \
           and w.guild_id = x.guild_id and w.number = x.giveaway and w.state in ('open', 'cancelled')",
    ),
    (
        "orders",
        "accounting",
        "select count(*) from orders x, g where x.guild_id = g.guild and (x.user_id = g.who or x.recipient_id = g.who)",
    ),
    (
        "deliveries",
        "accounting",
        "select count(*) from deliveries x, g where x.guild_id = g.guild and x.user_id = g.who",
    ),
    (
        "accesses",
        "accounting",
        "select count(*) from entitlements x, g where x.guild_id = g.guild and x.user_id = g.who",
    ),
    ("invoices", "accounting", "select count(*) from invoices x, g where x.guild_id = g.guild and x.user_id = g.who"),
    ("refunds", "accounting", "select count(*) from refunds x, g where x.guild_id = g.guild and x.user_id = g.who"),
    (
        "subscriptions",
        "accounting",
        "select count(*) from subscriptions x, g where x.guild_id = g.guild and x.user_id = g.who",
    ),
    (
        "reductions",
        "accounting",
        "select (select count(*) from promotion_uses x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from credit_uses x, g where x.guild_id = g.guild and x.user_id = g.who) \
              + (select count(*) from referrals x, g where x.guild_id = g.guild and (x.user_id = g.who or x.friend_id = g.who))",
    ),
    ("trials", "abuse", "select count(*) from trials x, g where x.guild_id = g.guild and x.user_id = g.who"),
    (
        "draws",
        "proof",
        "select count(*) from giveaway_entries x, giveaways w, g where x.guild_id = g.guild and x.user_id = g.who \
           and w.guild_id = x.guild_id and w.number = x.giveaway and w.state not in ('open', 'cancelled')",
    ),
];

const GIVEN: &str = "with g as (select ?::bigint as guild, ?::bigint as who) ";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// What is in the way of an erasure, and two facts that its member should know.
const FACTS: &str = "\
    select 'subscription' as word from g where exists (select from subscriptions s where s.guild_id = g.guild and s.user_id = g.who \
      and s.state not in ('canceled', 'incomplete_expired')) \
    union all select 'order' from g where exists (select from orders o where o.guild_id = g.guild and (o.user_id = g.who or o.recipient_id = g.who) \
      and o.state in ('pending', 'awaiting', 'paid')) \
    union all select 'refund' from g where exists (select from refunds r where r.guild_id = g.guild and r.user_id = g.who and r.state = 'requested') \
      or exists (select from reclaims r where r.guild_id = g.guild and r.user_id = g.who and r.state = 'requested') \
      or exists (select from subscription_changes c where c.guild_id = g.guild and c.user_id = g.who and c.state = 'asked') \
    union all select 'dispute' from g where exists (select from orders o where o.guild_id = g.guild and o.user_id = g.who and o.dispute = 'open') \
      or exists (select from invoices i where i.guild_id = g.guild and i.user_id = g.who and i.dispute = 'open') \
    union all select 'giveaway' from g where exists (select from giveaway_entries e join giveaways w on w.guild_id = e.guild_id and w.number = e.giveaway \
        where e.guild_id = g.guild and e.user_id = g.who and w.state in ('paused', 'drawing', 'drawn')) \
      or exists (select from giveaway_places p where p.guild_id = g.guild and p.user_id = g.who and p.state in ('pending', 'claimed')) \
    union all select 'holds' from g where exists (select from entitlements e where e.guild_id = g.guild and e.user_id = g.who \
      and e.revoked_at is null and (e.ends_at is null or e.ends_at > ?)) \
    union all select 'customer/' || c.customer_id from customers c, g where c.guild_id = g.guild and c.user_id = g.who and c.customer_id is not null";

/// What an erasure of a member would do. Acts as the *privacy* duty in that guild.
///
/// # Errors
/// As [`Tx::load`].
pub async fn preview(tx: &mut Tx, (guild, user): (GuildId, UserId), now: jiff::Timestamp) -> Result<Preview> {
    use diesel::sql_types::Timestamptz;
    use jiff_diesel::ToDiesel;
    let mut counting = sql(GIVEN);
    for (place, (_, _, query)) in PARTS.iter().enumerate() {
        counting = counting
            .then(if place == 0 { "select ?::bigint as place, (" } else { " union all select ?::bigint, (" })
            .then(query)
            .then(")::bigint as count");
    }
    counting = counting.bind::<BigInt, _>(guild.as_i64()).bind::<BigInt, _>(user.as_i64());
    for place in 0..PARTS.len() {
        counting = counting.bind::<BigInt, _>(i64::try_from(place).unwrap_or(i64::MAX));
    }
    let counts: Vec<Count> = tx.load("counting what is kept of a member", counting).await?;
    let facts = sql(GIVEN)
        .then(FACTS)
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(user.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel());
    let facts: Vec<Word> = tx.load("looking for what is in the way of an erasure", facts).await?;
    let is = |word: &str| facts.iter().any(|fact| fact.word == word);
    let (mut erased, mut kept) = (Vec::new(), Vec::new());
    for Count { place, count } in counts {
        let part = usize::try_from(place).ok().and_then(|place| PARTS.get(place));
        let Some((what, why, _)) = part.filter(|_| count > 0) else { continue };
        let list = if why.is_empty() { &mut erased } else { &mut kept };
        list.push(Counted { what, why, count });
    }
    Ok(Preview {
        erased,
        kept,
        obstacles: Obstacle::ALL.into_iter().filter(|one| is(one.as_str())).collect(),
        holds: is("holds"),
        customer: facts.iter().find_map(|fact| fact.word.strip_prefix("customer/")).unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Locale;
    use crate::kernel::words::Words;

    #[test]
    fn everything_that_is_counted_has_words() {
        let words = Words::new();
        for locale in Locale::ALL {
            let say = words.speak(locale);
            for (what, why, _) in PARTS {
                assert!(
                    say.find(&format!("privacy-what-{what}"), &[("count", 2.into())]).is_some(),
                    "{locale:?}: {what}"
                );
                assert!(why.is_empty() || say.find(&format!("privacy-why-{why}"), &[]).is_some(), "{locale:?}: {why}");
            }
            for obstacle in Obstacle::ALL {
                let id = format!("privacy-first-{}", obstacle.as_str());
                assert!(say.find(&id, &[]).is_some(), "{locale:?}: {id}");
            }
        }
    }
}
