//! Finds what comes off an order's price for one member, and remembers the code that he checked.
//!
//! Acts as the *payments* duty in the guild: members can't read codes.

use super::store::{cap_of, discount_of, strange};
use super::{Candidate, Ending, Pick, PromoCode, PromotionState, Reduction, Refusal, Target, credits, pick};
use crate::db::{Tx, sql};
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

type Time = jiff_diesel::Timestamp;

/// What a member would buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The guild.
    pub guild: GuildId,
    /// Who buys.
    pub member: UserId,
    /// The item's name in the price list, such as `plan/pro/month`.
    pub item: &'a str,
    /// What it costs without reductions, all units together.
    pub list: Money,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<Integer>)]
    percent_hundredths: Option<i32>,
    #[diesel(sql_type = Nullable<BigInt>)]
    amount_minor: Option<i64>,
    #[diesel(sql_type = Integer)]
    cap_hundredths: i32,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Nullable<Text>)]
    ended_reason: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    starts_at: Time,
    #[diesel(sql_type = Timestamptz)]
    ends_at: Time,
    #[diesel(sql_type = Nullable<BigInt>)]
    uses_left: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    mine_left: Option<i64>,
    #[diesel(sql_type = Bool)]
    too_late: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    budget_left: Option<i64>,
    #[diesel(sql_type = Bool)]
    remembered: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    lowest_minor: Option<i64>,
}

/// A candidate with its target, whether the member had it remembered, and the lowest price of the item before it.
type Read = (Candidate, Target, bool, Option<Money>);

impl Row {
    fn read(self, item: Option<(&str, Currency)>) -> Result<Read> {
        let currency: Currency = self.currency.parse().internal("reading a promotion")?;
        let target = Target::from_word(&self.target).ok_or_else(|| strange("target"))?;
        let covers = item.is_some_and(|(item, of)| target.covers(item) && of == currency);
        let candidate = Candidate {
            number: self.number,
            discount: discount_of(self.percent_hundredths, self.amount_minor, currency)?,
            cap: cap_of(self.cap_hundredths)?,
            code: self.code,
            state: PromotionState::from_word(&self.state).ok_or_else(|| strange("state"))?,
            ending: self.ended_reason.as_deref().and_then(Ending::from_word),
            starts_at: self.starts_at.to_jiff(),
            ends_at: self.ends_at.to_jiff(),
            uses_left: self.uses_left,
            mine_left: self.mine_left,
            too_late: self.too_late,
            budget_left: self.budget_left,
            covers,
        };
        let lowest = self.lowest_minor.map(|minor| Money::new(minor, currency)).transpose();
        Ok((candidate, target, self.remembered, lowest.internal("reading a price")?))
    }
}

/// What comes off for this member: of the promotions that run by themselves and the code that he typed, or else remembered,
/// the one that takes off most; his own credit where it takes off more and he typed no code.
///
/// # Errors
/// [`crate::kernel::Error::Conflict`] when the typed code doesn't count, with the reason ([`Refusal`]).
pub async fn best(tx: &mut Tx, ask: &Ask<'_>, code: Option<&PromoCode>, now: Timestamp) -> Result<Option<Reduction>> {
    let plan = ask.item.starts_with("plan/");
    let rows = load(tx, (ask.guild, ask.member), code, (Some(ask.item), plan), now).await?;
    let item = Some((ask.item, ask.list.currency()));
    let read: Vec<Read> = rows.into_iter().map(|row| row.read(item)).collect::<Result<_>>()?;
    let automatic: Vec<Candidate> =
        read.iter().filter(|(one, ..)| one.code.is_none()).map(|(one, ..)| one.clone()).collect();
    let named = |one: &&Read| one.0.code.is_some() && one.0.code.as_deref() == code.map(PromoCode::as_str);
    let typed = code.map(|_| read.iter().find(named).map(|(one, ..)| one));
    let kept = read.iter().find(|(one, _, remembered, _)| one.code.is_some() && *remembered).map(|(one, ..)| one);
    let found = pick(&automatic, typed, kept, ask.list, now)?;
    let found = found.map(|Pick { number, off, code }| {
        // Who has a code is asked less than what everybody is: his is announced from no higher a price than theirs.
        let of = |one: &Candidate| one.code.is_none() && one.covers && (code.is_some() || one.number == number);
        let lowest = read
            .iter()
            .filter(|(one, ..)| of(one))
            .filter_map(|(.., lowest)| *lowest)
            .min_by_key(|price| price.minor());
        Reduction { promotion: Some(number), amount: off, code, lowest }
    });
    if code.is_some() {
        return Ok(found);
    }
    let left = credits::left(tx, (ask.guild, ask.member), ask.list.currency(), plan).await?;
    let own = credits::off(left, ask.list);
    let beaten = found.as_ref().map_or(0, |found| found.amount.minor()) >= own.minor();
    Ok(if beaten { found } else { Some(Reduction { promotion: None, amount: own, code: None, lowest: None }) })
}

