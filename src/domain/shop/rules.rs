//! What an installation decides about its shop.

use jiff::SignedDuration;

/// Rules of the shop, from the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRules {
    /// How long a plan goes on after a renewal was due and not paid.
    pub grace: SignedDuration,
    /// Minutes for which a checkout can be paid and keeps what it reserved; at least 31, because the provider counts its
    /// least of 30 from when it hears of the checkout.
    pub checkout_minutes: u32,
    /// Where the provider's pages lead back to.
    pub return_url: String,
    /// Largest refund that staff below operator may give, in minor units.
    pub refund_cap_minor: i64,
}

impl Default for ShopRules {
    fn default() -> Self {
        Self {
            grace: SignedDuration::from_hours(72),
            checkout_minutes: 60,
            return_url: "https://discord.com/channels/@me".to_owned(),
            refund_cap_minor: 5000,
        }
    }
}
