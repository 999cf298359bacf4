//! Subscriptions: rows that follow the provider's, what they entitle to, and their invoices.
//!
//! It is told the present state and makes the rows agree with it: in any order, as often as one likes. Acts as the *payments*
//! duty; members and staff only read.

mod looks;
mod reading;
mod reminders;

pub use looks::ask_for_all;
pub use reading::{Subscription, all_of, named, of};
pub use reminders::remind_of_end;

use super::entitlements::{self, Give, Standing, What};
use super::orders::{self, Item};
use super::unwind::{self, Missing};
use super::{OrderState, Period, ShopRules, Source, SubscriptionState, endings, invoices, mrr, trials, turn};
use crate::db::{Tx, sql};
use crate::domain::notifications::ShopKind;
use crate::domain::payments::tasks::{self, Kind as Task};
use crate::domain::payments::{InvoiceView, SubscriptionView};
use crate::kernel::error::Context;
use crate::kernel::{GuildId, Result};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel;

/// How much earlier than its period an invoice may say that it was paid: both are the provider's clocks, to the second.
const INVOICE_EARLY: SignedDuration = SignedDuration::from_mins(10);

/// The name of the entitlement that a subscription gives.
pub fn entitlement_key(subscription: &str) -> String {
    format!("sub/{subscription}")
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = BigInt)]
    guild_id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    order_number: Option<i64>,
    #[diesel(sql_type = Text)]
    plan: String,
    #[diesel(sql_type = Text)]
    period: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    reminded_for: Option<jiff_diesel::Timestamp>,
    #[diesel(sql_type = Bool)]
    disputed: bool,
    /// The invoices that a bank took back.
    #[diesel(sql_type = Array<Text>)]
    lost: Vec<String>,
    /// The invoices that went back in full.
    #[diesel(sql_type = Array<Text>)]
    given_back: Vec<String>,
    /// Whether credit of it was set back.
    #[diesel(sql_type = Bool)]
    reclaimed: bool,
}

/// Makes our rows agree with a subscription and its invoices; the word says what was found, for the queue.
///
/// # Errors
/// As [`Tx::load`].
pub async fn settle(
    tx: &mut Tx,
    view: &SubscriptionView,
    invoices: &[InvoiceView],
    rules: &ShopRules,
    now: Timestamp,
) -> Result<&'static str> {
    let Some(state) = SubscriptionState::from_word(&view.state) else { return Ok("unknown_state") };
    let known = known(tx, &view.id).await?;
    let named = match (&known, view.order) {
        (Some(row), _) => Some((GuildId::try_from(row.guild_id).internal("reading a subscription")?, row.order_number)),
        (None, Some((guild, order))) => Some((guild, Some(order))),
        (None, None) => None,
    };
    let Some((guild, Some(number))) = named else { return Ok("not_ours") };
    let Some(mut order) = orders::settle::locked(tx, guild, number).await? else { return Ok("no_order") };
    let Some((plan, period)) = plan_of(tx, guild, view, known.as_ref(), &order.item).await? else {
        return Ok("no_plan");
    };
    save(tx, guild, (view, invoices), (&plan, period, state), &order, now);
    if order.state == OrderState::Awaiting && state.is_unpaid() {
        // Its first payment did not come: it is over, and nothing is to be taken later for what is not delivered.
        orders::settle::unpaid(tx, &mut order, &view.id, now).await?;
    }
    // A trial that stood fulfilled until its card was known.
    if let (Some(card), true) = (&view.fingerprint, order.trial_days.is_some() && order.state == OrderState::Fulfilled)
        && state == SubscriptionState::Trialing
        && trials::card_had_one(tx, &order, card).await?
    {
        trials::forget(tx, &order);
        orders::settle::trial_used(tx, &mut order, now);
    }
    let terms = (state, period);
    mrr::record(tx, &mrr::Seen { guild, order: &order, view, invoices, terms }, now).await?;
    let standing = match (&known, orders::paid::standing(&order)) {
        (_, Standing::Revoked(why)) => Standing::Revoked(why),
        (Some(row), _) if !row.lost.is_empty() => Standing::Revoked("dispute_lost"),
        (Some(row), _) if endings::is_given_back(invoices, &row.given_back) => Standing::Revoked("refunded"),
        (Some(row), Standing::Clear) if row.disputed => Standing::Suspended,
        (_, standing) => standing,
    };
    let until = access_until(view, state, (&order, invoices), rules);
    entitle(tx, guild, view, (&plan, until), &order, standing, now);
    if endings::is_due(&order, standing, state) {
        tasks::ask_if_idle(tx, Task::Cancel, &view.id, guild, now);
    }
    for invoice in invoices {
        invoices::book(tx, guild, &view.id, invoice, &order);
    }
    // What a change of plan was charged is nobody's first payment, but after a trial.
    let paid = invoices.iter().filter(|invoice| invoice.paid && (!invoice.change || order.trial_days.is_some()));
    let first = paid.filter_map(|one| Some((one.at, (one.payment.as_deref()?, one.total?), one.tax_minor)));
    if let Some((_, paid, tax)) = first.min_by_key(|(at, ..)| *at) {
        orders::settle::first_invoice(tx, &mut order, paid, tax, now);
    }
    let gone = gone(&order, invoices, (standing, known.as_ref()));
    let over = state.is_over() || (order.state == OrderState::Failed && order.fulfilled_at.is_none());
    let reclaimed = known.as_ref().is_some_and(|row| row.reclaimed);
    unwind::unwind(tx, &order, (view, invoices), (Missing { gone: &gone, over }, reclaimed), now).await?;
    looks::remind(tx, guild, view, state, (&order, known.as_ref()), now);
    if known.as_ref().is_some_and(|row| row.plan != plan || row.period != period.as_str()) {
        looks::tell(tx, &order, ShopKind::PlanChanged, now);
    }
    Ok(state.as_str())
}

