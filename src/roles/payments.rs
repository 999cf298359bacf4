//! The payment provider and the rules of the shop, from the settings.

use super::Failed;
use crate::config::{Problem, Settings};
use crate::domain::payments::{Gateway, Unwired};
use crate::domain::shop::ShopRules;
use crate::stripe::{self, Options, StripeGateway};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// The provider; without a key, payment is off.
pub(super) fn gateway(settings: &Settings) -> Result<Arc<dyn Gateway>, Failed> {
    if let Some(advice) = settings.stripe.advice() {
        tracing::warn!("{advice}");
    }
    match Options::of(settings) {
        Some(options) => {
            let gateway = StripeGateway::new(options).map_err(Failed::from_error("preparing the way to Stripe"))?;
            Ok(Arc::new(gateway))
        }
        None => Ok(Arc::new(Unwired)),
    }
}

/// What Stripe says against the key; a key that can't be one is found by the settings themselves.
pub(super) async fn check(settings: &Settings) -> Option<Problem> {
    let gateway = StripeGateway::new(Options::of(settings)?).ok()?;
    stripe::check(&gateway, Timestamp::now()).await
}

/// The rules of the shop.
pub(super) fn rules(settings: &Settings) -> ShopRules {
    let shop = &settings.shop;
    ShopRules {
        grace: SignedDuration::from_hours(i64::from(shop.grace_days).saturating_mul(24)),
        checkout_minutes: shop.checkout_minutes,
        return_url: shop.return_url.to_string(),
        refund_cap_minor: shop.refund_cap_minor,
    }
}
