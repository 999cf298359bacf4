//! What the clock does to promotions: begins those that are due, ends those whose time, uses or budget are gone, credits
//! recommendations that were held back.
//!
//! Who calls it says how often and commits. A row is due for one process only (`skip locked`). Acts as the *payments* duty.

use super::{Ending, Promotion, PromotionState, prices, referrals, store};
use crate::db::{Tx, sql};
use crate::domain::notifications;
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// How many of each were acted upon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Begun.
    pub begun: usize,
    /// Ended because their time was up.
    pub ended: usize,
    /// Ended because uses or budget were gone.
    pub gone: usize,
    /// Recommendations credited.
    pub credited: usize,
}

impl Done {
    /// Whether there was nothing to do.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The largest of the counts.
    pub fn most(&self) -> usize {
        [self.begun, self.ended, self.gone, self.credited].into_iter().max().unwrap_or(0)
    }
}

/// Does all that is due, at most `limit` of each.
///
/// # Errors
/// As [`Tx::load`].
pub async fn run(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Done> {
    Ok(Done {
        ended: end(tx, now, limit).await?,
        begun: begin(tx, now, limit).await?,
        gone: exhaust(tx, now, limit).await?,
        credited: referrals::credit(tx, now, limit).await?,
    })
}

async fn begin(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<store::Row> = tx
        .load(
            "beginning promotions",
            sql("update promotions p set state = 'active', started_at = ?, updated_at = ? from ( \
                   select guild_id, number from promotions where state = 'scheduled' and starts_at <= ? and ends_at > ? \
                   order by starts_at limit ? for update skip locked) d \
                 where p.guild_id = d.guild_id and p.number = d.number returning p.*")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let count = due.len();
    for row in due {
        let promotion = row.read()?;
        if promotion.is_public() {
            // Prices may have fallen since it was planned.
            let items = prices::priced(tx, promotion.guild, &promotion.target, now).await?;
            if !prices::reduces(&items, promotion.discount.capped(promotion.cap)) {
                over(tx, &promotion, Ending::NoReduction, now).await?;
                notifications::queue_promotion(tx, promotion.guild, promotion.number, now);
                continue;
            }
            prices::record(tx, promotion.guild, &promotion.target, now).await?;
        }
        promotion.tell(tx, "promotion_begun", now);
    }
    Ok(count)
}

async fn end(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let due: Vec<store::Row> = tx
        .load(
            "finding promotions that are due",
            sql("select * from promotions where state in ('scheduled', 'active') and ends_at <= ? \
                 order by ends_at limit ? for update skip locked")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let count = due.len();
    for row in due {
        over(tx, &row.read()?, Ending::Due, now).await?;
    }
    Ok(count)
}

#[derive(QueryableByName)]
struct Exhausted {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    cheapest_minor: Option<i64>,
}

/// Ends those whose uses are used, or whose budget pays for no use any more. As long as an order only reserved one, it may
/// come back.
async fn exhaust(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize> {
    let found: Vec<Exhausted> = tx
        .load(
            "finding promotions that are used up",
            sql("select p.guild_id, p.number, (select min(pr.amount_minor) from prices pr where pr.guild_id = p.guild_id \
                   and pr.currency = p.currency and pr.amount_minor > 0 and app.covers(p.target, pr.item)) as cheapest_minor \
                 from promotions p where p.state = 'active' \
                   and (p.uses_held >= p.uses_allowed or (p.budget_minor is not null and p.spent_minor > 0)) \
                   and not exists (select from promotion_uses u where u.guild_id = p.guild_id \
                                   and u.promotion_number = p.number and u.state = 'reserved') \
                 order by p.ends_at limit ?")
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let mut gone = 0;
    for row in found {
        let guild = GuildId::try_from(row.guild_id).internal("ending promotions")?;
        let Some(promotion) = store::lock(tx, guild, row.number).await? else { continue };
        let Some(ending) = exhausted(&promotion, row.cheapest_minor) else { continue };
        over(tx, &promotion, ending, now).await?;
        gone += 1;
    }
    Ok(gone)
}

/// Why a promotion can't be used any more, if it can't.
fn exhausted(promotion: &Promotion, cheapest: Option<i64>) -> Option<Ending> {
    if promotion.state != PromotionState::Active {
        return None;
    }
    if promotion.uses_allowed.is_some_and(|most| promotion.uses_held >= most) {
        return Some(Ending::UsedUp);
    }
    let left = promotion.budget?.minus(promotion.spent).ok()?;
    let discount = promotion.discount.capped(promotion.cap);
    let least = cheapest.and_then(|minor| Money::new(minor, promotion.currency).ok()).map(|list| discount.off(list));
    let least = least.filter(|off| !off.is_zero()).map_or(1, Money::minor);
    (left.minor() < least).then_some(Ending::Budget)
}

async fn over(tx: &mut Tx, promotion: &Promotion, ending: Ending, now: Timestamp) -> Result<()> {
    let (guild, number) = (promotion.guild, promotion.number);
    store::end(tx, (guild, number), ending, now).await?;
    store::audit(tx, (guild, number), "promotion_ended", Some(ending.as_str().to_owned()), now);
    promotion.tell(tx, "promotion_ended", now);
    if promotion.is_public() {
        prices::record(tx, guild, &promotion.target, now).await?;
    }
    Ok(())
}