/// Looks whether a code works for a member at all, whatever he buys; gives its promotion's number and target.
///
/// # Errors
/// As [`best`].
pub async fn check_code(
    tx: &mut Tx,
    (guild, member): (GuildId, UserId),
    code: &PromoCode,
    now: Timestamp,
) -> Result<Option<(Candidate, Target)>> {
    let rows = load(tx, (guild, member), Some(code), (None, true), now).await?;
    let read: Vec<Read> = rows.into_iter().map(|row| row.read(None)).collect::<Result<_>>()?;
    let Some((candidate, target, ..)) = read.into_iter().find(|(one, ..)| one.code.as_deref() == Some(code.as_str()))
    else {
        return Ok(None);
    };
    candidate.open(now)?;
    if candidate.budget_left.is_some_and(|left| left <= 0) {
        return Err(Refusal::BudgetSpent.into());
    }
    Ok(Some((candidate, target)))
}

/// Remembers a code for a member's next purchase, at the commit, in the place of an earlier one.
pub fn remember(tx: &mut Tx, (guild, member): (GuildId, UserId), promotion: i64, now: Timestamp) {
    tx.defer(
        "remembering a code",
        sql("insert into remembered_codes (guild_id, user_id, promotion_number, remembered_at) values (?, ?, ?, ?) \
             on conflict (guild_id, user_id) do update set promotion_number = excluded.promotion_number, \
               remembered_at = excluded.remembered_at")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<BigInt, _>(member.as_i64())
        .bind::<BigInt, _>(promotion)
        .bind::<Timestamptz, _>(now.to_diesel()),
    );
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Text)]
    code: String,
}

/// The code that a member keeps for a purchase, where it still counts.
///
/// # Errors
/// As [`Tx::load`].
pub async fn kept(tx: &mut Tx, (guild, member): (GuildId, UserId), now: Timestamp) -> Result<Option<String>> {
    let found: Option<Kept> = tx
        .first(
            "looking for a code that is kept",
            sql("select p.code from remembered_codes r join promotions p on p.guild_id = r.guild_id and p.number = r.promotion_number \
                 where r.guild_id = ? and r.user_id = ? and p.code is not null and p.state in ('scheduled', 'active') and p.ends_at > ?")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(member.as_i64())
            .bind::<Timestamptz, _>(now.to_diesel()),
        )
        .await?;
    Ok(found.map(|row| row.code))
}

/// The promotions that run by themselves, the one of the code, and the one that the member remembered, in one statement. What
/// his open checkout for a plan holds counts as free where he asks for a plan: that checkout gives way to the new one. A trial
/// for which nothing was paid yet is no purchase, and neither is what could not be handed over.
async fn load(
    tx: &mut Tx,
    (guild, member): (GuildId, UserId),
    code: Option<&PromoCode>,
    (item, plan): (Option<&str>, bool),
    now: Timestamp,
) -> Result<Vec<Row>> {
    let (guild, user) = (guild.as_i64(), member.as_i64());
    tx.load(
        "looking for promotions",
        sql("select p.number, p.percent_hundredths, p.amount_minor, p.cap_hundredths, p.currency, p.target, p.code, p.state, p.ended_reason, \
               p.starts_at, p.ends_at, (p.uses_allowed - p.uses_held + w.uses)::bigint as uses_left, \
               (p.uses_per_member - m.uses + w.uses)::bigint as mine_left, \
               p.budget_minor - p.spent_minor + w.minor as budget_left, r.user_id is not null as remembered, \
               case when p.code is null and p.state = 'active' \
                 then app.asked_before(p.guild_id, ?, p.currency, coalesce(p.started_at, ?)) end as lowest_minor, \
               p.first_purchase and (exists (select from orders o where o.guild_id = p.guild_id \
                   and o.user_id = ? and o.fulfilled_at is not null and o.mode <> 'free' \
                   and (o.trial_days is null or o.payment_id is not null)) \
                 or exists (select from promotion_uses u join promotions q on q.guild_id = u.guild_id \
                     and q.number = u.promotion_number left join orders o on o.guild_id = u.guild_id and o.number = u.order_number \
                   where u.guild_id = p.guild_id and u.user_id = ? and u.state <> 'released' and q.first_purchase \
                     and not coalesce(u.state = 'reserved' and o.kind = 'plan' and o.state = 'pending' and ?, false))) as too_late \
             from promotions p \
               left join remembered_codes r on r.guild_id = p.guild_id and r.promotion_number = p.number and r.user_id = ? \
               cross join lateral (select count(*) as uses from promotion_uses u where u.guild_id = p.guild_id \
                 and u.promotion_number = p.number and u.user_id = ? and u.state <> 'released') m \
               cross join lateral (select count(*) as uses, coalesce(sum(u.amount_minor), 0)::bigint as minor \
                 from promotion_uses u join orders o on o.guild_id = u.guild_id and o.number = u.order_number \
                 where u.guild_id = p.guild_id and u.promotion_number = p.number and u.user_id = ? and u.state = 'reserved' \
                   and o.kind = 'plan' and o.state = 'pending' and ?) w \
             where p.guild_id = ? and (p.for_user is null or p.for_user = ?) and ((p.code is null and p.state = 'active') or p.code = ? or r.user_id is not null) \
             order by p.state in ('scheduled', 'active') desc, p.number desc")
        .bind::<Nullable<Text>, _>(item.map(str::to_owned))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(user)
        .bind::<BigInt, _>(user)
        .bind::<Bool, _>(plan)
        .bind::<BigInt, _>(user)
        .bind::<BigInt, _>(user)
        .bind::<BigInt, _>(user)
        .bind::<Bool, _>(plan)
        .bind::<BigInt, _>(guild)
        .bind::<BigInt, _>(user)
        .bind::<Nullable<Text>, _>(code.map(ToString::to_string)),
    )
    .await
}
