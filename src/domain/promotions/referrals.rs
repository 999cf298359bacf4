//! What a member gets for recommending the shop: a credit for a friend's first purchase, once it can't be given back any more.
//!
//! A friend gives the member's code before he buys anything. Invitations and joining count for nothing (Discord, "Community
//! Guidelines"): only a purchase that stays paid. All that is written acts as the *payments* duty.

use super::{PromoCode, ReferralState};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Context};
use crate::kernel::{Currency, Error, GuildId, Money, Percent, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How long a credit is held back, because the purchase may be given back until then (Directive 2011/83/EU, article 9).
pub const HOLDBACK: SignedDuration = SignedDuration::from_hours(14 * 24);
/// What of a friend's first purchase is credited, in hundredths of a percent.
pub const CREDIT_HUNDREDTHS: i64 = 1_000;

#[derive(QueryableByName)]
struct CodeRow {
    #[diesel(sql_type = Text)]
    code: String,
}

/// The member's code; `fresh`, which must be random, becomes it where he has none.
///
/// # Errors
/// As [`Tx::load`].
pub async fn code_of(
    tx: &mut Tx,
    (guild, member): (GuildId, UserId),
    fresh: &PromoCode,
    now: Timestamp,
) -> Result<String> {
    tx.execute(
        "giving a member a code",
        sql("insert into referral_codes (guild_id, user_id, code, created_at) values (?, ?, ?, ?) on conflict do nothing")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
            .bind::<Text, _>(fresh.to_string())
            .bind::<Timestamptz, _>(now.to_diesel()),
    )
    .await?;
    let row: Option<CodeRow> = tx
        .first(
            "loading a member's code",
            sql("select code from referral_codes where guild_id = ? and user_id = ?")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(member.as_i64()),
        )
        .await?;
    let taken = || Error::Unavailable { what: "a member's code", cause: Cause::new("the random code is taken") };
    row.map(|row| row.code).ok_or_else(taken)
}

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = BigInt)]
    user_id: i64,
    #[diesel(sql_type = Bool)]
    bought: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    referrer: Option<i64>,
    /// Whether it is the friend who recommended the shop to him.
    #[diesel(sql_type = Bool)]
    mutual: bool,
}

