//! What became of payments: the provider's fee, what went back, disputes; and what that means for what was bought.
//!
//! It is told a payment as it stands and makes the order and the ledger agree with it. Acts as the *payments* duty.

use super::later;
use super::refunds::{self, refund_row};
use super::store::{Trace, audit, dispute_word, lock, save};
use super::{Order, OrderState};
use crate::db::{Tx, sql};
use crate::domain::notifications::events::{self, Figures};
use crate::domain::notifications::{self, OrderNotice, ShopKind};
use crate::domain::payments::ledger::{self, About, Movement};
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{DisputeState, Payment, RefundState};
use crate::domain::promotions::{self, referrals};
use crate::domain::shop::entitlements::{self, Standing};
use crate::domain::shop::{Mode, subscriptions};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Money, Result, UserId};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::Timestamp;
use jiff_diesel::ToDiesel;

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    invoice: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    subscription_id: Option<String>,
    #[diesel(sql_type = BigInt)]
    user_id: i64,
}

/// What became of a payment's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Back {
    /// What went back or is on its way, in minor units.
    pub gone: i64,
    /// How the newest dispute stands.
    pub dispute: Option<DisputeState>,
}

/// Makes our rows agree with a payment: the fee, what went back, a dispute. The word says what was found, for the queue.
///
/// # Errors
/// As [`Tx::load`].
pub async fn payment(tx: &mut Tx, view: &Payment, now: Timestamp) -> Result<&'static str> {
    let owner: Option<Owner> = tx
        .first(
            "looking for the order of a payment",
            sql("select guild_id, order_number, id as invoice, subscription_id, user_id from invoices where payment_id = ? \
                 union all select guild_id, number, null, subscription_id, user_id from orders where payment_id = ? limit 1")
            .bind::<Text, _>(view.id.clone())
            .bind::<Text, _>(view.id.clone()),
        )
        .await?;
    let Some(owner) = owner else { return Ok("not_ours") };
    let Some(received) = view.received else { return Ok("nothing_received") };
    let guild = GuildId::try_from(owner.guild_id).internal("reading a payment")?;
    let about = About {
        order: owner.order_number,
        subscription: owner.subscription_id.clone(),
        customer: UserId::try_from(owner.user_id).ok(),
    };
    book(tx, guild, view, received, &about, now);
    let gone = gone(view);
    let money = Back { gone, dispute: view.dispute.as_ref().map(|dispute| dispute.1) };
    let order = match owner.order_number {
        Some(number) => lock(tx, guild, number).await?,
        None => None,
    };
    let was = match &owner.invoice {
        Some(invoice) => later::save_invoice(tx, guild, invoice, money).await?,
        None => None,
    };
    match order {
        Some(order) if order.payment.as_deref() == Some(view.id.as_str()) => {
            // A month that another one followed gave what it was for: where it goes back, the present one stays.
            let present = was.is_none_or(|was| was.last);
            apply(tx, order, view, (gone, received.minor(), present), now).await
        }
        // A later invoice of a subscription: its access follows its own disputes.
        order => {
            if let (Some(order), Some(was)) = (order, &was) {
                later::changed(tx, order, was, view, money, now);
            }
            if let Some(subscription) = &owner.subscription_id {
                tasks::ask(tx, Task::Subscription, subscription, Some(guild), now);
            }
            Ok("invoice")
        }
    }
}

/// Whether all of a payment went back or is on its way.
pub fn is_all_gone(view: &Payment) -> bool {
    view.received.is_some_and(|received| !received.is_zero() && gone(view) >= received.minor())
}

#[derive(QueryableByName)]
struct Of {
    #[diesel(sql_type = Text)]
    subscription_id: String,
}

/// The subscription that a payment is for.
///
/// # Errors
/// As [`Tx::load`].
pub async fn subscription_of(tx: &mut Tx, payment: &str) -> Result<Option<String>> {
    let row: Option<Of> = tx
        .first(
            "looking for the subscription of a payment",
            sql("select subscription_id from invoices where payment_id = ? and subscription_id is not null \
                 union all select subscription_id from orders where payment_id = ? and subscription_id is not null limit 1")
            .bind::<Text, _>(payment.to_owned())
            .bind::<Text, _>(payment.to_owned()),
        )
        .await?;
    Ok(row.map(|row| row.subscription_id))
}