/// The invoices whose money went, where that ended the subscription.
fn gone(order: &orders::Order, invoices: &[InvoiceView], (standing, known): (Standing, Option<&Known>)) -> Vec<String> {
    if !matches!(standing, Standing::Revoked(_)) {
        return Vec::new();
    }
    let of_order = matches!(orders::paid::standing(order), Standing::Revoked(_));
    let first = invoices.iter().find(|one| of_order && one.payment.is_some() && one.payment == order.payment);
    let known = known.into_iter().flat_map(|row| row.lost.iter().chain(&row.given_back).cloned());
    known.chain(first.map(|one| one.id.clone())).collect()
}

async fn known(tx: &mut Tx, id: &str) -> Result<Option<Known>> {
    // Before its row is there, looks would lock order and row in one order, and after it in the other.
    turn::take(tx, "waiting for another look at a subscription", format!("subscription/{id}")).await?;
    tx.first(
        "looking for a subscription",
        sql("select s.guild_id, s.order_number, s.plan, s.period, s.reminded_for, \
               exists (select from invoices i where i.guild_id = s.guild_id and i.subscription_id = s.id and i.dispute = 'open') \
                 as disputed, \
               exists (select from reclaims r where r.guild_id = s.guild_id and r.subscription_id = s.id) as reclaimed, \
               array(select i.id from invoices i where i.guild_id = s.guild_id and i.subscription_id = s.id and i.dispute = 'lost') \
                 as lost, \
               array(select i.id from invoices i where i.guild_id = s.guild_id and i.subscription_id = s.id \
                     and i.refunded_minor >= i.amount_minor and i.amount_minor > 0) as given_back \
             from subscriptions s where s.id = ? for update of s")
        .bind::<Text, _>(id.to_owned()),
    )
    .await
}

/// The plan that a subscription is for now: what the provider's line names, where we have such a plan; else what it was.
async fn plan_of(
    tx: &mut Tx,
    guild: GuildId,
    view: &SubscriptionView,
    known: Option<&Known>,
    ordered: &Item,
) -> Result<Option<(String, Period)>> {
    let named = view.item.as_deref().and_then(|item| item.strip_prefix("plan/"));
    let interval = view.interval.as_deref().and_then(Period::from_word);
    if let (Some(code), Some(period)) = (named, interval) {
        let exists = tx
            .execute(
                "looking for a plan",
                sql("select from plans where guild_id = ? and code = ?")
                    .bind::<BigInt, _>(guild.as_i64())
                    .bind::<Text, _>(code.to_owned()),
            )
            .await?;
        if exists > 0 {
            return Ok(Some((code.to_owned(), period)));
        }
    }
    let before = known.and_then(|row| Some((row.plan.clone(), Period::from_word(&row.period)?)));
    Ok(before.or_else(|| match ordered {
        Item::Plan { code, period } => Some((code.clone(), *period)),
        Item::Product { .. } => None,
    }))
}

