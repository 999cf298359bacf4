//! A subscription as it stands. It has one line: one plan.

use super::{List, Means, Metadata, Named, Ref, customer_of, id_of, money, time, times};
use crate::domain::payments::{Refused, SubscriptionView};
use crate::kernel::GuildId;
use crate::stripe::product;
use serde::Deserialize;

/// The fields of a subscription; its product must be expanded for [`SubscriptionView::item`], its
/// default payment method for [`SubscriptionView::fingerprint`].
#[derive(Deserialize)]
pub(in crate::stripe) struct Subscription {
    id: String,
    #[serde(default)]
    metadata: Metadata,
    customer: Option<Ref>,
    status: String,
    items: Option<List<Line>>,
    // Before 2025-03-31 the period stood here.
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
    #[serde(default)]
    cancel_at_period_end: bool,
    cancel_at: Option<i64>,
    trial_end: Option<i64>,
    start_date: Option<i64>,
    created: i64,
    ended_at: Option<i64>,
    latest_invoice: Option<Ref>,
    default_payment_method: Option<Named<Means>>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    quantity: Option<i64>,
    price: Option<Price>,
    current_period_start: Option<i64>,
    current_period_end: Option<i64>,
}

#[derive(Deserialize)]
struct Price {
    unit_amount: Option<i64>,
    currency: Option<String>,
    recurring: Option<Recurring>,
    product: Option<Named<Product>>,
}

#[derive(Deserialize)]
struct Recurring {
    interval: String,
    interval_count: Option<i64>,
}

#[derive(Deserialize)]
struct Product {
    #[serde(default)]
    metadata: Metadata,
}

impl Price {
    /// The item that we wrote on the product, else the one that its name says.
    fn item(&self) -> Option<String> {
        let product = self.product.as_ref()?;
        let written = product.whole().and_then(|whole| whole.metadata.get("item"));
        written.map(str::to_owned).or_else(|| product::item_of(product.id()))
    }

    /// `month` or `year`; something else, such as every three months, is nothing that we sell.
    fn interval(&self) -> Option<String> {
        let recurring = self.recurring.as_ref()?;
        (recurring.interval_count.unwrap_or(1) == 1).then(|| recurring.interval.clone())
    }
}

impl Subscription {
    /// The guild that it belongs to.
    pub(in crate::stripe) fn guild(&self) -> Option<GuildId> {
        self.metadata.guild()
    }

    /// How it is set to end: with its period, at a date that somebody set, or not at all.
    pub(in crate::stripe) const fn ending(&self) -> Ending {
        match (self.cancel_at_period_end, self.cancel_at) {
            (true, _) => Ending::WithPeriod,
            (false, Some(_)) => Ending::AtDate,
            (false, None) => Ending::Never,
        }
    }

    /// The view.
    ///
    /// # Errors
    /// [`Refused::Strange`] when it has no period.
    pub(in crate::stripe) fn view(self) -> Result<SubscriptionView, Refused> {
        let line = self.items.and_then(|items| items.data.into_iter().next());
        let of_line = |read: fn(&Line) -> Option<i64>| line.as_ref().and_then(read);
        let start = of_line(|line| line.current_period_start).or(self.current_period_start);
        let end = of_line(|line| line.current_period_end).or(self.current_period_end);
        let (Some(start), Some(end)) = (start, end) else { return Err(Refused::Strange("a period")) };
        let price = line.as_ref().and_then(|line| line.price.as_ref());
        let quantity = line.as_ref().and_then(|line| line.quantity).unwrap_or(1);
        let amount = price.and_then(|price| price.unit_amount).and_then(|unit| unit.checked_mul(quantity));
        Ok(SubscriptionView {
            order: self.metadata.order(),
            customer: customer_of(self.customer.as_ref()),
            state: self.status,
            item: price.and_then(Price::item),
            interval: price.and_then(Price::interval),
            amount: money(amount, price.and_then(|price| price.currency.as_deref())),
            period_start: time(start)?,
            period_end: time(end)?,
            // Stripe's own pages set a date instead (Stripe, changelog of 2025-05-28: "cancel_at enums").
            cancel_at_period_end: self.cancel_at_period_end || self.cancel_at.is_some_and(|at| at <= end),
            trial_end: times(self.trial_end)?,
            started_at: time(self.start_date.unwrap_or(self.created))?,
            ended_at: times(self.ended_at)?,
            latest_invoice: id_of(self.latest_invoice.as_ref()),
            fingerprint: self.default_payment_method.as_ref().and_then(Named::whole).and_then(Means::fingerprint),
            line: line.map(|line| line.id),
            id: self.id,
        })
    }
}

/// How a subscription is set to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stripe) enum Ending {
    /// Not at all.
    Never,
    /// With its present period.
    WithPeriod,
    /// At a date.
    AtDate,
}
