//! Changes subscriptions: how they end, and what they are for.

use super::StripeGateway;
use super::client::Ask;
use super::view::{Ending, Subscription};
use crate::domain::payments::{Change, Refused, SubscriptionView};
use crate::kernel::Money;
use stripe_billing::subscription::{
    CancelSubscription, RetrieveSubscription, UpdateSubscription, UpdateSubscriptionItems,
    UpdateSubscriptionItemsPriceData, UpdateSubscriptionItemsPriceDataRecurring,
    UpdateSubscriptionItemsPriceDataRecurringInterval, UpdateSubscriptionItemsPriceDataTaxBehavior,
    UpdateSubscriptionPaymentBehavior, UpdateSubscriptionProrationBehavior,
};

/// What must be expanded so that the item and the card are known.
fn expanded() -> Vec<String> {
    vec!["items.data.price.product".to_owned(), "default_payment_method".to_owned()]
}

/// Where a switch leads.
struct Target<'a> {
    line: &'a str,
    item: &'a str,
    title: &'a str,
    unit: Money,
    interval: &'static str,
}

impl StripeGateway {
    /// Looks at a subscription.
    pub(super) async fn look(&self, id: &str) -> Result<Subscription, Refused> {
        let request = RetrieveSubscription::new(id).expand(expanded());
        self.client.call(Ask::new("a subscription", &request)).await
    }

    /// Changes a subscription under a key.
    pub(super) async fn change(&self, key: &str, id: &str, change: &Change) -> Result<SubscriptionView, Refused> {
        match change {
            Change::EndWithPeriod => {
                let request = UpdateSubscription::new(id).cancel_at_period_end(true);
                self.update(Ask::new("the end of a subscription", &request.expand(expanded())).key(key)).await
            }
            Change::GoOn => self.go_on(key, id).await,
            Change::EndNow => self.end_now(id).await,
            Change::Switch { line, item, title, unit, interval } => {
                let target = Target { line, item, title, unit: *unit, interval };
                self.switch(key, id, &target).await
            }
        }
    }

    async fn update(&self, ask: Ask) -> Result<SubscriptionView, Refused> {
        self.client.call::<Subscription>(ask).await?.view()
    }

    /// Takes back its end, whichever way that was set.
    async fn go_on(&self, key: &str, id: &str) -> Result<SubscriptionView, Refused> {
        let present = self.look(id).await?;
        let request = UpdateSubscription::new(id).expand(expanded());
        let ask = match present.ending() {
            // A repeat after an answer that was lost.
            Ending::Never => return present.view(),
            Ending::WithPeriod => Ask::new("a subscription that goes on", &request.cancel_at_period_end(false)),
            // An empty value takes a date away; the type of the parameter has none.
            Ending::AtDate => Ask::new("a subscription that goes on", &request).and("cancel_at", ""),
        };
        self.update(ask.key(key)).await
    }

    /// Ends it at once; nothing is given back and no last invoice is made, which are Stripe's defaults ("Cancel a
    /// subscription"). Stripe keeps no key for this; one that is over is missing, and then it is as it should be.
    async fn end_now(&self, id: &str) -> Result<SubscriptionView, Refused> {
        let request = CancelSubscription::new(id).expand(expanded());
        match self.update(Ask::new("the end of a subscription", &request)).await {
            Err(Refused::Missing) => self.look(id).await?.view(),
            ended => ended,
        }
    }

    /// Puts another price in place of the old one; the difference is paid at once, and without it nothing changes.
    async fn switch(&self, key: &str, id: &str, target: &Target<'_>) -> Result<SubscriptionView, Refused> {
        let present = self.look(id).await?;
        let guild = present.guild().ok_or(Refused::Strange("a subscription without its guild"))?;
        let product = self.product(guild, target.item, target.title).await?;
        let Ok(currency) = target.unit.currency().code().parse();
        let Ok(interval) = target.interval.parse::<UpdateSubscriptionItemsPriceDataRecurringInterval>();
        let price = UpdateSubscriptionItemsPriceData {
            currency,
            product,
            recurring: UpdateSubscriptionItemsPriceDataRecurring::new(interval),
            tax_behavior: self.tax.then_some(UpdateSubscriptionItemsPriceDataTaxBehavior::Inclusive),
            unit_amount: Some(target.unit.minor()),
            unit_amount_decimal: None,
        };
        let mut item = UpdateSubscriptionItems::new();
        item.id = Some(target.line.to_owned());
        item.price_data = Some(price);
        let request = UpdateSubscription::new(id)
            .items(vec![item])
            .proration_behavior(UpdateSubscriptionProrationBehavior::AlwaysInvoice)
            .payment_behavior(UpdateSubscriptionPaymentBehavior::ErrorIfIncomplete)
            .expand(expanded());
        self.update(Ask::new("another plan of a subscription", &request).key(key)).await
    }
}
