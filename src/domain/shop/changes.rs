//! What members ask to change of their subscriptions: kept with its idempotency key before the provider is told.
//!
//! A repeat of the same request finds the same change, and so does the same wish while nobody knows what became of it and
//! nothing else was wished since. Acts as the *payments* duty.

use super::Period;
use super::subscriptions::Subscription;
use crate::db::{Tx, sql};
use crate::domain::payments::keys;
use crate::kernel::error::Cause;
use crate::kernel::{Error, GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// What is to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// It ends with the present period.
    End,
    /// It goes on after all.
    GoOn,
    /// It changes to this item of the catalogue.
    Switch {
        /// The item's name.
        item: String,
        /// Whether that leaves something to his credit.
        credits: bool,
        /// The version of the text that he agreed to.
        consent: &'static str,
    },
}

impl Wish {
    const fn word(&self) -> &'static str {
        match self {
            Self::End => "end",
            Self::GoOn => "go_on",
            Self::Switch { .. } => "switch",
        }
    }

    const fn consent(&self) -> Option<&'static str> {
        match self {
            Self::Switch { consent, .. } => Some(consent),
            Self::End | Self::GoOn => None,
        }
    }

    fn item(&self) -> Option<String> {
        match self {
            Self::Switch { item, .. } => Some(item.clone()),
            Self::End | Self::GoOn => None,
        }
    }
}

/// What a change of plan moves at once, about: the provider counts by the second, and taxes and the balance that an earlier change
/// left with it are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What is charged now.
    pub due: Money,
    /// What stays to his credit and comes off the next invoices.
    pub credit: Money,
    /// When the next invoice comes.
    pub next: Timestamp,
}

/// What changing a subscription, whose present period cost `paid`, to a price moves at once: what is left of the period comes off,
/// and the same time, or with another rhythm a whole new period, is charged (Stripe, "Prorations"). `None` across currencies.
pub fn difference(
    found: &Subscription,
    paid: Money,
    (unit, period): (Money, Period),
    now: Timestamp,
) -> Option<Difference> {
    if unit.currency() != paid.currency() {
        return None;
    }
    let begun = found.begins()?;
    let whole = i128::from(found.period_end.as_second().saturating_sub(begun.as_second())).max(1);
    let rest = i128::from(found.period_end.as_second().saturating_sub(now.as_second())).clamp(0, whole);
    let share = |money: Money| (i128::from(money.minor()) * rest + whole / 2) / whole;
    let (cost, next) = if period == found.period {
        (share(unit), found.period_end)
    } else {
        (i128::from(unit.minor()), period.after(now)?)
    };
    let more = cost - share(paid);
    let money = |minor: i128| Money::new(i64::try_from(minor.max(0)).ok()?, unit.currency()).ok();
    Some(Difference { due: money(more)?, credit: money(-more)?, next })
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
    let since = now.checked_sub(keys::HOLDS).unwrap_or(now);
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
                   created_at, consent_version) values (?, ?, ?, ?, ?, ?, ?, ?, ?) \
                 on conflict (guild_id, user_id, request) do update set change_key = c.change_key returning id, change_key")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(subscription.user.as_i64())
            .bind::<Text, _>(subscription.id.clone())
            .bind::<Text, _>(request.to_owned())
            .bind::<Text, _>(wish.word())
            .bind::<Nullable<Text>, _>(wish.item())
            .bind::<Text, _>(fresh_key.to_owned())
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<Nullable<Text>, _>(wish.consent().map(str::to_owned)),
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

/// Whether a member ever changed his plan: what that left to his credit stands at the provider, which takes it off by itself.
///
/// # Errors
/// As [`Tx::execute`].
pub async fn were_made(tx: &mut Tx, guild: GuildId, user: UserId) -> Result<bool> {
    let found = tx
        .execute(
            "asking whether a member changed his plan",
            sql("select from subscription_changes where guild_id = ? and user_id = ? and kind = 'switch' and state <> 'refused' limit 1")
                .bind::<BigInt, _>(guild.as_i64())
                .bind::<BigInt, _>(user.as_i64()),
        )
        .await?;
    Ok(found > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::shop::SubscriptionState;
    use crate::kernel::Currency;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR).unwrap()
    }

    fn at(day: &str) -> Timestamp {
        format!("{day}T00:00:00Z").parse().unwrap()
    }

    /// 9.99 a month, from the first of November on.
    fn monthly() -> Subscription {
        Subscription {
            id: "sub_1".into(),
            user: UserId::new(10).unwrap(),
            order: None,
            plan: "pro".into(),
            period: Period::Month,
            state: SubscriptionState::Active,
            price: euros(999),
            line: None,
            period_start: Some(at("2026-11-01")),
            period_end: at("2026-12-01"),
            ends_with_period: false,
            trial_end: None,
            owes: false,
        }
    }

    #[test]
    fn a_period_that_was_cut_is_as_long_as_the_provider_says() {
        // From the last of January to the last of February, half of which is over.
        let found = Subscription { period_start: Some(at("2027-01-31")), period_end: at("2027-02-28"), ..monthly() };
        let half = difference(&found, euros(999), (euros(2999), Period::Month), at("2027-02-14")).unwrap();
        assert_eq!(half.due.minor(), 1000);
    }

    #[test]
    fn what_is_left_of_a_period_comes_off_and_the_same_time_is_charged() {
        let found = monthly();
        for (day, unit, due, credit) in [
            ("2026-11-01", 2999, 2000, 0),
            ("2026-11-16", 2999, 1000, 0),
            ("2026-12-01", 2999, 0, 0),
            ("2026-11-16", 499, 0, 250),
            ("2026-11-16", 999, 0, 0),
        ] {
            let moved = difference(&found, euros(999), (euros(unit), Period::Month), at(day)).unwrap();
            assert_eq!(
                (moved.due.minor(), moved.credit.minor(), moved.next),
                (due, credit, at("2026-12-01")),
                "{day} {unit}"
            );
        }
        // Of a first month that cost half, half comes off.
        let reduced = difference(&found, euros(500), (euros(2999), Period::Month), at("2026-11-01")).unwrap();
        assert_eq!(reduced.due.minor(), 2499);
    }

    #[test]
    fn another_rhythm_begins_now_with_a_whole_period() {
        let moved = difference(&monthly(), euros(999), (euros(9990), Period::Year), at("2026-11-16")).unwrap();
        assert_eq!((moved.due.minor(), moved.next), (9490, at("2027-11-16")));
        let yearly =
            Subscription { period: Period::Year, period_start: None, period_end: at("2027-11-01"), ..monthly() };
        let moved = difference(&yearly, euros(36500), (euros(999), Period::Month), at("2026-11-02")).unwrap();
        assert_eq!((moved.due.minor(), moved.credit.minor(), moved.next), (0, 35401, at("2026-12-02")));
    }

    #[test]
    fn no_difference_is_told_across_currencies() {
        let dollars = Money::new(2999, "usd".parse().unwrap()).unwrap();
        assert_eq!(difference(&monthly(), euros(999), (dollars, Period::Month), at("2026-11-16")), None);
    }
}
