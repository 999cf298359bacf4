//! Opens checkouts: the product, the coupon where something comes off, then the session on Stripe's own page.

use super::StripeGateway;
use super::client::Ask;
use super::product::existing;
use super::view::{Bare, Session};
use crate::domain::payments::{CheckoutMode, Discount, NewCheckout, Refused, SessionView};
use crate::kernel::Locale;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAutomaticTax, CreateCheckoutSessionCustomerUpdate,
    CreateCheckoutSessionCustomerUpdateAddress, CreateCheckoutSessionDiscounts, CreateCheckoutSessionLineItems,
    CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionLineItemsPriceDataRecurring,
    CreateCheckoutSessionLineItemsPriceDataRecurringInterval, CreateCheckoutSessionLineItemsPriceDataTaxBehavior,
    CreateCheckoutSessionPaymentIntentData, CreateCheckoutSessionSubscriptionData,
};
use stripe_checkout::{CheckoutSessionLocale, CheckoutSessionMode};
use stripe_product::CouponDuration;
use stripe_product::coupon::CreateCoupon;

/// The longest name of a coupon (Stripe, "Create a coupon: name").
const LONGEST_NAME: usize = 40;

/// What must be expanded so that a failed payment is seen.
pub(super) const EXPANDED: &str = "payment_intent";

impl StripeGateway {
    /// Opens a checkout under a key.
    pub(super) async fn open(&self, key: &str, new: &NewCheckout) -> Result<SessionView, Refused> {
        let product = self.product(new.guild, &new.item, &new.title).await?;
        let coupon = match &new.discount {
            Some(discount) if !discount.amount.is_zero() => Some(self.coupon(key, discount).await?),
            _ => None,
        };
        let request = session(new, product, coupon, self.tax);
        let made: Session = self.client.call(Ask::new("a checkout", &request).key(key)).await?;
        made.view()
    }

    /// Makes the coupon of one checkout, under a name that follows from its key.
    async fn coupon(&self, key: &str, discount: &Discount) -> Result<String, Refused> {
        let name = coupon_name(key);
        let duration = if discount.every_period { CouponDuration::Forever } else { CouponDuration::Once };
        let request = CreateCoupon::new()
            .id(name.clone())
            .amount_off(discount.amount.minor())
            .duration(duration)
            .max_redemptions(1)
            .name(discount.name.chars().take(LONGEST_NAME).collect::<String>());
        let ask = Ask::new("a coupon", &request)
            .and("currency", discount.amount.currency().code())
            .key(format!("{key}-coupon"));
        existing(self.client.call::<Bare>(ask).await)?;
        Ok(name)
    }
}

/// A name that is the same for the same key and takes every key.
fn coupon_name(key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("shellia_{hex}")
}

fn session(new: &NewCheckout, product: String, coupon: Option<String>, tax: bool) -> CreateCheckoutSession {
    let metadata =
        HashMap::from([("guild".to_owned(), new.guild.to_string()), ("order".to_owned(), new.order.to_string())]);
    let mut request = CreateCheckoutSession::new()
        .customer(new.customer.0.clone())
        .client_reference_id(format!("{}/{}", new.guild, new.order))
        .line_items(vec![line(new, product, tax)])
        .metadata(metadata.clone())
        .locale(match new.locale {
            Locale::Fr => CheckoutSessionLocale::Fr,
            Locale::En => CheckoutSessionLocale::En,
        })
        .expires_at(new.expires_at.as_second())
        .success_url(new.return_url.clone())
        .cancel_url(new.return_url.clone())
        .expand(vec![EXPANDED.to_owned()]);
    request = match &new.mode {
        CheckoutMode::Payment => {
            let mut data = CreateCheckoutSessionPaymentIntentData::new();
            data.metadata = Some(metadata);
            request.mode(CheckoutSessionMode::Payment).payment_intent_data(data)
        }
        CheckoutMode::Subscription { trial_days, .. } => {
            let mut data = CreateCheckoutSessionSubscriptionData::new();
            data.metadata = Some(metadata);
            data.trial_period_days = *trial_days;
            request.mode(CheckoutSessionMode::Subscription).subscription_data(data)
        }
    };
    if let Some(coupon) = coupon {
        let mut discount = CreateCheckoutSessionDiscounts::new();
        discount.coupon = Some(coupon);
        request = request.discounts(vec![discount]);
    }
    if tax {
        // Stripe Tax needs an address; the buyer's own goes to the customer.
        let mut update = CreateCheckoutSessionCustomerUpdate::new();
        update.address = Some(CreateCheckoutSessionCustomerUpdateAddress::Auto);
        request = request.automatic_tax(CreateCheckoutSessionAutomaticTax::new(true)).customer_update(update);
    }
    request
}

fn line(new: &NewCheckout, product: String, tax: bool) -> CreateCheckoutSessionLineItems {
    let recurring = match &new.mode {
        CheckoutMode::Payment => None,
        CheckoutMode::Subscription { interval, .. } => {
            let Ok(interval) = interval.parse::<CreateCheckoutSessionLineItemsPriceDataRecurringInterval>();
            Some(CreateCheckoutSessionLineItemsPriceDataRecurring::new(interval))
        }
    };
    let Ok(currency) = new.unit.currency().code().parse();
    let price = CreateCheckoutSessionLineItemsPriceData {
        currency,
        product: Some(product),
        product_data: None,
        recurring,
        // What the buyer agreed to is the whole: tax is a part of it, not put on top.
        tax_behavior: tax.then_some(CreateCheckoutSessionLineItemsPriceDataTaxBehavior::Inclusive),
        unit_amount: Some(new.unit.minor()),
        unit_amount_decimal: None,
    };
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(u64::from(new.quantity));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coupon_is_named_after_the_key_of_its_checkout() {
        assert_eq!(coupon_name("checkout/77/1"), coupon_name("checkout/77/1"));
        assert_ne!(coupon_name("checkout/77/1"), coupon_name("checkout/77/2"));
        assert!(crate::stripe::is_name(&coupon_name("é/ü")));
    }
}