fn save(
    tx: &mut Tx,
    guild: GuildId,
    (view, invoices): (&SubscriptionView, &[InvoiceView]),
    (plan, period, state): (&str, Period, SubscriptionState),
    order: &orders::Order,
    now: Timestamp,
) {
    let price = view.amount.unwrap_or(order.total);
    let past_due = (state == SubscriptionState::PastDue).then_some(view.period_start);
    let owes = !state.is_over() && invoices.iter().any(|invoice| invoice.open);
    tx.defer(
        "saving a subscription",
        sql("insert into subscriptions (guild_id, id, user_id, order_number, customer_id, plan, period, state, currency, \
             amount_minor, item_id, period_start, period_end, cancel_at_period_end, trial_end, past_due_since, started_at, ended_at, updated_at, owes) \
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             on conflict (guild_id, id) do update set plan = excluded.plan, period = excluded.period, state = excluded.state, \
               currency = excluded.currency, amount_minor = excluded.amount_minor, item_id = excluded.item_id, \
               period_start = excluded.period_start, period_end = excluded.period_end, cancel_at_period_end = excluded.cancel_at_period_end, \
               trial_end = excluded.trial_end, past_due_since = excluded.past_due_since, ended_at = excluded.ended_at, \
               updated_at = excluded.updated_at, owes = excluded.owes")
        .bind::<BigInt, _>(guild.as_i64())
        .bind::<Text, _>(view.id.clone())
        .bind::<BigInt, _>(order.recipient.as_i64())
        .bind::<BigInt, _>(order.number)
        .bind::<Nullable<Text>, _>(view.customer.as_ref().map(|customer| customer.0.clone()))
        .bind::<Text, _>(plan.to_owned())
        .bind::<Text, _>(period.as_str())
        .bind::<Text, _>(state.as_str())
        .bind::<Text, _>(price.currency().code())
        .bind::<BigInt, _>(price.minor())
        .bind::<Nullable<Text>, _>(view.line.clone())
        .bind::<Timestamptz, _>(view.period_start.to_diesel())
        .bind::<Timestamptz, _>(view.period_end.to_diesel())
        .bind::<Bool, _>(view.cancel_at_period_end)
        .bind::<Nullable<Timestamptz>, _>(view.trial_end.map(|at| at.to_diesel()))
        .bind::<Nullable<Timestamptz>, _>(past_due.map(|at| at.to_diesel()))
        .bind::<Timestamptz, _>(view.started_at.to_diesel())
        .bind::<Nullable<Timestamptz>, _>(view.ended_at.map(|at| at.to_diesel()))
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Bool, _>(owes),
    );
}

/// Until when a subscription gives access, by its state; one that ended by a refund that came here again, until the end of the
/// last period that was paid.
fn access_until(
    view: &SubscriptionView,
    state: SubscriptionState,
    (order, invoices): (&orders::Order, &[InvoiceView]),
    rules: &ShopRules,
) -> Option<Timestamp> {
    if state == SubscriptionState::Canceled && order.refund_returned {
        let begins = view.period_start.checked_sub(INVOICE_EARLY).unwrap_or(view.period_start);
        let paid = invoices.iter().any(|invoice| invoice.paid && invoice.at >= begins);
        return Some(if paid { view.period_end } else { view.period_start });
    }
    let past_due = (state == SubscriptionState::PastDue).then_some(view.period_start);
    state.access_until(view.period_end, view.cancel_at_period_end, past_due, rules.grace)
}

/// Gives what the subscription entitles to until then, or ends it.
fn entitle(
    tx: &mut Tx,
    guild: GuildId,
    view: &SubscriptionView,
    (plan, until): (&str, Option<Timestamp>),
    order: &orders::Order,
    standing: Standing,
    now: Timestamp,
) {
    let key = entitlement_key(&view.id);
    // A first payment that is still on its way, as a bank debit is for days, gives nothing yet.
    match until.filter(|_| order.trouble.is_none() && order.fulfilled_at.is_some()) {
        Some(until) => {
            let give = Give {
                user: order.recipient,
                what: What::Plan(plan.to_owned()),
                source: Source::Subscription,
                key: key.clone(),
                order: Some(order.number),
                // The provider's clock may be ahead of ours: what it says has begun gives the role now.
                starts_at: view.started_at.min(now),
                ends_at: Some(until),
                by: None,
            };
            entitlements::give(tx, guild, &give, now);
        }
        None => entitlements::end(tx, guild, &key, order.recipient, (view.ended_at.unwrap_or(now), now)),
    }
    entitlements::stand(tx, guild, &key, standing, now);
    entitlements::let_prizes_follow(tx, guild, (order.recipient, plan), now);
}
