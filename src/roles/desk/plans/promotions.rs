//! Promotions that are wanted, as the domain takes them.

use super::super::person::Operator;
use crate::app::App;
use crate::commands::promotions::target_named;
use crate::control::effect::PromotionEffect;
use crate::control::wanted::{Sum, WantedEnd, WantedOff, WantedPromotion};
use crate::domain::promotions::{Discount, NewPromotion, PromoCode, PromotionKind, Target};
use crate::kernel::error::Problem;
use crate::kernel::money::NotMoney;
use crate::kernel::text::Line;
use crate::kernel::{Error, Locale, Money, Percent, Result};
use jiff::{SignedDuration, Timestamp};

/// Why, where nothing else is said.
const REASON: &str = "Shellia";

pub(super) fn wrong<T>(option: &'static str, problem: Problem) -> Result<T> {
    Err(Error::Argument { option, problem })
}

fn money(option: &'static str, sum: &Sum) -> Result<Money> {
    let price = |why| Error::Argument { option, problem: Problem::NotAPrice(why) };
    let currency = sum.currency.parse().map_err(|_| price(NotMoney::NotACurrency))?;
    let money = Money::new(sum.minor, currency).map_err(price)?;
    if money.is_zero() { wrong(option, Problem::NotADiscount) } else { Ok(money) }
}

fn discount(off: &WantedOff) -> Result<Discount> {
    match off {
        WantedOff::PercentHundredths(hundredths) => match Percent::from_hundredths(i64::from(*hundredths)) {
            Ok(percent) => Ok(Discount::Percent(percent)),
            Err(_) => wrong("value", Problem::NotInRange { min: 1, max: 99 }),
        },
        WantedOff::Amount(sum) => money("value", sum).map(Discount::Amount),
    }
}

/// The moment that is meant, from now.
pub(super) fn end(ends: WantedEnd, now: Timestamp) -> Result<Timestamp> {
    match ends {
        WantedEnd::At(at) => Ok(at.0),
        WantedEnd::Minutes(minutes) => now
            .checked_add(SignedDuration::from_mins(i64::from(minutes)))
            .map_err(|_| Error::Argument { option: "duration", problem: Problem::NotADuration }),
    }
}

/// Reads a promotion; at the commit, target and end are those that were shown.
pub(super) async fn read(
    app: &App,
    by: &Operator,
    locale: Locale,
    (wanted, planned): (&WantedPromotion, Option<&PromotionEffect>),
    (request, now): (&str, Timestamp),
) -> Result<NewPromotion> {
    let guild = by.guild.id;
    if wanted.billing.is_some() {
        return Err(Error::Conflict("error-plan-billing"));
    }
    app.open_shop(guild).await?;
    let shown = planned.and_then(|planned| Target::from_word(&planned.target));
    let target = match shown {
        Some(target) => target,
        None => {
            let mut tx = app.db.begin(&by.actor).await?;
            let found = target_named(&mut tx, guild, &wanted.target).await;
            tx.end().await?;
            found?
        }
    };
    let code = wanted.code.as_deref().map(PromoCode::parse).transpose();
    let reason = Line::parse(wanted.reason.as_deref().unwrap_or(REASON));
    Ok(NewPromotion {
        guild,
        request: request.to_owned(),
        kind: PromotionKind::Manual,
        discount: discount(&wanted.off)?,
        target,
        code: code.map_err(|problem| Error::Argument { option: "promo_code", problem })?,
        starts_at: now,
        ends_at: planned.map_or_else(|| end(wanted.ends, now), |planned| Ok(planned.ends_at))?,
        uses: wanted.max_uses,
        per_member: wanted.per_member,
        first_purchase: wanted.first_purchase,
        budget: wanted.budget.as_ref().map(|budget| money("budget", budget)).transpose()?,
        reason: reason.map_err(|problem| Error::Argument { option: "promo_reason", problem })?,
        by: by.user,
        locale,
    })
}
