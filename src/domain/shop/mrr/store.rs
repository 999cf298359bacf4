//! Keeps the changes of what subscriptions are worth, in the transaction that settles a subscription.

use super::{Change, changes, worth};
use crate::db::{Tx, sql};
use crate::domain::payments::{InvoiceView, SubscriptionView};
use crate::domain::shop::orders::Order;
use crate::domain::shop::{Period, SubscriptionState};
use crate::kernel::error::Context;
use crate::kernel::{Currency, GuildId, Money, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// A subscription as it was found.
pub(in crate::domain::shop) struct Seen<'a> {
    /// The guild.
    pub guild: GuildId,
    /// The order that began it.
    pub order: &'a Order,
    /// The subscription as the provider has it.
    pub view: &'a SubscriptionView,
    /// Its invoices.
    pub invoices: &'a [InvoiceView],
    /// How it stands, and for how long it is paid at a time.
    pub terms: (SubscriptionState, Period),
}

#[derive(QueryableByName)]
struct Last {
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    after_minor: Option<i64>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<jiff_diesel::Timestamp>,
    /// Whether the member counted before.
    #[diesel(sql_type = Bool)]
    known: bool,
}

/// Writes down, at the commit, what changed in what a subscription is worth a month; nothing where nothing did. Called under
/// the lock of its order, so that two at once don't write the same change.
///
/// # Errors
/// As [`Tx::load`].
pub(in crate::domain::shop) async fn record(tx: &mut Tx, seen: &Seen<'_>, now: Timestamp) -> Result<()> {
    let (view, invoices) = (seen.view, seen.invoices);
    // What one period costs, as it stands on the subscription's row.
    let price = view.amount.unwrap_or(seen.order.total);
    let last = last(tx, seen).await?;
    let before = match (
        last.as_ref().and_then(|last| last.currency.as_deref()),
        last.as_ref().and_then(|last| last.after_minor),
    ) {
        (Some(code), Some(minor)) => {
            let currency: Currency = code.parse().internal("reading a change of revenue")?;
            Some(Money::new(minor, currency).internal("reading a change of revenue")?)
        }
        _ => None,
    };
    // Also by the member's credit; a trial's invoice bills nothing.
    let paid =
        |one: &&InvoiceView| one.paid && (one.billed_minor > 0 || one.total.is_some_and(|total| !total.is_zero()));
    let first_paid = invoices.iter().filter(paid).map(|one| one.at).min();
    let paid = before.is_some() || first_paid.is_some();
    let (state, period) = seen.terms;
    // Before its checkout is known to be paid nobody knows whether the order is handed over, or is one too many.
    let counts = seen.order.paid_at.is_some() && seen.order.trouble.is_none();
    let worth = if !counts { Money::zero(price.currency()) } else { worth(state, paid, period, price) };
    let known = last.as_ref().is_some_and(|last| last.known);
    // The first payment and the end have times of their own; a change in between is seen when it is seen.
    let at = match before {
        None => first_paid,
        Some(_) if worth.is_zero() => view.ended_at,
        Some(_) => None,
    };
    let earliest = last.and_then(|last| last.at).map_or(Timestamp::MIN, |at| at.to_jiff());
    let at = at.unwrap_or(now).min(now).max(earliest);
    for change in changes(before, known, worth) {
        insert(tx, seen.guild, &view.id, &change, at);
    }
    Ok(())
}

async fn last(tx: &mut Tx, seen: &Seen<'_>) -> Result<Option<Last>> {
    tx.first(
        "looking at what a subscription was worth",
        sql("select l.currency, l.after_minor, l.at, \
               exists (select from subscriptions s join mrr_changes m on m.guild_id = s.guild_id and m.subscription_id = s.id \
                       where s.guild_id = ? and s.user_id = ?) as known \
             from (select) one left join lateral (select currency, after_minor, at from mrr_changes \
                   where guild_id = ? and subscription_id = ? order by id desc limit 1) l on true")
        .bind::<BigInt, _>(seen.guild.as_i64())
        .bind::<BigInt, _>(seen.order.recipient.as_i64())
        .bind::<BigInt, _>(seen.guild.as_i64())
        .bind::<Text, _>(seen.view.id.clone()),
    )
    .await
}

fn insert(tx: &mut Tx, guild: GuildId, subscription: &str, change: &Change, at: Timestamp) {
    tx.defer(
        "writing down a change of revenue",
        sql("insert into mrr_changes (guild_id, subscription_id, at, currency, before_minor, after_minor, kind) \
             values (?, ?, ?, ?, ?, ?, ?)")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(subscription.to_owned())
        .bind::<Timestamptz, _>(at.to_diesel())
        .bind::<Text, _>(change.after.currency().code())
        .bind::<BigInt, _>(change.before.minor())
        .bind::<BigInt, _>(change.after.minor())
        .bind::<Text, _>(change.kind.as_str()),
    );
}