/// What went back or is on its way, in minor units.
fn gone(view: &Payment) -> i64 {
    view.refunds.iter().filter(|refund| refund.state != RefundState::Failed).map(|refund| refund.amount_minor).sum()
}

/// Books the fees, each refund and the dispute.
fn book(tx: &mut Tx, guild: GuildId, view: &Payment, received: Money, about: &About, now: Timestamp) {
    let currency = received.currency();
    let mut post = |movement: Movement, at: Timestamp| ledger::post(tx, guild, &movement, currency, about, at);
    if let Some(amount) = view.fee_minor.filter(|fee| *fee > 0) {
        post(Movement::Fee { name: view.id.clone(), amount }, now);
    }
    for fee in &view.dispute_fees {
        post(Movement::Fee { name: fee.id.clone(), amount: fee.amount_minor }, fee.at);
    }
    for refund in &view.refunds {
        let (name, amount) = (refund.id.clone(), refund.amount_minor);
        post(Movement::Refund { name: name.clone(), amount }, refund.at);
        if refund.state == RefundState::Failed {
            post(Movement::RefundFailed { name, amount }, refund.at);
        }
    }
    if let Some((name, state, amount, at)) = &view.dispute {
        post(Movement::DisputeOpened { name: name.clone(), amount: *amount }, *at);
        if *state == DisputeState::Won {
            post(Movement::DisputeWon { name: name.clone(), amount: *amount }, now);
        }
    }
}

/// Makes the order that a payment paid agree with it.
async fn apply(
    tx: &mut Tx,
    mut order: Order,
    view: &Payment,
    (gone, received, present): (i64, i64, bool),
    now: Timestamp,
) -> Result<&'static str> {
    let dispute = view.dispute.as_ref().map(|dispute| dispute.1);
    let all_gone = is_all_gone(view);
    let was = (order.state, order.refunded_minor, order.dispute);
    let (before, stood) = (Back { gone: was.1, dispute: was.2 }, standing(&order));
    order.refunded_minor = gone;
    order.dispute = dispute;
    order.state = match order.state {
        OrderState::Paid if all_gone => OrderState::Refunded,
        OrderState::Fulfilled if all_gone && present => OrderState::Refunded,
        // A refund that failed after all: the money is here again.
        OrderState::Refunded if !all_gone && order.fulfilled_at.is_some() => OrderState::Fulfilled,
        OrderState::Refunded if !all_gone => OrderState::Paid,
        state => state,
    };
    order.refund_returned = match (was.0, order.state) {
        (_, OrderState::Refunded) => false,
        (OrderState::Refunded, OrderState::Fulfilled) => true,
        _ => order.refund_returned,
    };
    settle_refunds(tx, &order, view, now);
    if order.state == OrderState::Paid {
        refunds::give_back_all(tx, &order, now);
    }
    if was == (order.state, order.refunded_minor, order.dispute) {
        return Ok("same");
    }
    save(tx, &order, now);
    stand(tx, &order, now).await?;
    if !matches!(standing(&order), Standing::Revoked(_)) && was.1 != gone {
        referrals::follow(tx, (order.guild, order.number), (gone, received), now).await?;
    }
    if was.0 != order.state {
        note(tx, &order, "order_state", (was.0.as_str().to_owned(), order.state.as_str().to_owned()), now);
        notifications::record_order(tx, order.guild, "order_state", order.number, now);
    }
    changed(tx, &order, before, Back { gone, dispute }, now);
    if order.is_gift() && order.fulfilled_at.is_some() && is_felt(stood, standing(&order)) {
        let (kind, recipient) = (ShopKind::GiftState, Some(order.recipient));
        let told = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient };
        notifications::queue_order(tx, told, now);
    }
    Ok("changed")
}

