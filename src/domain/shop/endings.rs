//! Subscriptions that must not go on: what was paid went back, or nothing was ever handed over for it.
//!
//! Ending one is the provider's deed and may fail for hours; each look at one that still runs asks for it again, and staff are
//! told when it was given up. Acts as the *payments* duty; staff read.

use super::entitlements::Standing;
use super::orders::Order;
use super::{OrderState, SubscriptionState, Trouble};
use crate::db::{Tx, sql};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::InvoiceView;
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

/// Whether a subscription that still runs is to end.
pub(super) fn is_due(order: &Order, standing: Standing, state: SubscriptionState) -> bool {
    let revoked = matches!(standing, Standing::Revoked(_));
    // Where the amount differs, staff decide.
    let stuck = order.trouble.is_some_and(|trouble| trouble != Trouble::AmountDiffers);
    // Also where another payment than the first made it look paid for.
    let unpaid = order.state == OrderState::Failed;
    !state.is_over() && (revoked || stuck || unpaid)
}

/// Whether the invoice that was paid last is among those that went back in full: an earlier one pays for nothing of the present.
pub(super) fn is_given_back(invoices: &[InvoiceView], given_back: &[String]) -> bool {
    let paid = invoices.iter().filter(|invoice| invoice.paid && invoice.total.is_some_and(|total| !total.is_zero()));
    paid.max_by_key(|invoice| invoice.at).is_some_and(|last| given_back.contains(&last.id))
}

#[derive(QueryableByName)]
struct Begun {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Ending a subscription was given up: staff are told, at the commit.
///
/// # Errors
/// As [`Tx::load`].
pub async fn failed(tx: &mut Tx, subscription: &str, now: Timestamp) -> Result<()> {
    let begun: Option<Begun> = tx
        .first(
            "looking for the order of a subscription",
            sql(
                "select guild_id, order_number as number from subscriptions where id = ? and order_number is not null \
                 union select guild_id, number from orders where subscription_id = ? limit 1",
            )
            .bind::<Text, _>(subscription.to_owned())
            .bind::<Text, _>(subscription.to_owned()),
        )
        .await?;
    let Some(begun) = begun else { return Ok(()) };
    let guild = GuildId::try_from(begun.guild_id).internal("reading the order of a subscription")?;
    tx.defer(
        "writing down that a subscription could not be ended",
        sql("update orders set end_failed_at = ? where guild_id = ? and number = ?")
            .bind::<Timestamptz, _>(now.to_diesel())
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(begun.number),
    );
    let alert = OrderNotice { guild, kind: ShopKind::ShopAlert, order: Some(begun.number), recipient: None };
    notifications::queue_order(tx, alert, now);
    Ok(())
}

#[derive(QueryableByName)]
struct Runs {
    #[diesel(sql_type = Bool)]
    runs: bool,
}

/// Whether the subscription of an order runs on although its end was asked for until that was given up. Acts as staff.
///
/// # Errors
/// As [`Tx::load`].
pub async fn runs_on(tx: &mut Tx, guild: GuildId, number: i64) -> Result<bool> {
    let row: Option<Runs> = tx
        .first(
            "asking whether a subscription runs on",
            sql("select exists (select from orders o where o.guild_id = ? and o.number = ? and o.end_failed_at is not null \
                   and not exists (select from subscriptions s where s.guild_id = o.guild_id and s.order_number = o.number \
                                   and s.state in ('canceled', 'incomplete_expired'))) as runs")
            .bind::<BigInt, _>(guild.as_i64())
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.is_some_and(|row| row.runs))
}
