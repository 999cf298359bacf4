//! Making, previewing and stopping promotions: the one door for staff and for the other bot. Every cap is enforced here.
//!
//! Acts as an operator of the guild. Making takes the guild's counter of promotions first, so that two at once see each other.

use super::caps::{COOLDOWN, LONGEST, PromotionRules, Run, is_too_busy, is_too_soon};
use super::prices::{self, Priced};
use super::{Discount, Ending, PromoCode, Promotion, PromotionKind, PromotionState, Target, store};
use crate::db::{Tx, sql};
use crate::kernel::error::{Cause, Problem, Rests};
use crate::kernel::text::Line;
use crate::kernel::{Error, GuildId, Locale, Money, Percent, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A promotion to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromotion {
    /// The guild.
    pub guild: GuildId,
    /// The intent: a repeat finds the promotion that it made.
    pub request: String,
    /// What it is for.
    pub kind: PromotionKind,
    /// What comes off.
    pub discount: Discount,
    /// What it is on.
    pub target: Target,
    /// The code to type; `None`: it applies by itself.
    pub code: Option<PromoCode>,
    /// From when; what is past means now.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// How often it may be used in all.
    pub uses: Option<u32>,
    /// How often one member may use it.
    pub per_member: Option<u32>,
    /// Whether it is for a member's first purchase only.
    pub first_purchase: bool,
    /// What it may cost in all.
    pub budget: Option<Money>,
    /// Why.
    pub reason: Line,
    /// Who makes it.
    pub by: UserId,
    /// The language in which amounts are named where something is refused.
    pub locale: Locale,
}

/// What a promotion would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// How many prices of the list it is on.
    pub prices: usize,
    /// The cheapest of them.
    pub cheapest: Money,
    /// What comes off that.
    pub off: Money,
    /// The dearest of them.
    pub dearest: Money,
    /// What comes off that.
    pub most_off: Money,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    last_number: i64,
}

#[derive(QueryableByName)]
struct RunRow {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    target: String,
    /// What its target is called, where that is a single thing.
    #[diesel(sql_type = Nullable<Text>)]
    called: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    from_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Timestamptz)]
    until_at: jiff_diesel::Timestamp,
    #[diesel(sql_type = Bool)]
    live: bool,
}

/// What a promotion would do, without making it.
///
/// # Errors
/// [`Error::Argument`] and [`Error::Conflict`] for what no promotion may be, with the reason.
pub async fn preview(tx: &mut Tx, new: &NewPromotion, rules: &PromotionRules, now: Timestamp) -> Result<Preview> {
    let run = Run { from: new.starts_at.max(now), until: new.ends_at };
    check_times(run, now)?;
    let items = prices::priced(tx, new.guild, &new.target, run.from).await?;
    let preview = check_value(new, &items, rules)?;
    check_others(tx, new, run).await?;
    let discount = new.discount.capped(cap(rules)?);
    if new.code.is_none() && !new.first_purchase && !prices::reduces(&items, discount) {
        let Some(item) = prices::no_less(&items, discount) else {
            return Err(Error::Conflict("error-promo-nothing-off"));
        };
        let problem = prices::asked_before(tx, new.guild, item, discount).await?;
        return Err(Error::Argument { option: "target", problem });
    }
    Ok(preview)
}

/// Makes a promotion, or finds the one that this intent made before.
///
/// # Errors
/// As [`preview`].
pub async fn create(tx: &mut Tx, new: &NewPromotion, rules: &PromotionRules, now: Timestamp) -> Result<Promotion> {
    let number = next_number(tx, new.guild).await?;
    if let Some(made) = store::of_request(tx, new.guild, &new.request).await? {
        return Ok(made);
    }
    let preview = preview(tx, new, rules, now).await?;
    let currency = preview.cheapest.currency();
    let starts_at = new.starts_at.max(now);
    let promotion = Promotion {
        guild: new.guild,
        number,
        kind: new.kind,
        discount: new.discount,
        cap: cap(rules)?,
        currency,
        target: new.target.clone(),
        code: new.code.clone(),
        starts_at,
        ends_at: new.ends_at,
        uses_allowed: new.uses.map(i64::from),
        uses_held: 0,
        uses_per_member: new.per_member.map(i64::from),
        first_purchase: new.first_purchase,
        budget: new.budget,
        spent: Money::zero(currency),
        made_by: new.by,
        reason: new.reason.as_str().to_owned(),
        state: if starts_at <= now { PromotionState::Active } else { PromotionState::Scheduled },
        personal: false,
        ending: None,
        ended_at: None,
    };
    store::insert(tx, &promotion, &new.request, now).await?;
    store::audit(tx, (new.guild, number), "promotion_made", Some(format!("{} {}", new.discount, new.target)), now);
    promotion.tell(tx, "promotion_made", now);
    if promotion.state == PromotionState::Active {
        promotion.tell(tx, "promotion_begun", now);
    }
    if promotion.is_public() && promotion.state == PromotionState::Active {
        prices::record(tx, new.guild, &promotion.target, now).await?;
    }
    Ok(promotion)
}