/// Whether who holds something feels that it stands otherwise: why it was taken away is not his.
const fn is_felt(was: Standing, is: Standing) -> bool {
    !matches!(
        (was, is),
        (Standing::Clear, Standing::Clear)
            | (Standing::Suspended, Standing::Suspended)
            | (Standing::Revoked(_), Standing::Revoked(_))
    )
}

/// How what an order gave stands, by what became of its money.
pub(in crate::domain::shop) const fn standing(order: &Order) -> Standing {
    match (order.state, order.dispute) {
        (OrderState::Refunded, _) => Standing::Revoked("refunded"),
        (_, Some(DisputeState::Lost)) => Standing::Revoked("dispute_lost"),
        (_, Some(DisputeState::Open)) => Standing::Suspended,
        _ => Standing::Clear,
    }
}

async fn stand(tx: &mut Tx, order: &Order, now: Timestamp) -> Result<()> {
    // Two refunds at once move what stays up one after the other.
    entitlements::one_by_one(tx, order.guild, order.recipient).await?;
    let standing = standing(order);
    let revoked = matches!(standing, Standing::Revoked(_));
    match standing {
        Standing::Suspended | Standing::Revoked(_) => {
            entitlements::close_gap(tx, order.guild, &order.entitlement_key(), now);
        }
        Standing::Clear => entitlements::return_rest(tx, order.guild, &order.entitlement_key(), now),
    }
    entitlements::stand(tx, order.guild, &order.entitlement_key(), standing, now);
    if revoked {
        // What was handed over has used its promotion up, and stays counted; what never was still holds it.
        promotions::give_back_later(tx, order.guild, order.number, now);
        // A credit is the buyer's own: it comes back with his money, but not with what his bank took.
        if order.state == OrderState::Refunded {
            promotions::credits::return_later(tx, order.guild, order.number, now);
        }
        referrals::reverse(tx, order.guild, order.number, now);
    } else if order.state == OrderState::Fulfilled && order.credit().is_some() {
        // A refund that failed after all: its credit is spent again.
        promotions::credits::use_up(tx, order.guild, order.number, now);
    }
    tx.defer(
        "setting whether a delivery is shown",
        sql("update deliveries set revoked_at = case when ? then coalesce(revoked_at, ?::timestamptz) end, \
               suspended_at = case when ? then coalesce(suspended_at, ?::timestamptz) end \
             where guild_id = ? and order_number = ?")
        .bind::<Bool, _>(revoked)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Bool, _>(standing == Standing::Suspended)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<BigInt, _>(order.guild.as_i64())
        .bind::<BigInt, _>(order.number),
    );
    if let (Mode::Subscription, Some(subscription)) = (order.mode, &order.subscription) {
        // What is given back in full, or lost, does not renew. Its access follows from there, also where the money came here again.
        let look = if revoked { Task::Cancel } else { Task::Subscription };
        tasks::ask(tx, look, subscription, Some(order.guild), now);
        entitlements::stand(tx, order.guild, &subscriptions::entitlement_key(subscription), standing, now);
    }
    entitlements::put_roles_right(tx, order.guild, order.recipient, now);
    Ok(())
}

fn note(tx: &mut Tx, order: &Order, action: &'static str, (old, new): (String, String), now: Timestamp) {
    let trace = Trace { action, old: Some(old), new: Some(new), subject: &order.title };
    audit(tx, order.guild, Some(order.number), trace, None, now);
}

/// The words of the event log for what became of a payment, with the amount where one is known.
fn told(order: &Order, was: Back, is: Back) -> Vec<(&'static str, Figures)> {
    let figures = |minor: Option<i64>| Figures {
        order: Some(order.number),
        amount: minor.and_then(|minor| Money::new(minor, order.total.currency()).ok()),
        ..Figures::default()
    };
    let mut told = Vec::new();
    match is.gone.saturating_sub(was.gone) {
        0 => {}
        back if back > 0 => told.push(("order_refunded", figures(Some(back)))),
        here => told.push(("refund_returned", figures(here.checked_neg()))),
    }
    let dispute = match is.dispute {
        _ if was.dispute == is.dispute => None,
        Some(DisputeState::Open) => Some("dispute_opened"),
        Some(DisputeState::Won) => Some("dispute_won"),
        Some(DisputeState::Lost) => Some("dispute_lost"),
        None => None,
    };
    told.extend(dispute.map(|word| (word, figures(None))));
    told
}

