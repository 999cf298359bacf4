//! The rules of a shop that the settings decide.

use jiff::SignedDuration;

/// Rules of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRules {
    /// How long access goes on when a renewal is late or fails.
    pub grace: SignedDuration,
    /// Minutes for which a checkout can be paid and keeps what it reserved; at least 31, because the provider counts its
    /// least of 30 from when it hears of the checkout.
    pub checkout_minutes: u32,
    /// Where the provider's page leads when it is done.
    pub return_url: String,
    /// The largest refund that support staff may give, in minor units; operators have no such limit.
    pub refund_cap_minor: i64,
}

impl Default for ShopRules {
    fn default() -> Self {
        Self {
            grace: SignedDuration::from_hours(72),
            checkout_minutes: 60,
            return_url: "https://discord.com/channels/@me".to_owned(),
            refund_cap_minor: 5_000,
        }
    }
}