/// Stops a promotion; one that was stopped before is given as it stands. Orders that hold a use keep their price.
///
/// # Errors
/// [`Error::NotFound`] for one that doesn't exist; [`Error::Conflict`] for one that is over by itself.
pub async fn stop(tx: &mut Tx, guild: GuildId, number: i64, now: Timestamp) -> Result<Promotion> {
    let mut promotion = store::lock(tx, guild, number).await?.ok_or(Error::NotFound("promotion"))?;
    match promotion.state {
        PromotionState::Stopped => return Ok(promotion),
        PromotionState::Ended => return Err(Error::Conflict("error-promo-over")),
        PromotionState::Scheduled | PromotionState::Active => {}
    }
    store::end(tx, (guild, number), Ending::Stopped, now).await?;
    store::audit(tx, (guild, number), "promotion_stopped", None, now);
    promotion.tell(tx, "promotion_stopped", now);
    if promotion.is_public() {
        prices::record(tx, guild, &promotion.target, now).await?;
    }
    promotion.state = PromotionState::Stopped;
    promotion.ending = Some(Ending::Stopped);
    promotion.ended_at = Some(now);
    Ok(promotion)
}

pub(super) async fn next_number(tx: &mut Tx, guild: GuildId) -> Result<i64> {
    let row: Option<Number> = tx
        .first(
            "taking a promotion's number",
            sql("insert into promotion_counters as c (guild_id, last_number) values (?, 1) \
                 on conflict (guild_id) do update set last_number = c.last_number + 1 returning last_number")
            .bind::<BigInt, _>(guild.as_i64()),
        )
        .await?;
    let none = || Error::Internal { what: "taking a promotion's number", cause: Cause::new("no row") };
    row.map(|row| row.last_number).ok_or_else(none)
}

fn check_times(run: Run, now: Timestamp) -> Result<()> {
    if run.until <= now || run.until <= run.from {
        return Err(Error::Conflict("error-promo-ends-first"));
    }
    // Counted from now: what begins in a year can't be meant.
    if run.until.duration_since(now) > LONGEST {
        return Err(Error::Conflict("error-promo-too-long"));
    }
    Ok(())
}

/// The largest part of a price that comes off.
fn cap(rules: &PromotionRules) -> Result<Percent> {
    rules.cap().ok_or(Error::Conflict("error-promo-nothing-off"))
}

/// What comes off, against the cap and the prices.
fn check_value(new: &NewPromotion, items: &[Priced], rules: &PromotionRules) -> Result<Preview> {
    let nothing = || Error::Conflict("error-promo-nothing-there");
    let cheapest = items.iter().map(|item| item.list).min_by_key(|list| list.minor()).ok_or_else(nothing)?;
    let dearest = items.iter().map(|item| item.list).max_by_key(|list| list.minor()).ok_or_else(nothing)?;
    let wrong = |option, problem| Err(Error::Argument { option, problem });
    let most = rules.cap().map_or(Money::zero(cheapest.currency()), |cap| cap.of(cheapest));
    match new.discount {
        Discount::Percent(percent) if rules.cap().is_none_or(|cap| percent > cap) => {
            return wrong("value", Problem::OverCap { cap: rules.cap_percent, of: None });
        }
        Discount::Amount(amount) if amount.currency() != cheapest.currency() => {
            return Err(Error::Conflict("error-promo-currency"));
        }
        Discount::Amount(amount) if amount.minor() > most.minor() => {
            let of = Some((cheapest.show(new.locale), most.show(new.locale)));
            return wrong("value", Problem::OverCap { cap: rules.cap_percent, of });
        }
        Discount::Percent(_) | Discount::Amount(_) => {}
    }
    let (off, most_off) = (new.discount.off(cheapest), new.discount.off(dearest));
    if most_off.is_zero() {
        return Err(Error::Conflict("error-promo-nothing-off"));
    }
    if new.uses == Some(0) || new.per_member == Some(0) {
        return Err(Error::Conflict("error-promo-no-use"));
    }
    if new.budget.is_some_and(|budget| budget.currency() != cheapest.currency()) {
        return Err(Error::Conflict("error-promo-currency"));
    }
    match new.budget {
        Some(budget) if budget.minor() < off.minor() => return Err(Error::Conflict("error-promo-budget-small")),
        // Some of them it would pay for: which one isn't clear to whoever sees the others reduced.
        Some(budget) if budget.minor() < most_off.minor() => return Err(Error::Conflict("error-promo-budget-dearest")),
        Some(_) | None => {}
    }
    Ok(Preview { prices: items.len(), cheapest, off, dearest, most_off })
}

