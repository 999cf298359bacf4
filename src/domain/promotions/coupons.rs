//! A code that one person alone may use, once, on whatever he buys: what somebody won, for instance. Acts as the *payments* duty.
//!
//! It rests nobody's price and no other promotion: nobody else gets it.

use super::{Discount, PromoCode, Promotion, PromotionKind, PromotionState, Target, reading, service, store};
use crate::db::{Tx, sql};
use crate::kernel::{GuildId, Money, Percent, Result, UserId};
use diesel::sql_types::BigInt;
use jiff::Timestamp;

/// A coupon to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// The guild.
    pub guild: GuildId,
    /// Who alone may use it.
    pub user: UserId,
    /// Names it: a second time finds the first.
    pub key: String,
    /// What is typed; nobody guesses it.
    pub code: PromoCode,
    /// What comes off.
    pub discount: Discount,
    /// The largest part of a price that comes off.
    pub cap: Percent,
    /// Until when.
    pub until: Timestamp,
    /// Who stands behind it.
    pub by: UserId,
    /// Why, in a few words.
    pub reason: String,
}

/// Makes a coupon, or finds the one of that name; gives its code, and until when it counts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn give(tx: &mut Tx, coupon: &Coupon, now: Timestamp) -> Result<(String, Timestamp)> {
    let number = service::next_number(tx, coupon.guild).await?;
    let made = match store::of_request(tx, coupon.guild, &coupon.key).await? {
        Some(made) => made,
        None => make(tx, coupon, number, now).await?,
    };
    let code = made.code.as_ref().unwrap_or(&coupon.code);
    Ok((code.to_string(), made.ends_at))
}

async fn make(tx: &mut Tx, coupon: &Coupon, number: i64, now: Timestamp) -> Result<Promotion> {
    let currency = match coupon.discount {
        Discount::Amount(amount) => amount.currency(),
        Discount::Percent(_) => reading::currency(tx, coupon.guild).await?,
    };
    let promotion = Promotion {
        guild: coupon.guild,
        number,
        kind: PromotionKind::Manual,
        discount: coupon.discount,
        cap: coupon.cap,
        currency,
        target: Target::Everything,
        code: Some(coupon.code.clone()),
        starts_at: now,
        ends_at: coupon.until,
        uses_allowed: Some(1),
        uses_held: 0,
        uses_per_member: Some(1),
        first_purchase: false,
        budget: None,
        spent: Money::zero(currency),
        made_by: coupon.by,
        reason: coupon.reason.clone(),
        state: PromotionState::Active,
        personal: true,
        ending: None,
        ended_at: None,
    };
    store::insert(tx, &promotion, &coupon.key, now).await?;
    tx.execute(
        "binding a coupon to its person",
        sql("update promotions set for_user = ? where guild_id = ? and number = ?")
            .bind::<BigInt, _>(coupon.user.as_i64())
            .bind::<BigInt, _>(coupon.guild.as_i64())
            .bind::<BigInt, _>(number),
    )
    .await?;
    promotion.tell(tx, "promotion_made", now);
    Ok(promotion)
}