/// Tells what became of a payment of an order, and writes it down.
pub(super) fn changed(tx: &mut Tx, order: &Order, was: Back, is: Back, now: Timestamp) {
    if was.gone != is.gone {
        note(tx, order, "order_refunded", (was.gone.to_string(), is.gone.to_string()), now);
    }
    if was.dispute != is.dispute {
        let word = |dispute: Option<DisputeState>| dispute.map_or("none", dispute_word).to_owned();
        note(tx, order, "order_disputed", (word(was.dispute), word(is.dispute)), now);
    }
    for (word, figures) in told(order, was, is) {
        events::tell(tx, order.guild, word, figures, now);
    }
    let tell = |tx: &mut Tx, kind: ShopKind, recipient: Option<UserId>| {
        let notice = OrderNotice { guild: order.guild, kind, order: Some(order.number), recipient };
        notifications::queue_order(tx, notice, now);
    };
    if is.gone > was.gone {
        tell(tx, ShopKind::Refunded, Some(order.buyer));
    }
    if is.dispute != was.dispute || is.gone < was.gone {
        tell(tx, ShopKind::ShopAlert, None);
    }
    // Of what was never handed over no access is held back or comes again.
    if is.dispute != was.dispute && is.dispute.is_some() && order.fulfilled_at.is_some() {
        tell(tx, ShopKind::Disputed, Some(order.buyer));
    }
}

/// Writes down each refund as the provider has it: ours by our number, others as made there.
pub(super) fn settle_refunds(tx: &mut Tx, order: &Order, view: &Payment, now: Timestamp) {
    for refund in &view.refunds {
        let (state, failure) = match refund.state {
            RefundState::Failed => ("failed", Some("failed")),
            RefundState::Pending | RefundState::Succeeded => ("done", None),
        };
        let ours = refund.ours.filter(|(guild, _)| *guild == order.guild).map(|(_, id)| id);
        let statement = match ours {
            Some(id) => {
                sql("update refunds set state = ?, failure = ?, provider_id = ?, done_at = coalesce(done_at, ?) \
                             where guild_id = ? and id = ?")
                .bind::<Text, _>(state)
                .bind::<Nullable<Text>, _>(failure)
                .bind::<Text, _>(refund.id.clone())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<BigInt, _>(id)
            }
            None => {
                let key = format!("at-{}", refund.id);
                let row = refund_row(order, &view.id, refund.amount_minor, ("provider", &key), None, now);
                tx.defer("writing down a refund of the provider's", row.then(" on conflict (send_key) do nothing"));
                sql("update refunds set state = ?, failure = ?, provider_id = ?, done_at = coalesce(done_at, ?) \
                     where guild_id = ? and send_key = ?")
                .bind::<Text, _>(state)
                .bind::<Nullable<Text>, _>(failure)
                .bind::<Text, _>(refund.id.clone())
                .bind::<Timestamptz, _>(now.to_diesel())
                .bind::<BigInt, _>(order.guild.as_i64())
                .bind::<Text, _>(key)
            }
        };
        tx.defer("writing down a refund as the provider has it", statement);
    }
}

#[derive(QueryableByName)]
struct Disputed {
    #[diesel(sql_type = Text)]
    payment_id: String,
}

/// The payments whose dispute was open when they were looked at last, at most `limit`: how it ended makes no new object.
///
/// # Errors
/// As [`Tx::load`].
pub async fn disputed(tx: &mut Tx, limit: i64) -> Result<Vec<String>> {
    let rows: Vec<Disputed> = tx
        .load(
            "looking for open disputes",
            sql("select payment_id from orders where dispute = 'open' and payment_id is not null \
                 union select payment_id from invoices where dispute = 'open' and payment_id is not null \
                 order by payment_id limit ?")
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.payment_id).collect())
}