/// Writes down who recommended the shop to a member; `false` when the code is nobody's. The same again changes nothing.
///
/// # Errors
/// [`Error::Conflict`] for his own code, for that of whom he recommended himself, when he has bought before, or was recommended by
/// somebody else. A trial for which nothing was paid yet is no purchase, and neither is what could not be handed over.
pub async fn join(tx: &mut Tx, (guild, friend): (GuildId, UserId), code: &PromoCode, now: Timestamp) -> Result<bool> {
    // One after the other: of two who give each other's codes at the same moment, one is seen by the other.
    tx.execute(
        "waiting for another recommendation",
        sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").bind::<Text, _>(format!("referrals/{guild}")),
    )
    .await?;
    let owner: Option<Owner> = tx
        .first(
            "looking for a member's code",
            sql("select c.user_id, exists (select from orders o where o.guild_id = c.guild_id and o.user_id = ? \
                   and o.fulfilled_at is not null and o.mode <> 'free' and (o.trial_days is null or o.payment_id is not null)) as bought, \
                   (select r.user_id from referrals r where r.guild_id = c.guild_id and r.friend_id = ?) as referrer, \
                   exists (select from referrals r where r.guild_id = c.guild_id and r.user_id = ? and r.friend_id = c.user_id) as mutual \
                 from referral_codes c where c.guild_id = ? and c.code = ?")
            .bind::<BigInt, _>(friend.as_i64())
            .bind::<BigInt, _>(friend.as_i64())
            .bind::<BigInt, _>(friend.as_i64())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<Text, _>(code.to_string()),
        )
        .await?;
    let Some(owner) = owner else { return Ok(false) };
    if owner.user_id == friend.as_i64() {
        return Err(Error::Conflict("error-referral-own"));
    }
    if owner.referrer == Some(owner.user_id) {
        return Ok(true);
    }
    if owner.mutual {
        return Err(Error::Conflict("error-referral-mutual"));
    }
    if owner.referrer.is_some() {
        return Err(Error::Conflict("error-referral-other"));
    }
    if owner.bought {
        return Err(Error::Conflict("error-referral-late"));
    }
    tx.defer(
        "writing down a recommendation",
        sql("insert into referrals (guild_id, user_id, friend_id, state, created_at, updated_at) \
             values (?, ?, ?, 'waiting', ?, ?) on conflict do nothing")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(owner.user_id)
        .bind::<BigInt, _>(friend.as_i64())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
    Ok(true)
}

/// A friend's order was paid and handed over: holds the credit of who recommended him, at the commit. Only his first purchase
/// after the recommendation finds it waiting.
pub fn bought(tx: &mut Tx, (guild, order): (GuildId, i64), (buyer, paid): (UserId, Money), now: Timestamp) {
    let credit = Percent::from_hundredths(CREDIT_HUNDREDTHS).map_or(0, |percent| percent.of(paid).minor());
    if credit == 0 {
        return;
    }
    let due = now.checked_add(HOLDBACK).unwrap_or(now);
    tx.defer(
        "holding a recommendation's credit",
        sql("update referrals set state = 'held', order_number = ?, amount_minor = ?, currency = ?, due_at = ?, updated_at = ? \
             where guild_id = ? and friend_id = ? and state = 'waiting'")
        .bind::<BigInt, _>(order)
        .bind::<BigInt, _>(credit)
        .bind::<Text, _>(paid.currency().code())
        .bind::<Timestamptz, _>(due.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(buyer.as_i64()),
    );
}

/// The money of an order went back: takes the credit back, at the commit, given or held.
pub fn reverse(tx: &mut Tx, guild: GuildId, order: i64, now: Timestamp) {
    tx.defer(
        "taking a recommendation's credit back",
        sql("update referrals set state = 'reversed', updated_at = ? \
             where guild_id = ? and order_number = ? and state in ('held', 'credited')")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(order),
    );
}

/// What of a credit is taken back where a part of the purchase's money went back: in proportion, rounded up, so that what is
/// left never counts money that is gone.
fn taken_back(credit: i64, gone: i64, received: i64) -> i64 {
    if received <= 0 || gone <= 0 {
        return 0;
    }
    let (credit, gone, received) = (i128::from(credit), i128::from(gone.min(received)), i128::from(received));
    let back = (credit * gone + received - 1) / received;
    i64::try_from(back).unwrap_or(i64::MAX)
}

#[derive(QueryableByName)]
struct Credit {
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
}

/// A part of an order's money went back, or is here again: the credit, given or held, is what stands for the rest. One that was
/// taken back altogether is held again.
///
/// # Errors
/// As [`Tx::load`].
pub async fn follow(
    tx: &mut Tx,
    (guild, order): (GuildId, i64),
    (gone, received): (i64, i64),
    now: Timestamp,
) -> Result<()> {
    let credit: Option<Credit> = tx
        .first(
            "looking at a recommendation's credit",
            sql("select amount_minor from referrals where guild_id = ? and order_number = ? for update")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(order),
        )
        .await?;
    let Some(credit) = credit else { return Ok(()) };
    tx.defer(
        "taking a part of a recommendation's credit back",
        sql("update referrals set back_minor = ?, state = case state when 'reversed' then 'held' else state end, updated_at = ? \
             where guild_id = ? and order_number = ?")
        .bind::<BigInt, _>(taken_back(credit.amount_minor, gone, received))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(order),
    );
    Ok(())
}

/// Credits what was held back long enough; tells how many.
///
/// # Errors
/// As [`Tx::load`].
pub(super) async fn credit(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    tx.execute(
        "crediting recommendations",
        sql("update referrals r set state = 'credited', updated_at = ? from ( \
               select guild_id, friend_id from referrals where state = 'held' and due_at <= ? \
               order by due_at limit ? for update skip locked) d \
             where r.guild_id = d.guild_id and r.friend_id = d.friend_id")
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(limit),
    )
    .await
}

/// A member's recommendations in one state and currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The state.
    pub state: ReferralState,
    /// How many.
    pub count: i64,
    /// Their credits, where there are any.
    pub amount: Option<Money>,
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    minor: Option<i64>,
}

/// The member's recommendations, by state.
///
/// # Errors
/// As [`Tx::load`].
pub async fn sums(tx: &mut Tx, guild: GuildId, member: UserId) -> Result<Vec<Sum>> {
    let rows: Vec<SumRow> = tx
        .load(
            "adding up a member's recommendations",
            // A credit of which nothing is left stands as one that was taken back.
            sql("select s.state, count(*) as count, r.currency, sum(r.amount_minor - case s.state when 'reversed' then 0 else r.back_minor end)::bigint as minor \
                 from referrals r, lateral (select case when r.amount_minor > 0 and r.back_minor >= r.amount_minor then 'reversed' else r.state end as state) s \
                 where r.guild_id = ? and r.user_id = ? group by s.state, r.currency order by s.state, r.currency")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64()),
        )
        .await?;
    let read = |row: SumRow| {
        let strange = || Error::Internal { what: "reading a recommendation", cause: Cause::new("state") };
        let currency: Option<Currency> =
            row.currency.map(|code| code.parse()).transpose().internal("reading a recommendation")?;
        let most = crate::kernel::money::MOST_MINOR;
        let money = row.minor.zip(currency).map(|(minor, currency)| Money::new(minor.min(most), currency));
        Ok(Sum {
            state: ReferralState::from_word(&row.state).ok_or_else(strange)?,
            count: row.count,
            amount: money.transpose().internal("reading a recommendation")?,
        })
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_credit_shrinks_with_what_goes_back() {
        for (gone, back) in [(0, 0), (1, 1), (500, 50), (1_000, 100), (1_999, 200), (2_000, 200), (9_999, 200), (-5, 0)]
        {
            assert_eq!(taken_back(200, gone, 2_000), back, "{gone}");
        }
        assert_eq!(taken_back(200, 5, 0), 0);
    }

    proptest! {
        #[test]
        fn what_is_left_counts_no_money_that_is_gone(credit in 1i64..=9_999_999, received in 1i64..=99_999_999, part in 0i64..=100) {
            let gone = received / 100 * part;
            let left = credit - taken_back(credit, gone, received);
            prop_assert!((0..=credit).contains(&left));
            let worth = i128::from(credit) * i128::from(received - gone);
            prop_assert!(i128::from(left) * i128::from(received) <= worth);
            prop_assert!((i128::from(left) + 1) * i128::from(received) > worth);
        }
    }
}