/// The other promotions of the guild: one code at a time, rest for the target, room for prices without promotion.
///
/// A code that was stopped within the hour and that nobody used was never anybody's price: nothing rests from it. What everybody
/// saw at a lower price was announced, however short it was.
async fn check_others(tx: &mut Tx, new: &NewPromotion, run: Run) -> Result<()> {
    let rows: Vec<RunRow> = tx
        .load(
            "looking at other promotions",
            sql("select o.number, o.target, o.code, coalesce(o.started_at, o.starts_at) as from_at, \
                   coalesce(o.ended_at, o.ends_at) as until_at, o.state in ('scheduled', 'active') as live, \
                   coalesce((select p.name from plans p where p.guild_id = o.guild_id and 'plan/' || p.code = o.target), \
                     (select g.name from products g where g.guild_id = o.guild_id and 'product/' || g.code = o.target)) as called \
                 from promotions o \
                 where o.guild_id = ? and o.for_user is null and (o.state in ('scheduled', 'active') or o.started_at is not null) \
                   and coalesce(o.ended_at, o.ends_at) > ?::timestamptz - interval '30 days' \
                   and not (o.state = 'stopped' and (o.code is not null or o.first_purchase) and o.uses_held = 0 \
                            and o.ended_at < o.started_at + interval '1 hour') \
                 order by o.number")
            .bind::<BigInt, _>(new.guild.as_i64())
            .bind::<Timestamptz, _>(run.from.to_diesel()),
        )
        .await?;
    if rows
        .iter()
        .any(|row| row.live && row.code.is_some() && row.code.as_deref() == new.code.as_ref().map(PromoCode::as_str))
    {
        return Err(Error::Conflict("error-promo-code-taken"));
    }
    let of = |row: &RunRow| Run { from: row.from_at.to_jiff(), until: row.until_at.to_jiff() };
    let same_way = rows.iter().filter(|row| row.code.is_some() == new.code.is_some());
    // What is reduced beside another may be; what was reduced rests, be it under a wider target or a narrower one.
    let rests = |row: &&RunRow| {
        let over = row.code.is_none() && row.until_at.to_jiff() <= run.from;
        Target::from_word(&row.target).is_some_and(|one| one == new.target || (over && one.meets(&new.target)))
    };
    // Of several, the one that rests the longest.
    let near = same_way.filter(rests).filter(|row| is_too_soon(&[of(row)], run));
    if let Some(row) = near.max_by_key(|row| row.until_at.to_jiff()) {
        let over = row.until_at.to_jiff();
        let problem = Problem::Rests(Box::new(Rests {
            promotion: row.number,
            target: row.target.clone(),
            called: row.called.clone(),
            over,
            live: row.live,
            by_code: new.code.is_some(),
            rested: over.checked_add(COOLDOWN).unwrap_or(over),
        }));
        return Err(Error::Argument { option: "target", problem });
    }
    if new.code.is_some() {
        return Ok(());
    }
    // Each plan that has had promotions of its own, and any other plan.
    let past: Vec<(Target, Run)> = rows
        .iter()
        .filter(|row| row.code.is_none())
        .filter_map(|row| Target::from_word(&row.target).map(|target| (target, of(row))))
        .collect();
    let mut plans = vec![None];
    plans.extend(past.iter().map(|(target, _)| target).chain([&new.target]).filter_map(|target| match target {
        Target::Plan(code) => Some(Some(code.as_str())),
        Target::Everything | Target::Plans | Target::Products | Target::Product(_) => None,
    }));
    for plan in plans.into_iter().filter(|plan| new.target.covers_plan(*plan)) {
        let on: Vec<Run> = past.iter().filter(|(target, _)| target.covers_plan(plan)).map(|(_, run)| *run).collect();
        if is_too_busy(&on, run) {
            return Err(Error::Conflict("error-promo-too-busy"));
        }
    }
    Ok(())
}
